import type { Adjacency, GateGraph, NodeIndex } from './graph.js';
import { neighboursAmong, neighboursIn } from './neighbours.js';
import { endOf, type Ends, type Patient, type Piece, type Row, type Stretch } from './piece.js';

/** Where in an edge each of its numbers is. */
export const part = { from: 0, to: 1, reason: 2 } as const;
export const partsOfEdge = 3;
type End = typeof part.from | typeof part.to;

/** What a piece is made of. */
interface Collected<Node> {
    readonly rows: readonly Row<Node>[];
    /** Of its own nodes, or of those of other pieces. */
    readonly patient: readonly Patient[];
    readonly spreading: readonly Int32Array[];
    readonly delayed: readonly Int32Array[];
}

/** Lays a piece out. */
export function pieceOf<Node>({ rows: added, patient, spreading, delayed }: Collected<Node>): Piece<Node> {
    const rows = inOrder(added);
    const stretches = stretchesOf(rows);
    const { count, placeOf } = placesIn(stretches);
    const thresholds = new Int32Array(count).fill(1);
    const ofOthers: Patient[] = [];
    for (const each of patient) {
        const place = placeOf(each.first);
        if (place < 0) ofOthers.push(each);
        else thresholds.fill(each.threshold, place, place + each.count);
    }
    return {
        rows,
        stretches,
        placeOf,
        thresholds,
        patient: ofOthers,
        inputs: sorted([...spreading, ...delayed], part.to, part.from, count, placeOf),
        dependents: sorted(spreading, part.from, part.to, count, placeOf),
    };
}

/** As they are mostly added. */
function inOrder<T extends Stretch>(rows: readonly T[]): readonly T[] {
    const isInOrder = rows.every(({ first }, place) => place === 0 || rows[place - 1]!.first < first);
    return isInOrder ? rows : [...rows].sort((a, b) => a.first - b.first);
}

/** No nodes and no edges: only thresholds of nodes of other pieces. */
export function patience(patient: readonly Patient[]): Piece<never> {
    return pieceOf({ rows: [], patient, spreading: [], delayed: [] });
}

function stretchesOf(rows: readonly Stretch[]): Stretch[] {
    const stretches: { first: NodeIndex; count: number }[] = [];
    for (const { first, count } of rows) {
        const last = stretches.at(-1);
        if (last && last.first + last.count === first) last.count += count;
        else stretches.push({ first, count });
    }
    return stretches;
}

/** Finds the place of a node among those of a piece; -1 for one of another piece. */
function placesIn(stretches: readonly Stretch[]) {
    let count = 0;
    const firsts = stretches.map(({ first }) => first);
    const shifts = stretches.map((each) => (count += each.count) - each.count - each.first);
    if (stretches.length === 1) {
        const [{ first }] = stretches as [Stretch];
        return { count, placeOf: (node: NodeIndex) => (node >= first && node < first + count ? node - first : -1) };
    }
    const placeOf = (node: NodeIndex): number => {
        if (stretches.length === 0) return -1;
        const at = lastUpTo(firsts, node);
        const place = node - firsts[at]!;
        return place >= 0 && place < stretches[at]!.count ? node + shifts[at]! : -1;
    };
    return { count, placeOf };
}

/** Sorts edges by one of their ends with a counting sort: linear, and stable, so that results do not depend on luck. */
function sorted(
    pieces: readonly Int32Array[],
    source: End,
    target: End,
    count: number,
    placeOf: (node: NodeIndex) => number,
): Ends {
    const own = new Int32Array(count + 1);
    const ofOthers = new Map<NodeIndex, number>();
    for (const piece of pieces) {
        for (let edge = 0; edge < piece.length; edge += partsOfEdge) {
            const node = piece[edge + source]!;
            const place = placeOf(node);
            if (place >= 0) own[place + 1]!++;
            else ofOthers.set(node, (ofOthers.get(node) ?? 0) + 1);
        }
    }
    const nodes = [...ofOthers.keys()].sort((a, b) => a - b);
    const others = new Int32Array(nodes.length + 1);
    for (const [place, node] of nodes.entries()) {
        others[place + 1] = ofOthers.get(node)!;
        ofOthers.set(node, place);
    }
    const [toOwn, toOthers] = [collecting(own), collecting(others)];
    for (const piece of pieces) {
        for (let edge = 0; edge < piece.length; edge += partsOfEdge) {
            const node = piece[edge + source]!;
            const place = placeOf(node);
            const [other, reason] = [piece[edge + target]!, piece[edge + part.reason]!];
            if (place >= 0) toOwn.add(place, other, reason);
            else toOthers.add(ofOthers.get(node)!, other, reason);
        }
    }
    return { own: toOwn.collected, nodes, others: toOthers.collected };
}

