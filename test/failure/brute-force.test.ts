import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
    CentralControlPlane,
    Cluster,
    ManagementCluster,
    ManagementPlane,
    Placement,
    Postgres,
    Topology,
} from '../../server/topology/topology.js';
import { evaluate, type BruteForceResult, type Freshness, type Severity } from './brute-force.js';
import {
    edge,
    elementNames,
    estate,
    gateway,
    home,
    management,
    managementPlane,
    place,
    randomEstate,
    region,
    replicas,
    said,
    service,
    workloadCluster,
} from './random-estate.js';

const signs: Record<Severity, string> = { unaffected: '✅', limited: '⚠️', total: '❌' };

/** The four marks as the documents print them: workloads, local operations, metrics, management. */
function marks(topology: Topology, failed: readonly string[]): string {
    const { operations } = evaluate(topology, failed);
    return [
        operations.runningWorkloads,
        operations.localClusterOperations,
        operations.metricsCollection,
        operations.managementOperations,
    ]
        .map((severity) => signs[severity])
        .join('');
}

/** The published page's own architecture, with other parts where a test says so. */
function reference(parts: Partial<ManagementCluster> = {}, workloadClusters = ['c1', 'c2']): Topology {
    return estate({
        clusters: [management('mgmt', parts), ...workloadClusters.map((name) => workloadCluster(name))],
        services: [
            service(
                'shop',
                workloadClusters.map((name) => home(name)),
            ),
        ],
    });
}

const published = {
    'workload cluster': ['c1'],
    'edge control plane': ['c1.edge-control-plane'],
    'loss of connectivity': ['link:c1/mgmt'],
    'central control plane': ['mgmt.central-control-plane'],
    'management plane': ['mgmt.management-plane'],
    'management cluster': ['mgmt'],
};

type Published = keyof typeof published;

const proxied = managementPlane({
    telemetryStore: { ...managementPlane().telemetryStore, path: said('front-envoy') },
});

const externalStore = managementPlane({
    telemetryStore: { ...managementPlane().telemetryStore, placement: said('external') },
});

const sharedListener: CentralControlPlane = { listener: said('front-envoy') };

describe('the six published scenarios', () => {
    it.each<[Published, string]>([
        ['workload cluster', '⚠️⚠️⚠️✅'],
        ['edge control plane', '✅⚠️⚠️✅'],
        ['loss of connectivity', '✅⚠️⚠️✅'],
        ['central control plane', '✅⚠️✅✅'],
        ['management plane', '✅✅⚠️❌'],
        ['management cluster', '✅⚠️❌❌'],
    ])('%s: %s', (scenario, expected) => {
        expect(marks(reference(), published[scenario])).toBe(expected);
    });

    it.each<[string, Topology, Published, string]>([
        ['Elasticsearch via front-envoy', reference({ managementPlane: proxied }), 'management plane', '✅✅❌❌'],
        ['a shared listener', reference({ central: sharedListener }), 'management plane', '✅⚠️⚠️❌'],
        [
            'both through front-envoy',
            reference({ managementPlane: proxied, central: sharedListener }),
            'management plane',
            '✅⚠️❌❌',
        ],
        ['external Elasticsearch', reference({ managementPlane: externalStore }), 'management cluster', '✅⚠️⚠️❌'],
        ['external Elasticsearch', reference({ managementPlane: externalStore }), 'loss of connectivity', '✅⚠️⚠️✅'],
        ['one cluster', reference({}, ['c1']), 'workload cluster', '❌❌❌✅'],
        ['one cluster', reference({}, ['c1']), 'edge control plane', '✅⚠️❌✅'],
        ['one cluster', reference({}, ['c1']), 'loss of connectivity', '✅⚠️❌✅'],
    ])('with %s: %s, %s gives %s', (_, topology, scenario, expected) => {
        expect(marks(topology, published[scenario])).toBe(expected);
    });

    it.each<[Published, Freshness, Freshness, string[]]>([
        ['workload cluster', 'queued', 'live', []],
        ['edge control plane', 'queued', 'live', ['c1']],
        ['loss of connectivity', 'queued', 'live', ['c1']],
        ['central control plane', 'queued', 'queued', ['c1', 'c2']],
        ['management plane', 'frozen', 'frozen', ['c1', 'c2']],
        ['management cluster', 'frozen', 'frozen', ['c1', 'c2']],
    ])('%s leaves c1 %s and c2 %s, partially configured: %j', (scenario, c1, c2, caveat) => {
        const result = evaluate(reference(), published[scenario]);
        expect([result.clusters.c1?.freshness, result.clusters.c2?.freshness]).toEqual([c1, c2]);
        expect(result.partiallyConfigured).toEqual(caveat);
    });
});

