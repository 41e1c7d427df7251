import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import { run, type Step } from '../../server/failure/run.js';
import { trafficOutcome } from '../../server/failure/traffic-outcome.js';
import type { ElementName } from '../../server/topology/element-name.js';
import { share } from '../share.js';
import { elementNames } from './names-in.js';
import { randomEstate } from './random-estate.js';

test('an outcome that looks at what was touched says what a look at everything says, at every time', () => {
    let looked = 0;
    fc.assert(
        fc.property(randomEstate, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), (topology, chosen) => {
            const graph = buildFailureGraph(topology);
            const names = elementNames(topology) as ElementName[];
            const steps = chosen.map((one, index): Step => {
                const action = index === 2 ? 'recover' : 'fail';
                return { at: index * 5_000, action, element: names[(index === 2 ? chosen[0]! : one) % names.length]! };
            });
            for (const { outcome } of run(graph, steps, 'earliest')) {
                const { down } = outcome.propagation;
                const whole = trafficOutcome(graph.traffic, (node) => down[node] === 1);
                expect(outcome.hosts).toEqual(whole.hosts());
                expect(outcome.services).toEqual(whole.services());
                const isDecided = ({ lost, limited }: (typeof graph.facets)[number]) =>
                    down[lost] === 1 || (limited !== undefined && down[limited] === 1);
                expect(outcome.effects.map(({ facet }) => facet)).toEqual(graph.facets.filter(isDecided));
                looked++;
            }
        }),
        { numRuns: share(1_000) },
    );
    expect(looked).toBeGreaterThan(share(1_000));
});
