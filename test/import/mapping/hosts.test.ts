import { expect, test } from 'vitest';
import { weighedQuestions } from '../../../server/estate/weighed-questions.js';
import { controlPlane, dump, importFiles, install, running } from '../imported.js';
import { cluster, config, leadsTo, object, web, east, estate, ingress, edge, tsbOf, holds, type Row } from './rows.js';

const hosts: readonly Row[] = [
    ['a host at ingress gateways', { ...estate, ...tsbOf(ingress) }, 'exposed "shop.example.com"\n'],
    [
        'an edge with a list of clusters',
        { ...estate, ...tsbOf(ingress, edge({ clusters: [{ name: 'east' }, { name: 'west' }] })) },
        'exposed "shop.example.com" via dmz.front to east, west\n',
    ],
    [
        'an edge without one: every cluster that has the host',
        { ...estate, ...tsbOf(ingress, edge({})) },
        'exposed "shop.example.com" via dmz.front to east, west\n',
    ],
    [
        'weights',
        {
            ...estate,
            ...tsbOf(
                ingress,
                edge({
                    clusters: [
                        { name: 'east', weight: 90 },
                        { name: 'west', weight: 10 },
                    ],
                }),
            ),
        },
        'to east weight 90, west weight 10\n',
    ],
    [
        'clusters by their labels',
        {
            ...estate,
            ...tsbOf(
                ingress,
                cluster('east', { labels: { tier: 'gold' } }),
                cluster('west'),
                edge({ clusters: [{ labels: { tier: 'gold' } }] }),
            ),
        },
        'via dmz.front to east\n',
    ],
    [
        'the one of two ingress gateways that has the host',
        {
            ...estate,
            'east.json': dump(...east, install('IngressGateway', 'pay', 'pay-gw')),
            ...tsbOf(ingress, edge({ clusters: [{ name: 'east' }, { name: 'west' }] })),
        },
        'via dmz.front to east.shop-gw, west\n',
    ],
    [
        'the same, where no edge is in front',
        { ...estate, 'east.json': dump(...east, install('IngressGateway', 'pay', 'pay-gw')), ...tsbOf(ingress) },
        'exposed "shop.example.com" via east.shop-gw, west.shop-gw\n',
    ],
    [
        'an edge that asks for another name behind it',
        {
            ...estate,
            ...tsbOf(
                config('IngressGateway', 'shop-gw', 'shop', { http: [leadsTo('inner.example.com', web)] }),
                config('Gateway', 'front', 'edge', {
                    http: [
                        {
                            hostname: 'shop.example.com',
                            routing: {
                                rules: [
                                    {
                                        route: { clusterDestination: { clusters: [{ name: 'west' }] } },
                                        modify: { rewrite: { authority: 'inner.example.com' } },
                                    },
                                ],
                            },
                        },
                    ],
                }),
            ),
        },
        'exposed "shop.example.com" via dmz.front to west\n',
    ],
    [
        'a relay on the way',
        {
            ...estate,
            'hop.json': dump(controlPlane('hop'), install('Tier1Gateway', 'edge', 'relay')),
            ...tsbOf(
                ingress,
                edge({ clusters: [{ name: 'hop' }] }),
                config('Tier1Gateway', 'relay', 'edge', {
                    internalServers: [{ hostname: 'shop.example.com', transit: true, clusters: [{ name: 'west' }] }],
                }),
            ),
        },
        'exposed "shop.example.com" via dmz.front through hop.relay to west\n',
    ],
    [
        'a Gateway and a VirtualService of Istio',
        {
            'east.json': dump(
                ...east,
                object('networking.istio.io/v1beta1', 'Gateway', 'shop', 'door', {
                    selector: { app: 'shop-gw' },
                    servers: [{ hosts: ['shop.example.com'] }],
                }),
                object('networking.istio.io/v1', 'VirtualService', 'shop', 'web', {
                    hosts: ['shop.example.com'],
                    gateways: ['door'],
                    http: [{ route: [{ destination: { host: 'web' } }] }],
                }),
            ),
        },
        'service shop/web {\n    on east { replicas 3 }\n    exposed "shop.example.com"\n',
    ],
    [
        'a server that is asked about each request',
        {
            ...estate,
            ...tsbOf(
                config('IngressGateway', 'shop-gw', 'shop', {
                    http: [
                        leadsTo('shop.example.com', web, {
                            authorization: { external: { uri: 'grpc://authz.shop.svc.cluster.local:9191' } },
                        }),
                    ],
                }),
            ),
        },
        'external authorization by shop/authz\n',
    ],
    [
        'a rate limit that lets requests pass',
        {
            ...estate,
            ...tsbOf(
                config('IngressGateway', 'shop-gw', 'shop', {
                    http: [
                        leadsTo('shop.example.com', web, {
                            rateLimiting: { externalService: { rateLimitServerUri: 'grpc://limits.example.com:81' } },
                        }),
                    ],
                }),
            ),
        },
        'rate limit by "limits.example.com" fails open\n',
    ],
    [
        'a rate limit that does not',
        {
            ...estate,
            ...tsbOf(
                config('IngressGateway', 'shop-gw', 'shop', {
                    http: [
                        leadsTo('shop.example.com', web, {
                            rateLimiting: {
                                externalService: {
                                    rateLimitServerUri: 'grpc://limits.example.com:81',
                                    failClosed: true,
                                },
                            },
                        }),
                    ],
                }),
            ),
        },
        'rate limit by "limits.example.com" fails closed\n',
    ],
    [
        'several services behind the paths of a host',
        {
            ...estate,
            ...tsbOf(
                config('IngressGateway', 'shop-gw', 'shop', {
                    http: [
                        {
                            hostname: 'shop.example.com',
                            routing: {
                                rules: [
                                    {
                                        match: [{ uri: { prefix: '/cart' } }],
                                        route: { host: 'shop/cart.shop.svc.cluster.local' },
                                    },
                                    { route: { host: web } },
                                ],
                            },
                        },
                    ],
                }),
            ),
        },
        'exposed "shop.example.com"\n    // ? exposed "shop.example.com": some of its paths lead to shop/cart; the language has one service for a host, tsb.json IngressGateway shop-gw-config\n',
    ],
];