/** Three clusters in two regions behind two tier1s, each with a cluster of its own. */
function compound(parts: Partial<ManagementCluster> = {}): Topology {
    const front = (name: string, where: string): Cluster =>
        workloadCluster(name, { locality: place(where), gateways: [gateway(name, ['tier1'])] });
    return estate({
        regions: [region('A'), region('B')],
        clusters: [
            management('mgmt', { locality: place('A'), ...parts }),
            front('t1', 'A'),
            front('t2', 'B'),
            workloadCluster('c1', { locality: place('A') }),
            workloadCluster('c2', { locality: place('A') }),
            workloadCluster('c3', { locality: place('B') }),
        ],
        services: [
            service('web', [home('c1'), home('c3')]),
            service('api', [home('c1'), home('c2'), home('c3')]),
            service('db', [home('c2')]),
        ],
    });
}

describe('compound failures that need neither clock nor traffic path', () => {
    it.each<[string, string[], string]>([
        ['an edge control plane and the management cluster', ['c1.edge-control-plane', 'mgmt'], '✅⚠️❌❌'],
        ['Postgres', ['store:postgres'], '✅✅✅❌'],
        ['Elasticsearch', ['store:elasticsearch'], '✅✅❌⚠️'],
        ['iam', ['mgmt.management-plane.iam'], '✅✅⚠️❌'],
        ['mpc', ['mgmt.management-plane.mpc'], '✅✅✅✅'],
        ['the OAP of the management plane', ['mgmt.management-plane.oap'], '✅✅✅⚠️'],
        ['the web UI', ['mgmt.management-plane.web'], '✅✅✅⚠️'],
        ['istiod', ['c1.istiod'], '✅⚠️✅✅'],
        ['one tier1 gateway', ['t1.tier1'], '✅✅✅✅'],
        ['the cluster of one tier1', ['t1'], '✅⚠️⚠️✅'],
        ['both homes of web', ['c1', 'c3'], '⚠️⚠️⚠️✅'],
        ['all workload clusters', ['t1', 't2', 'c1', 'c2', 'c3'], '❌❌❌✅'],
    ])('%s: %s gives %s', (_, failed, expected) => {
        expect(marks(compound(), failed)).toBe(expected);
    });

    it('front-envoy with a shared listener', () => {
        const failed = ['mgmt.management-plane.front-envoy'];
        expect(marks(compound({ central: sharedListener }), failed)).toBe('✅⚠️⚠️❌');
        expect(marks(compound({ central: sharedListener, managementPlane: proxied }), failed)).toBe('✅⚠️❌❌');
    });

    it('iam where Elasticsearch is behind front-envoy', () => {
        expect(marks(compound({ managementPlane: proxied }), ['mgmt.management-plane.iam'])).toBe('✅✅❌❌');
    });

    it('the control links between two regions, workloads aside', () => {
        const failed = ['link:t2/mgmt', 'link:c3/mgmt'];
        expect(marks(compound(), failed)).toBe('✅⚠️⚠️✅');
        expect(evaluate(compound(), failed).clusters.c3?.freshness).toBe('queued');
    });

    it('mpc: nothing is delivered, although every mark is green', () => {
        const { clusters, partiallyConfigured } = evaluate(compound(), ['mgmt.management-plane.mpc']);
        expect(new Set(Object.values(clusters).map((cluster) => cluster.freshness))).toEqual(
            new Set([undefined, 'queued']),
        );
        expect(partiallyConfigured).toEqual(['c1', 'c2', 'c3', 't1', 't2']);
    });

    it('both homes of web: one service is gone, the others are not', () => {
        expect(evaluate(compound(), ['c1', 'c3']).services).toEqual({
            web: { severity: 'total', alive: 0, homes: 2 },
            api: { severity: 'limited', alive: 1, homes: 3 },
            db: { severity: 'unaffected', alive: 1, homes: 1 },
        });
    });
});

