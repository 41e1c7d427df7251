import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Propagation } from '../../server/engine/index.js';
import { buildFailureGraph } from '../../server/failure/build.js';
import { run, times, type Step } from '../../server/failure/run.js';
import type { ElementName } from '../../server/topology/element-name.js';
import { share } from '../share.js';
import { elementNames } from './names-in.js';
import { randomEstate } from './random-estate.js';
import { estateWithRelays } from './random-relays.js';

const sorted = ({ order }: Pick<Propagation, 'order'>) => [...order].sort((a, b) => a - b);

test('one time after the other fails what all of them together do', () => {
    let later = 0;
    fc.assert(
        fc.property(
            fc.oneof(randomEstate, estateWithRelays),
            fc.array(fc.nat(), { minLength: 2, maxLength: 4 }),
            (topology, chosen) => {
                const graph = buildFailureGraph(topology);
                const names = elementNames(topology) as ElementName[];
                const steps = chosen.map((one, index): Step => {
                    const action = index === 2 ? 'recover' : 'fail';
                    const element = names[(index === 2 ? chosen[0]! : one) % names.length]!;
                    return { at: index * 5_000, action, element };
                });
                const seen: { at: number; failed: number[] }[] = [];
                for (const { at, propagation } of times(graph, steps, 'earliest'))
                    seen.push({ at, failed: sorted(propagation) });
                const all = run(graph, steps, 'earliest');
                expect(seen).toEqual(all.map(({ at, outcome }) => ({ at, failed: sorted(outcome.propagation) })));
                later += all.length - 1;
            },
        ),
        { numRuns: share(1_000), seed: 17 },
    );
    expect(later).toBeGreaterThan(share(1_000));
});