holds('hosts', hosts);

const publishing = (more: object = {}) => ({
    kubeSpec: {
        service: {
            annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'Shop.example.com., a.example.com', ...more },
        },
    },
});
const ttl = { 'external-dns.alpha.kubernetes.io/ttl': '60' };
const published = (one: object, other: object) => ({
    'east.json': dump(
        controlPlane('east'),
        ...running('shop', 'web'),
        install('IngressGateway', 'shop', 'shop-gw', one),
    ),
    'west.json': dump(
        controlPlane('west'),
        ...running('shop', 'web'),
        install('IngressGateway', 'shop', 'shop-gw', other),
    ),
    ...tsbOf(ingress),
});

holds('names that external-dns publishes for gateways of several clusters', [
    [
        'whether DNS spreads requests over them is asked',
        published(publishing(), publishing()),
        '    // ? gslb of "shop.example.com": external-dns publishes it for gateways of several clusters, east.json IngressGateway shop/shop-gw, west.json IngressGateway shop/shop-gw\n',
    ],
    [
        'with the life of the record, where both say the same',
        published(publishing(ttl), publishing(ttl)),
        '    // ? gslb ttl 1m of "shop.example.com": ',
    ],
    [
        'and without, where they do not',
        published(publishing(ttl), publishing()),
        '    // ? gslb of "shop.example.com": ',
    ],
    [
        'by annotations of their Services, too',
        {
            ...published({}, publishing()),
            'east.json': dump(
                controlPlane('east'),
                ...running('shop', 'web'),
                install('IngressGateway', 'shop', 'shop-gw'),
                {
                    apiVersion: 'v1',
                    kind: 'Service',
                    metadata: {
                        name: 'shop-gw',
                        namespace: 'shop',
                        annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'shop.example.com' },
                    },
                    spec: { selector: { app: 'shop-gw' } },
                },
            ),
        },
        '    // ? gslb of "shop.example.com": ',
    ],
]);

test('a name of one gateway, or of the mesh alone, is no balancing, and an answer is tried', async () => {
    expect(importFiles(published(publishing(), {})).text).not.toContain('gslb');
    const inside = config('IngressGateway', 'shop-gw', 'shop', { internalServers: [leadsTo('shop.example.com', web)] });
    const files = { ...published(publishing(), publishing()), ...tsbOf(inside) };
    expect(importFiles(files).text).toContain('exposed inside "shop.example.com"');
    expect(importFiles(files).text).not.toContain('gslb');
    const asking = importFiles(published(publishing(), publishing()));
    const [weighed] = (await weighedQuestions(asking)).filter(({ question }) => question.asked.startsWith('gslb'));
    expect(weighed?.changes).toBeGreaterThan(0);
});