describe('parts', () => {
    const sync = estate({
        clusters: [
            management('mgmt'),
            workloadCluster('c1', { edge: edge({ gitops: 'sync' }) }),
            workloadCluster('c2'),
        ],
        services: [service('shop', [home('c1')])],
    });

    it.each([
        ['service:shop', '⚠️✅✅✅'],
        ['shop@c1', '⚠️✅✅✅'],
        ['workload@c2', '⚠️✅✅✅'],
        ['c1.data-plane', '✅⚠️✅✅'],
        ['c1.edge-control-plane.xcp-edge', '✅⚠️✅✅'],
        ['c1.edge-control-plane.oap', '✅✅⚠️✅'],
        ['c1.edge-control-plane.otel-collector', '✅✅⚠️✅'],
        ['c1.edge-control-plane.gitops', '✅⚠️✅✅'],
        ['c1.edge-control-plane.operator', '✅✅✅✅'],
        ['mgmt.management-plane.otel-collector', '✅✅⚠️✅'],
        ['mgmt.management-plane.teamsync', '✅✅✅✅'],
        ['mgmt.management-plane.operator', '✅✅✅✅'],
        ['mgmt.management-plane.tsb', '✅⚠️✅❌'],
        ['mgmt.management-plane.iam', '✅⚠️⚠️❌'],
        ['store:postgres', '✅⚠️✅❌'],
    ])('%s with synchronous GitOps: %s', (failed, expected) => {
        expect(marks(sync, [failed])).toBe(expected);
    });

    it('a declared service takes the place of the implicit workload', () => {
        const topology = reference();
        expect(evaluate(topology, ['workload@c1']).clusters.c1?.operations.runningWorkloads).toBe('unaffected');
        expect(evaluate(topology, ['shop@c1']).clusters.c1?.operations.runningWorkloads).toBe('total');
    });
});

describe('the control path', () => {
    it.each<[string, string, Freshness]>([
        ['link:c1->mgmt', '✅⚠️⚠️✅', 'queued'],
        ['link:mgmt->c1', '✅✅✅✅', 'live'],
        ['c1.kubernetes-api', '✅⚠️✅✅', 'queued'],
        ['mgmt.kubernetes-api', '✅✅✅✅', 'queued'],
    ])('%s gives %s, and c1 is %s', (failed, expected, freshness) => {
        expect(marks(reference(), [failed])).toBe(expected);
        expect(evaluate(reference(), [failed]).clusters.c1?.freshness).toBe(freshness);
    });

    it('has no caveat for a cluster that takes no new workloads', () => {
        expect(evaluate(reference(), ['mgmt', 'c1.kubernetes-api']).partiallyConfigured).toEqual(['c2']);
    });

    it('needs no link where the management cluster carries workloads itself', () => {
        const topology = estate({
            clusters: [management('mgmt', { edge: edge() }), workloadCluster('c1')],
            services: [service('shop', [home('mgmt')])],
        });
        const { clusters } = evaluate(topology, ['link:c1/mgmt']);
        expect(clusters.mgmt).toEqual({
            operations: {
                runningWorkloads: 'unaffected',
                localClusterOperations: 'unaffected',
                metricsCollection: 'unaffected',
            },
            freshness: 'live',
        });
        expect(clusters.c1?.operations.metricsCollection).toBe('total');
    });

    it('does not exist without a management cluster', () => {
        const topology = estate({ clusters: [workloadCluster('c1', { edge: edge({ gitops: 'sync' }) })] });
        expect(evaluate(topology, ['c1.edge-control-plane'])).toEqual({
            operations: {
                runningWorkloads: 'unaffected',
                localClusterOperations: 'unaffected',
                metricsCollection: 'unaffected',
                managementOperations: 'unaffected',
            },
            clusters: {
                c1: {
                    operations: { runningWorkloads: 'unaffected', localClusterOperations: 'unaffected' },
                    freshness: 'live',
                },
            },
            services: {},
            partiallyConfigured: [],
        });
    });
});

describe('settings that change the marks', () => {
    const withEdge = (parts: Parameters<typeof edge>[0]): Topology =>
        estate({ clusters: [management('mgmt'), workloadCluster('c1', { edge: edge(parts) })] });

    it('GitOps: synchronous goes with the write path, asynchronous does not', () => {
        expect(marks(withEdge({ gitops: 'sync' }), ['mgmt.management-plane'])).toBe('✅⚠️⚠️❌');
        expect(marks(withEdge({ gitops: 'async' }), ['mgmt.management-plane'])).toBe('✅✅⚠️❌');
        expect(marks(withEdge({ gitops: 'async' }), ['c1.edge-control-plane.gitops'])).toBe('✅✅✅✅');
    });

    it('a metrics buffer helps while the cluster can still collect', () => {
        expect(marks(withEdge({}), ['mgmt'])).toBe('✅⚠️❌❌');
        expect(marks(withEdge({ metricsBuffer: 0 }), ['mgmt'])).toBe('✅⚠️❌❌');
        expect(marks(withEdge({ metricsBuffer: 600 }), ['mgmt'])).toBe('✅⚠️⚠️❌');
        expect(marks(withEdge({ metricsBuffer: 600 }), ['mgmt', 'c1.edge-control-plane.oap'])).toBe('✅⚠️❌❌');
    });

    it('secondary channels of management operations', () => {
        const plane: ManagementPlane = managementPlane({
            gitops: said(true),
            identityProvider: { at: place('A').at, placement: said('external') },
        });
        const topology = reference({ managementPlane: plane });
        expect(marks(topology, ['mgmt.management-plane.gitops'])).toBe('✅✅✅⚠️');
        expect(marks(topology, ['identity-provider'])).toBe('✅✅✅⚠️');
        expect(marks(topology, ['store:iam-signing-key', 'store:root-ca'])).toBe('✅✅✅✅');
    });
});

