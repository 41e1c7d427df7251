import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
    createGraphBuilder,
    createReasons,
    joined,
    numbersBeside,
    patience,
    type Adjacency,
    type GateGraph,
} from '../../server/engine/index.js';

interface Node {
    readonly name: string;
}

/** Of each piece how many nodes it has; and edges, each added by a piece, between any two nodes. */
const anyPieces = fc.record({
    sizes: fc.array(fc.oneof({ weight: 4, arbitrary: fc.nat(4) }, fc.integer({ min: 60, max: 200 })), {
        minLength: 1,
        maxLength: 5,
    }),
    edges: fc.array(fc.record({ by: fc.nat(), from: fc.nat(), to: fc.nat(), isDelayed: fc.boolean() }), {
        maxLength: 30,
    }),
    patient: fc.option(fc.nat(), { nil: undefined }),
    isScattered: fc.boolean(),
});

/** The neighbours of each node, with the reasons why. */
function neighbours({ reasons }: GateGraph<Node, string>, { offsets, targets, reasons: whys }: Adjacency): string[][] {
    return Array.from({ length: offsets.length - 1 }, (_, node) =>
        Array.from(targets.subarray(offsets[node], offsets[node + 1]), (target, place) => {
            const why = reasons[whys[offsets[node]! + place]!]!;
            return `${target} ${why}`;
        }),
    );
}

/** The same, asked node by node. */
function oneByOne(
    { nodes, reasons }: GateGraph<Node, string>,
    neighboursOf: GateGraph<Node, string>['inputsOf'],
): string[][] {
    return Array.from({ length: nodes.length }, (_, node) => {
        const { targets, reasons: whys, first, end } = neighboursOf(node);
        const places = Array.from({ length: end - first }, (_, place) => first + place);
        return places.map((place) => `${targets[place]!} ${reasons[whys[place]!]!}`);
    });
}

test('pieces put together are the graph of all their edges: of each node first those of its own piece, then in order of pieces', () => {
    fc.assert(
        fc.property(anyPieces, ({ sizes, edges, patient, isScattered }) => {
            const [numbers, reasons] = [numbersBeside(), createReasons<string>()];
            const builders = sizes.map(() => createGraphBuilder<Node, string>(numbers, reasons));
            const owners: number[] = [];
            const add = (piece: number) => (owners[builders[piece]!.node({ name: `of ${piece}` }, 1 + piece)] = piece);
            // where nodes of pieces are added in turn, none has its numbers in one stretch
            if (isScattered)
                for (let round = 0; round < Math.max(...sizes); round++)
                    sizes.forEach((size, piece) => round < size && add(piece));
            // several at once have one threshold
            else
                sizes.forEach((size, piece) => {
                    const first = builders[piece]!.nodes(size, () => ({ name: `of ${piece}` }), 1 + piece);
                    for (let node = first; node < first + size; node++) owners[node] = piece;
                });
            if (owners.length === 0) return;
            const added = edges.map(({ by, from, to, isDelayed }, place) => ({
                by: by % sizes.length,
                from: from % owners.length,
                to: to % owners.length,
                isDelayed,
                why: `edge ${place}`,
            }));
            for (const { by, from, to, isDelayed, why } of added)
                builders[by]![isDelayed ? 'delayedInput' : 'input'](to, from, why);
            const first = (patient ?? 0) % owners.length;
            const count = Math.min(2, owners.length - first);
            const pieces = [
                ...builders.map((builder) => builder.piece()),
                ...(patient === undefined ? [] : [patience([{ first, count, threshold: 99 }])]),
            ];
            const graph = joined(pieces, reasons);

            const inOrder = (node: number, of: typeof added) => [
                ...of.filter(({ by }) => by === owners[node]),
                ...sizes.flatMap((_, piece) => of.filter(({ by }) => by === piece && by !== owners[node])),
            ];
            const delayedLast = (of: typeof added) => [
                ...of.filter(({ isDelayed }) => !isDelayed),
                ...of.filter(({ isDelayed }) => isDelayed),
            ];
            const all = owners.map((_, node) => node);
            // before anything is laid out: of each node in a graph of its own
            expect(oneByOne(graph, (node) => joined(pieces, reasons).dependentsOf(node))).toEqual(
                neighbours(graph, joined(pieces, reasons).dependents),
            );
            // a graph of some of the pieces has numbers that are nobody's
            const isPatientLeft = patient !== undefined && owners.slice(first, first + count).includes(0);
            const some = isPatientLeft ? [] : pieces.slice(1);
            const left = joined(some, reasons);
            expect(oneByOne(left, (node) => joined(some, reasons).dependentsOf(node))).toEqual(
                neighbours(left, left.dependents),
            );
            expect(oneByOne(left, left.inputsOf)).toEqual(neighbours(left, left.inputs));
            expect(Array.from(left.thresholds, (_, node) => joined(some, reasons).thresholdOf(node))).toEqual([
                ...left.thresholds,
            ]);
            expect(neighbours(graph, graph.inputs)).toEqual(
                all.map((node) => {
                    const of = delayedLast(added.filter(({ to }) => to === node));
                    return inOrder(node, of).map(({ from, why }) => `${from} ${why}`);
                }),
            );
            expect(neighbours(graph, graph.dependents)).toEqual(
                all.map((node) => {
                    const of = added.filter(({ from, isDelayed }) => from === node && !isDelayed);
                    return inOrder(node, of).map(({ to, why }) => `${to} ${why}`);
                }),
            );
            expect(oneByOne(graph, graph.inputsOf)).toEqual(neighbours(graph, graph.inputs));
            expect(oneByOne(graph, graph.dependentsOf)).toEqual(neighbours(graph, graph.dependents));
            // whoever looks at as many as there are has them laid out
            for (const node of [...all, ...all]) graph.dependentsOf(node);
            expect(oneByOne(graph, graph.dependentsOf)).toEqual(neighbours(graph, graph.dependents));
            expect(all.map((node) => [graph.nodes.pieceOf(node), graph.nodes.at(node).name])).toEqual(
                owners.map((piece) => [piece, `of ${piece}`]),
            );
            expect([...graph.thresholds]).toEqual(all.map(joined(pieces, reasons).thresholdOf));
            expect(all.map(graph.thresholdOf)).toEqual(
                owners.map((piece, node) =>
                    patient !== undefined && node >= first && node < first + count ? 99 : 1 + piece,
                ),
            );
        }),
    );
});
