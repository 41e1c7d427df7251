import type { Outcome } from '../failure/outcome.js';
import type { Step } from '../failure/run.js';
import { durationOf, promotionsOf, restartsOf, runIn, scenarioOf, type Scenario } from '../failure/scenario.js';
import { failuresFor, pointAt, timelineOf, type Timeline } from '../failure/timeline.js';
import type { ElementName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import type { Topology } from '../topology/topology.js';
import { addedBy, type Added } from './added.js';
import { verb } from '../words/english.js';
import type { Beginning } from '../knowledge/wall-clock.js';
import { momentPhrase } from '../words/times.js';
import { elementPhrase } from './phrases.js';

/** A scenario, and the time at which somebody looks at it. */
export interface ScenarioView {
    readonly timeline: Timeline;
    /** The outcome at that time, as bad as it can be by then. */
    readonly outcome: Outcome;
    /** Seconds. */
    readonly at: number;
    /** Clusters that have missed something by then, since when (seconds). */
    readonly staleSince: ReadonlyMap<string, number>;
    /** Seconds after which all is repaired; absent: nothing is. */
    readonly duration?: number;
    /** What the clock on the wall showed at the beginning, where somebody has said so. */
    readonly began?: Beginning;
    readonly restarts: readonly Step[];
    readonly promotions: readonly Step[];
    /** What was down already before the question was asked, and what the rest adds to it. */
    readonly given?: Given;
}

/** A planned change is a question too: what would this do while that is down? */
export interface Given extends Added {
    readonly elements: readonly Element[];
}

/** How a scenario is looked at. */
export interface ScenarioLook {
    /** What is down already, from the beginning and for good, before anybody asks what the scenario adds. */
    readonly given?: readonly ElementName[];
    /** Seconds. */
    readonly at?: number;
}

/** Runs a scenario, and looks at it at a time. What the topology does not have does nothing. */
export function scenarioView(
    topology: Topology,
    asked: Scenario,
    { given = [], at = 0 }: ScenarioLook = {},
): ScenarioView {
    const { timeline } = runIn(topology, scenarioOf([...failuresFor(given), ...asked.steps]));
    const { outcome, staleSince } = pointAt(timeline, at);
    const duration = durationOf(asked);
    const common = {
        timeline,
        outcome,
        staleSince,
        at,
        restarts: restartsOf(asked),
        promotions: promotionsOf(asked),
        ...(duration !== undefined && { duration }),
        ...(asked.began !== undefined && { began: asked.began }),
    };
    if (given.length === 0) return common;
    const { graph } = outcome;
    const alone = pointAt(runIn(topology, asked).timeline, at).outcome;
    return {
        ...common,
        given: {
            elements: given.map((name) => graph.elements.byName.get(name)!),
            ...addedBy(graph, timelineOf(graph, failuresFor(given)), timeline, at, alone),
        },
    };
}

/** What is made to fail at any time of a scenario, each once; what is given is not asked about. */
export function failuresIn({
    timeline,
    given,
    outcome,
}: Pick<ScenarioView, 'timeline' | 'given' | 'outcome'>): Element[] {
    const names = new Set(timeline.steps.filter(({ action }) => action === 'fail').map(({ element }) => element));
    for (const { name } of given?.elements ?? []) names.delete(name);
    return [...names].map((name) => outcome.graph.elements.byName.get(name)!);
}

/** Whether anything is to come on top of what is given; a deployment is another question. */
export function asksForMore(view: ScenarioView): boolean {
    return view.restarts.length > 0 || view.promotions.length > 0 || failuresIn(view).length > 0;
}

/** "If `east` fails while `west` is down, after 1 h 30 min", or "at 15:35". Markdown. */
export function headingOf(view: ScenarioView): string {
    const { byName } = view.outcome.graph.elements;
    const phrases = (elements: readonly Element[]) => elements.map(elementPhrase).join(' and ');
    const failing = failuresIn(view);
    const named = (steps: readonly Step[]) =>
        [...new Set(steps.map(({ element }) => element))].map((name) => byName.get(name)!);
    const [restarting, promoted] = [named(view.restarts), named(view.promotions)];
    const given = view.given?.elements ?? [];
    const parts = [
        ...(failing.length > 0 ? [`${phrases(failing)} ${verb(failing.length, 'fails', 'fail')}`] : []),
        ...(restarting.length > 0 ? [`${phrases(restarting)} ${verb(restarting.length, 'restarts', 'restart')}`] : []),
        ...(promoted.length > 0 ? [`${phrases(promoted)} ${verb(promoted.length, 'is', 'are')} promoted`] : []),
    ];
    const what = parts.join(' and ') || (given.length > 0 ? 'nothing else fails' : 'nothing fails');
    const meanwhile = given.length > 0 ? ` while ${phrases(given)} ${verb(given.length, 'is', 'are')} down` : '';
    const { at, began } = view;
    return `If ${what}${meanwhile}${at === 0 && began === undefined ? '' : `, ${momentPhrase(at, began)}`}`;
}
