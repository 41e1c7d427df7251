import { describe, expect, test } from 'vitest';
import type { Origin, Setting } from '../../server/topology/topology.js';
import { waysOf } from '../../server/topology/network.js';
import { estate } from '../fixture.js';

/** Everything said in the text must be read without complaint. */
async function topologyOf(text: string) {
    const { topology, diagnostics } = await estate(text);
    expect(diagnostics.map(({ message }) => message)).toEqual([]);
    return topology;
}

/** `value (where from)`, so that a table can compare settings at a glance. */
function tell<T>({ value, origin }: Setting<T>): string {
    return `${String(value)} (${tellOrigin(origin)})`;
}

function tellOrigin(origin: Origin): string {
    return origin.kind === 'assumed' ? origin.default : `${origin.kind} ${origin.at.range.start.line + 1}`;
}

test('the five lines of the front page', async () => {
    const text =
        'topology demo\n\nmanagement cluster mgmt\nworkload cluster east\nworkload cluster west\nservice shop on east, west';
    const { name, clusters, services, network, tsbVersion } = await topologyOf(text);
    expect(name).toBe('demo');
    expect(clusters.map((cluster) => `${cluster.kind} ${cluster.name}`)).toEqual([
        'management mgmt',
        'workload east',
        'workload west',
    ]);
    expect(services).toMatchObject([
        { name: 'shop', homes: [{ cluster: 'east' }, { cluster: 'west' }], exposures: [] },
    ]);
    expect(network).toEqual({ declared: false, at: [], lines: [] });
    expect(tell(tsbVersion)).toBe('1.10 (tsb-version)');
});

test('an empty file is an empty topology', async () => {
    expect(await topologyOf('')).toMatchObject({ name: 'main', clusters: [], services: [], regions: [] });
});

test('places: a declaration and its name', async () => {
    const text = 'topology t\n\nservice a {\n    owner "x"\n}\nnetwork { }';
    const { services, at, network, files } = await topologyOf(text);
    expect(services[0]?.at.range).toEqual({ start: { line: 2, character: 0 }, end: { line: 4, character: 1 } });
    expect(services[0]?.nameAt.range).toEqual({ start: { line: 2, character: 8 }, end: { line: 2, character: 9 } });
    expect(at?.range.start).toEqual({ line: 0, character: 0 });
    expect(network.at).toHaveLength(1);
    expect(files).toEqual(['file:///main.tsbtopo']);
});

test('regions, zones, owners and labels', async () => {
    const { regions, clusters } = await topologyOf(
        `region us { zones a, b owner "x" labels tier=gold, env = "prod", "k8s.io/n" 3 }
        region eu
        workload cluster c in us/b { owner team-c labels a b labels c d }
        workload cluster d in eu`,
    );
    expect(regions).toMatchObject([
        { name: 'us', zones: [{ name: 'a' }, { name: 'b' }], owner: 'x' },
        { name: 'eu', zones: [] },
    ]);
    expect(regions[0]?.labels).toEqual(
        new Map([
            ['tier', 'gold'],
            ['env', 'prod'],
            ['k8s.io/n', '3'],
        ]),
    );
    expect(clusters[0]).toMatchObject({
        locality: { region: 'us', zone: 'b' },
        owner: 'team-c',
        labels: new Map([
            ['a', 'b'],
            ['c', 'd'],
        ]),
    });
    expect(clusters[1]).toMatchObject({ locality: { region: 'eu' }, owner: undefined, labels: new Map() });
});

