import { describe, expect, test } from 'vitest';
import { factsOf } from '../../server/impact/facts.js';
import { operationStories } from '../../server/impact/operations.js';
import { marksOf, simulated } from './check.js';

/** The estate of section 5.5: web calls api calls db; two tier1 clusters in front, global load balancing between them. */
const compound = `
topology compound
region a
region b
management cluster mgmt in a
workload cluster c1 in a { gateway ingress in1  gateway east-west gw1 }
workload cluster c2 in a { gateway ingress in2  gateway east-west gw2 }
workload cluster c3 in b { gateway ingress in3  gateway east-west gw3 }
workload cluster dmz1 in a { gateway tier1 front1 }
workload cluster dmz2 in b { gateway tier1 front2 }
service web on c1, c3 { exposed "shop.example.com" via front1, front2 { gslb }  calls api }
service api on c1, c2, c3 { calls db  failover east-west }
service db on c2 { failover east-west }`;

/** Hosts and services that do not fare as in health: "shop.example.com total". */
async function touched(text: string, failures: readonly string[]): Promise<string[]> {
    const { hosts, services } = await simulated(text, failures);
    return [
        ...hosts.map(({ host, severity }) => ({ name: host, severity })),
        ...services.map(({ name, severity }) => ({ name, severity })),
    ].flatMap(({ name, severity }) => (severity === 'unaffected' ? [] : [`${name} ${severity}`]));
}

describe('the rows of section 5.5 that need traffic and no clock', () => {
    test.each([
        ['east-west gateway of the only home of db', ['gw2'], '⚠️ ✅ ✅ ✅', ['api limited', 'db limited']],
        ['east-west gateway of another cluster', ['gw1'], '✅ ✅ ✅ ✅', []],
        ['one of two tier1 gateways', ['front1'], '✅ ✅ ✅ ✅', []],
        ['one of two tier1 clusters', ['dmz1'], '✅ ⚠️ ⚠️ ✅', []],
        ['both tier1 gateways', ['front1', 'front2'], '⚠️ ✅ ✅ ✅', ['shop.example.com total', 'web total']],
        ['both tier1 clusters', ['dmz1', 'dmz2'], '⚠️ ⚠️ ⚠️ ✅', ['shop.example.com total', 'web total']],
        // nobody is left who calls api: then its instances decide
        ['both homes of web', ['c1', 'c3'], '⚠️ ⚠️ ⚠️ ✅', ['shop.example.com total', 'web total', 'api limited']],
        [
            'all workload clusters',
            ['c1', 'c2', 'c3', 'dmz1', 'dmz2'],
            '❌ ❌ ❌ ✅',
            ['shop.example.com total', 'web total', 'api total', 'db total'],
        ],
    ])('%s', async (_, failures, marks, expected) => {
        expect(await marksOf(compound, failures)).toBe(marks);
        expect(await touched(compound, failures)).toEqual(expected);
    });

    test('partition of the regions: api in b cannot reach db, and web is still served', async () => {
        const cut = ['c1', 'c2', 'dmz1', 'mgmt'].flatMap((a) => ['c3', 'dmz2'].map((b) => `link:${a}/${b}`));
        expect(await marksOf(compound, cut)).toBe('⚠️ ⚠️ ⚠️ ✅');
        expect(await touched(compound, cut)).toEqual(['api limited', 'db limited']);
    });

    test('the only tier1 gateway in the management cluster: all traffic from outside is lost with it', async () => {
        const text = `topology x
            management cluster mgmt { gateway tier1 front }
            workload cluster east { gateway ingress }
            workload cluster west { gateway ingress }
            service web on east, west { exposed "a.example.com" via front }`;
        const { hosts, operations } = await simulated(text, ['mgmt']);
        // web runs on, and nobody who uses it is served
        expect(operations.runningWorkloads).toBe('total');
        expect(hosts[0]).toMatchObject({ severity: 'total', lostShare: 1 });
    });

    test('weights: losing one of two clusters costs half of the requests, and nothing fails over', async () => {
        const text = `topology x
            management cluster mgmt
            workload cluster dmz { gateway tier1 front }
            workload cluster east { gateway ingress }
            workload cluster west { gateway ingress }
            service web on east, west { exposed "a.example.com" via front to east weight 50, west weight 50 }`;
        const { hosts } = await simulated(text, ['east']);
        expect(hosts[0]).toMatchObject({ severity: 'limited', lostShare: 0.5 });
        expect(hosts[0]!.gapSeconds).toBeNull();
    });
});

