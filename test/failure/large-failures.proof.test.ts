import { expect, test } from 'vitest';
import { blastsIn } from '../../server/failure/blast-radius.js';
import { buildFailureGraph } from '../../server/failure/build.js';
import { share } from '../share.js';
import { afterEdits } from './after-edits.js';

const keepingAll = { leastTouched: 0, mostChanged: 1 };
const keepingNone = { leastTouched: Infinity, mostChanged: 0 };

test('what is kept of a failure from one edit to the next is what one finds anew', () => {
    const seen = { kept: 0, grave: 0, worse: 0 };
    afterEdits(share(400), (topology, isFirst) => {
        const graph = buildFailureGraph(topology);
        const kept = blastsIn(graph, keepingAll);
        // of a new object nothing is kept
        const fresh = blastsIn(buildFailureGraph({ ...topology }), keepingNone);
        for (const { name } of graph.elements.listed) {
            const radius = kept.blastRadiusOf(name);
            const worseFrom = kept.worseFrom(name);
            expect({ name, radius, worseFrom }).toEqual({
                name,
                radius: fresh.blastRadiusOf(name),
                worseFrom: fresh.worseFrom(name),
            });
            if (isFirst || !graph.parts) continue;
            seen.kept++;
            if (radius.gravity === 'down') seen.grave++;
            if (worseFrom !== undefined) seen.worse++;
        }
    });
    // all of it was there to be kept
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(share(400));
});
