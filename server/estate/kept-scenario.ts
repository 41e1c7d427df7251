import { graphFor } from '../promises/judge.js';
import { judgeScenario } from '../promises/scenarios.js';
import { writtenName } from '../topology/things.js';
import type { FailureGraph } from '../failure/graph.js';
import { stepActions, type Step } from '../failure/run.js';
import { runIn, type Scenario } from '../failure/scenario.js';
import { writtenDuration } from '../knowledge/durations.js';
import { operations, operationTitles } from '../knowledge/operations.js';
import { isPlainName, quoted } from '../language/naming/written-names.js';
import { isWordInPromises } from '../language/syntax/promise-words.js';
import { isServiceName } from '../topology/element-name.js';
import type { DeclaredScenario, DeclaredStep, Expectation, ExpectedState, Subject } from '../topology/promises.js';
import type { SourceLocation, Topology } from '../topology/topology.js';

/** Where a text would stand that is not in a file yet. */
const nowhere: SourceLocation = {
    uri: '',
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
};

/**
 * A scenario as a declaration of the language, with what holds in it as its expectations: of hosts and operations, and of
 * services and clusters that it harms. What the topology does not have is left out.
 *
 * @param at the time that somebody looks at, in seconds: what holds then is expected, too
 * @returns undefined where nothing happens
 */
export function keptScenario(topology: Topology, name: string, scenario: Scenario, at: number): string | undefined {
    const { missing } = runIn(topology, scenario);
    const steps = scenario.steps.filter(({ element }) => !missing.includes(element));
    if (steps.length === 0) return undefined;
    const graph = graphOf(topology, steps);
    const written = (step: Step) => writtenName(graph.elements.byName.get(step.element)!, inFile);
    const times = [...new Set(steps.map((step) => step.at))];
    const happenings = times.flatMap((time) =>
        stepActions.flatMap((action): Line[] => {
            const things = steps.filter((step) => step.at === time && step.action === action).map(written);
            return things.length > 0 ? [{ time, text: `${action} ${things.join(', ')}` }] : [];
        }),
    );
    const found = findings(graph, steps, at);
    const lines = [...happenings, ...found.atTime].sort((a, b) => a.time - b.time);
    const width = Math.max(...lines.map(({ time }) => timeText(time).length));
    return [
        `scenario ${quoted(name)} {`,
        ...lines.map(({ time, text }) => `    ${timeText(time).padEnd(width)}  ${text}`),
        ...found.inAll.map((text) => `    ${text}`),
        '}',
    ].join('\n');
}

interface Line {
    readonly time: number;
    readonly text: string;
}

const timeText = (time: number) => `at ${time === 0 ? '0m' : writtenDuration(time)}`;

/** A name as it stands in a promise: in quotes where it is no plain name, or a word of promises. */
function inFile(name: string): string {
    return isPlainName(name) && !isWordInPromises(name) ? name : quoted(name);
}

function graphOf(topology: Topology, steps: readonly Step[]): FailureGraph {
    return graphFor(topology, { scenarios: [declared(steps, [])], objectives: [], acceptances: [] });
}

function declared(steps: readonly Step[], expectations: readonly Expectation[]): DeclaredScenario {
    const lines = steps.map(({ action, element, at }): DeclaredStep => {
        const thing = { kind: 'named', of: '', name: element, written: element, at: nowhere } as const;
        return { kind: 'step', action, things: [thing], time: at, at: nowhere };
    });
    return { name: '', lines: [...lines, ...expectations], isPartial: false, at: nowhere, nameAt: nowhere };
}

/** What the judge of scenarios finds, which is therefore kept. */
function findings(graph: FailureGraph, steps: readonly Step[], at: number) {
    const ofAll = [...hosts(graph), ...services(graph), ...operationSubjects()];
    const everywhere = ofAll.map((subject) => expected(subject, 'unaffected'));
    const then = at > 0 ? ofAll.map((subject) => expected(subject, 'unaffected', at)) : [];
    const freshness = clusters(graph).map((subject) => expected(subject, 'live'));
    const states = judged(graph, declared(steps, [...everywhere, ...then, ...freshness]));
    const statesOf = (expectations: readonly Expectation[]) =>
        expectations.map((each) => ({ subject: each.subjects[0]!, state: states.get(each) }));
    const [worst, atTime] = [statesOf(everywhere), statesOf(then)];
    const others = atTime.filter(({ state }, index) => state !== worst[index]!.state);
    return {
        inAll: [
            ...linesOf(worst),
            ...linesOf(statesOf(freshness).filter(({ state }) => state === 'queued' || state === 'frozen')),
        ],
        // who fares otherwise then than at the worst; a scenario lasts until the last time that it names
        atTime: linesOf(others.length > 0 ? others : atTime).map((text): Line => ({ time: at, text })),
    };
}