describe('places', () => {
    const zones = ['a', 'b', 'c'];
    const lost = (names: string): string[] => [...names].map((zone) => `zone:r/${zone}`);

    it.each<[string, number, string | undefined, string, Severity]>([
        ['one of three zones', 3, undefined, 'a', 'unaffected'],
        ['two of three zones', 3, undefined, 'ac', 'total'],
        ['its zone', 3, 'b', 'b', 'total'],
        ['other zones', 3, 'b', 'ac', 'unaffected'],
        ['the only zone', 1, undefined, 'a', 'total'],
    ])('a cluster and %s', (_, count, zone, failed, expected) => {
        const topology = estate({
            regions: [region('r', zones.slice(0, count))],
            clusters: [workloadCluster('c1', { locality: place('r', zone) })],
        });
        expect(evaluate(topology, lost(failed)).operations.runningWorkloads).toBe(expected);
    });

    it('replicas are lost with all their zones', () => {
        const topology = estate({
            regions: [region('r', zones)],
            clusters: [workloadCluster('c1', { locality: place('r') })],
            services: [service('shop', [home('c1', { replicas: replicas(2, ['a']) })])],
        });
        expect(evaluate(topology, lost('a')).services.shop?.severity).toBe('total');
        expect(evaluate(topology, lost('b')).services.shop?.severity).toBe('unaffected');
    });

    it.each<[string, Partial<Postgres>, string, string]>([
        ['an external store', { locality: place('r') }, 'ab', '✅✅✅❌'],
        ['an external store in a zone', { locality: place('r', 'a') }, 'a', '✅✅✅❌'],
        ['an external store outside every region', {}, 'abc', '✅✅✅✅'],
        ['an external store with replicas', { locality: place('r'), replicas: replicas(2, ['b']) }, 'b', '✅✅✅❌'],
        ['an internal store', { placement: said('internal'), replicas: replicas(2, ['b']) }, 'b', '✅✅✅❌'],
    ])('%s', (_, parts, failed, expected) => {
        const plane = managementPlane();
        const topology = estate({
            regions: [region('r', zones)],
            clusters: [
                management('mgmt', {
                    // the management cluster itself survives, so that only the store decides
                    ...(parts.placement && { locality: place('r') }),
                    managementPlane: { ...plane, postgres: { ...plane.postgres, ...parts } },
                }),
                workloadCluster('c1'),
            ],
        });
        expect(marks(topology, lost(failed))).toBe(expected);
    });

    it('an external identity provider is lost with its region', () => {
        const locality = place('r');
        const identityProvider = { at: locality.at, placement: said<Placement>('external'), locality };
        const clusters = [management('mgmt', { managementPlane: managementPlane({ identityProvider }) })];
        expect(marks(estate({ regions: [region('r')], clusters }), ['region:r'])).toBe('✅✅✅⚠️');
    });

    it('virtual machines outlive their cluster, not their region', () => {
        const at = place('r').at;
        const topology = estate({
            regions: [region('r')],
            clusters: [workloadCluster('c1', { locality: place('r') })],
            services: [service('shop', [home('c1', { virtualMachines: { at } })])],
        });
        expect(evaluate(topology, ['c1']).services.shop?.alive).toBe(1);
        expect(evaluate(topology, ['region:r']).services.shop?.alive).toBe(0);
        expect(evaluate(topology, ['shop@c1']).services.shop?.alive).toBe(0);
    });
});

