import { describe, expect, test } from 'vitest';
import { codesOf, said } from './traffic-check.js';

const mgmt = 'management cluster mgmt { management plane { elasticsearch internal direct } }';

/** Two clusters that reach each other's services. */
const eastAndWest = `${mgmt}
    workload cluster east { gateway east-west east-gw }
    workload cluster west { gateway east-west west-gw }`;

/** Two regions with two clusters each. */
const regions = `${mgmt}
    region us { zones a, b }  region eu
    workload cluster us-1 in us/a { gateway east-west us-1-gw }
    workload cluster us-2 in us/a { gateway east-west us-2-gw }
    workload cluster eu-1 in eu { gateway east-west eu-1-gw }`;

describe('required-in-one-place', () => {
    test('a service with one home', async () => {
        const text = `${eastAndWest}
            service web on east, west { no failover  requires <|db|> }
            service db on <|east|> { failover east-west }`;
        expect(await said(text, 'required-in-one-place')).toEqual([
            {
                severity: 'warning',
                message: `'web' requires 'db', which answers from 'east' only: when 'east' fails, it cannot serve anywhere, although it has instances elsewhere. Let 'db' answer from a second place, too.`,
                at: 1,
                related: [[0, `'web' requires it`]],
            },
        ]);
        expect(await codesOf(text)).toEqual(['required-in-one-place']);
    });

    test('an external service in one region, once for all who need it', async () => {
        const text = `${regions}
            service web on us-1, eu-1 { no failover  requires <|db|> }
            service cart on us-1, eu-1 { no failover  requires <|db|> }
            external service db in <|us|>`;
        expect(await said(text, 'required-in-one-place')).toEqual([
            {
                severity: 'warning',
                message: `'web' and 'cart' require 'db', which answers from region 'us' only: when region 'us' is lost, none of them can serve anywhere, although they have instances elsewhere. Let 'db' answer from a second place, too.`,
                at: 2,
                related: [
                    [0, `'web' requires it`],
                    [1, `'cart' requires it`],
                ],
            },
        ]);
    });

    test('an external service in several places of one region, or of which each place is needed', async () => {
        const text = (places: string) => `${regions}
            service web on us-1, eu-1 { no failover  requires <|db|> }
            external service db in <|us/a|>${places}`;
        const found = (places: string) => said(text(places), 'required-in-one-place');
        expect(await found(', us/b')).toMatchObject([
            { at: 1, message: expect.stringContaining(`answers from region 'us' only`) as string },
        ]);
        expect(await found(', eu')).toEqual([]);
        expect(await found(', eu { replicas 1 of 2 }')).toEqual([]);
        expect(await found(', us/b, eu { replicas 2 of 3 }')).toEqual([]);
        expect(await found(', eu { replicas 2 of 2 }')).toMatchObject([
            {
                severity: 'warning',
                message: `'web' requires 'db', which needs 2 of its 2 copies, spread over zone 'us/a' and region 'eu': when any of them is lost, it cannot serve anywhere, although it has instances elsewhere. If fewer copies will do, say so.`,
                at: 1,
            },
        ]);
        // two of the three stand in one of the places, and nobody knows in which
        expect((await found(', eu { replicas 2 of 3 }'))[0]?.message).toContain(
            'when the one that holds most of them is lost',
        );
        const helper = `${regions}
            service web on us-1, eu-1 { no failover  external authorization by opa }
            external service opa in us/a, eu { replicas 2 of 2 }`;
        expect((await said(helper, 'helper-single-point'))[0]?.message).toContain(
            'since it fails closed. If fewer copies will do, say so, or say `fails open`.',
        );
    });

    test('in one zone, and a service with several homes in one region or zone', async () => {
        const zone = `${regions}
            service web on us-1, eu-1 { no failover  requires db }
            external service db in <|us/b|>`;
        expect(await said(zone, 'required-in-one-place')).toMatchObject([{ at: 0 }]);
        const service = `${regions}
            service web on us-1, eu-1 { no failover  requires db }
            service db on <|us-1|>, us-2 { failover east-west }`;
        const [finding] = await said(service, 'required-in-one-place');
        expect(finding?.at).toBe(0);
        expect(finding?.message).toContain(`answers from zone 'us/a' only: when zone 'us/a' is lost`);
    });

    test('through others it is told where the chain breaks, and only there', async () => {
        const text = `${regions}
            service web on us-1, eu-1 { no failover  requires api }
            service api on us-1, eu-1 { no failover  requires db }
            external service db in <|us|>`;
        const found = await said(text, 'required-in-one-place');
        expect(found.map(({ at, message }) => [at, message.slice(0, 18)])).toEqual([
            [0, `'api' requires 'db'`.slice(0, 18)],
        ]);
    });

    test('redundancy of which half is broken, or out of reach, is an illusion', async () => {
        const broken = `${eastAndWest}
            service web on east, west { no failover  requires api }
            service api on <|east|>, west { failover east-west  requires db }
            service db on east { no failover }`;
        const [finding] = await said(broken, 'required-in-one-place');
        expect(finding?.at).toBe(0);
        expect(finding?.message).toContain(
            ` 'west' is no second place: 'api' does not serve there, or no request gets there.`,
        );
        const cut = `${eastAndWest}
            workload cluster a  workload cluster b
            network { a, b -> east }
            service web on a, b { no failover  requires api }
            service api on <|east|>, west { failover east-west }`;
        expect(await said(cut, 'required-in-one-place')).toMatchObject([{ at: 0 }]);
    });

    test('broken through others, and never by a circle alone', async () => {
        const chain = `${eastAndWest}
            service web on east, west { no failover  requires api }
            service api on east, west { no failover  requires cart }
            service cart on east, west { no failover  requires db }
            service db on east { no failover }`;
        // on `west` nothing of the chain serves, so nothing there is redundant
        expect(await codesOf(chain)).toEqual(['call-unreachable']);
        const circle = `${eastAndWest}
            service a on east, west { no failover  requires b }
            service b on east, west { no failover  requires a }`;
        expect(await codesOf(circle)).toEqual([]);
    });

    test('not of what is called only, needed in one place only, as spread as its callers, or nobody knows where', async () => {
        const web = (needs: string, others: string) =>
            `${regions}  service web on us-1, eu-1 { no failover ${needs} }  ${others}`;
        expect(await codesOf(web('calls db', 'service db on us-1 { failover east-west }'))).toEqual([]);
        expect(await codesOf(web('calls db', 'external service db in us'))).toEqual([]);
        expect(await codesOf(web('requires db', 'external service db'))).toEqual([]);
        expect(await codesOf(web('requires db', 'service db on us-1, eu-1 { no failover }'))).toEqual([]);
        const alike = `${regions}  service web on us-1, us-2 { no failover requires db }  external service db in us`;
        expect(await codesOf(alike)).toEqual([]);
        const one = `${regions}  service web on us-1 { requires db }  service db on us-2 { failover east-west }`;
        expect(await said(one, 'required-in-one-place')).toEqual([]);
    });
});

