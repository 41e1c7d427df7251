import { pairingOf, sweepOf, type Gates, type Pairs } from '../../server/engine/index.js';
import { table } from '../docs/generated-sections.js';
import { largeMesh, meshOf } from './mesh.js';
import { processorTime, shown, thousands, timing } from './statistics.js';

/** How many single failures take something with them, and the pairs that take more than both of their parts. */
export function harmfulIn(graph: Gates): { readonly singles: number; readonly pairs: Pairs } {
    return { singles: harmfulSingles(graph), pairs: harmfulPairs(graph) };
}

function harmfulSingles(graph: Gates): number {
    const { fail } = sweepOf(graph);
    let harmful = 0;
    for (let node = 0; node < graph.thresholds.length; node++) if (fail([node]).count > 1) harmful++;
    return harmful;
}

function harmfulPairs(graph: Gates): Pairs {
    const { fail } = sweepOf(graph);
    const pairing = pairingOf(graph);
    for (let node = 0; node < graph.thresholds.length; node++) pairing.add(fail([node]));
    return pairing.pairs();
}

/** The engine by itself, on a mesh of 63,000 nodes: processor time, garbage collection on other cores among it. */
export function meshTable(): string {
    const graph = meshOf(largeMesh);
    const nodes = graph.thresholds.length;
    const rows = [
        [
            'every single failure',
            () => harmfulSingles(graph),
            `${thousands(harmfulSingles(graph))} take more with them`,
        ],
        [
            'every harmful pair',
            () => harmfulPairs(graph),
            `${thousands(harmfulPairs(graph).count)} of ${thousands((nodes * (nodes - 1)) / 2)}`,
        ],
    ] as const;
    const measured = rows.map(([step, action, what]) => {
        const [clock, processor]: [number[], number[]] = [[], []];
        for (let round = -8; round < 15; round++) {
            const [start, before] = [performance.now(), processorTime()];
            action();
            if (round < 0) continue;
            clock.push(performance.now() - start);
            processor.push(processorTime() - before);
        }
        const [elapsed, used] = [timing(clock), timing(processor)];
        return [step, `${shown(elapsed.median)} (${shown(elapsed.p95)})`, shown(used.median), what];
    });
    const size = `${thousands(nodes)} nodes and ${thousands(graph.inputs.targets.length)} edges`;
    return `${size}\n\n${table(['what', 'median (95 %)', 'processor', 'found'], measured)}`;
}
