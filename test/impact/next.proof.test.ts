import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import type { Harm } from '../../server/failure/harms.js';
import { simulate } from '../../server/failure/outcome.js';
import { additionOf } from '../../server/impact/next.js';
import { randomEstate } from '../failure/random-estate.js';
import { share } from '../share.js';

const kindsOf: Readonly<Record<'down' | 'degraded', readonly Harm['kind'][]>> = {
    down: ['host-down', 'service-down', 'workloads-down'],
    degraded: ['host-degraded', 'service-degraded'],
};

test('whatever users notice of one more failure has a name', () => {
    fc.assert(
        fc.property(randomEstate, fc.nat(), (topology, choice) => {
            const graph = buildFailureGraph(topology);
            const { all } = graph.elements;
            const outcome = simulate(graph, [all[choice % all.length]!.name]);
            for (const { name } of all) {
                const addition = additionOf(outcome, name);
                if (addition?.gravity !== 'down' && addition?.gravity !== 'degraded') continue;
                const named = addition.harms.filter(({ kind }) => kindsOf[addition.gravity as 'down'].includes(kind));
                expect([name, named.length]).not.toEqual([name, 0]);
            }
        }),
        { numRuns: share(300) },
    );
});