describe('helper-single-point', () => {
    test('fails closed, and runs in one place', async () => {
        const text = `${eastAndWest}
            service web on east, west { no failover  external authorization by <|authz|> }
            service authz on <|east|> { failover east-west }`;
        expect(await said(text, 'helper-single-point')).toEqual([
            {
                severity: 'warning',
                message: `'web' asks 'authz' (external authorization), which answers from 'east' only: when 'east' fails, requests are refused everywhere, since it fails closed. Give 'authz' a second place, or say \`fails open\`.`,
                at: 1,
                related: [[0, `the external authorization of 'web'`]],
            },
        ]);
    });

    test('a rate limit that fails closed is no better, once for all who ask', async () => {
        const text = `${eastAndWest}
            service web on east, west { no failover  rate limit by limits fails closed }
            service shop on east, west { no failover  external authorization by limits }
            service limits on <|west|> { failover east-west }`;
        const found = await said(text, 'helper-single-point');
        expect(found).toMatchObject([{ at: 0 }]);
        expect(found[0]?.message).toContain(
            `'web' and 'shop' ask 'limits' (rate limit and external authorization), which answers from 'west' only`,
        );
    });

    test('an external service in one region', async () => {
        const text = `${regions}
            service web on us-1, eu-1 { no failover  external authorization by authz }
            external service authz in <|us|>`;
        expect(await said(text, 'helper-single-point')).toMatchObject([{ at: 0 }]);
    });

    test('not where it fails open, has a second home, is asked from one cluster only, or is anywhere outside', async () => {
        const web = (helper: string, others: string) =>
            `${eastAndWest}  service web on east, west { no failover  ${helper} }  ${others}`;
        const open = web('external authorization by authz fails open', 'service authz on east { failover east-west }');
        expect(await codesOf(open)).toEqual([]);
        const two = web('external authorization by authz', 'service authz on east, west { no failover }');
        expect(await codesOf(two)).toEqual([]);
        const cut = web('external authorization by authz', 'service authz on east { no failover }');
        expect(await codesOf(cut)).toEqual(['call-unreachable']);
        expect(await codesOf(web('external authorization by authz', 'external service authz'))).toEqual([]);
        expect(await codesOf(web('external authorization', ''))).toEqual([]);
    });
});