describe('the management plane', () => {
    const management = async (items: string) => {
        const { clusters } = await topologyOf(
            `region us { zones a }\nregion eu { zones a, b, c }\nmanagement cluster m in us { management plane { ${items} } }`,
        );
        const [cluster] = clusters;
        if (cluster?.kind !== 'management') throw new Error('no management cluster');
        return cluster.managementPlane;
    };

    test.each([
        ['', 'external (postgres-placement)', undefined, 'unknown (backup-unknown)'],
        ['postgres', 'external (postgres-placement)', undefined, 'unknown (backup-unknown)'],
        ['postgres internal', 'internal (stated 3)', undefined, 'unknown (backup-unknown)'],
        ['postgres external', 'external (stated 3)', undefined, 'unknown (backup-unknown)'],
        ['postgres in eu', 'external (stated 3)', 'eu', 'unknown (backup-unknown)'],
        ['postgres external in us/a { no backup }', 'external (stated 3)', 'us/a', 'none (stated 3)'],
        ['postgres { backup }', 'external (postgres-placement)', undefined, 'kept (stated 3)'],
        ['postgres { backup every 1h in eu }', 'external (postgres-placement)', undefined, 'kept 3600 eu (stated 3)'],
    ])('%s', async (text, placement, locality, backup) => {
        const { postgres } = await management(text);
        expect(tell(postgres.placement)).toBe(placement);
        expect(postgres.locality && [postgres.locality.region, postgres.locality.zone].filter(Boolean).join('/')).toBe(
            locality,
        );
        const { value, origin } = postgres.backup;
        const kept = value.kind === 'kept' ? [value.every, value.locality?.region] : [];
        expect(`${[value.kind, ...kept].filter(Boolean).join(' ')} (${tellOrigin(origin)})`).toBe(backup);
    });

    test.each([
        ['', 'elasticsearch', 'internal (telemetry-store-placement)', 'direct (telemetry-store-path)'],
        ['elasticsearch', 'elasticsearch', 'internal (telemetry-store-placement)', 'direct (telemetry-store-path)'],
        ['elasticsearch direct', 'elasticsearch', 'internal (telemetry-store-placement)', 'direct (stated 3)'],
        ['elasticsearch external via front-envoy', 'elasticsearch', 'external (stated 3)', 'front-envoy (stated 3)'],
        ['elasticsearch in eu direct', 'elasticsearch', 'external (stated 3)', 'direct (stated 3)'],
        ['banyandb', 'banyandb', 'internal (telemetry-store-placement)', 'front-envoy (banyandb-path)'],
        ['banyandb external', 'banyandb', 'external (stated 3)', 'direct (telemetry-store-path)'],
        ['banyandb internal direct', 'banyandb', 'internal (stated 3)', 'direct (stated 3)'],
    ])('%s', async (text, kind, placement, path) => {
        const { telemetryStore } = await management(text);
        expect([telemetryStore.kind, tell(telemetryStore.placement), tell(telemetryStore.path)]).toEqual([
            kind,
            placement,
            path,
        ]);
    });

    test('replicas of a store stand in the zones of its region', async () => {
        const { postgres } = await management('postgres external in eu { replicas 3 across zones a, b, c }');
        expect(postgres.replicas).toMatchObject({ count: 3, zones: ['a', 'b', 'c'] });
        const { telemetryStore } = await management('elasticsearch internal { replicas 2 across zones a }');
        expect(telemetryStore.replicas).toMatchObject({ count: 2, zones: ['a'] });
    });

    test('keys, certificates, identity provider and GitOps', async () => {
        const said = await management(
            'iam-signing-key { backup in eu } root-ca { no backup } identity-provider internal gitops',
        );
        expect(said.iamSigningKey.backup.value).toMatchObject({ kind: 'kept', locality: { region: 'eu' } });
        expect(said.rootCa.backup.value).toEqual({ kind: 'none' });
        expect(said.identityProvider && tell(said.identityProvider.placement)).toBe('internal (stated 3)');
        expect(tell(said.gitops)).toBe('true (stated 3)');

        const unsaid = await management('identity-provider gitops off');
        expect(unsaid.iamSigningKey.at).toBeUndefined();
        expect(unsaid.identityProvider && tell(unsaid.identityProvider.placement)).toBe('external (placement)');
        expect(tell(unsaid.gitops)).toBe('false (stated 3)');
        expect(tell((await management('')).gitops)).toBe('false (management-gitops-off)');
    });
});

test.each([
    ['', 'own (xcp-listener)'],
    ['central control plane', 'own (xcp-listener)'],
    ['central control plane { listener own }', 'own (stated 1)'],
    ['central control plane { listener front-envoy }', 'front-envoy (stated 1)'],
])('the listener of the central control plane: %s', async (text, listener) => {
    const { clusters } = await topologyOf(`management cluster m { ${text} }`);
    expect(clusters[0]?.kind === 'management' && tell(clusters[0].central.listener)).toBe(listener);
});