describe('any estate', () => {
    const estateAndFailures = randomEstate.chain((topology) =>
        fc.record({ topology: fc.constant(topology), failed: fc.subarray(elementNames(topology), { maxLength: 4 }) }),
    );

    it('is whole while nothing has failed', () => {
        fc.assert(
            fc.property(randomEstate, (topology) => {
                const result = evaluate(topology, []);
                expect(harm(result)).toEqual({});
                expect(result.partiallyConfigured).toEqual([]);
            }),
        );
    });

    it('names each element once', () => {
        fc.assert(
            fc.property(randomEstate, (topology) => {
                const names = elementNames(topology);
                expect(new Set(names).size).toBe(names.length);
            }),
        );
    });

    it('is not helped by one more failure', () => {
        fc.assert(
            fc.property(estateAndFailures, fc.nat(), ({ topology, failed }, chosen) => {
                const names = elementNames(topology);
                const more = [...failed, names[chosen % names.length] ?? ''];
                expect(isAtLeastAsBad(evaluate(topology, more), evaluate(topology, failed))).toBe(true);
            }),
        );
    });

    it('loses at least as much with a whole as with a part of it', () => {
        fc.assert(
            fc.property(randomEstate, (topology) => {
                for (const part of elementNames(topology).filter((name) => /^(c\d|mgmt)\./.test(name))) {
                    const whole = part.slice(0, part.lastIndexOf('.'));
                    expect(isAtLeastAsBad(evaluate(topology, [whole]), evaluate(topology, [part]))).toBe(true);
                }
            }),
        );
    });

    it('loses with all zones of a region what it loses with the region', () => {
        const zoned = randomEstate.filter((topology) => topology.regions.some((one) => one.zones.length > 0));
        fc.assert(
            fc.property(zoned, (topology) => {
                for (const one of topology.regions.filter(({ zones }) => zones.length > 0)) {
                    const everyZone = one.zones.map((zone) => `zone:${one.name}/${zone.name}`);
                    expect(evaluate(topology, everyZone)).toEqual(evaluate(topology, [`region:${one.name}`]));
                }
            }),
        );
    });

    it('comes in every make', () => {
        const sample = fc.sample(randomEstate, { numRuns: 1000, seed: 1 });
        const share = (holds: (topology: Topology) => boolean): number => sample.filter(holds).length / sample.length;
        const managed = (topology: Topology): ManagementCluster | undefined =>
            topology.clusters.find((cluster) => cluster.kind === 'management');
        expect(share((topology) => managed(topology) !== undefined)).toBeGreaterThan(0.8);
        expect(share((topology) => managed(topology) === undefined)).toBeGreaterThan(0.03);
        expect(share((topology) => managed(topology)?.edge !== undefined)).toBeGreaterThan(0.2);
        expect(
            share((topology) => elementNames(topology).some((name) => name.startsWith('workload@'))),
        ).toBeGreaterThan(0.2);
        expect(share((topology) => topology.regions.some(({ zones }) => zones.length === 3))).toBeGreaterThan(0.2);
        expect(
            share((topology) => topology.services.some(({ homes }) => homes.some((one) => one.virtualMachines))),
        ).toBeGreaterThan(0.2);
        expect(share((topology) => topology.services.some(({ shortName }) => shortName.includes('/')))).toBeGreaterThan(
            0.1,
        );
    });
});

const severities: readonly Severity[] = ['unaffected', 'limited', 'total'];
const freshnesses: readonly (Freshness | undefined)[] = ['live', 'queued', 'frozen'];

/** Everything in a result that is worse than in health, as numbers to compare: more is worse. */
function harm(result: BruteForceResult): Record<string, number> {
    const levels: [string, number][] = [
        ...Object.entries(result.operations).map(level),
        ...Object.entries(result.clusters).flatMap(([name, cluster]): [string, number][] => [
            ...Object.entries(cluster.operations).map(level).map(prefixed(name)),
            [`${name} freshness`, Math.max(0, freshnesses.indexOf(cluster.freshness))],
        ]),
        ...Object.entries(result.services).map(([name, { severity }]) => level([`service ${name}`, severity])),
    ];
    return Object.fromEntries(levels.filter(([, worse]) => worse > 0));
}

function level([name, severity]: [string, Severity]): [string, number] {
    return [name, severities.indexOf(severity)];
}

function prefixed(prefix: string): (entry: [string, number]) => [string, number] {
    return ([name, worse]) => [`${prefix} ${name}`, worse];
}

function isAtLeastAsBad(worse: BruteForceResult, better: BruteForceResult): boolean {
    const worseHarm = harm(worse);
    return Object.entries(harm(better)).every(([name, amount]) => (worseHarm[name] ?? 0) >= amount);
}
