import { describe, expect, test } from 'vitest';
import { heldClauses } from '../../server/impact/held.js';
import { plain } from '../../server/encoding/markdown.js';
import { simulated } from '../failure/check.js';
import { told } from './tell.js';

/** Two entry gateways, three homes in two regions; web calls api, api requires a database outside. */
const estate = (exposed: string, more = '') => `topology t
region us
region eu
management cluster mgmt
workload cluster dmz1 in us { gateway tier1 front1 }
workload cluster dmz2 in eu { gateway tier1 front2 }
workload cluster east in us { gateway ingress, east-west east-gw }
workload cluster near in us { gateway ingress, east-west near-gw }
workload cluster west in eu { gateway ingress, east-west west-gw }
external service db
service web on east, west { exposed "web.example.com" ${exposed}  calls api }
service api on east, west { failover east-west  requires db }
service solo on near
${more}`;

const both = estate('via front1, front2 { gslb ttl 30s }');

describe('a host', () => {
    test.each([
        ['fails over to another cluster', both, 'east', '`web.example.com` fails over to `west`, down for up to 60 s.'],
        [
            'is entered elsewhere',
            both,
            'front1',
            '`web.example.com` fails over to `west`, down for 30 s; clients enter by `dmz2.front2` only.',
        ],
        [
            'fails over to another region',
            estate('via front1'),
            'east',
            '`web.example.com` fails over to `west`, in another region, down for up to 60 s.',
        ],
        [
            'is down with its only entry',
            estate('via front1'),
            'front1',
            '`web.example.com` is down: no request gets through.',
        ],
        ['is down with its homes', both, 'east west', '`web.example.com` is down: no request gets through.'],
        [
            'loses the clients of an entry without global load balancing',
            estate('via front1, front2'),
            'front1',
            '`web.example.com` is degraded: loses 50 % of its requests.',
        ],
        [
            'loses the share of a weight',
            estate('via front1 to east weight 80, west weight 20'),
            'west',
            '`web.example.com` is degraded: loses 20 % of its requests.',
        ],
        ['answers in part', both, 'service:api', '`web.example.com` is degraded: `web` cannot reach `api`.'],
    ])('%s', async (_, text, failures, sentence) => {
        expect((await told(text, failures)).runningWorkloads).toContain(plain(sentence));
    });

    test('of which nothing is to say is not mentioned', async () => {
        expect((await told(both, 'mp')).runningWorkloads).toBe(
            'Everything that runs goes on running, in every cluster.',
        );
        expect((await told(both, 'near')).runningWorkloads).not.toContain('web.example.com');
    });
});

describe('a service', () => {
    test.each([
        ['loses a spare', 'web@east', 'web runs in 1 of 2 clusters: west.'],
        ['several lose a spare', 'east', 'web and api run in fewer clusters, and users notice nothing.'],
        ['is down', 'near', 'solo is down: no instance is left.'],
        ['is down without what it requires', 'db', 'api is down: it cannot serve without db.'],
        ['answers in part', 'service:api', 'web is degraded: it cannot reach api.'],
        ['is out of reach', 'front1 front2', 'web is down for everybody who uses it: its instances run, out of reach.'],
    ])('%s', async (_, failures, sentence) => {
        expect((await told(both, failures)).runningWorkloads).toContain(sentence);
    });

    test('is out of reach for those who are not served at all, and limited for those who lose a share', async () => {
        const text = estate('via front1 to east weight 80, west weight 20', 'service batch on east { calls web }');
        expect((await told(text, 'front1')).runningWorkloads).toContain('web is down for web.example.com.');
        expect((await told(text, 'west')).runningWorkloads).toContain('web is degraded for web.example.com.');
    });

    test('several that are down, in one sentence', async () => {
        const text = estate('via front1', 'service one on near\nservice two on near');
        expect((await told(text, 'near')).runningWorkloads).toContain(
            'solo, one and two are down: no instance is left.',
        );
    });
});

test('other clusters are mentioned only where one is down', async () => {
    expect((await told(both, 'near')).runningWorkloads).toContain('Workloads on other clusters are not touched.');
    expect((await told(both, 'db')).runningWorkloads).not.toContain('other clusters');
    expect((await told(both, 'front1')).runningWorkloads).not.toContain('other clusters');
});

test('workloads that nobody named', async () => {
    const text = 'management cluster mgmt\nworkload cluster a\nworkload cluster b';
    expect((await told(text, 'a')).runningWorkloads).toBe(
        'Workloads on a are unavailable. Workloads on other clusters are not touched.',
    );
});

test('a helper that fails open: requests pass, and nobody decides', async () => {
    const text = estate(
        'via front1',
        'service limits on east\nservice shop on east { rate limit by limits fails open }',
    );
    expect((await told(text, 'limits@east')).runningWorkloads).toMatch(
        /What limits decides is not enforced for shop; requests pass\./,
    );
});

test('a helper that fails open: nothing passes unchecked where nobody is left who would ask', async () => {
    const text = (helped: string, gateway = '') => `topology t
management cluster mgmt
workload cluster east { gateway ingress, east-west east-gw { ${gateway} } }
workload cluster west { gateway ingress, east-west west-gw }
network { east <-> west }
service shop on east { exposed "shop.example.com" ${helped} }
service limits on west { failover east-west }`;
    const asks = 'rate limit by limits fails open';
    expect((await told(text(asks), 'east')).runningWorkloads).not.toMatch(/enforced|wait for/);
    expect((await told(text(asks), 'limits east-gw')).runningWorkloads).toContain('enforced for shop; requests pass');
    const atGateway = text('', asks);
    expect((await told(atGateway, 'limits')).runningWorkloads).toContain('enforced for east.east-gw; requests pass');
    expect((await told(atGateway, 'limits east')).runningWorkloads).not.toMatch(/enforced|wait for/);
    expect((await told(atGateway, 'limits east-gw')).runningWorkloads).not.toMatch(/enforced|wait for/);
});

test.each([
    ['east', ['web thanks to west', 'api thanks to west']],
    ['front1', ['web.example.com thanks to gateway dmz2.front2']],
    ['mp', []],
])('what held when %s fails', async (failure, expected) => {
    expect(heldClauses(await simulated(both, [failure])).map(plain)).toEqual(expected);
});