describe('settings of the edge control plane', () => {
    const defaults = 'defaults for workload clusters { edge control plane { token ttl 24h gitops async } }';

    test.each([
        [
            '',
            '',
            [
                '3600 (token-ttl)',
                '86400 (leaf-certificate-ttl)',
                'own (certificate-authority)',
                'undefined (metrics-buffer)',
                'off (gitops-off)',
            ],
        ],
        [
            '',
            'edge control plane { token ttl 2h leaf certificate ttl 12h certificate authority central metrics buffer 10m gitops sync }',
            ['7200 (stated 2)', '43200 (stated 2)', 'central (stated 2)', '600 (stated 2)', 'sync (stated 2)'],
        ],
        [
            '',
            'edge control plane { gitops }',
            [
                '3600 (token-ttl)',
                '86400 (leaf-certificate-ttl)',
                'own (certificate-authority)',
                'undefined (metrics-buffer)',
                'sync (gitops-sync)',
            ],
        ],
        [
            defaults,
            '',
            [
                '86400 (cluster-defaults 1)',
                '86400 (leaf-certificate-ttl)',
                'own (certificate-authority)',
                'undefined (metrics-buffer)',
                'async (cluster-defaults 1)',
            ],
        ],
        [
            defaults,
            'edge control plane { token ttl 2h gitops off }',
            [
                '7200 (stated 2)',
                '86400 (leaf-certificate-ttl)',
                'own (certificate-authority)',
                'undefined (metrics-buffer)',
                'off (stated 2)',
            ],
        ],
    ])('%s %s', async (first, items, expected) => {
        const { clusters } = await topologyOf(`${first}\nworkload cluster c { ${items} }`);
        const edge = clusters[0]!.edge!;
        expect([
            tell(edge.tokenTtl),
            tell(edge.leafCertificateTtl),
            tell(edge.certificateAuthority),
            tell(edge.metricsBuffer),
            tell(edge.gitops),
        ]).toEqual(expected);
    });

    test.each([
        ['', false],
        ['gateway tier1', true],
        ['edge control plane', true],
        ['data plane', false],
    ])('a management cluster with `%s` has one: %s', async (items, has) => {
        const { clusters } = await topologyOf(`${defaults}\nmanagement cluster m { ${items} }`);
        expect(clusters[0]?.edge !== undefined).toBe(has);
        // the defaults are those of workload clusters
        expect(clusters[0]?.edge?.tokenTtl.value ?? 3600).toBe(3600);
    });

    test('a management cluster on which a service runs has one', async () => {
        const { clusters } = await topologyOf('management cluster m\nservice a on m');
        expect(clusters[0]?.edge).toBeDefined();
    });
});

test('gateways: roles, names, copies; in a cluster or its data plane', async () => {
    const { clusters } = await topologyOf(
        `region us { zones a, b }
        workload cluster c in us {
            gateway ingress, east-west gw { replicas 2 across zones a, b owner "x" labels a b }
            gateway egress
            data plane { gateway vm vms }
        }`,
    );
    expect(clusters[0]?.gateways).toMatchObject([
        {
            name: 'gw',
            named: true,
            cluster: 'c',
            roles: ['ingress', 'east-west'],
            replicas: { count: 2, zones: ['a', 'b'] },
            owner: 'x',
        },
        { name: 'egress', named: false, roles: ['egress'], replicas: undefined },
        { name: 'vms', named: true, roles: ['vm'] },
    ]);
    expect(clusters[0]?.dataPlaneAt).toBeDefined();
});

test('network: directions, lists, several blocks', async () => {
    const { network } = await topologyOf(
        `workload cluster a\nworkload cluster b\nworkload cluster c
        network { a, b -> c a <-> b }
        network { a -> c; c -> a; }`,
    );
    expect(network.declared).toBe(true);
    expect(network.lines).toMatchObject([
        { from: ['a', 'b'], to: ['c'], bothWays: false },
        { from: ['a'], to: ['b'], bothWays: true },
        { from: ['a'], to: ['c'], bothWays: false },
        { from: ['c'], to: ['a'], bothWays: false },
    ]);
    const { lineOf } = waysOf(network);
    expect(['ab', 'ac', 'ba', 'bc', 'ca', 'cb', 'aa'].filter(([from, to]) => lineOf(from!, to!))).toEqual([
        'ab',
        'ac',
        'ba',
        'bc',
        'ca',
    ]);
    expect(lineOf('a', 'c')).toBe(network.lines[0]);
});

