import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estate } from '../fixture.js';
import { share } from '../share.js';
import { placesOutside } from './places-outside.js';

const words =
    `topology region zones management cluster workload in plane postgres external internal backup every no elasticsearch
via front-envoy iam-signing-key gitops sync central control listener own edge token ttl data gateway ingress tier1 vm
replicas across defaults for clusters network -> <-> service on namespace exposed to weight gslb calls requires failover
east-west outlier detection authorization by fails open rate limit owner labels scenario virtual machines through
{ } { } , / . ; = "x" "x 'y' 1h 24 1.10 2-prod a b east us /* */ // @ < >`.split(/\s+/);

test('whatever is written: no check fails, every message has a code, and the topology can be built', async () => {
    const text = fc
        .array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(' ', ' ', '\n')), { maxLength: 60 })
        .map((parts) => parts.flat().join(''));
    const sound = 'workload cluster east\nservice a on east\n';
    let { change } = await estate('');
    await fc.assert(
        fc.asyncProperty(text, async (junk) => {
            const fixture = await change({ 'main.tsbtopo': sound + junk });
            change = fixture.change;
            expect(fixture.diagnostics.map(({ code }) => code)).not.toContain('internal-error');
            expect(fixture.diagnostics.every(({ code }) => typeof code === 'string' && code !== 'syntax')).toBe(true);
            expect(placesOutside(fixture)).toEqual([]);
            expect(fixture.topology.services[0]).toMatchObject({ name: 'a', homes: [{ cluster: 'east' }] });
        }),
        { numRuns: share(400), seed: 1 },
    );
});
