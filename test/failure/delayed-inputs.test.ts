import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import { estateWithNeeds } from './random-needs.js';

// who counts failed inputs need not tell apart what fails at once and what only runs out
test('what runs out fails with any one thing that makes it worthless at once', () => {
    let both = 0;
    fc.assert(
        fc.property(estateWithNeeds, (topology) => {
            const { thresholds, inputs, dependents } = analysisOf(topology).graph;
            const atOnce = new Int32Array(thresholds.length);
            for (const node of dependents.targets) atOnce[node]!++;
            for (const [node, threshold] of thresholds.entries()) {
                const isDelayed = inputs.offsets[node + 1]! - inputs.offsets[node]! > atOnce[node]!;
                if (isDelayed) expect(threshold).toBe(1);
                if (isDelayed && atOnce[node]! > 0) both++;
            }
        }),
        { numRuns: 40 },
    );
    expect(both).toBeGreaterThan(20);
});