describe('services', () => {
    const around = `workload cluster a { gateway ingress gateway vm vms }
workload cluster b { gateway tier1 front gateway east-west ew }
service other\nexternal service saas in eu { owner "them" }\nregion eu
`;
    const service = async (text: string) => {
        const { services } = await topologyOf(around + text);
        return services.at(-1)!;
    };

    test('homes: after the name, in the block, with settings of their own', async () => {
        const { homes } = await service(
            'service s on a { namespace x on b { namespace y replicas 3 virtual machines via a.vms } }',
        );
        expect(homes).toMatchObject([
            { cluster: 'a', namespace: { value: 'x' }, replicas: undefined, virtualMachines: undefined },
            {
                cluster: 'b',
                namespace: { value: 'y' },
                replicas: { count: 3 },
                virtualMachines: { gateway: { cluster: 'a', gateway: 'vms' } },
            },
        ]);
        expect(
            (await service('service s { on a { virtual machines } }')).homes[0]?.virtualMachines?.gateway,
        ).toBeUndefined();
    });

    test.each([
        ['service s', 'default (namespace)', 's'],
        ['service s { namespace x }', 'x (stated 6)', 's'],
        ['service x/s', 'x (stated 6)', 's'],
        ['service x/other', 'x (stated 6)', 'x/other'],
    ])('names and namespaces: %s', async (text, namespace, shortName) => {
        const said = await service(text);
        expect([tell(said.namespace), said.shortName]).toEqual([namespace, shortName]);
    });

    test('exposed hosts', async () => {
        const { exposures } = await service(
            `service s on a, b {
                exposed "x.example.com"
                exposed "y.example.com" via front, a.ingress to a weight 80, b weight 20 { gslb ttl 1m }
                exposed "z.example.com" via front through ew, a.ingress through b.ew to a { gslb }
            }`,
        );
        expect(
            exposures.map(({ host, via, to }) => [
                host,
                via.map((g) => `${g.cluster}.${g.gateway}`),
                to.map((t) => [t.cluster, t.weight]),
            ]),
        ).toEqual([
            ['x.example.com', [], []],
            [
                'y.example.com',
                ['b.front', 'a.ingress'],
                [
                    ['a', 80],
                    ['b', 20],
                ],
            ],
            ['z.example.com', ['b.front'], [['a', undefined]]],
        ]);
        expect(exposures.map(({ gslbTtl }) => gslbTtl && tell(gslbTtl))).toEqual([
            undefined,
            '60 (stated 8)',
            '30 (gslb-ttl)',
        ]);
        expect(exposures[2]?.through.map((hop) => hop.map((g) => g.gateway))).toEqual([['ew', 'ingress'], ['ew']]);
    });

    test('calls and requires: services and what is outside', async () => {
        const { calls, requires } = await service('service s { calls default/other, saas requires saas }');
        expect(calls).toMatchObject([
            { kind: 'service', name: 'other' },
            { kind: 'external-service', name: 'saas' },
        ]);
        expect(requires).toMatchObject([{ kind: 'external-service', name: 'saas' }]);
    });

    test.each([
        ['', 'false (east-west-failover-off)', 'true (outlier-detection-on)'],
        ['failover east-west outlier detection', 'true (stated 6)', 'true (stated 6)'],
        ['no failover no outlier detection', 'false (stated 6)', 'false (stated 6)'],
    ])('failover: %s', async (items, failover, outlierDetection) => {
        const said = await service(`service s { ${items} }`);
        expect([tell(said.eastWestFailover), tell(said.outlierDetection)]).toEqual([failover, outlierDetection]);
    });

    test.each([
        ['external authorization', 'closed (external-authorization-closed)', undefined],
        ['external authorization by other', 'closed (external-authorization-closed)', 'other'],
        ['external authorization by saas fails open', 'open (stated 6)', 'saas'],
        ['rate limit', 'open (rate-limit-open)', undefined],
        ['rate limit by other fails closed', 'closed (stated 6)', 'other'],
    ])('helpers: %s', async (item, fails, by) => {
        const said = await service(`service s { ${item} }`);
        const helper = said.externalAuthorization ?? said.rateLimit;
        expect([helper && tell(helper.fails), helper?.by?.name]).toEqual([fails, by]);
    });

    test('external services', async () => {
        const { externalServices } = await topologyOf(around);
        expect(externalServices).toMatchObject([{ name: 'saas', places: [{ region: 'eu' }], owner: 'them' }]);
    });
});

test('who answers for a host, and for how long, in either order', async () => {
    const said = async (gslb: string) => {
        const { services } = await topologyOf(
            `workload cluster a { gateway ingress }\nexternal service dns\nservice web on a { exposed "h" { ${gslb} } }`,
        );
        const { gslbBy, gslbTtl } = services[0]!.exposures[0]!;
        return [gslbBy, gslbTtl && `${gslbTtl.value} ${gslbTtl.origin.kind}`];
    };
    expect(await said('gslb by dns ttl 60s')).toEqual(['dns', '60 stated']);
    expect(await said('gslb ttl 60s by dns')).toEqual(['dns', '60 stated']);
    expect(await said('gslb by dns')).toEqual(['dns', '30 assumed']);
    expect(await said('gslb ttl 60s')).toEqual([undefined, '60 stated']);
});
