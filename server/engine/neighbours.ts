import type { Adjacency, Neighbours, NodeIndex } from './graph.js';
import type { Ends, Piece } from './piece.js';

/** The numbers of neighbours. */
export function numbersOf({ targets, first, end }: Neighbours): NodeIndex[] {
    return [...targets.subarray(first, end)];
}

/** Those of a node where all of them are laid out. */
export function neighboursIn(adjacency: Adjacency, node: NodeIndex): Neighbours {
    return new LaidOut(adjacency, node);
}

class LaidOut implements Neighbours {
    readonly targets: Int32Array;
    readonly first: number;
    readonly end: number;

    constructor(
        private readonly adjacency: Adjacency,
        node: NodeIndex,
    ) {
        const { offsets, targets } = adjacency;
        this.targets = targets;
        this.first = offsets[node]!;
        this.end = offsets[node + 1]!;
    }

    /** Laid out once somebody asks for them. */
    get reasons(): Int32Array {
        return this.adjacency.reasons;
    }
}

/**
 * Finds the neighbours of a node among pieces, in the order in which they would be laid out: those that its own piece knows are
 * where that has them, and only of nodes to which others lead, too, they are put together.
 *
 * @param pieceOf the place of the piece that has a node
 */
export function neighboursAmong<Node>(
    pieces: readonly Piece<Node>[],
    pieceOf: (node: NodeIndex) => number,
    endsOf: (piece: Piece<Node>) => Ends,
): (node: NodeIndex) => Neighbours {
    const joined = new Map<NodeIndex, Neighbours>();
    let outside: FromOutside | undefined;
    return (node) => {
        outside ??= fromOutside(pieces, endsOf);
        const piece = pieces[pieceOf(node)]!;
        if (!outside.has(node)) return at(endsOf(piece).own, piece.placeOf(node));
        const known = joined.get(node);
        if (known) return known;
        const all = together([at(endsOf(piece).own, piece.placeOf(node)), ...outside.of(node)]);
        joined.set(node, all);
        return all;
    };
}

/** @param place -1: nothing */
function at({ offsets, targets, reasons }: Adjacency, place: number): Neighbours {
    return { targets, reasons, first: place < 0 ? 0 : offsets[place]!, end: place < 0 ? 0 : offsets[place + 1]! };
}

/** What pieces know of nodes of other ones. */
interface FromOutside {
    readonly has: (node: NodeIndex) => boolean;
    /** In the order of the pieces. */
    readonly of: (node: NodeIndex) => readonly Neighbours[];
}

/** Keeps for each node a chain of entries, so that there is nothing to make for those at which nobody looks. */
function fromOutside<Node>(pieces: readonly Piece<Node>[], endsOf: (piece: Piece<Node>) => Ends): FromOutside {
    const ends = pieces.map(endsOf);
    const count = ends.reduce((sum, { nodes }) => sum + nodes.length, 0);
    const end = ends.reduce((last, { nodes }) => Math.max(last, (nodes.at(-1) ?? -1) + 1), 0);
    const none = 0;
    const firstOf = new Int32Array(end);
    // an entry has the number that follows its place here
    const [pieceAt, placeAt, next] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)];
    let entries = 0;
    for (let piece = ends.length - 1; piece >= 0; piece--) {
        const { nodes } = ends[piece]!;
        for (let place = 0; place < nodes.length; place++) {
            const node = nodes[place]!;
            pieceAt[entries] = piece;
            placeAt[entries] = place;
            next[entries] = firstOf[node]!;
            firstOf[node] = ++entries;
        }
    }
    const entryOf = (node: NodeIndex) => firstOf[node] ?? none;
    return {
        has: (node) => entryOf(node) !== none,
        of(node) {
            const found: Neighbours[] = [];
            for (let entry = entryOf(node); entry !== none; entry = next[entry - 1]!)
                found.push(at(ends[pieceAt[entry - 1]!]!.others, placeAt[entry - 1]!));
            return found;
        },
    };
}

/** One list of them all; why they are neighbours is put together once somebody asks, as nobody does who only spreads failures. */
function together(parts: readonly Neighbours[]): Neighbours {
    const end = parts.reduce((sum, part) => sum + part.end - part.first, 0);
    const column = (of: 'targets' | 'reasons') => {
        const all = new Int32Array(end);
        let next = 0;
        for (const part of parts) {
            all.set(part[of].subarray(part.first, part.end), next);
            next += part.end - part.first;
        }
        return all;
    };
    let reasons: Int32Array | undefined;
    return {
        targets: column('targets'),
        get reasons() {
            return (reasons ??= column('reasons'));
        },
        first: 0,
        end,
    };
}
