import { describe, expect, test } from 'vitest';
import { controlPlane, dump, errorsIn, importFiles, install, running } from './imported.js';
import {
    tsb,
    cluster,
    config,
    leadsTo,
    object,
    web,
    east,
    dmz,
    estate,
    ingress,
    edge,
    tsbOf,
    calls,
    call,
} from './mapping/rows.js';

describe('what is not there is not made up', () => {
    test('a Service without workloads is no home', () => {
        const { text } = importFiles({
            'east.json': dump(...east),
            'west.json': dump(controlPlane('west'), running('shop', 'web')[0]!, running('shop', 'cart')[1]!),
        });
        expect(text).toContain('service shop/web {\n    on east { replicas 3 }\n}\n');
    });

    test('one whose workloads are scaled to 0 neither', () => {
        const { text } = importFiles({
            'east.json': dump(...east),
            'west.json': dump(controlPlane('west'), ...running('shop', 'web', 0)),
        });
        expect(text).toContain('service shop/web {\n    on east { replicas 3 }\n}\n');
    });

    test('calls that were seen are no requirement, and no question any more', () => {
        const { text } = importFiles({
            'east.json': dump(...east, ...running('shop', 'cart')),
            'calls.json': calls([call('web', 'cart'), 10], [call('gone', 'cart'), 10], [call('cart', 'cart'), 10]),
            ...tsbOf(
                tsb(
                    'ServiceSecuritySetting',
                    { tenant: 't', workspace: 'w', name: 'x' },
                    { service: 'shop/cart', settings: { authorization: { serviceAccounts: ['shop/web'] } } },
                    'security',
                ),
            ),
        });
        expect(text).not.toContain('requires');
        expect(text).not.toContain('? calls');
        expect(text.match(/calls shop/g)).toHaveLength(1);
    });

    test('services of the system, and gateways, are no services', () => {
        const { text } = importFiles({
            'east.json': dump(
                ...east,
                ...running('kube-system', 'dns'),
                ...running('istio-system', 'istiod'),
                ...running('shop', 'shop-gw'),
            ),
        });
        expect(text.match(/^service/gm)).toHaveLength(1);
    });

    test('without a network nothing is said of it', () => {
        expect(importFiles({ 'a.json': dump(cluster('east'), cluster('west')) }).text).not.toContain('network');
    });

    test('requests to where the service does not run are left out, and told', () => {
        const { text, report } = importFiles({
            ...estate,
            'west.json': dump(controlPlane('west')),
            ...tsbOf(ingress, edge({ clusters: [{ name: 'east' }, { name: 'west' }] })),
        });
        expect(text).toContain('via dmz.front to east\n');
        expect(report.remarks.map(({ what }) => what)).toContain(
            'requests for shop.example.com are sent to west, where its service does not run',
        );
    });
});

test('what is outside and called like a service has no second name', async () => {
    const limited = { rateLimiting: { externalService: { rateLimitServerUri: 'grpc://cart:81' } } };
    const outside = object('networking.istio.io/v1', 'ServiceEntry', 'shop', 'x', {
        hosts: ['web', 'WEB.example.com'],
    });
    const { text, report } = importFiles({
        'east.json': dump(...east, ...running('shop', 'cart'), outside),
        ...tsbOf(config('IngressGateway', 'shop-gw', 'shop', { http: [leadsTo('Shop.Example.com', web, limited)] })),
    });
    expect(text).toContain('rate limit by shop/cart fails open\n');
    expect(text).toContain('exposed "shop.example.com"');
    expect(text.match(/^external service.*/gm)).toEqual(['external service "WEB.example.com"']);
    expect(report.remarks.map(({ what }) => what).join()).toContain('called like a service');
    expect(await errorsIn(text)).toEqual([]);
});

test('every answer is a line of the language', async () => {
    const { estate: found } = importFiles({
        'east.json': dump(
            ...east,
            object('networking.istio.io/v1', 'ServiceEntry', 'out', 'x', { hosts: ['api.example.com'] }),
        ),
        ...tsbOf(
            config('EgressGateway', 'out', 'out', {
                authorization: [{ from: { serviceAccounts: ['shop/web'] }, to: ['api.example.com'] }],
            }),
        ),
    });
    expect(found.questions.flatMap(({ answers }) => answers)).toEqual([
        'calls "api.example.com"',
        'requires "api.example.com"',
    ]);
});

describe('sources that disagree', () => {
    test('a dump counts more than a file, a CR more than values; the others are told', () => {
        const plane = (value: boolean) =>
            `apiVersion: install.tetrate.io/v1alpha1\nkind: ControlPlane\nmetadata: { name: c }\nspec:\n  managementPlane: { clusterName: east }\n  components: { gitops: { enabled: ${value} } }\n`;
        const files = {
            'a/east.json': dump(controlPlane('east', { components: { gitops: { enabled: true, pushMode: 'ASYNC' } } })),
            'b/east.yaml': plane(true),
            'c/values.yaml':
                'spec:\n  managementPlane: { clusterName: east }\n  components: { gitops: { enabled: false } }\n',
        };
        const { text, report } = importFiles(files);
        expect(text).toContain('gitops async');
        expect(report.conflicts).toEqual([
            {
                about: 'gitops of east',
                taken: 'async',
                at: 'a/east.json ControlPlane istio-system/controlplane',
                others: [
                    { value: 'off', at: 'c/values.yaml:1' },
                    { value: 'sync', at: 'b/east.yaml:1' },
                ],
            },
        ]);
        const { 'a/east.json': _dump, ...others } = files;
        expect(importFiles(others).text).toContain('gitops sync');
    });

    test('of two objects with one name the later one counts', () => {
        const text = (ttl: string) =>
            `apiVersion: api.tsb.tetrate.io/v2\nkind: Cluster\nmetadata: { name: east }\nspec: { tokenTtl: ${ttl} }\n`;
        expect(importFiles({ 'a.yaml': `${text('1h')}---\n${text('3h')}` }).text).toContain('token ttl 3h');
    });

    test('two edges with different lists', () => {
        const { report } = importFiles({
            ...estate,
            'dmz.json': dump(...dmz, install('Tier1Gateway', 'edge', 'back')),
            ...tsbOf(
                ingress,
                edge({ clusters: [{ name: 'east' }] }),
                config('Tier1Gateway', 'back', 'edge', {
                    externalServers: [{ hostname: 'shop.example.com', clusters: [{ name: 'west' }] }],
                }),
            ),
        });
        expect(report.conflicts.map(({ about, taken, others }) => [about, taken, others[0]?.value])).toEqual([
            ['where requests for shop.example.com go', 'east', 'west'],
        ]);
    });
});

test('each line says where it comes from, once', () => {
    const { text } = importFiles(
        {
            'tsb/a.yaml': `apiVersion: api.tsb.tetrate.io/v2
kind: Cluster
metadata: { name: east }
spec:
  tokenTtl: 24h
---
apiVersion: install.tetrate.io/v1alpha1
kind: IngressGateway
metadata: { name: gw, namespace: shop }
`,
            'dumps/east.json': dump(controlPlane('east', { components: { gitops: { enabled: true } } })),
        },
        { withSources: true },
    );
    expect(text)
        .toContain(`workload cluster east { // dumps/east.json ControlPlane istio-system/controlplane, tsb/a.yaml:1
    edge control plane {
        token ttl 24h // tsb/a.yaml:1
        gitops sync // dumps/east.json ControlPlane istio-system/controlplane
    }
    gateway ingress gw // tsb/a.yaml:7
}`);
});
