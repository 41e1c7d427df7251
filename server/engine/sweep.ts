import type { NodeIndex, Spreading } from './graph.js';

/** What has failed: the first so many of these nodes. */
export interface Failed {
    /** Causes come before effects. */
    readonly nodes: ArrayLike<NodeIndex>;
    readonly count: number;
}

/** One failure after the other, each of which forgets the one before. */
export interface Sweep {
    /** Lets nodes fail together. What it returns is overwritten by the next call. */
    readonly fail: (seeds: readonly NodeIndex[]) => Failed;
    /** Whether a node has failed with the last ones. */
    readonly isDown: (node: NodeIndex) => boolean;
}

/**
 * For those who let thousands of failures happen, and only ask what fails: the same nodes in the same order as in
 * `propagate`. Nothing is undone in between, since what is known of a node has the number of the failure of which it is true.
 */
export function sweepOf({ thresholds, dependents: { offsets, targets } }: Spreading): Sweep {
    const length = thresholds.length;
    const nodes = new Int32Array(length);
    /** In which failure the node was down last. */
    const downIn = new Int32Array(length);
    /** In which failure its inputs were counted last; only of nodes that do not fail with a single one. */
    const countedIn = new Int32Array(length);
    const failedInputs = new Int32Array(length);
    const failed = { nodes, count: 0 };
    let failure = 0;
    const fail = (seeds: readonly NodeIndex[]): Failed => {
        failure++;
        let count = 0;
        for (const seed of seeds) {
            if (downIn[seed] === failure) continue;
            downIn[seed] = failure;
            nodes[count++] = seed;
        }
        for (let next = 0; next < count; next++) {
            const node = nodes[next]!;
            for (let edge = offsets[node]!, end = offsets[node + 1]!; edge < end; edge++) {
                const dependent = targets[edge]!;
                if (downIn[dependent] === failure) continue;
                const threshold = thresholds[dependent]!;
                if (threshold !== 1) {
                    if (countedIn[dependent] !== failure) {
                        countedIn[dependent] = failure;
                        failedInputs[dependent] = 0;
                    }
                    if (++failedInputs[dependent]! !== threshold) continue;
                }
                downIn[dependent] = failure;
                nodes[count++] = dependent;
            }
        }
        failed.count = count;
        return failed;
    };
    return { fail, isDown: (node) => failure > 0 && downIn[node] === failure };
}