describe('each condition of east-west failover is needed', () => {
    interface Parts {
        readonly gateway?: string;
        readonly network?: string;
        readonly failover?: string;
        readonly outlier?: string;
        readonly remoteNamespace?: string;
        readonly place?: readonly [string, string];
    }
    const text = ({
        gateway = 'gateway east-west gw',
        network = 'network { east -> west }',
        failover = 'failover east-west',
        outlier = 'outlier detection',
        remoteNamespace = 'shop',
        place = ['r/a', 'r/b'],
    }: Parts) => `topology x
        region r { zones a, b }
        management cluster mgmt
        workload cluster east in ${place[0]}
        workload cluster west in ${place[1]} { ${gateway} }
        ${network}
        service client on east { calls shop/api }
        service api { namespace shop on east on west { namespace ${remoteNamespace} } ${failover} ${outlier} }`;
    const apiWhere = async (parts: Parts) => {
        const { services } = await simulated(text(parts), ['api@east']);
        return services.find(({ name }) => name === 'api')?.severity;
    };

    test('all of them met: the caller is served from elsewhere', async () => {
        expect(await apiWhere({})).toBe('unaffected');
    });

    test.each([
        ['failover said', { failover: 'no failover' }],
        ['an east-west gateway there', { gateway: 'gateway ingress gw' }],
        ['reachability, in this direction', { network: 'network { west -> east }' }],
        ['the same namespace', { remoteNamespace: 'shop-eu' }],
        ['another zone', { place: ['r/a', 'r/a'] as const }],
    ])('%s', async (_, parts) => {
        expect(await apiWhere(parts)).toBe('total');
    });

    test.each(['west', 'west.gw', 'link:east->west', 'link:east/west', 'api@west'])('%s up', async (failure) => {
        const { services } = await simulated(text({}), ['api@east', failure]);
        expect(services.find(({ name }) => name === 'api')?.severity).toBe('total');
    });

    test('outlier detection is not, where instances that go are withdrawn', async () => {
        expect(await apiWhere({ outlier: 'no outlier detection' })).toBe('unaffected');
    });

    test('the other direction of the link is not needed', async () => {
        const { services } = await simulated(text({}), ['api@east', 'link:west->east']);
        expect(services.find(({ name }) => name === 'api')?.severity).toBe('unaffected');
    });
});

