import { expect, test } from 'vitest';
import { controlPlane, dump, errorsIn, importFiles, install, running } from '../imported.js';
import {
    call,
    calls,
    config,
    east,
    edge,
    estate,
    holds,
    ingress,
    leadsTo,
    object,
    setting,
    tsbOf,
    web,
    west,
    type Row,
} from './rows.js';

const annotated = (annotations: Record<string, string>) =>
    running('shop', 'web').map((each) =>
        (each as { kind: string }).kind === 'Service'
            ? { ...each, metadata: { name: 'web', namespace: 'shop', annotations } }
            : each,
    );
const asks = (uri: string) => ({ authorization: { external: { uri } } });
const relay = install('Tier1Gateway', 'edge', 'relay');

/** Rows for which the language has learnt words. */
const rows: readonly Row[] = [
    [
        'hosts with the same ways stand in one line',
        {
            ...estate,
            ...tsbOf(
                config('IngressGateway', 'shop-gw', 'shop', {
                    http: [leadsTo('www.example.com', web), leadsTo('shop.example.com', web)],
                }),
            ),
        },
        '    exposed "shop.example.com", "www.example.com"\n',
    ],
    [
        'what all hosts of a gateway ask, the gateway asks',
        {
            ...estate,
            ...tsbOf(
                config('IngressGateway', 'shop-gw', 'shop', {
                    http: [leadsTo('shop.example.com', web, asks('grpc://auth.example.com:9000'))],
                }),
            ),
        },
        'gateway ingress shop-gw {\n        external authorization by "auth.example.com"\n    }\n',
    ],
    [
        'what some of its hosts ask, the service behind them asks',
        {
            ...estate,
            ...tsbOf(
                config('IngressGateway', 'shop-gw', 'shop', {
                    http: [
                        leadsTo('shop.example.com', web, asks('grpc://auth.example.com:9000')),
                        leadsTo('www.example.com', web),
                    ],
                }),
            ),
        },
        '    external authorization by "auth.example.com"\n}',
    ],
    [
        'the egress gateway by which the calls of a workspace leave',
        {
            'east.json': dump(
                ...east,
                install('EgressGateway', 'out', 'egress'),
                object('networking.istio.io/v1', 'ServiceEntry', 'shop', 'x', { hosts: ['api.example.com'] }),
            ),
            'calls.json': calls([{ ...call('web', 'x'), destination_service: 'api.example.com' }, 500]),
            ...tsbOf(setting({ defaultTrafficSetting: { egress: { host: 'out/egress.out.svc.cluster.local' } } })),
        },
        'calls "api.example.com" through east.egress // seen: about 10^2 requests, calls.json\n',
    ],
    [
        'a host by an annotation of the hosted agent',
        {
            'a.json': dump(
                controlPlane('east'),
                ...annotated({ 'gateway.tetrate.io/host': 'shop.example.com' }),
                install('Gateway', 'shop', 'gw'),
            ),
        },
        'exposed "shop.example.com"\n',
    ],
    [
        'the same with edge clusters',
        {
            'a.json': dump(
                controlPlane('east'),
                ...annotated({
                    'gateway.tetrate.io/host': 'shop.example.com',
                    'gateway.tetrate.io/edge-clusters': 'dmz:100',
                }),
                install('Gateway', 'shop', 'gw'),
            ),
            'dmz.json': dump(controlPlane('dmz'), install('Gateway', 'edge', 'front')),
        },
        'exposed "shop.example.com" via dmz.front to east\n',
    ],
    [
        'the same where no file has a gateway is asked',
        {
            'a.json': dump(
                controlPlane('east'),
                ...annotated({
                    'gateway.tetrate.io/host': 'shop.example.com',
                    'gateway.tetrate.io/edge-cluster': 'dmz',
                }),
            ),
        },
        '// ? exposed "shop.example.com": an annotation exposes it, and no file has a gateway for it in dmz',
    ],
    [
        'what a workspace may reach is asked',
        {
            'east.json': dump(...east, ...running('pay', 'ledger')),
            'tsb.json': dump(
                object('tsb.tetrate.io/v2', 'Workspace', '', 'w', { namespaceSelector: { names: ['*/shop'] } }),
                object('tsb.tetrate.io/v2', 'Workspace', '', 'p', { namespaceSelector: { names: ['*/pay'] } }),
                {
                    ...object('tsb.tetrate.io/v2', 'WorkspaceSetting', '', 's', {
                        defaultTrafficSetting: {
                            reachability: { mode: 'CUSTOM', hosts: ['pay/ledger.pay.svc.cluster.local'] },
                        },
                    }),
                    metadata: { name: 's', workspace: 'w' },
                },
            ),
        },
        '// ? calls pay/ledger: the reachability of its workspace says that it may',
    ],
    [
        'what a service is a part of',
        {
            'a.json': dump(
                controlPlane('east'),
                ...running('shop', 'web').map((each) =>
                    (each as { kind: string }).kind === 'Service'
                        ? {
                              ...each,
                              metadata: {
                                  name: 'web',
                                  namespace: 'shop',
                                  labels: { 'app.kubernetes.io/part-of': 'web shop' },
                              },
                          }
                        : each,
                ),
            ),
        },
        '    labels part-of = "web shop"\n',
    ],
];

holds('what the language has learnt', rows);

test('a host inside names its relays, and where they lead', async () => {
    const { text } = importFiles({
        'relay.json': dump(controlPlane('hub'), relay),
        'west.json': dump(...west),
        ...tsbOf(
            config('Tier1Gateway', 'relay', 'edge', {
                internalServers: [{ hostname: 'web.shop.mesh', clusters: [{ name: 'west' }] }],
            }),
            config('IngressGateway', 'shop-gw', 'shop', { internalServers: [leadsTo('web.shop.mesh', web)] }),
        ),
    });
    expect(text).toContain('    exposed inside "web.shop.mesh" via hub.relay to west\n');
    expect(text).toContain('gateway tier1 relay');
    expect(await errorsIn(text)).toEqual([]);
    expect(importFiles({ ...estate, ...tsbOf(ingress, edge({})) }).text).not.toContain('inside');
});

test('relays of a host that is used from outside, too, are told, unless they are hops on the way', () => {
    const files = (clusters: readonly string[]) => ({
        ...estate,
        'relay.json': dump(controlPlane('hub'), relay),
        ...tsbOf(
            ingress,
            edge({ clusters: clusters.map((name) => ({ name })) }),
            config('Tier1Gateway', 'relay', 'edge', {
                internalServers: [{ hostname: 'shop.example.com', clusters: [{ name: 'west' }] }],
            }),
        ),
    });
    const told =
        'relays of a host that clients outside use, too: the language has one way for a name, and it is theirs';
    const remarks = (clusters: readonly string[]) =>
        importFiles(files(clusters)).report.remarks.map(({ what }) => what);
    expect(remarks(['east'])).toContain(told);
    expect(remarks(['hub'])).not.toContain(told);
});
