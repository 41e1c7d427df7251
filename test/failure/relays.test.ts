import { describe, expect, test } from 'vitest';
import { said } from '../findings/traffic-check.js';
import { labels } from '../language/completion/complete.js';
import { problems } from '../language/tell.js';
import { simulated } from './check.js';

const estate = (
    caller: string,
    ledger = '',
    { homes = 'west, south', network = '', relays = '' } = {},
) => `management cluster mgmt
    region us { zones a, b }
    region eu
    workload cluster east in us
    workload cluster west in us { gateway ingress }
    workload cluster south in eu { gateway ingress  gateway ingress pay-gw }
    workload cluster edge-1 in us { gateway tier1 relay ${relays} }
    workload cluster edge-2 in eu { gateway tier1 relay }
    ${network}
    service authz on edge-1
    service ledger on ${homes} { ${ledger} }
    service shop on east { ${caller} }`;

/** How a service fares. */
async function fate(text: string, ...failed: string[]): Promise<string> {
    const { services } = await simulated(text, failed);
    return services.find(({ name }) => name === 'shop')!.severity;
}

/** From where the calls of the shop are answered, and what share of them is lost. */
async function answered(text: string, ...failed: string[]) {
    const { services } = await simulated(text, failed);
    const { consumers } = services.find(({ name }) => name === 'ledger')!;
    const caller = consumers.find(({ name }) => name === 'shop')!;
    return `${caller.severity} from ${caller.servedFrom.join(', ')}`;
}

const through = 'requires ledger through edge-1.relay, edge-2.relay';

describe('calls through relays', () => {
    test('are lost with all that the line names, and with no other', async () => {
        expect(await fate(estate('requires ledger through edge-1.relay'), 'edge-1.relay')).toBe('total');
        expect(await fate(estate('requires ledger through edge-1.relay'), 'edge-2.relay')).toBe('unaffected');
        expect(await fate(estate(through), 'edge-1.relay')).toBe('unaffected');
        expect(await fate(estate(through), 'edge-1.relay', 'edge-2.relay')).toBe('total');
        expect(await fate(estate('calls ledger through edge-1.relay'), 'edge-1.relay')).toBe('limited');
    });

    test('cross the network to the relay, and on from there', async () => {
        const one = estate('requires ledger through edge-1.relay');
        expect(await fate(one, 'link:east/edge-1')).toBe('total');
        expect(await fate(one, 'link:edge-1/west', 'link:edge-1/south')).toBe('total');
        expect(await fate(one, 'link:east/west', 'link:east/south')).toBe('unaffected');
    });

    test('enter a cluster by its ingress gateways, without which nobody there answers', async () => {
        const one = estate('requires ledger through edge-1.relay');
        expect(await answered(one)).toBe('unaffected from west');
        expect(await answered(one, 'west.ingress')).toBe('unaffected from south');
        expect(await fate(one, 'west.ingress', 'south.ingress')).toBe('unaffected');
        expect(await fate(one, 'west.ingress', 'south.ingress', 'south.pay-gw')).toBe('total');
        expect(await fate(one, 'ledger@west', 'ledger@south')).toBe('total');
    });

    test('take the nearest relay that lives', async () => {
        const text = estate(through, '', {
            network: 'network { east -> edge-1, edge-2  edge-1 -> west  edge-2 -> south }',
        });
        expect(await answered(text)).toBe('unaffected from west');
        expect(await answered(text, 'edge-1.relay')).toBe('unaffected from south');
        expect(await answered(text, 'ledger@west')).toBe('unaffected from south');
    });

    test('stay beside the caller while its cluster has instances, and go on from there by failover only', async () => {
        const homes = { homes: 'east, west' };
        expect(await answered(estate(through, '', homes))).toBe('unaffected from east');
        expect(await fate(estate(through, '', homes), 'edge-1.relay', 'edge-2.relay')).toBe('unaffected');
        expect(await fate(estate(through, '', homes), 'ledger@east')).toBe('total');
        expect(await answered(estate(through, 'failover east-west', homes), 'ledger@east')).toBe(
            'unaffected from west',
        );
        const unnoticed = estate(through, 'failover east-west  no outlier detection', homes);
        expect(await fate(unnoticed, 'ledger@east')).toBe('total');
    });

    test('are lost with what the relay cannot pass requests without', async () => {
        const asking = { relays: '{ external authorization by authz fails closed }' };
        const text = estate('requires ledger through edge-1.relay', '', asking);
        expect(await fate(text, 'authz@edge-1')).toBe('total');
        const open = estate('requires ledger through edge-1.relay', '', { relays: '{ rate limit by authz }' });
        expect(await fate(open, 'authz@edge-1')).toBe('unaffected');
        expect((await simulated(open, ['authz@edge-1'])).operations.runningWorkloads).toBe('limited');
    });

    test('lose the share of a dead relay where nobody notices', async () => {
        const both = 'requires ledger through edge-1.relay, edge-1.other';
        const text = (ledger: string) => estate(both, ledger, { relays: '  gateway tier1 other' });
        expect(await answered(text(''), 'edge-1.other')).toBe('unaffected from west');
        expect(await answered(text('no outlier detection'), 'edge-1.other')).toBe('limited from west');
        expect(await fate(text('no outlier detection'), 'edge-1.other', 'edge-1.relay')).toBe('total');
    });
});