describe('hosts', () => {
    const text = (exposure: string, more = '') => `topology x
        region us
        region eu
        management cluster mgmt
        workload cluster dmz-us in us { gateway tier1 front-us }
        workload cluster dmz-eu in eu { gateway tier1 front-eu }
        workload cluster mid in us { gateway tier1 relay }
        workload cluster east in us { gateway ingress  gateway east-west east-gw }
        workload cluster west in eu { gateway ingress  gateway east-west west-gw }
        service web on east, west { ${exposure} ${more} }`;
    const host = async (exposure: string, failures: readonly string[], more = '') =>
        (await simulated(text(exposure, more), failures)).hosts[0];

    test('a target of the own region answers first; the other one takes over within 60 s, from another region', async () => {
        const exposure = 'exposed "a.example.com" via front-us';
        expect(await host(exposure, [])).toMatchObject({
            severity: 'unaffected',
            servedFrom: ['east'],
            fromOtherRegion: false,
        });
        expect(await host(exposure, ['east'])).toMatchObject({
            severity: 'unaffected',
            servedFrom: ['west'],
            gapSeconds: { from: 0, to: 60 },
            fromOtherRegion: true,
        });
    });

    test('with global load balancing clients of a dead entry move when their answer expires', async () => {
        const exposure = 'exposed "a.example.com" via front-us, front-eu { gslb ttl 300s }';
        expect(await host(exposure, ['front-us'])).toMatchObject({
            severity: 'unaffected',
            gapSeconds: { from: 300, to: 300 },
            servedFrom: ['west'],
        });
    });

    test('without it they are lost', async () => {
        const exposure = 'exposed "a.example.com" via front-us, front-eu';
        expect(await host(exposure, ['front-us'])).toMatchObject({ severity: 'limited', lostShare: 0.5 });
    });

    test('without `via` each ingress gateway has its own clients', async () => {
        expect(await host('exposed "a.example.com"', ['east.ingress'])).toMatchObject({
            severity: 'limited',
            lostShare: 0.5,
        });
    });

    test('an ingress gateway whose instances are gone goes on to remote ones, if the service fails over', async () => {
        const exposure = 'exposed "a.example.com"';
        expect(await host(exposure, ['web@east'])).toMatchObject({ severity: 'limited' });
        expect(await host(exposure, ['web@east'], 'failover east-west')).toMatchObject({
            severity: 'unaffected',
            servedFrom: ['west'],
        });
    });

    test.each([
        ['relay', 'total'],
        ['mid', 'total'],
        ['link:dmz-us/mid', 'total'],
        ['link:mid/east', 'unaffected'],
        ['east', 'unaffected'],
        ['link:dmz-us/east', 'unaffected'],
    ])('transit: %s fails → %s', async (failure, severity) => {
        expect(await host('exposed "a.example.com" via front-us through relay', [failure])).toMatchObject({ severity });
    });
});

describe('calls and requirements', () => {
    const text = `topology x
        management cluster mgmt
        workload cluster east { gateway egress out }
        external service bank
        service front on east { calls middle }
        service middle on east { requires back }
        service back on east { requires middle  calls bank }
        service guarded on east { external authorization by gate  rate limit by meter }
        service gate on east
        service meter on east`;

    test('services that only need each other stay up', async () => {
        expect(await touched(text, [])).toEqual([]);
    });

    test.each([
        ['back', ['front limited', 'middle total', 'back total']],
        ['bank', ['back limited']],
        ['out', ['back limited']],
        ['gate', ['guarded total', 'gate total']],
        ['meter', ['meter total']],
    ])('%s fails: a broken call limits one hop up, a broken requirement takes along', async (failure, expected) => {
        expect(await touched(text, [failure])).toEqual(expected);
    });

    test('a helper that fails open leaves its policy unenforced', async () => {
        const { operations, effects } = await simulated(text, ['meter']);
        expect(operations.runningWorkloads).toBe('limited');
        expect(effects.some(({ facet }) => facet.flow === 'policy-enforced')).toBe(true);
    });
});

describe('virtual machines', () => {
    const text = `topology x
        region r
        management cluster mgmt
        workload cluster east in r { gateway ingress, vm door }
        service ledger { on east { virtual machines via door } exposed "ledger.example.com" via door }`;

    test('are reached through the gateways of their cluster', async () => {
        expect((await simulated(text, ['east'])).hosts[0]).toMatchObject({ severity: 'total' });
        // so they count as lost with it, although they run on beside it
        expect((await simulated(text, ['east'])).services[0]).toMatchObject({
            homes: [{ alive: false, serves: false }],
        });
    });

    test('keep their configuration when their gateway is gone: a sentence, and no mark of local operations', async () => {
        const outcome = await simulated(text, ['door']);
        const { severity, sentences } = operationStories(factsOf(outcome)).localClusterOperations;
        expect(severity).toBe('unaffected');
        expect(sentences.join(' ')).toContain('The virtual machines of `ledger` on `east` keep the configuration');
    });
});
