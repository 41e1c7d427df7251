import { createGraphBuilder, joined, patience, propagate, type NodeIndex } from '../engine/index.js';
import { flowIds, flows } from '../knowledge/flows.js';
import type { Operation } from '../knowledge/operations.js';
import type { Element } from '../topology/element.js';
import type { World } from '../topology/neighbourhood.js';
import type { GraphNode, Reason, Verdict } from './graph.js';
import { thresholdsOf } from './graph-of-parts.js';
import { addTally } from './tally.js';
import { worldGraphOf, type WorldGraph } from './world-graph.js';

/** Of these it counts how services fare, and of all others nothing of services does. */
export const ofServices: ReadonlySet<Operation> = new Set(
    flowIds.flatMap((id) => {
        const { scope, facet } = flows[id];
        return facet && facet.rank !== 'note' && (scope === 'home' || scope === 'path') ? [facet.operation] : [];
    }),
);

/** A world after failures: what of it is down, services left aside. */
export interface FailedWorld {
    readonly graph: WorldGraph;
    readonly down: Uint8Array;
    readonly hasInputs: (verdict: Verdict) => boolean;
}

/** Undefined where the world does not have what is to fail. */
export function failing(world: World, failures: readonly Element[]): FailedWorld | undefined {
    const graph = worldGraphOf(world);
    if (!graph.isDivisible) return undefined;
    const seeds: NodeIndex[] = [];
    for (const { name, service } of failures) {
        const node = graph.elementNode(name);
        if (node !== undefined) seeds.push(node);
        else if (service === undefined) return undefined;
    }
    const { gates, hasInputs } = alone(graph);
    return { graph, down: propagate(gates, seeds).down, hasInputs };
}

const graphsAlone = new WeakMap<WorldGraph, ReturnType<typeof layAlone>>();

/** The world as a graph of its own. */
function alone(graph: WorldGraph) {
    const known = graphsAlone.get(graph) ?? layAlone(graph);
    graphsAlone.set(graph, known);
    return known;
}

function layAlone(graph: WorldGraph) {
    const builder = createGraphBuilder<GraphNode, Reason>(undefined, graph.reasons);
    const { patient, hasInputs } = thresholdsOf(graph, [addTally(builder, graph, graph.facets)]);
    const gates = joined([graph.piece, builder.piece(), patience(patient)], graph.reasons);
    return { gates, hasInputs };
}

/** Whether services find the same up and down in both, and as much of what counts besides them. */
export function looksTheSame(one: FailedWorld, other: FailedWorld): boolean {
    for (const question of one.graph.view.asked.values()) {
        const [here, there] = [question(one.graph), question(other.graph)];
        if (here === undefined || there === undefined ? here !== there : one.down[here] !== other.down[there])
            return false;
    }
    const [counted, others] = [countedIn(one), countedIn(other)];
    return counted.size === others.size && [...counted].every(([facet, state]) => others.get(facet) === state);
}

/** How what counts for the same operations as services fares. */
function countedIn({ graph: { facets }, down }: FailedWorld): ReadonlyMap<string, string> {
    const isDown = (node: NodeIndex | undefined) => node !== undefined && down[node] === 1;
    return new Map(
        facets
            .filter(({ operation }) => ofServices.has(operation))
            .map(({ flow, rank, scope, lost, limited }) => [
                JSON.stringify([flow, rank, scope]),
                `${isDown(lost)} ${isDown(limited)}`,
            ]),
    );
}