describe('a host that only the mesh uses', () => {
    const inside = 'exposed inside "ledger.pay" via edge-1.relay to west, south.pay-gw';

    test('is how calls get there that have no other way', async () => {
        expect(await answered(estate('requires ledger', inside))).toBe('unaffected from west');
        expect(await fate(estate('requires ledger', inside), 'edge-1.relay')).toBe('total');
        expect(await answered(estate('requires ledger', inside), 'west.ingress')).toBe('unaffected from south');
        expect(await fate(estate('requires ledger', inside), 'west.ingress', 'south.pay-gw')).toBe('total');
        expect(await fate(estate('requires ledger', inside), 'west.ingress', 'south.ingress')).toBe('unaffected');
    });

    test('is not how those get there that have one', async () => {
        const local = estate('requires ledger', inside, { homes: 'east, west, south' });
        expect(await fate(local, 'edge-1.relay')).toBe('unaffected');
        expect(await fate(local, 'ledger@east')).toBe('total');
    });

    test('leads on from the relays that a call names', async () => {
        const text = estate('requires ledger through edge-1.relay', inside.replace('west, ', ''));
        expect(await answered(text)).toBe('unaffected from south');
        expect(await fate(text, 'south.pay-gw')).toBe('total');
    });

    test('lends no further entries to a call that names one', async () => {
        const host = 'exposed inside "ledger.pay" via edge-1.relay, edge-2.relay';
        expect(await fate(estate('requires ledger through edge-1.relay', host), 'edge-1.relay')).toBe('total');
        expect(await fate(estate(through, host), 'edge-1.relay')).toBe('unaffected');
    });

    test('is judged by itself: callers leave an entry that answers nothing', async () => {
        const text = estate('', 'exposed inside "ledger.pay" via edge-1.relay, edge-2.relay');
        const host = async (...failed: string[]) => (await simulated(text, failed)).hosts[0]!;
        expect(await host('edge-1.relay')).toMatchObject({ severity: 'unaffected', gapSeconds: { from: 0, to: 60 } });
        expect(await host('edge-1.relay', 'edge-2.relay')).toMatchObject({ severity: 'total' });
        const heedless = text.replace('exposed inside', 'no outlier detection  exposed inside');
        expect((await simulated(heedless, ['edge-1.relay'])).hosts[0]).toMatchObject({
            severity: 'limited',
            lostShare: 0.5,
        });
    });

    test('loses by weight what is dead, and its callers lose as much', async () => {
        const weighted = inside.replace('to west, south.pay-gw', 'to west weight 80, south.pay-gw weight 20');
        const text = estate('requires ledger', weighted);
        const { hosts, services } = await simulated(text, ['south.pay-gw']);
        expect(hosts[0]).toMatchObject({ severity: 'limited' });
        expect(hosts[0]!.lostShare).toBeCloseTo(0.2);
        expect(services.find(({ name }) => name === 'shop')!.severity).toBe('unaffected');
        expect(services.find(({ name }) => name === 'ledger')!.severity).toBe('limited');
        const exposed = text
            .replace('requires ledger }', 'requires ledger  exposed "shop.example.com" }')
            .replace('cluster east in us', 'cluster east in us { gateway ingress }');
        const shop = (await simulated(exposed, ['south.pay-gw'])).hosts.find(
            ({ host }) => host === 'shop.example.com',
        )!;
        expect(shop.lostShare).toBeCloseTo(0.2);
    });
});

describe('circles through relays', () => {
    const circle = (relay: string) => `management cluster mgmt
        workload cluster east { gateway ingress }
        workload cluster west { gateway ingress }
        workload cluster edge { gateway tier1 relay { ${relay} } }
        service a on east { requires b through edge.relay }
        service b on west { requires a through edge.relay }
        service authz on edge { requires a through edge.relay }`;

    test('serve in health, and end', async () => {
        for (const relay of ['', 'external authorization by authz']) {
            const { services } = await simulated(circle(relay), []);
            expect(services.map(({ severity }) => severity)).toEqual(['unaffected', 'unaffected', 'unaffected']);
            const lost = await simulated(circle(relay), ['edge.relay']);
            expect(lost.services.map(({ name, severity }) => `${name} ${severity}`)).toContain('a total');
        }
    });
});

