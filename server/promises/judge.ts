import { analysisOf } from '../failure/analysis.js';
import type { FailureGraph } from '../failure/graph.js';
import { isLinkName, type ElementName } from '../topology/element-name.js';
import { findElement } from '../topology/element-names.js';
import type { DeclaredScenario, Objective, Promises, Subject, Thing } from '../topology/promises.js';
import type { Topology } from '../topology/topology.js';
import { isByParts, keepKept, lastKept } from './kept.js';
import { contentOf } from './meaning.js';
import { judgeObjective, type ObjectiveVerdict } from './objectives.js';
import { judgeScenario, type ScenarioVerdict } from './scenarios.js';

/** All promises of an estate, each with whether it is kept. */
export interface Verdicts {
    readonly graph: FailureGraph;
    readonly scenarios: readonly { readonly scenario: DeclaredScenario; readonly verdict: ScenarioVerdict }[];
    readonly objectives: readonly { readonly objective: Objective; readonly verdict: ObjectiveVerdict }[];
}

/** Judges all promises of an estate, a piece at a time. */
export function* judge(topology: Topology, promises: Promises): Generator<void, Verdicts> {
    const graph = graphFor(topology, promises);
    const scenarios: Verdicts['scenarios'][number][] = [];
    const objectives: Verdicts['objectives'][number][] = [];
    for (const scenario of promises.scenarios) {
        scenarios.push({ scenario, verdict: yield* judgeScenario(graph, scenario) });
        yield;
    }
    const found = foundIn(graph);
    const last = lastKept(graph);
    const kept: string[] = [];
    for (const objective of promises.objectives) {
        const { subjects, promise, accepted } = objective;
        const key = contentOf([subjects, promise, accepted]);
        const verdict = found.get(key) ?? (yield* judgeObjective(graph, objective, last.get(key)));
        // what is not called so tells where it stands
        if (verdict.kind !== 'unknown') found.set(key, verdict);
        if (verdict.kind === 'kept' && !verdict.restsOn && isByParts(graph, objective)) kept.push(key);
        objectives.push({ objective, verdict });
        yield;
    }
    keepKept(graph, kept);
    return { graph, scenarios, objectives };
}

const verdictsIn = new WeakMap<FailureGraph, Map<string, ObjectiveVerdict>>();

/** What was found of objectives in a graph: an edit elsewhere, as of another promise, changes nothing of it. */
function foundIn(graph: FailureGraph): Map<string, ObjectiveVerdict> {
    let known = verdictsIn.get(graph);
    if (!known) verdictsIn.set(graph, (known = new Map<string, ObjectiveVerdict>()));
    return known;
}

/** The graph of an estate, in which every link that a promise names is an element, crossed by requests or not. */
export function graphFor(topology: Topology, { scenarios, objectives }: Promises): FailureGraph {
    const { graph } = analysisOf(topology);
    const missing: ElementName[] = [];
    const look = (thing: Thing | Subject | undefined) => {
        if (thing?.kind !== 'named' || !isLinkName(thing.name)) return;
        const { found } = findElement(graph.elements, thing.name);
        if (found && !graph.nodeOfElement.has(found.name)) missing.push(found.name);
    };
    for (const { lines } of scenarios) {
        for (const line of lines) for (const thing of line.kind === 'expect' ? line.subjects : line.things) look(thing);
    }
    for (const { subjects, promise, accepted } of objectives) {
        for (const thing of [...subjects, promise.cause, ...accepted.flatMap(({ things }) => things)]) look(thing);
    }
    return missing.length > 0 ? analysisOf(topology, missing).graph : graph;
}
