import { controlPlane, dump, importFiles, running } from '../imported.js';
import { expect, test } from 'vitest';
import { sumOf } from '../../../server/import/reading/sample.js';
import { calls, call, cluster, config, dmz, east, holds, ingress, tsbOf, west, type Row } from './rows.js';

const telemetry: readonly Row[] = [
    [
        'calls that were seen, with how often',
        {
            'east.json': dump(...east, ...running('shop', 'cart')),
            'calls.json': calls([call('web', 'cart'), 1_234_567]),
        },
        'calls shop/cart // seen: about 10^6 requests, calls.json\n',
    ],
    [
        'a call that is rare is kept, and marked',
        {
            'east.json': dump(...east, ...running('shop', 'cart'), ...running('shop', 'mail')),
            'calls.json': calls([call('web', 'cart'), 5_000_000], [call('web', 'mail'), 12]),
        },
        'calls shop/mail // seen: rarely, about 10^1 requests, calls.json\n',
    ],
    [
        'the graph of Kiali: from workloads to services, and not from services to what is behind them',
        {
            'east.json': dump(...east, ...running('shop', 'cart')),
            'kiali.json': JSON.stringify({
                timestamp: 1,
                duration: 600,
                graphType: 'versionedApp',
                elements: {
                    nodes: [
                        { data: { id: 'a', nodeType: 'app', namespace: 'shop', workload: 'web', app: 'web' } },
                        { data: { id: 'b', nodeType: 'service', namespace: 'shop', service: 'cart' } },
                        { data: { id: 'c', nodeType: 'app', namespace: 'shop', workload: 'cart', app: 'cart' } },
                    ],
                    edges: [
                        { data: { source: 'a', target: 'b', traffic: { protocol: 'http', rates: { http: '2.50' } } } },
                        { data: { source: 'b', target: 'c', traffic: { protocol: 'http', rates: { http: '2.50' } } } },
                    ],
                },
            }),
        },
        'calls shop/cart // seen: about 10^3 requests, kiali.json\n',
    ],
];

/** Requests of a workload on one cluster that were answered on another one. */
const across = (from: string, to: string, workload = 'web', service = 'cart') => ({
    ...call(workload, service),
    ...{ source_cluster: from, destination_cluster: to },
});
const both = {
    'east.json': dump(...east, ...running('shop', 'cart')),
    'west.json': dump(...west, ...running('shop', 'cart')),
};

const shares: readonly Row[] = [
    [
        'callers that were answered elsewhere: which way they go is asked, with the share of each home',
        { ...both, 'calls.json': calls([across('east', 'east'), 830], [across('east', 'west'), 170.4]) },
        '// ? failover east-west: callers on one cluster were answered on another one, and no setting says by which way; seen: 83 % on east, 17 % on west, calls.json\n',
    ],
    [
        'a part is never told as all or nothing; requests of gateways count, too',
        {
            ...both,
            'calls.json': calls([across('east', 'west'), 1], [across('east', 'east', 'shop-gw'), 100_000]),
        },
        '; seen: more than 99 % on east, less than 1 % on west, calls.json\n',
    ],
    [
        'a home of which only metrics know',
        {
            'east.json': dump(...east, ...running('shop', 'cart')),
            'west.json': dump(...west),
            'calls.json': calls([across('east', 'east'), 2], [across('west', 'west'), 1]),
        },
        '// ? on west: requests were answered there, and none of the files has it there; seen: 67 % on east, 33 % on west, calls.json\n',
    ],
    [
        'homes that are asked for anyway',
        {
            'dmz.json': dump(...dmz, controlPlane('east'), controlPlane('west')),
            ...tsbOf(config('Tier1Gateway', 'front', 'edge', { externalServers: [] }), ingress, cluster('east')),
            'calls.json': calls([{ ...call('front', 'web'), destination_cluster: 'east' }, 5]),
        },
        '; seen: 100 % on east, calls.json\n',
    ],
];

holds('what was observed', telemetry);
holds('where requests were answered', shares);

test('of clusters by other names, and of services without a question nothing is told', () => {
    const textOf = (files: Record<string, string>) => importFiles({ ...both, ...files });
    const strange = textOf({ 'calls.json': calls([across('east', 'west'), 1], [across('a', 'Kubernetes'), 1]) });
    expect(strange.text).not.toContain('; seen: ');
    expect(strange.report.remarks.map(({ what }) => what)).toContain(
        'requests seen in metrics on clusters that no file names by these names',
    );
    expect(
        textOf({ 'calls.json': calls([across('east', 'east'), 1], [across('west', 'west'), 1]) }).text,
    ).not.toContain('; seen: ');
});

test('numbers come to the same sum in whatever order', () => {
    expect(sumOf([0.1, 0.2, 0.3])).toBe(sumOf([0.3, 0.2, 0.1]));
});
