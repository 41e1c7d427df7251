import type { FailureGraph, GraphPart } from '../failure/graph.js';
import type { World } from '../topology/neighbourhood.js';
import { partsOf } from '../topology/neighbourhoods.js';
import type { Objective, Thing } from '../topology/promises.js';
import type { Estate } from '../topology/things.js';
import { mayComeBack } from './coming-back.js';
import type { Judged } from './things.js';

/*
 * How a host or a service fares is up to its part of the graph and to the world, and to nothing of other parts. What is promised
 * of each of them, whatever fails alone, is kept where it is kept in each part: where it was, only parts that are others now have
 * to be tried. What is broken is searched anew, since the smallest counterexample may be another one.
 */

/** The parts of a graph in which everybody has what was promised. */
export type KeptIn = ReadonlySet<GraphPart>;

/** By what objectives say. */
type Kept = ReadonlyMap<string, KeptIn>;

const keptIn = new WeakMap<World, Kept>();

/** In which parts objectives were kept in the last state of an estate that has this world, too. */
export function lastKept({ topology, parts }: FailureGraph): Kept {
    return (parts && keptIn.get(partsOf(topology).world)) ?? new Map();
}

/** Takes objectives, by what they say, for those that are kept in all parts of a graph. */
export function keepKept({ topology, parts }: FailureGraph, objectives: readonly string[]): void {
    if (!parts) return;
    const all = new Set(parts.all);
    keptIn.set(partsOf(topology).world, new Map(objectives.map((objective) => [objective, all])));
}

/** Whether it is the same in all parts, whatever of the others is otherwise, if an objective is kept in each. */
export function isByParts(graph: FailureGraph, { subjects, promise, accepted }: Objective): boolean {
    // names may come to mean something else, and shared fates have members in parts
    const isPlain = (thing: Thing) => thing.kind === 'choice' && !thing.place;
    return (
        graph.parts !== undefined &&
        graph.topology.sharedFates.length === 0 &&
        accepted.length === 0 &&
        subjects.every((subject) => subject.kind !== 'operation' && isPlain(subject)) &&
        (promise.cause === undefined ||
            (isPlain(promise.cause) && promise.cause.kind === 'choice' && promise.cause.count === 1)) &&
        // all come back together, or none does
        (promise.kind === 'survives' || (promise.kind === 'recovers' && !mayComeBack(graph)))
    );
}

/** What is left to be tried where all else is as it was in a state in which an objective was kept. */
export interface Rest {
    /** Of those who are judged those of parts that are others now: the same list for the same ones. */
    readonly among: (subjects: readonly Judged[]) => readonly Judged[] | undefined;
    /** An estate with only what could harm them: what is in their parts, and in the world. */
    readonly estate: Estate;
}

const restKnown = new WeakMap<FailureGraph, WeakMap<KeptIn, Rest>>();

/** What is left to be tried where an objective was kept in these parts. */
export function restOf(graph: FailureGraph, kept: KeptIn): Rest {
    const known = restKnown.get(graph) ?? new WeakMap<KeptIn, Rest>();
    restKnown.set(graph, known);
    const rest = known.get(kept) ?? findRest(graph, kept);
    known.set(kept, rest);
    return rest;
}

function findRest(graph: FailureGraph, kept: KeptIn): Rest {
    const { topology, elements, parts } = graph;
    const { byName, colliding, links } = elements;
    const changed = parts!.all.filter((part) => !kept.has(part));
    const lists = [...changed.map(({ listed }) => listed), parts!.listed];
    const all = lists.flat();
    const known = new WeakMap<readonly Judged[], readonly Judged[] | undefined>();
    return {
        among(subjects) {
            if (!known.has(subjects)) known.set(subjects, findOthers(graph, subjects, kept));
            return known.get(subjects);
        },
        estate: { topology, elements: { all, listed: all, lists, size: all.length, byName, colliding, links } },
    };
}

/** Undefined where somebody is no host and no service. */
function findOthers({ topology, parts }: FailureGraph, subjects: readonly Judged[], kept: KeptIn) {
    const { serviceAt, placeOf } = partsOf(topology);
    const isKept = parts!.all.map((part) => kept.has(part));
    const others: Judged[] = [];
    for (const judged of subjects) {
        if (judged.kind !== 'host' && judged.kind !== 'service') return undefined;
        const service = judged.kind === 'host' ? judged.host.service : judged.name;
        if (!isKept[placeOf[serviceAt.get(service)!]!]) others.push(judged);
    }
    return others;
}
