import type { FailureGraph } from '../failure/graph.js';
import type { Step } from '../failure/run.js';
import { gapOfRequests, gapOfUsers } from '../failure/gaps.js';
import { scenarioOf, type Scenario } from '../failure/scenario.js';
import { pointAt, timelineOf, type Timeline, type TimelinePoint } from '../failure/timeline.js';
import type { ElementName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import type {
    DeclaredScenario,
    DeclaredStep,
    Expectation,
    ExpectedState,
    ScenarioLine,
    Thing,
} from '../topology/promises.js';
import { beginningFrom, type Beginning } from '../knowledge/wall-clock.js';
import { actionsPlanned, meantBy, statesOfActions } from './actions.js';
import type { Unknown } from '../topology/things.js';
import { decisiveOf, placelessIn, takenAlong } from './placeless.js';
import { causeOf, type Judged } from './things.js';
import { downIn, watchOf } from './watch.js';

/**
 * Whether what a scenario expects comes true. `idle` are the things of its steps that nothing in the estate is, or fewer
 * than are to be chosen, and those of its actions with which nothing starts: what is expected may come true then, and
 * proves nothing.
 */
export type ScenarioVerdict =
    | {
          readonly kind: 'judged';
          readonly checks: readonly Check[];
          readonly runs: number;
          readonly idle: readonly IdleThing[];
      }
    /** It can go in more ways than are tried. */
    | { readonly kind: 'too-many'; readonly ways: number }
    /** A line of it says something that this version does not judge. */
    | { readonly kind: 'partial' }
    | { readonly kind: 'unknown'; readonly names: readonly Unknown[] };

/** A thing of a line that says nothing of this estate. */
export interface IdleThing {
    readonly thing: Thing;
    readonly lacks: 'cause' | 'start';
}

/** One line of expectations. */
export interface Check {
    readonly expectation: Expectation;
    /** How many are looked at. */
    readonly judged: number;
    /** The first for whom it does not come true; undefined: it does. */
    readonly failed?: FailedCheck;
    /** A state that somebody of this kind cannot have, such as `live` of a host. */
    readonly misfit?: Judged;
    /** What has to stand elsewhere than in a place that fails, so that it comes true; where it is the file does not say. */
    readonly restsOn?: RestsOn;
}

export interface RestsOn {
    readonly placeless: Element;
    /** Who is judged is just that thing: nobody knows how it fares. */
    readonly isItself: boolean;
}

export interface FailedCheck {
    readonly judged: Judged;
    readonly found: ExpectedState | 'moving';
    /** Seconds: since when it is so. */
    readonly at: number;
    /** Of `moving`: until when at most. */
    readonly until?: number;
    /** What was chosen, where the scenario says `any`. */
    readonly chosen: readonly Element[];
    readonly timeline: Timeline;
    readonly point: TimelinePoint;
    /** What the clock showed at the beginning, where the scenario says so. */
    readonly began?: Beginning;
}

/** A scenario in an estate, of which every choice is made. */
export interface ChosenScenario {
    readonly scenario: Scenario;
    readonly chosen: readonly Element[];
}

/** All ways in which a scenario can go: one, unless a step of it says `any`. */
export function* waysOf(graph: FailureGraph, { lines, clock }: DeclaredScenario): Generator<ChosenScenario> {
    const began = clock === undefined ? undefined : beginningFrom(clock);
    const steps = lines.filter((line) => line.kind === 'step');
    yield* from(0, [], []);
    function* from(next: number, done: readonly Lasting[], chosen: readonly Element[]): Generator<ChosenScenario> {
        const line = steps[next];
        if (!line) {
            yield { scenario: { ...scenarioOf(lasting(done)), ...(began !== undefined && { began }) }, chosen };
            return;
        }
        for (const { elements, isChoice } of choicesIn(graph, line.things)) {
            const more = elements.flatMap((element) => stepsOf(line, element));
            yield* from(next + 1, [...done, ...more], isChoice ? [...chosen, ...elements] : chosen);
        }
    }
}

/** A step with when it ends by itself, if it does. */
type Lasting = Step & { readonly until?: number };

function stepsOf({ action, time, duration }: DeclaredStep, { name }: Element): Lasting[] {
    return [{ at: time, action, element: name, ...(duration !== undefined && { until: time + duration }) }];
}

/** Failures with their repairs: one that ends while another one of the same thing goes on repairs nothing. */
function lasting(steps: readonly Lasting[]): Step[] {
    const endOf = ({ element, at, until = Infinity }: Lasting) =>
        Math.min(
            until,
            ...steps
                .filter((each) => each.element === element && each.action !== 'fail' && each.at >= at)
                .map((each) => each.at),
        );
    const isDownAfter = (element: ElementName, time: number) =>
        steps.some(
            (other) => other.action === 'fail' && other.element === element && other.at <= time && endOf(other) > time,
        );
    return steps.flatMap(({ until, ...step }) => {
        if (until === undefined || isDownAfter(step.element, until)) return [step];
        return [step, { at: until, action: 'recover' as const, element: step.element }];
    });
}

function* choicesIn(
    graph: FailureGraph,
    things: readonly Thing[],
): Generator<{ readonly elements: readonly Element[]; readonly isChoice: boolean }> {
    const causes = things.map((thing) => causeOf(graph, thing));
    const isChoice = causes.some(({ kind }) => kind === 'choice');
    yield* from(0, []);
    function* from(next: number, chosen: readonly Element[]): ReturnType<typeof choicesIn> {
        const cause = causes[next];
        if (!cause) yield { elements: [...new Set(chosen)], isChoice };
        else if (cause.kind === 'choice') {
            for (const each of combinations(cause.of, cause.count)) yield* from(next + 1, [...chosen, ...each]);
        } else yield* from(next + 1, cause.kind === 'elements' ? [...chosen, ...cause.elements] : chosen);
    }
}

/** In more ways than this no scenario is tried: a choice of five among fifty things has two million. */
const mostWays = 5_000;

/** In how many ways a scenario can go; Infinity at the most. */
function countOfWays(graph: FailureGraph, { lines }: DeclaredScenario): number {
    let ways = 1;
    for (const thing of lines.flatMap((line) => (line.kind === 'step' ? line.things : []))) {
        const cause = causeOf(graph, thing);
        if (cause.kind !== 'choice') continue;
        for (let index = 0; index < cause.count; index++) ways *= (cause.of.length - index) / (index + 1);
    }
    return Math.round(ways);
}

function idleIn(graph: FailureGraph, { lines }: DeclaredScenario): IdleThing[] {
    return lines.flatMap((line): IdleThing[] => {
        if (line.kind === 'expect') return [];
        const isAction = line.kind === 'action';
        return line.things
            .filter((thing) =>
                isAction ? actionsPlanned(graph, line.action, [thing]).length === 0 : isIdle(graph, thing),
            )
            .map((thing) => ({ thing, lacks: isAction ? 'start' : 'cause' }));
    });
}

/** Whether nothing is meant by a thing that fails, or fewer things than are to be chosen. */
function isIdle(graph: FailureGraph, thing: Thing): boolean {
    const cause = causeOf(graph, thing);
    if (cause.kind === 'choice') return cause.of.length < cause.count;
    return cause.kind === 'elements' && cause.elements.length === 0;
}

function* combinations<T>(of: readonly T[], count: number, from = 0): Generator<readonly T[]> {
    if (count === 0) {
        yield [];
        return;
    }
    for (let index = from; index + count <= of.length; index++) {
        for (const rest of combinations(of, count - 1, index + 1)) yield [of[index]!, ...rest];
    }
}

/** Runs a scenario, each way that it can go. It yields from time to time, for whoever wants to give up. */
export function* judgeScenario(graph: FailureGraph, declared: DeclaredScenario): Generator<void, ScenarioVerdict> {
    const names = unknownIn(graph, declared);
    if (names.length > 0) return { kind: 'unknown', names };
    if (declared.isPartial) return { kind: 'partial' };
    const ways = countOfWays(graph, declared);
    if (ways > mostWays) return { kind: 'too-many', ways };
    const expected = declared.lines.flatMap((line) => expectedOf(graph, line) ?? []);
    const failed = new Map<Expectation, FailedCheck>();
    const resting = new Map<Expectation, RestsOn>();
    let runs = 0;
    for (const { scenario, chosen } of waysOf(graph, declared)) {
        runs++;
        const timeline = timelineOf(graph, scenario.steps);
        for (const each of expected) {
            const { expectation } = each;
            if (failed.has(expectation)) continue;
            const failure = failureIn(declared, timeline, each);
            const { began } = scenario;
            if (failure)
                failed.set(expectation, { ...failure, chosen, timeline, ...(began !== undefined && { began }) });
        }
        const kept = expected.filter(({ expectation }) => !failed.has(expectation) && !resting.has(expectation));
        for (const each of yield* restsOnPlaces(graph, declared, scenario, kept)) resting.set(...each);
        yield;
    }
    return {
        kind: 'judged',
        runs,
        idle: idleIn(graph, declared),
        checks: expected.map(({ expectation, subjects }): Check => {
            const failure = failed.get(expectation);
            const misfit = subjects.find((judged) => !canBe(judged, expectation.state));
            const restsOn = resting.get(expectation);
            return {
                expectation,
                judged: subjects.length,
                ...(misfit ? { misfit } : failure ? { failed: failure } : restsOn && { restsOn }),
            };
        }),
    };
}

/** What comes true only where no place that fails takes along something of which the file does not say where it is. */
function* restsOnPlaces(
    graph: FailureGraph,
    declared: DeclaredScenario,
    { steps }: Scenario,
    expected: readonly Expected[],
): Generator<void, [Expectation, RestsOn][]> {
    const found: [Expectation, RestsOn][] = [];
    const placeless = placelessIn(graph);
    const timelineWith = (some: readonly Element[]) => {
        const more = takenAlong(graph, steps, some);
        return more.length > steps.length ? timelineOf(graph, scenarioOf(more).steps) : undefined;
    };
    const withAll = expected.length > 0 && placeless.length > 0 ? timelineWith(placeless) : undefined;
    if (!withAll) return found;
    for (const each of expected) {
        const failure = failureIn(declared, withAll, each);
        if (!failure) continue;
        const { judged } = failure;
        const itself =
            judged.kind === 'element' ? placeless.find(({ name }) => name === judged.element.name) : undefined;
        function* holdsWith(some: readonly Element[]): Generator<void, boolean> {
            yield;
            const timeline = timelineWith(some);
            return timeline === undefined || failureIn(declared, timeline, each) === undefined;
        }
        const decisive = itself ?? (yield* decisiveOf(placeless, holdsWith));
        if (decisive) found.push([each.expectation, { placeless: decisive, isItself: itself !== undefined }]);
    }
    return found;
}

/** What a line expects, and of whom. */
interface Expected {
    readonly expectation: Expectation;
    readonly subjects: readonly Judged[];
    /** In that moment, whatever comes after it. */
    readonly momentary?: true;
}

/** Undefined for a line that expects nothing. What people do is expected to be possible when they do it. */
function expectedOf(graph: FailureGraph, line: ScenarioLine): Expected | undefined {
    switch (line.kind) {
        case 'step':
            return line.action === 'promote' ? promotionExpected(graph, line) : undefined;
        case 'action': {
            const { time, at } = line;
            const expectation = { kind: 'expect', subjects: [], negated: false, state: 'possible', time, at } as const;
            return { expectation, subjects: actionsPlanned(graph, line.action, line.things), momentary: true };
        }
        case 'expect': {
            const subjects = line.subjects.flatMap((subject) => {
                const judged = meantBy(graph, subject, line.state);
                return 'written' in judged ? [] : judged;
            });
            return { expectation: line, subjects };
        }
    }
}

/** Whoever promotes something in a scenario expects that it can be. */
function promotionExpected(graph: FailureGraph, { things, time, at }: DeclaredStep): Expected {
    const expectation = { kind: 'expect', subjects: [], negated: false, state: 'possible', time, at } as const;
    const subjects = things.flatMap((thing): Judged[] => {
        const cause = causeOf(graph, thing);
        return cause.kind === 'elements' ? cause.elements.map((element) => ({ kind: 'promotion', element })) : [];
    });
    return { expectation, subjects, momentary: true };
}

function unknownIn(graph: FailureGraph, { lines }: DeclaredScenario): Unknown[] {
    return lines.flatMap((line) =>
        line.kind === 'expect'
            ? line.subjects.flatMap((subject): Unknown[] => {
                  const judged = meantBy(graph, subject, line.state);
                  return 'written' in judged ? [judged] : [];
              })
            : line.things.map((thing) => causeOf(graph, thing)).filter((cause) => cause.kind === 'unknown'),
    );
}

/** The whole of a scenario: from the first time that it names to the last, in seconds. */
export function endOf({ lines }: DeclaredScenario): number {
    return Math.max(
        0,
        ...lines.map((line) => (line.time ?? 0) + ((line.kind === 'step' ? line.duration : undefined) ?? 0)),
    );
}

function failureIn(
    declared: DeclaredScenario,
    timeline: Timeline,
    { expectation, subjects, momentary }: Expected,
): Omit<FailedCheck, 'chosen' | 'timeline'> | undefined {
    const points = momentary ? [pointAt(timeline, expectation.time!)] : pointsFor(declared, timeline, expectation);
    for (const judged of subjects) {
        if (!canBe(judged, expectation.state)) continue;
        const failure = failureOf(points, judged, expectation, timeline);
        if (failure) return failure;
    }
    return undefined;
}

/** Those that an expectation looks at: from its time until the next thing happens, or all of them. */
function pointsFor(declared: DeclaredScenario, timeline: Timeline, { time }: Expectation): readonly TimelinePoint[] {
    const end = endOf(declared);
    if (time === undefined) return timeline.points.filter(({ at }) => at <= end);
    const next = Math.min(...timeline.steps.map(({ at }) => at).filter((at) => at > time));
    const later = timeline.points.filter(({ at }) => at > time && at < next && at <= end);
    return [pointAt(timeline, time), ...later];
}

function failureOf(
    points: readonly TimelinePoint[],
    judged: Judged,
    { state, negated, time }: Expectation,
    timeline: Timeline,
): Omit<FailedCheck, 'chosen' | 'timeline'> | undefined {
    let worst: { readonly state: ExpectedState; readonly point: TimelinePoint } | undefined;
    for (const point of points) {
        const found = stateOf(judged, point, state);
        if (!worst || rank(found) > rank(worst.state)) worst = { state: found, point };
    }
    const { state: found, point } = worst ?? { state: 'lost', point: points[0]! };
    if ((found === state) === negated) return { judged, found, at: point.at, point };
    if (time === undefined || found !== 'unaffected') return undefined;
    const until = movingUntil(judged, timeline, pointAt(timeline, time));
    return until !== undefined && time < until ? { judged, found: 'moving', at: time, until, point } : undefined;
}

/** What is lost is worse than all that can be said of what is there. */
const order: readonly ExpectedState[] = [
    ...(['unaffected', 'limited', 'live', 'queued', 'frozen', 'stale', 'lost'] as const),
    ...(['possible', 'impossible'] as const),
];
const rank = (state: ExpectedState) => order.indexOf(state);

const fares: ReadonlySet<ExpectedState> = new Set(['unaffected', 'limited', 'lost']);

/** Whether somebody can be in a state at all: only actions are possible, only clusters are served with configuration. */
function canBe(judged: Judged, state: ExpectedState): boolean {
    const isDone = judged.kind === 'action' || judged.kind === 'promotion';
    if (isDone || statesOfActions.has(state)) return isDone && statesOfActions.has(state);
    if (fares.has(state)) return true;
    return judged.kind === 'element' && /^(workload|management)-cluster$/.test(judged.element.kind);
}

/** What has no such state at that time, as the configuration of a cluster that is gone, is lost. */
function stateOf(judged: Judged, point: TimelinePoint, asked: ExpectedState): ExpectedState {
    const { outcome, staleSince } = point;
    if (judged.kind === 'action') {
        const fare = watchOf(outcome.graph, judged)!.fareIn(downIn(outcome.propagation));
        return fare === 'lost' ? 'impossible' : 'possible';
    }
    if (judged.kind === 'promotion') {
        const isRefused = outcome.state.refused.some(
            (each) => each.at === point.at && each.element.name === judged.element.name,
        );
        return isRefused ? 'impossible' : 'possible';
    }
    if (!fares.has(asked)) {
        if (judged.kind !== 'element') return 'lost';
        const { name } = judged.element;
        if (asked === 'stale' && staleSince.has(name)) return 'stale';
        return outcome.clusters.find((cluster) => cluster.name === name)?.freshness ?? 'lost';
    }
    const severity = severityIn(judged, point);
    if (severity !== undefined) return severity === 'total' ? 'lost' : severity;
    return watchOf(outcome.graph, judged)?.fareIn(downIn(outcome.propagation)) ?? 'lost';
}

/** Of whom an outcome tells it: with what is called in vain. */
function severityIn(judged: Judged, { outcome }: TimelinePoint) {
    switch (judged.kind) {
        case 'host':
            return outcome.hosts[outcome.graph.traffic.hosts.indexOf(judged.host)]?.severity;
        case 'service':
            return outcome.services.find(({ name }) => name === judged.name)?.severity;
        case 'operation': {
            const { operation, cluster } = judged;
            if (cluster === undefined) return outcome.operations[operation];
            const found = outcome.clusters.find(({ name }) => name === cluster);
            return operation === 'managementOperations' ? undefined : found?.operations[operation];
        }
        case 'element':
        case 'action':
        case 'promotion':
            return undefined;
    }
}

/** Until when, at most, requests may still be moving that began to at a point or before; undefined where none do. */
function movingUntil(judged: Judged, timeline: Timeline, point: TimelinePoint): number | undefined {
    if (judged.kind !== 'host' && judged.kind !== 'service') return undefined;
    const way = ({ outcome }: TimelinePoint) => {
        const isDown = downIn(outcome.propagation);
        const { hosts, services, graph } = outcome;
        if (judged.kind === 'service') {
            const found = services.find(({ name }) => name === judged.name);
            const served = found?.consumers.map(({ servedFrom }) => servedFrom);
            const gap = gapOfUsers(graph.traffic, judged.name, isDown);
            return { gap, key: JSON.stringify([gap, served]) };
        }
        const gap = gapOfRequests(judged.host, isDown);
        const { servedFrom, openEntries } = hosts[graph.traffic.hosts.indexOf(judged.host)]!;
        return { gap, key: JSON.stringify([gap, servedFrom, openEntries]) };
    };
    const now = way(point);
    if (!now.gap) return undefined;
    let began = point.at;
    for (const { at } of timeline.points.filter((each) => each.at < point.at).reverse()) {
        if (way(pointAt(timeline, at)).key !== now.key) break;
        began = at;
    }
    return began + now.gap.to;
}
