import { describe, expect, test } from 'vitest';
import { told } from './tell.js';

describe('what nobody withdraws is tried again and again', () => {
    const estate = (to: string, shop = '') => `management cluster mgmt
        workload cluster dmz { gateway tier1 front }
        workload cluster east { gateway ingress, east-west gw }
        workload cluster west { gateway ingress, east-west gw }
        service shop { on east, west  exposed "shop.example.com" via front to ${to}  ${shop} }
        service caller on dmz { calls shop }`;
    const said = async (failures: string, to = 'east, west', shop = 'failover east-west') =>
        (await told(estate(to, shop), failures)).runningWorkloads;

    test('behind a tier1 gateway, and for callers in other clusters', async () => {
        expect(await said('east')).toContain(
            'Nobody withdraws the endpoints of east: proxies try them again after 30 s, 60 s and so on, 5 min at most, and each time a few requests to shop.example.com and shop fail (likely).',
        );
    });

    test.each([
        ['instances that a living istiod withdraws', 'shop@east', 'east, west'],
        ['a cluster that holds no home', 'dmz', 'east, west'],
        ['weights, which move nobody', 'east', 'east weight 50, west weight 50'],
    ])('not %s', async (_, failures, to) => {
        expect(await said(failures, to, '')).not.toContain('Nobody withdraws');
    });

    test('not where clients only follow names', async () => {
        const names = `management cluster mgmt
            workload cluster east { gateway ingress }
            workload cluster west { gateway ingress }
            service shop on east, west { exposed "shop.example.com" { gslb ttl 30s } }`;
        expect((await told(names, 'east')).runningWorkloads).not.toContain('Nobody withdraws');
    });
});

describe('a helper that fails open is waited for', () => {
    const estate = (helper: string) => `management cluster mgmt
        workload cluster east { gateway ingress }
        service api on east { exposed "api.example.com"  ${helper} }
        service limiter on east { requires redis }
        external service redis`;

    test.each([
        ['rate limit by limiter fails open', 'Requests to api wait for limiter first, 20 ms each, until it times out.'],
        [
            'external authorization by limiter fails open',
            'Requests to api wait for limiter first, 1 s each, until it times out.',
        ],
    ])('%s', async (helper, expected) => {
        for (const failures of ['external:redis', 'limiter'])
            expect((await told(estate(helper), failures)).runningWorkloads).toContain(expected);
    });

    test.each(['rate limit by limiter fails closed', 'external authorization by limiter', ''])(
        'not one that refuses: %s',
        async (helper) => {
            expect((await told(estate(helper), 'external:redis')).runningWorkloads).not.toContain('wait for');
        },
    );
});

describe('what follows for the control side', () => {
    const estate = (east: string, west = '') => `management cluster mgmt
        workload cluster east { edge control plane { ${east} } }
        workload cluster west { edge control plane { ${west} } }`;

    test("without istiod the edge's own writes are refused", async () => {
        const refused = /The same webhooks refuse what the edge of east writes, so .* stay as they are \(inferred\)\./;
        expect((await told(estate(''), 'east.istiod')).localClusterOperations).toMatch(refused);
        expect((await told(estate(''), 'east.istiod link:east/mgmt')).localClusterOperations).not.toMatch(refused);
        expect((await told(estate(''), 'east')).localClusterOperations).not.toMatch(refused);
    });

    test.each([
        ['gitops sync', '', 'east', true],
        ['gitops sync', '', 'link:east/mgmt', true],
        ['gitops async', '', 'east', true],
        ['gitops sync', '', 'west', false],
        ['gitops sync', 'gitops sync', 'east', false],
        ['', '', 'east', false],
    ])('GitOps of the estate hangs on its only cluster (%s, %s): %s', async (east, west, failure, expected) => {
        const silent = 'No change comes in by GitOps for any cluster: east is the only one that pushes.';
        expect((await told(estate(east, west), failure)).managementOperations.includes(silent)).toBe(expected);
    });
});
