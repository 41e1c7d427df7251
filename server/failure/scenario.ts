import type { ElementName } from '../topology/element-name.js';
import type { Topology } from '../topology/topology.js';
import type { Beginning } from '../knowledge/wall-clock.js';
import { analysisOf } from './analysis.js';
import { stepActions, type Step } from './run.js';
import { failuresFor, timelineOf, type Timeline } from './timeline.js';

/**
 * What happens in an estate, and when. One value for editor, command line, links and tests; it holds names only, so that
 * it outlives the topology that it was made for.
 */
export interface Scenario {
    /** In order of time; of one time first what fails, then what is repaired, then what is restarted. */
    readonly steps: readonly Step[];
    /** What the clock on the wall showed at its beginning, where somebody has said so. */
    readonly began?: Beginning;
}

export const nothingHappens: Scenario = { steps: [] };

/** The scenario of some steps, given in any order. */
export function scenarioOf(steps: readonly Step[]): Scenario {
    return {
        steps: [...steps].sort((a, b) => a.at - b.at || stepActions.indexOf(a.action) - stepActions.indexOf(b.action)),
    };
}

/** Failures that begin together; with a duration, in seconds, all of them are repaired then. */
export function failing(elements: readonly ElementName[], duration?: number): Scenario {
    return scenarioOf(failuresFor(elements, duration));
}

/** A scenario with more steps. */
export function withSteps(scenario: Scenario, more: readonly Step[]): Scenario {
    return { ...scenario, ...scenarioOf([...scenario.steps, ...more]) };
}

/** A scenario without some of its steps. */
export function withoutSteps(scenario: Scenario, isLeftOut: (step: Step) => boolean): Scenario {
    return { ...scenario, steps: scenario.steps.filter((step) => !isLeftOut(step)) };
}

/** What is made to fail at any time, each once. */
export function failuresOf({ steps }: Scenario): ElementName[] {
    return [...new Set(steps.filter(({ action }) => action === 'fail').map(({ element }) => element))];
}

/** What is restarted, in order of time. */
export function restartsOf({ steps }: Scenario): Step[] {
    return steps.filter(({ action }) => action === 'restart');
}

/** What is promoted, in order of time. */
export function promotionsOf({ steps }: Scenario): Step[] {
    return steps.filter(({ action }) => action === 'promote');
}

/** Whether more happens than that some things fail at the beginning, and are perhaps repaired at one time, or restarted. */
export function isStaggered(scenario: Scenario): boolean {
    const { steps } = scenario;
    const isRepaired = steps.some(({ action }) => action === 'recover');
    return (
        steps.some(({ action, at }) => (action === 'fail' && at > 0) || action === 'promote') ||
        (isRepaired && durationOf(scenario) === undefined)
    );
}

/** After how many seconds all failures are repaired, where that happens at one time; undefined otherwise. */
export function durationOf({ steps }: Scenario): number | undefined {
    const repaired = steps.filter(({ action }) => action === 'recover');
    const isOneTime = repaired.every(({ at }) => at === repaired[0]!.at);
    const names = new Set(repaired.map(({ element }) => element));
    const isAll = failuresOf({ steps }).every((name) => names.has(name));
    return isOneTime && isAll ? repaired[0]?.at : undefined;
}

/** A scenario in one topology. */
export interface Run {
    readonly timeline: Timeline;
    /** What it names and the topology does not have, each once: its steps do nothing. */
    readonly missing: readonly ElementName[];
}

/** Runs a scenario in a topology. */
export function runIn(topology: Topology, { steps }: Scenario): Run {
    const names = [...new Set(steps.map(({ element }) => element))];
    const { graph } = analysisOf(topology, names);
    const isThere = (name: ElementName) => graph.nodeOfElement.has(name);
    return {
        timeline: timelineOf(
            graph,
            steps.filter(({ element }) => isThere(element)),
        ),
        missing: names.filter((name) => !isThere(name)),
    };
}
