import type { Gates, NodeIndex } from '../../server/engine/index.js';

/** Every node that fails with some, found by asking each node again and again until nothing more fails. */
export function naive({ thresholds, dependents: { offsets, targets } }: Gates) {
    const inputsOf: NodeIndex[][] = Array.from(thresholds, () => []);
    for (let node = 0; node < thresholds.length; node++)
        for (const dependent of targets.subarray(offsets[node], offsets[node + 1])) inputsOf[dependent]!.push(node);
    return (seeds: readonly NodeIndex[]): ReadonlySet<NodeIndex> => {
        const failed = new Set(seeds);
        for (let before = -1; before < failed.size;) {
            before = failed.size;
            for (const [node, inputs] of inputsOf.entries()) {
                if (failed.has(node)) continue;
                let count = 0;
                for (const input of inputs) if (failed.has(input)) count++;
                if (count >= thresholds[node]!) failed.add(node);
            }
        }
        return failed;
    };
}

/** The single failures that take something with them, and the pairs that take more than both of their parts: all are tried. */
export function harmfulByTrying(graph: Gates, failures: readonly (readonly NodeIndex[])[]) {
    const failingWith = naive(graph);
    const alone = failures.map(failingWith);
    const pairs: string[] = [];
    for (const [a, one] of failures.entries()) {
        for (let b = a + 1; b < failures.length; b++) {
            const both = failingWith([...one, ...failures[b]!]);
            if (both.size > new Set([...alone[a]!, ...alone[b]!]).size) pairs.push(`${a} ${b}`);
        }
    }
    return { singles: alone.filter(({ size }, index) => size > failures[index]!.length).length, pairs };
}