function expected(subject: Subject, state: ExpectedState, time?: number): Expectation {
    const common = { kind: 'expect', subjects: [subject], negated: false, state, at: nowhere } as const;
    return time === undefined ? common : { ...common, time };
}

function judged(graph: FailureGraph, scenario: DeclaredScenario) {
    const judging = judgeScenario(graph, scenario);
    let step = judging.next();
    while (!step.done) step = judging.next();
    const verdict = step.value;
    const checks = verdict.kind === 'judged' ? verdict.checks : [];
    return new Map(
        checks.map(({ expectation, failed, misfit }) => [
            expectation,
            misfit ? undefined : (failed?.found ?? expectation.state),
        ]),
    );
}

// --------------------------------------------------------------------------------------------------------- subjects

const named = (of: string, name: string, written: string): Subject => ({
    ...{ kind: 'named', of, name, written, at: nowhere },
});

function hosts({ traffic }: FailureGraph): Subject[] {
    const names = new Set(traffic.hosts.map(({ exposure }) => exposure.host));
    return [...names].map((host) => named('host', host, host.split('.').every(isBare) ? host : quoted(host)));
}

const isBare = (part: string) => inFile(part) === part;

/** Those to which no host leads: of the others their hosts tell. */
function services({ elements, traffic }: FailureGraph): Subject[] {
    const hasHosts = (service: string) => (traffic.hostsOf.get(service) ?? []).length > 0;
    return elements.all
        .filter(({ name, service }) => isServiceName(name) && service !== undefined && !hasHosts(service))
        .map((element) => named('service', element.name, writtenName(element, inFile)));
}

function clusters({ elements }: FailureGraph): Subject[] {
    return elements.all
        .filter(({ kind }) => kind === 'workload-cluster')
        .map((element) => named('', element.name, writtenName(element, inFile)));
}

function operationSubjects(): Subject[] {
    return operations.map((operation) => {
        const written = operationTitles[operation].toLowerCase();
        return { kind: 'operation', operation, written, at: nowhere };
    });
}

// ------------------------------------------------------------------------------------------------------------ lines

interface Found {
    readonly subject: Subject;
    readonly state: ExpectedState | 'moving' | undefined;
}

const states = ['lost', 'limited', 'frozen', 'queued', 'unaffected'] as const;

/** One line for each kind of subjects and state, the gravest state first. Services that are unaffected are not told. */
function linesOf(found: readonly Found[]): string[] {
    const isNamed = (of: string) => (subject: Subject) => subject.kind === 'named' && subject.of === of;
    const [ofHosts = [], ...more] = [
        ...[isNamed('host'), isNamed('service'), isNamed('')],
        (subject: Subject) => subject.kind === 'operation',
    ].map((isOfKind) => found.filter(({ subject }) => isOfKind(subject)));
    const [first] = ofHosts;
    const isAlike = ofHosts.length > 1 && ofHosts.every(({ state }) => state === first!.state);
    if (isAlike && first!.state && first!.state !== 'moving')
        return [`expect every host ${first!.state}`, ...more.flatMap(byState)];
    return [ofHosts, ...more].flatMap(byState);
}

function byState(found: readonly Found[]): string[] {
    return states.flatMap((state): string[] => {
        const own = found.filter((each) => each.state === state).map(({ subject }) => subject);
        const isTold = state !== 'unaffected' || own.some(isToldUnaffected);
        return own.length > 0 && isTold ? [`expect ${own.map(({ written }) => written).join(', ')} ${state}`] : [];
    });
}

/** That a service which only others call is unaffected is no news. */
function isToldUnaffected(subject: Subject): boolean {
    return subject.kind === 'operation' || (subject.kind === 'named' && subject.of === 'host');
}
