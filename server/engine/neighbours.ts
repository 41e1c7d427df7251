import type { Adjacency, Neighbours, NodeIndex, Nodes } from './graph.js';
import type { Ends, Piece } from './piece.js';

/** The numbers of neighbours. */
export function numbersOf({ targets, first, end }: Neighbours): NodeIndex[] {
    return [...targets.subarray(first, end)];
}

/** Finds the neighbours of a node where all of them are laid out. */
export function neighboursIn(adjacency: Adjacency): (node: NodeIndex) => Neighbours {
    const { offsets, targets } = adjacency;
    return (node) => ({
        targets,
        get reasons() {
            return adjacency.reasons;
        },
        first: offsets[node]!,
        end: offsets[node + 1]!,
    });
}

/**
 * Finds the neighbours of a node among pieces, in the order in which they would be laid out: those that its own piece knows are
 * where that has them, and only of nodes to which others lead, too, they are put together.
 */
export function neighboursAmong<Node>(
    pieces: readonly Piece<Node>[],
    { pieceOf }: Pick<Nodes<Node>, 'pieceOf'>,
    endsOf: (piece: Piece<Node>) => Ends,
): (node: NodeIndex) => Neighbours {
    const joined = new Map<NodeIndex, Neighbours>();
    let leadingTo: ((node: NodeIndex) => Neighbours[]) | undefined;
    return (node) => {
        const known = joined.get(node);
        if (known) return known;
        const piece = pieces[pieceOf(node)]!;
        const own = at(endsOf(piece).own, piece.placeOf(node));
        const others = (leadingTo ??= fromOutside(pieces, endsOf))(node);
        if (others.length === 0) return own;
        const all = together([own, ...others]);
        joined.set(node, all);
        return all;
    };
}

/** @param place -1: nothing */
function at({ offsets, targets, reasons }: Adjacency, place: number): Neighbours {
    return { targets, reasons, first: place < 0 ? 0 : offsets[place]!, end: place < 0 ? 0 : offsets[place + 1]! };
}

/** What pieces know of nodes of other ones, in the order of the pieces. */
function fromOutside<Node>(
    pieces: readonly Piece<Node>[],
    endsOf: (piece: Piece<Node>) => Ends,
): (node: NodeIndex) => Neighbours[] {
    const leading = new Map<NodeIndex, { readonly others: Adjacency; readonly place: number }[]>();
    for (const piece of pieces) {
        const { nodes, others } = endsOf(piece);
        for (const [place, node] of nodes.entries()) {
            const known = leading.get(node);
            if (known) known.push({ others, place });
            else leading.set(node, [{ others, place }]);
        }
    }
    return (node) => (leading.get(node) ?? []).map(({ others, place }) => at(others, place));
}

function together(parts: readonly Neighbours[]): Neighbours {
    const end = parts.reduce((sum, part) => sum + part.end - part.first, 0);
    const [targets, reasons] = [new Int32Array(end), new Int32Array(end)];
    let next = 0;
    for (const part of parts) {
        targets.set(part.targets.subarray(part.first, part.end), next);
        reasons.set(part.reasons.subarray(part.first, part.end), next);
        next += part.end - part.first;
    }
    return { targets, reasons, first: 0, end };
}