/** Room for as many neighbours as are counted at the place after that of each node. */
function collecting(offsets: Int32Array) {
    sumUp(offsets);
    const next = offsets.slice();
    const targets = new Int32Array(offsets.at(-1)!);
    const reasons = new Int32Array(targets.length);
    return {
        collected: { offsets, targets, reasons },
        add(place: number, target: NodeIndex, reason: number) {
            const slot = next[place]!++;
            targets[slot] = target;
            reasons[slot] = reason;
        },
    };
}

/** Makes of how many each has where those of each begin. */
function sumUp(offsets: Int32Array): void {
    for (let place = 1; place < offsets.length; place++) offsets[place]! += offsets[place - 1]!;
}

/**
 * Once somebody has looked at what rests on so many nodes, of as many as there are, all of it is laid out: that costs as much as
 * these looks have.
 */
const mostLooks = 0.5;

/**
 * Puts the graph of some pieces together. The neighbours of a node are those that its own piece knows, and then those of the
 * others in the order of the pieces, whatever the numbers of nodes are. They are found where the pieces have them, so that it
 * costs next to nothing to put together what an edit has changed; where somebody looks at many, or asks for all of them, they are
 * laid out.
 */
export function joined<Node extends object, Reason>(
    pieces: readonly Piece<Node>[],
    { all: reasons }: { readonly all: readonly Reason[] },
): GateGraph<Node, Reason> {
    const length = endOf(pieces);
    const pieceOf = ownersOf(pieces, length);
    const thresholdIn = thresholdAmong(pieces, pieceOf);
    const dependentsIn = neighboursAmong(pieces, pieceOf, (piece) => piece.dependents);
    let thresholds: Int32Array | undefined;
    let inputs: Adjacency | undefined;
    let dependents: Adjacency | undefined;
    let looks = 0;
    const graph: GateGraph<Node, Reason> = {
        nodes: { length, at: (node) => describedIn(pieces[pieceOf(node)]!, node), pieceOf },
        get thresholds() {
            return (thresholds ??= thresholdsOf(pieces, length));
        },
        get inputs() {
            return (inputs ??= adjacency(pieces, length, (piece) => piece.inputs));
        },
        get dependents() {
            return (dependents ??= adjacency(pieces, length, (piece) => piece.dependents));
        },
        thresholdOf: (node) => (thresholds ? thresholds[node]! : thresholdIn(node)),
        // who asks for the inputs of some nodes asks why these failed: to lay out all reasons would take longer
        inputsOf: neighboursAmong(pieces, pieceOf, (piece) => piece.inputs),
        dependentsOf(node) {
            if (!dependents && ++looks <= length * mostLooks) return dependentsIn(node);
            // who looks at what rests on nodes asks for the thresholds of these next
            thresholds ??= graph.thresholds;
            return neighboursIn(graph.dependents, node);
        },
        reasons,
    };
    return graph;
}

/** Nodes in a row, as a power of two: of most such rows all are of one piece, so that it is enough to know that. */
const rowBits = 6;
const several = -1;

/** Finds the place of the piece that has a node; 0 for a number that no node has. */
function ownersOf(pieces: readonly Piece<unknown>[], length: number): (node: NodeIndex) => number {
    if (pieces.length === 1) return () => 0;
    const owned = pieces.flatMap(({ stretches }, piece) =>
        stretches.map(({ first, count }) => ({ first, count, piece })),
    );
    owned.sort((a, b) => a.first - b.first);
    const firsts = owned.map(({ first }) => first);
    const ownerOfRow = new Int32Array((length >> rowBits) + 1);
    for (const { first, count, piece } of owned) {
        const [from, to] = [first >> rowBits, (first + count) >> rowBits];
        ownerOfRow.fill(piece, from, to);
        ownerOfRow[from] = ownerOfRow[to] = several;
    }
    return (node) => {
        const owner = ownerOfRow[node >> rowBits]!;
        if (owner !== several) return owner;
        const { first, count, piece } = owned[lastUpTo(firsts, node)]!;
        return node >= first && node < first + count ? piece : 0;
    };
}

