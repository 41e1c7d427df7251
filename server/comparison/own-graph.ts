import type { NodeIndex } from '../engine/index.js';
import type { FailureGraph, GraphParts, Verdict } from '../failure/graph.js';
import { severityOf } from '../failure/outcome.js';
import { never } from '../failure/verdicts.js';
import { flowIds, flows } from '../knowledge/flows.js';
import type { Operation } from '../knowledge/operations.js';
import type { Neighbourhood } from '../topology/neighbourhood.js';
import { lookingAt } from './in-common.js';

/**
 * The graph of an estate without some of its neighbourhoods. No part looks at a node of another one, and none of the world does
 * but marks, which count what has failed everywhere: all else fails as in the whole graph.
 */
export interface OwnGraph {
    readonly graph: FailureGraph;
    /** Whether marks are those of the whole estate, whatever becomes of what is left out. */
    readonly areMarksDecided: (this: void, down: Readonly<Record<NodeIndex, number>>) => boolean;
    /**
     * The same with more of the estate, where they are not: at first with whatever rests on anything that has failed, and then
     * with all of it.
     *
     * @param failed everything that fails at some time, of what is to be looked at again
     */
    readonly withMore: (this: void, failed: ReadonlySet<NodeIndex>) => OwnGraph;
}

/** The operations for which anything counts that is in a neighbourhood: for all others the world alone decides. */
const countedInParts: ReadonlySet<Operation> = new Set(
    flowIds.flatMap((id) => {
        const { scope, facet } = flows[id];
        return (scope === 'home' || scope === 'path') && facet && facet.rank !== 'note' ? [facet.operation] : [];
    }),
);

/** @param left neighbourhoods of the estate, whether the graph has them or not */
export function graphWithout(parts: GraphParts, left: ReadonlySet<Neighbourhood>): OwnGraph {
    const graph = parts.without(left);
    const known = new Map<string, OwnGraph>();
    return {
        graph,
        // something is lost, and something is left of each kind, so that more of either makes no other mark
        areMarksDecided: (down) =>
            left.size === 0 ||
            marksOfParts(graph).every(
                (verdict) => verdict && severityOf(verdict, { down }) === 'limited' && hasAllThatCounts(graph, verdict),
            ),
        withMore(failed) {
            const ofWorld = [...failed].filter((node) => graph.parts!.placeAt(node) < 0);
            const touched = new Set(lookingAt([...left], ofWorld, graph));
            const isLeft = parts.estate.neighbourhoods.map((each) => left.has(each) && !touched.has(each));
            const key = isLeft.join();
            const made =
                known.get(key) ??
                withTouched(parts, new Set(parts.estate.neighbourhoods.filter((_, place) => isLeft[place])));
            known.set(key, made);
            return made;
        },
    };
}

/** @param left of these nothing fails */
function withTouched(parts: GraphParts, left: ReadonlySet<Neighbourhood>): OwnGraph {
    const graph = parts.without(left);
    return {
        graph,
        // what is not limited here is so nowhere; where all is lost, there may be something left that counts
        areMarksDecided: (down) =>
            left.size === 0 ||
            marksOfParts(graph).every((verdict) => !verdict || severityOf(verdict, { down }) !== 'total'),
        withMore: () => graphWithout(parts, new Set()),
    };
}

function marksOfParts({ verdicts }: FailureGraph) {
    return [...countedInParts].map((operation) => verdicts.estate[operation]);
}

/** Whether there is anything to lose of each kind of thing of which all must be lost. */
function hasAllThatCounts({ thresholdOf, inputsOf, parts }: FailureGraph, { total }: Verdict): boolean {
    const { targets, first, end } = inputsOf(total);
    return [total, ...targets.subarray(first, end)].every(
        (node) => !parts!.meeting.includes(node) || thresholdOf(node) !== never,
    );
}
