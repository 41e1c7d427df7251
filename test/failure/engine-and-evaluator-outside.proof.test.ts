import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildFailureGraph, wholeGraph } from '../../server/failure/build.js';
import { simulate } from '../../server/failure/outcome.js';
import type { ElementName } from '../../server/topology/element-name.js';
import { share } from '../share.js';
import { compareAll } from './compare.js';
import { elementNames } from './names-in.js';
import { estateWithOutside } from './random-outside.js';

test('the engine and the evaluator agree where gateways lead to external services', { timeout: 1_200_000 }, () => {
    const estates = estateWithOutside;
    expect(compareAll({ count: share(400), seed: 6, pairs: 50, estates })).toBeGreaterThan(share(20_000));
});

test('and so does the graph in one piece', () => {
    fc.assert(
        fc.property(estateWithOutside, (topology) => {
            const [graph, whole] = [buildFailureGraph(topology), wholeGraph(topology)];
            expect(graph.elements.all).toEqual(whole.elements.all);
            for (const name of elementNames(topology) as ElementName[]) {
                const [{ hosts, services, operations }, other] = [simulate(graph, [name]), simulate(whole, [name])];
                expect([hosts, services, operations]).toEqual([other.hosts, other.services, other.operations]);
            }
        }),
        { numRuns: share(200) },
    );
});