describe('what is told of calls through relays', () => {
    const told = async (text: string, code: Parameters<typeof said>[1]) =>
        (await said(text, code)).map(({ message }) => message);

    test('no relay is reached, or leads nowhere', async () => {
        const one = 'requires ledger through edge-1.relay';
        const closed = estate(one, '', { network: 'network { edge-1 -> west, south }' });
        expect(await told(closed, 'call-unreachable')).toEqual([
            "'shop' requires 'ledger', but from 'east' no request gets there by 'edge-1.relay', even while nothing fails: no line of the network says `east -> edge-1`. There it cannot serve, and is no spare. Mend that, or name other gateways behind `through`.",
        ]);
        const nowhere = estate(one, '', { homes: 'east-2', network: 'workload cluster east-2' });
        expect(await told(nowhere, 'call-unreachable')).toEqual([
            "'shop' requires 'ledger', but from 'east' no request gets there by 'edge-1.relay', even while nothing fails: 'east-2' has no ingress gateway by which to enter. There it cannot serve, and is no spare. Mend that, or name other gateways behind `through`.",
        ]);
        expect(await told(estate(one), 'call-unreachable')).toEqual([]);
        expect(await told(estate('requires ledger', 'exposed inside "l.pay"'), 'call-unreachable')).toEqual([]);
    });

    test('all calls pass one cluster', async () => {
        const text = estate('on edge-2  requires ledger through edge-1.relay');
        expect(await told(text, 'required-in-one-place')).toEqual([
            "'shop' requires 'ledger', and all its calls pass 'edge-1.relay' on 'edge-1': when 'edge-1' fails, it cannot serve anywhere, although it has instances elsewhere. Name a gateway on another cluster, too.",
        ]);
        expect(await told(text.replace('edge-1.relay', 'edge-1.relay, edge-2.relay'), 'required-in-one-place')).toEqual(
            [],
        );
    });

    test('what leads nobody outside is not looked for inside', async () => {
        const text = estate('', 'exposed inside "l.pay" via edge-1.relay, edge-2.relay');
        expect(await told(text, 'entry-gateways-without-gslb')).toEqual([]);
        expect(await told(text.replace('inside ', ''), 'entry-gateways-without-gslb')).toHaveLength(1);
    });
});

describe('what cannot be said of the mesh', () => {
    test.each([
        [
            'exposed inside "l" { gslb }',
            'misplaced-item «gslb» `gslb` leads clients outside. Callers inside the mesh find another gateway by themselves.',
        ],
        [
            'exposed inside "l" to west weight 60, south weight 40',
            'odd-weights «60» Inside the mesh a tier1 gateway draws by weight, and there is none in front: name one behind `via`, or leave the weights out.',
        ],
        ['exposed inside', 'missing-value «}» `inside` needs a host name in quotes'],
    ])('%s', async (ledger, expected) => {
        expect((await problems(estate('', ledger))).join('\n')).toContain(expected);
    });

    test('an unfinished host leaves the next line alone', async () => {
        expect(await problems(estate('', 'exposed inside\n    owner "x"'))).toHaveLength(1);
    });

    test('`inside` is a name everywhere else', async () => {
        const text =
            'topology inside  management cluster m  workload cluster inside { gateway ingress inside }  service inside on inside { exposed inside "a" via inside }';
        expect(await problems(text)).toEqual([]);
    });
});

test('completion proposes relays for what runs in the mesh', async () => {
    const text = estate('calls ledger through <|>');
    expect((await labels(text)).split(', ').slice(0, 2)).toEqual(['edge-1.relay', 'edge-2.relay']);
});

describe('a service that is used in two ways', () => {
    test.each([
        'calls s  requires s through a.t',
        'calls s through a.t  requires s',
        'requires s through a.t  external authorization by s fails closed',
    ])('%s: the loss of one of the ways limits who uses it', async (uses) => {
        const { services } = await simulated(
            `management cluster mgmt
            workload cluster a { gateway ingress, east-west a-g  gateway tier1 t }
            workload cluster b
            service s on a { failover east-west }
            service web on b { ${uses} }`,
            ['a.t'],
        );
        const { consumers } = services.find(({ name }) => name === 's')!;
        expect(consumers.map(({ name, severity: each }) => `${name} ${each}`)).toEqual(['web limited']);
    });

    test('is not gone while one of the ways is left, whoever died', async () => {
        const { operations } = await simulated(
            `management cluster mgmt
            workload cluster a { gateway ingress, east-west a-g  no workloads }
            workload cluster b { gateway tier1 t }
            service s on a { failover east-west }
            service web on b { calls s through b.t  requires s }`,
            ['b'],
        );
        expect(operations.runningWorkloads).toBe('limited');
    });
});