/** Finds the threshold of a node among pieces, of which some have a say in those of others. */
function thresholdAmong(
    pieces: readonly Piece<unknown>[],
    pieceOf: (node: NodeIndex) => number,
): (node: NodeIndex) => number {
    const own = pieces.map(({ thresholds }) => thresholds);
    for (const { patient } of pieces) {
        for (const { threshold, first, count } of patient) {
            for (let node = first; node < first + count; node++) {
                const piece = pieceOf(node);
                if (own[piece] === pieces[piece]!.thresholds) own[piece] = own[piece].slice();
                own[piece]![pieces[piece]!.placeOf(node)] = threshold;
            }
        }
    }
    return (node) => {
        const piece = pieceOf(node);
        return own[piece]![pieces[piece]!.placeOf(node)] ?? 1;
    };
}

function thresholdsOf(pieces: readonly Piece<unknown>[], length: number): Int32Array {
    const all = new Int32Array(length).fill(1);
    for (const { stretches, thresholds } of pieces) {
        let place = 0;
        for (const { first, count } of stretches) {
            all.set(thresholds.subarray(place, place + count), first);
            place += count;
        }
    }
    for (const { patient } of pieces)
        for (const { threshold, first, count } of patient) all.fill(threshold, first, first + count);
    return all;
}

function describedIn<Node extends object>({ rows }: Piece<Node>, node: NodeIndex): Node {
    let [low, high] = [0, rows.length - 1];
    while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (rows[middle]!.first <= node) low = middle;
        else high = middle - 1;
    }
    const { is } = rows[low]!;
    return typeof is === 'function' ? is(node) : is;
}

/** The place of the last of these numbers, which are in order, that is no larger than one. */
export function lastUpTo(ordered: readonly number[], number: number): number {
    let [low, high] = [0, ordered.length - 1];
    while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (ordered[middle]! <= number) low = middle;
        else high = middle - 1;
    }
    return low;
}

function adjacency<Node>(
    pieces: readonly Piece<Node>[],
    length: number,
    endsOf: (piece: Piece<Node>) => Ends,
): Adjacency {
    const offsets = new Int32Array(length + 1);
    /** Behind the last node to which several pieces lead: mostly a small part, as these have the lowest numbers. */
    let sharedEnd = 0;
    for (const piece of pieces) {
        const { own, nodes, others } = endsOf(piece);
        let place = 0;
        for (const { first, count } of piece.stretches)
            for (let node = first; node < first + count; node++, place++)
                offsets[node + 1]! += own.offsets[place + 1]! - own.offsets[place]!;
        for (const [place, node] of nodes.entries())
            offsets[node + 1]! += others.offsets[place + 1]! - others.offsets[place]!;
        sharedEnd = Math.max(sharedEnd, (nodes.at(-1) ?? -1) + 1);
    }
    sumUp(offsets);
    const laidOut = (column: 'targets' | 'reasons') => {
        const all = new Int32Array(offsets[length]!);
        const next = offsets.slice(0, sharedEnd);
        for (const piece of pieces) {
            const { own } = endsOf(piece);
            let place = 0;
            for (const { first, count } of piece.stretches) {
                const end = place + count;
                for (let node = first; place < end && node < sharedEnd; node++, place++)
                    for (let at = own.offsets[place]!; at < own.offsets[place + 1]!; at++)
                        all[next[node]!++] = own[column][at]!;
                if (place === end) continue;
                const rest = own[column].subarray(own.offsets[place], own.offsets[end]);
                all.set(rest, offsets[first + place - (end - count)]);
                place = end;
            }
        }
        for (const piece of pieces) {
            const { nodes, others } = endsOf(piece);
            for (const [place, node] of nodes.entries())
                for (let at = others.offsets[place]!; at < others.offsets[place + 1]!; at++)
                    all[next[node]!++] = others[column][at]!;
        }
        return all;
    };
    let reasons: Int32Array | undefined;
    return {
        offsets,
        targets: laidOut('targets'),
        get reasons() {
            return (reasons ??= laidOut('reasons'));
        },
    };
}
