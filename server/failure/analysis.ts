import { propagate, withScratch, type NodeIndex, type Propagation } from '../engine/index.js';
import type { Operation, Severity } from '../knowledge/operations.js';
import type { ElementName } from '../topology/element-name.js';
import type { Topology } from '../topology/topology.js';
import { blastsIn, type Blasts } from './blast-radius.js';
import { buildFailureGraph } from './build.js';
import { standardModel } from './construction.js';
import type { FailureGraph } from './graph.js';
import type { Outcome } from './outcome.js';
import { estateSeverities, simulate } from './outcome.js';

/** What was computed of a topology. Topologies are immutable, so nothing of it ever has to be thrown away. */
export interface Analysis {
    readonly graph: FailureGraph;
    /** The links that are elements only because somebody asked for them. */
    readonly asked: readonly ElementName[];
    /** How long it took to build the graph. */
    readonly milliseconds: number;
    /** What happens if this one element fails; undefined if the topology has no such element. The last ones are kept. */
    outcomeOf(element: ElementName): Outcome | undefined;
    /** What one line tells of the failures of elements: cheaper than whole outcomes. */
    readonly blasts: Blasts;
    /** Whether a node fails with an element. */
    takesDown(element: ElementName, node: NodeIndex): boolean;
    /** The four marks alone, for many elements: cheaper than whole outcomes. */
    marksOf(element: ElementName): Readonly<Record<Operation, Severity>> | undefined;
}

/** An outcome has arrays as long as the graph: so many are kept of a topology, for whoever asks for the same one again. */
const mostOutcomes = 16;

const analyses = new WeakMap<Topology, Analysis>();

/**
 * The analysis of a topology, computed when first asked for, and as long as somebody holds the topology.
 *
 * @param failures what is going to fail: a link among them that is not listed becomes an element now, and stays one
 */
export function analysisOf(topology: Topology, failures: readonly ElementName[] = []): Analysis {
    let analysis = analyses.get(topology) ?? analyse(topology, []);
    const { asked, graph } = analysis;
    const missing = failures.filter((name) => !graph.nodeOfElement.has(name) && graph.elements.links.named(name));
    if (missing.length > 0) analysis = analyse(topology, [...asked, ...missing]);
    analyses.set(topology, analysis);
    return analysis;
}

function analyse(topology: Topology, asked: readonly ElementName[]): Analysis {
    const start = performance.now();
    const graph = buildFailureGraph(topology, standardModel, asked);
    const milliseconds = performance.now() - start;
    const outcomes = new Map<ElementName, Outcome>();
    const failing = <T>(node: NodeIndex, look: (propagation: Propagation) => T): T =>
        withScratch(graph, (scratch) => look(propagate(graph, [node], scratch)));
    let blasts: Blasts | undefined;
    return {
        graph,
        asked,
        milliseconds,
        outcomeOf(element) {
            if (!graph.nodeOfElement.has(element)) return undefined;
            const outcome = outcomes.get(element) ?? simulate(graph, [element]);
            outcomes.delete(element);
            outcomes.set(element, outcome);
            const [oldest] = outcomes.keys();
            if (outcomes.size > mostOutcomes) outcomes.delete(oldest!);
            return outcome;
        },
        get blasts() {
            return (blasts ??= blastsIn(graph));
        },
        takesDown(element, node) {
            const seed = graph.nodeOfElement.get(element);
            return seed !== undefined && failing(seed, ({ down }) => down[node] === 1);
        },
        marksOf(element) {
            const node = graph.nodeOfElement.get(element);
            return node === undefined
                ? undefined
                : failing(node, (propagation) => estateSeverities(graph, propagation));
        },
    };
}
