import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
    CentralControlPlane,
    Cluster,
    Exposure,
    Gateway,
    ManagementCluster,
    ManagementPlane,
    Placement,
    Postgres,
    Service,
    Topology,
} from '../../server/topology/topology.js';
import { evaluate, type BruteForceResult, type Freshness, type Severity } from './brute-force.js';
import {
    edge,
    elementNames,
    estate,
    externalService,
    gateway,
    home,
    management,
    managementPlane,
    place,
    randomEstate,
    region,
    replicas,
    service,
    workloadCluster,
} from './random-estate.js';
import { callee, exposure, externalCallee, gatewayRef, helper, reachable, said, target } from './random-traffic.js';

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

/** Three clusters in two regions behind two tier1s, each with a cluster of its own: web calls api, and api calls db. */
function compound(parts: Partial<ManagementCluster> = {}): Topology {
    const front = (name: string, where: string): Cluster =>
        workloadCluster(name, { locality: place(where), gateways: [gateway(name, ['tier1'])] });
    const back = (name: string, where: string): Cluster =>
        workloadCluster(name, { locality: place(where), gateways: gatewaysOf(name) });
    const via = [gatewayRef('t1.tier1'), gatewayRef('t2.tier1')];
    return estate({
        regions: [region('A'), region('B')],
        clusters: [
            management('mgmt', { locality: place('A'), ...parts }),
            front('t1', 'A'),
            front('t2', 'B'),
            back('c1', 'A'),
            back('c2', 'A'),
            back('c3', 'B'),
        ],
        services: [
            service('web', [home('c1'), home('c3')], {
                exposures: [exposure('shop.example.com', { via, gslbTtl: said(30) })],
                calls: [callee('api')],
            }),
            service('api', [home('c1'), home('c2'), home('c3')], { calls: [callee('db')] }),
            service('db', [home('c2')], { eastWestFailover: said(true) }),
        ],
    });
}

/** What a cluster needs to be reached from outside and from other clusters. */
function gatewaysOf(cluster: string): Gateway[] {
    return [gateway(cluster, ['ingress']), gateway(cluster, ['east-west'])];
}

const partition = ['c1', 'c2', 't1', 'mgmt'].flatMap((inA) =>
    ['c3', 't2'].flatMap((inB) => [`link:${inA}/${inB}`, `link:${inB}/${inA}`]),
);

describe('compound failures that need no clock', () => {
    it.each<[string, string[], string]>([
        ['an edge control plane and the management cluster', ['c1.edge-control-plane', 'mgmt'], '✅⚠️❌❌'],
        ['Postgres', ['store:postgres'], '✅✅✅❌'],
        ['Elasticsearch', ['store:elasticsearch'], '✅✅❌⚠️'],
        ['iam', ['mgmt.management-plane.iam'], '✅✅⚠️❌'],
        ['mpc', ['mgmt.management-plane.mpc'], '✅✅✅✅'],
        ['the OAP of the management plane', ['mgmt.management-plane.oap'], '✅✅✅⚠️'],
        ['the web UI', ['mgmt.management-plane.web'], '✅✅✅⚠️'],
        ['istiod', ['c1.istiod'], '✅⚠️✅✅'],
        ['the east-west gateway of the only home of db', ['c2.east-west'], '⚠️✅✅✅'],
        ['another east-west gateway', ['c1.east-west'], '✅✅✅✅'],
        ['one tier1 gateway', ['t1.tier1'], '✅✅✅✅'],
        ['the cluster of one tier1', ['t1'], '✅⚠️⚠️✅'],
        ['both tier1 gateways', ['t1.tier1', 't2.tier1'], '⚠️✅✅✅'],
        ['the clusters of both tier1s', ['t1', 't2'], '⚠️⚠️⚠️✅'],
        ['a partition between A and B', partition, '⚠️⚠️⚠️✅'],
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

    it('the control links between two regions', () => {
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
        const { services, hosts } = evaluate(compound(), ['c1', 'c3']);
        expect(services).toEqual({
            web: { severity: 'total', alive: 0, homes: 2 },
            api: { severity: 'limited', alive: 1, homes: 3 },
            db: { severity: 'unaffected', alive: 1, homes: 1 },
        });
        expect(hosts).toEqual({ 'shop.example.com': { severity: 'total', lostShare: 1 } });
    });

    it('a partition: db is lost to one of its callers, and web is still served in B', () => {
        const { services, hosts, clusters } = evaluate(compound(), partition);
        expect(services.db?.severity).toBe('limited');
        expect(services.api?.severity).toBe('limited');
        expect(services.web?.severity).toBe('unaffected');
        expect(hosts['shop.example.com']).toEqual({ severity: 'unaffected', lostShare: 0 });
        expect(clusters.c3?.operations.runningWorkloads).toBe('limited');
        expect(clusters.c1?.operations.runningWorkloads).toBe('unaffected');
    });

    it('both tier1 gateways: only clients outside lose', () => {
        const { services, hosts, clusters } = evaluate(compound(), ['t1.tier1', 't2.tier1']);
        expect(hosts['shop.example.com']).toEqual({ severity: 'total', lostShare: 1 });
        expect(services.web).toEqual({ severity: 'total', alive: 2, homes: 2 });
        expect(services.api?.severity).toBe('unaffected');
        expect(clusters.c1?.operations.runningWorkloads).toBe('unaffected');
    });

    it('the only tier1 is in the management cluster', () => {
        const topology = estate({
            clusters: [
                management('mgmt', { edge: edge(), gateways: [gateway('mgmt', ['tier1'])] }),
                workloadCluster('c1', { gateways: gatewaysOf('c1') }),
                workloadCluster('c2', { gateways: gatewaysOf('c2') }),
            ],
            services: [
                service('shop', [home('c1'), home('c2')], {
                    exposures: [exposure('shop.example.com', { via: [gatewayRef('mgmt.tier1')] })],
                }),
            ],
        });
        expect(marks(topology, ['mgmt'])).toBe('⚠️⚠️❌❌');
        expect(evaluate(topology, ['mgmt']).hosts['shop.example.com']).toEqual({ severity: 'total', lostShare: 1 });
    });
});

/** `front` in c1 calls `back` in c1 and c2, which fails over; two clusters without management. */
function pair(parts: Partial<Service> = {}, estateParts: Partial<Topology> = {}): Topology {
    return estate({
        clusters: ['c1', 'c2'].map((name) => workloadCluster(name, { gateways: gatewaysOf(name) })),
        services: [
            service('front', [home('c1')], { calls: [callee('back')] }),
            service('back', [home('c1'), home('c2')], { eastWestFailover: said(true), ...parts }),
        ],
        ...estateParts,
    });
}

function severityOfBack(topology: Topology, ...failed: string[]): Severity | undefined {
    return evaluate(topology, failed).services.back?.severity;
}

describe('failover of calls', () => {
    const elsewhere = home('c2', { namespace: said('elsewhere') });
    const inZones = (...zones: (string | undefined)[]): Partial<Topology> => ({
        regions: [region('r', ['a', 'b'])],
        clusters: zones.map((zone, at) =>
            workloadCluster(`c${at + 1}`, { locality: place('r', zone), gateways: gatewaysOf(`c${at + 1}`) }),
        ),
    });
    const directed = (from: string, to: string): Partial<Topology> => ({
        network: { declared: true, at: [], reachable: [reachable(from, to)] },
    });

    it.each<[string, Topology, Severity]>([
        ['all that it needs', pair(), 'unaffected'],
        ['failover off', pair({ eastWestFailover: said(false) }), 'total'],
        ['no outlier detection', pair({ outlierDetection: said(false) }), 'total'],
        ['another namespace', pair({ homes: [home('c1'), elsewhere] }), 'total'],
        ['the same other namespace', pair({ homes: [{ ...elsewhere, cluster: 'c1' }, elsewhere] }), 'unaffected'],
        ['the direction closed', pair({}, directed('c2', 'c1')), 'total'],
        ['the direction open', pair({}, directed('c1', 'c2')), 'unaffected'],
        ['the same zone', pair({}, inZones('a', 'a')), 'total'],
        ['another zone', pair({}, inZones('a', 'b')), 'unaffected'],
        ['a zone unsaid', pair({}, inZones('a', undefined)), 'unaffected'],
        ['both zones unsaid', pair({}, inZones(undefined, undefined)), 'unaffected'],
        [
            'no east-west gateway there',
            pair({}, { clusters: [workloadCluster('c1', { gateways: gatewaysOf('c1') }), workloadCluster('c2')] }),
            'total',
        ],
        [
            'no gateway here',
            pair({}, { clusters: [workloadCluster('c1'), workloadCluster('c2', { gateways: gatewaysOf('c2') })] }),
            'unaffected',
        ],
    ])('with %s', (_, topology, expected) => {
        expect(severityOfBack(topology, 'back@c1')).toBe(expected);
        expect(severityOfBack(topology, 'back@c2')).toBe('unaffected');
    });

    it.each([
        ['link:c1->c2', 'total'],
        ['link:c1/c2', 'total'],
        ['link:c2->c1', 'unaffected'],
        ['c2.east-west', 'total'],
        ['c1.east-west', 'unaffected'],
        ['c2.data-plane', 'total'],
        ['c2.istiod', 'unaffected'],
        ['back@c2', 'total'],
        ['c2', 'total'],
        ['front@c1', 'limited'],
    ])('is over with %s: %s', (second, expected) => {
        expect(severityOfBack(pair(), 'back@c1', second)).toBe(expected);
        expect(severityOfBack(pair(), second)).toBe('unaffected');
    });

    it('asks for the namespace of the service where there is no home', () => {
        const remoteOnly = (namespace: string): Topology =>
            pair({ homes: [home('c2', { namespace: said(namespace) })] });
        expect(marks(remoteOnly('default'), ['link:c1->c2'])).toBe('⚠️✅✅✅');
        // broken in health: nobody is harmed
        expect(marks(remoteOnly('elsewhere'), ['link:c1->c2'])).toBe('✅✅✅✅');
    });

    it('loses a share without outlier detection where all homes are elsewhere', () => {
        const three = (outlierDetection: boolean): Topology =>
            pair(
                { homes: [home('c2'), home('c3')], outlierDetection: said(outlierDetection) },
                {
                    clusters: ['c1', 'c2', 'c3'].map((name) => workloadCluster(name, { gateways: gatewaysOf(name) })),
                },
            );
        expect(severityOfBack(three(false), 'back@c2')).toBe('limited');
        expect(severityOfBack(three(true), 'back@c2')).toBe('unaffected');
        expect(severityOfBack(three(false), 'back@c2', 'c3.east-west')).toBe('total');
    });

    it('is of use to virtual machines, too', () => {
        const machines = { virtualMachines: { at: place('r').at } };
        expect(severityOfBack(pair({ homes: [home('c1', machines), home('c2', machines)] }), 'c1')).toBe('unaffected');
        expect(severityOfBack(pair({ homes: [home('c1'), home('c2', machines)] }), 'back@c1', 'c2')).toBe('total');
    });
});

describe('services that need others', () => {
    const chained = (uses: Partial<Service>, parts: Partial<Topology> = {}): Topology =>
        estate({
            clusters: [workloadCluster('c1', { gateways: [gateway('c1', ['ingress'])] })],
            services: [
                service('web', [home('c1')], { exposures: [exposure('h')], requires: [callee('api')] }),
                service('api', [home('c1')], uses),
                service('db', [home('c1')], { requires: [callee('api')] }),
            ],
            ...parts,
        });
    const severities = (topology: Topology, ...failed: string[]): unknown[] => {
        const { hosts, services } = evaluate(topology, failed);
        return [hosts.h?.severity, services.web?.severity, services.api?.severity];
    };
    const requiring = chained({ requires: [callee('db')] });

    it('go with what they require, and so on upward', () => {
        expect(severities(requiring, 'service:db')).toEqual(['total', 'total', 'total']);
        expect(evaluate(requiring, ['service:db']).services.api?.alive).toBe(1);
    });

    it('stay up while they only need each other', () => {
        expect(severities(requiring)).toEqual(['unaffected', 'unaffected', 'unaffected']);
        expect(evaluate(requiring, ['web@c1']).services.db?.severity).toBe('unaffected');
    });

    it('are limited without what they call, and no further', () => {
        expect(severities(chained({ calls: [callee('db')] }), 'db@c1')).toEqual([
            'unaffected',
            'unaffected',
            'limited',
        ]);
        const topology = chained({});
        const [web, ...others] = topology.services;
        const calling = { ...topology, services: [{ ...web!, requires: [], calls: [callee('api')] }, ...others] };
        // api has no caller but db, which is there
        expect(severities(calling, 'api@c1')).toEqual(['limited', 'limited', 'total']);
    });

    it('need a helper that fails closed, if it has a name', () => {
        const external = { externalServices: [externalService('saas')] };
        const by = externalCallee('saas');
        const closed = chained({ externalAuthorization: helper('closed', by) }, external);
        expect(severities(closed, 'external:saas')).toEqual(['total', 'total', 'total']);
        const open = chained({ rateLimit: helper('open', by) }, external);
        expect(severities(open, 'external:saas')).toEqual(['unaffected', 'unaffected', 'unaffected']);
        expect(marks(open, ['external:saas'])).toBe('⚠️✅✅✅');
        const unknown = chained({ rateLimit: helper('closed') }, external);
        expect(marks(unknown, ['external:saas'])).toBe('✅✅✅✅');
        const service = chained({ rateLimit: helper('closed', callee('db')) }, external);
        expect(severities(service, 'service:db')).toEqual(['total', 'total', 'total']);
    });

    it('reach what is outside through egress gateways, if there are any', () => {
        const through = (...gateways: Gateway[]): Topology =>
            chained(
                { requires: [externalCallee('saas')] },
                {
                    externalServices: [externalService('saas')],
                    clusters: [workloadCluster('c1', { gateways: [gateway('c1', ['ingress']), ...gateways] })],
                },
            );
        const [one, other] = ['e1', 'e2'].map((name) => gateway('c1', ['egress'], { name }));
        expect(severities(through(), 'external:saas')[2]).toBe('total');
        expect(severities(through(one!), 'c1.e1')[2]).toBe('total');
        expect(severities(through(one!, other!), 'c1.e1')[2]).toBe('unaffected');
        expect(severities(through(one!, other!), 'c1.e1', 'c1.e2')[2]).toBe('total');
    });

    it('lose what is outside with its region', () => {
        const topology = chained(
            { requires: [externalCallee('saas')] },
            { regions: [region('r')], externalServices: [externalService('saas', place('r'))] },
        );
        expect(severities(topology, 'region:r')[2]).toBe('total');
    });

    it('do not care which home of a helper answers', () => {
        const topology = pair(
            { homes: [home('c2'), home('c3')], outlierDetection: said(false) },
            { clusters: ['c1', 'c2', 'c3'].map((name) => workloadCluster(name, { gateways: gatewaysOf(name) })) },
        );
        const [front, back] = topology.services;
        const helped = {
            ...topology,
            services: [{ ...front!, calls: [], rateLimit: helper('open', callee('back')) }, back!],
        };
        expect(marks(helped, ['c2.east-west'])).toBe('✅✅✅✅');
        expect(marks(helped, ['c2.east-west', 'c3.east-west'])).toBe('⚠️✅✅✅');
    });

    it('are no consumers of themselves', () => {
        const topology = pair({ eastWestFailover: said(false), calls: [callee('back')] }, {});
        const alone = { ...topology, services: topology.services.slice(1) };
        expect(severityOfBack(alone, 'back@c1')).toBe('limited');
    });

    it('are judged by their instances once all their callers are dead', () => {
        const topology = pair();
        expect(severityOfBack(topology, 'front@c1')).toBe('unaffected');
        expect(severityOfBack(topology, 'front@c1', 'back@c2')).toBe('limited');
        expect(severityOfBack(topology, 'front@c1', 'back@c1', 'back@c2')).toBe('total');
    });
});

/** Two tier1s before `web` in c1 and c2; `h` is exposed as a test says. */
function entrance(parts: Partial<Exposure>, webParts: Partial<Service> = {}): Topology {
    const names = ['t1', 't2', 'c1', 'c2'];
    return estate({
        clusters: names.map((name) =>
            workloadCluster(name, {
                gateways: name.startsWith('t') ? [gateway(name, ['tier1'])] : gatewaysOf(name),
            }),
        ),
        services: [service('web', [home('c1'), home('c2')], { exposures: [exposure('h', parts)], ...webParts })],
    });
}

describe('entry from outside', () => {
    const via = [gatewayRef('t1.tier1'), gatewayRef('t2.tier1')];
    const gslbTtl = said(30);
    const both = [target('c1', 50), target('c2', 50)];
    const host = (topology: Topology, ...failed: string[]): unknown => {
        const { severity, lostShare } = evaluate(topology, failed).hosts.h ?? {};
        return [severity, lostShare];
    };

    it.each<[string, Topology, string[], Severity, number]>([
        ['automatic targets', entrance({ via }), ['c1'], 'unaffected', 0],
        ['all automatic targets', entrance({ via }), ['c1', 'web@c2'], 'total', 1],
        ['weights', entrance({ via, to: both }), ['c1'], 'limited', 0.5],
        ['weights, by the ingress gateway', entrance({ via, to: both }), ['c1.ingress'], 'limited', 0.5],
        ['weights, by one link', entrance({ via, to: both }), ['link:t1->c1'], 'limited', 0.25],
        ['weights, all', entrance({ via, to: both }), ['c1', 'c2'], 'total', 1],
        ['uneven weights', entrance({ via, to: [target('c1', 80), target('c2', 20)] }), ['c1'], 'limited', 0.8],
        ['one weight', entrance({ via, to: [target('c1', 3), target('c2')] }), ['c2'], 'limited', 0.25],
        ['no weight', entrance({ via, to: [target('c1', 1), target('c2', 0)] }), ['c2'], 'unaffected', 0],
        ['all weight', entrance({ via, to: [target('c1', 1), target('c2', 0)] }), ['c1'], 'total', 1],
        ['one target', entrance({ via, to: [target('c1')] }), ['c1'], 'total', 1],
        ['GSLB', entrance({ via, gslbTtl }), ['t1.tier1'], 'unaffected', 0],
        ['no GSLB', entrance({ via }), ['t1.tier1'], 'limited', 0.5],
        ['GSLB and weights', entrance({ via, gslbTtl, to: both }), ['t1', 'c1'], 'limited', 0.5],
        ['no GSLB and weights', entrance({ via, to: both }), ['t1', 'c1'], 'limited', 0.75],
        ['all entries', entrance({ via, gslbTtl }), ['t1', 't2'], 'total', 1],
        ['the homes themselves', entrance({}), ['c1'], 'limited', 0.5],
        ['the homes themselves, with GSLB', entrance({ gslbTtl }), ['c1'], 'unaffected', 0],
        ['instances of one home', entrance({}), ['web@c1'], 'limited', 0.5],
        ['failover', entrance({}, { eastWestFailover: said(true) }), ['web@c1'], 'unaffected', 0],
        ['the weight of a gateway', entrance({ to: both }), ['c1.data-plane'], 'limited', 0.5],
        ['a link that is not used', entrance({}), ['link:t1/c1', 'link:c1/c2'], 'unaffected', 0],
    ])('%s', (_, topology, failed, severity, lostShare) => {
        expect(host(topology, ...failed)).toEqual([severity, lostShare]);
        expect(evaluate(topology, failed).services.web?.severity).toBe(severity);
    });

    it('does not exist where nothing leads in', () => {
        expect(evaluate(entrance({ via: [gatewayRef('t1.tier1')], to: [target('t2')] }), []).hosts).toEqual({});
        const closed = { ...entrance({ via }), network: { declared: true, at: [], reachable: [] } };
        expect(evaluate(closed, []).hosts).toEqual({});
        // t2 is not reached from anywhere, so that t1 is all there is
        const half = { ...closed, network: { ...closed.network, reachable: [reachable('t1', 'c2')] } };
        expect(host(half)).toEqual(['unaffected', 0]);
        expect(host(half, 't2')).toEqual(['unaffected', 0]);
        expect(host(half, 'c2.ingress')).toEqual(['total', 1]);
    });

    it('loses a share with its own calls, while it serves', () => {
        const topology = entrance({ via }, { calls: [externalCallee('saas')] });
        const calling = { ...topology, externalServices: [externalService('saas')] };
        expect(host(calling, 'external:saas')).toEqual(['limited', 0]);
        expect(host(calling, 'external:saas', 'web@c1', 'web@c2')).toEqual(['total', 1]);
    });

    it('loses no share with the calls of a home that does not serve', () => {
        const calling = entrance({ via }, { calls: [externalCallee('saas')] });
        const topology = {
            ...calling,
            externalServices: [externalService('saas')],
            clusters: calling.clusters.map((cluster) =>
                cluster.name === 'c1'
                    ? { ...cluster, gateways: [...cluster.gateways, gateway('c1', ['egress'])] }
                    : cluster,
            ),
        };
        expect(host(topology, 'c1.egress')).toEqual(['limited', 0]);
        expect(host(topology, 'c1.egress', 'web@c1')).toEqual(['unaffected', 0]);
    });

    it('goes with all zones of a gateway', () => {
        const tier1 = gateway('t1', ['tier1'], { replicas: replicas(2, ['a']) });
        const open = entrance({ via: [gatewayRef('t1.tier1')] });
        const topology = {
            ...open,
            regions: [region('r', ['a', 'b', 'c'])],
            clusters: open.clusters.map((cluster) =>
                cluster.name === 't1' ? { ...cluster, locality: place('r'), gateways: [tier1] } : cluster,
            ),
        };
        expect(host(topology, 'zone:r/a')).toEqual(['total', 1]);
        expect(host(topology, 'zone:r/b')).toEqual(['unaffected', 0]);
    });

    it.each<[string, string[], Severity]>([
        ['nothing', [], 'unaffected'],
        ['one of two alternatives', ['c2.east-west'], 'unaffected'],
        ['both', ['c1.east-west', 'c2.east-west'], 'total'],
        ['the link to one, and the other', ['link:t1->c1', 'c2.east-west'], 'total'],
        ['one target of all', ['web@c1'], 'limited'],
        ['the target beside one alternative', ['link:c2->c1'], 'limited'],
        ['the same of a dead alternative', ['link:c2->c1', 'c2.east-west'], 'limited'],
    ])('through transit without %s', (_, failed, severity) => {
        const through = [[gatewayRef('c1.east-west'), gatewayRef('c2.east-west')]];
        const topology = entrance({ via: [gatewayRef('t1.tier1')], through, to: both });
        expect(host(topology, ...failed)).toEqual([severity, -1]);
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
            hosts: {},
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

const managed = ({ clusters }: Topology): Cluster | undefined => clusters.find(({ kind }) => kind === 'management');

const anyService =
    (holds: (one: Service) => boolean) =>
    ({ services }: Topology): boolean =>
        services.some(holds);

/** Of those that lead in. */
const anyExposure =
    (holds: (one: Exposure) => boolean) =>
    (topology: Topology): boolean => {
        const { hosts } = evaluate(topology, []);
        return topology.services.some(({ exposures }) => exposures.some((one) => one.host in hosts && holds(one)));
    };

const makes: [string, number, (topology: Topology) => boolean][] = [
    ['a management cluster', 0.6, (topology) => managed(topology) !== undefined],
    ['none', 0.1, (topology) => managed(topology) === undefined],
    ['workloads on the management cluster', 0.2, (topology) => managed(topology)?.edge !== undefined],
    ['none on it', 0.05, (topology) => managed(topology)?.edge === undefined && managed(topology) !== undefined],
    ['implicit workloads', 0.1, (topology) => elementNames(topology).some((name) => name.startsWith('workload@'))],
    ['three zones', 0.2, (topology) => topology.regions.some(({ zones }) => zones.length === 3)],
    ['closed data paths', 0.2, (topology) => topology.network.declared],
    ['virtual machines', 0.2, anyService(({ homes }) => homes.some((one) => one.virtualMachines))],
    ['ambiguous names', 0.1, anyService(({ shortName }) => shortName.includes('/'))],
    [
        'homes in other namespaces',
        0.2,
        anyService(({ homes, namespace }) => homes.some((one) => one.namespace.value !== namespace.value)),
    ],
    ['calls', 0.4, anyService(({ calls }) => calls.length > 0)],
    ['requirements', 0.4, anyService(({ requires }) => requires.length > 0)],
    ['external services', 0.08, anyService(({ calls }) => calls.some(({ kind }) => kind === 'external-service'))],
    ['helpers that fail closed', 0.1, anyService((one) => one.rateLimit?.fails.value === 'closed')],
    ['helpers that fail open', 0.1, anyService((one) => one.externalAuthorization?.fails.value === 'open')],
    ['an exposure', 0.4, anyExposure(() => true)],
    ['several entries', 0.15, anyExposure(({ via }) => via.length > 1)],
    ['transit', 0.08, anyExposure(({ through }) => through.length > 0)],
    ['weights', 0.1, anyExposure(({ to }) => to.length > 1 && to.some(({ weight }) => weight !== undefined))],
    ['GSLB', 0.2, anyExposure(({ gslbTtl }) => gslbTtl !== undefined)],
];

describe('any estate', () => {
    const estateAndFailures = randomEstate.chain((topology) =>
        fc.record({ topology: fc.constant(topology), failed: fc.subarray(elementNames(topology), { maxLength: 4 }) }),
    );

    it('is whole while nothing has failed', () => {
        fc.assert(
            fc.property(randomEstate, (topology) => {
                const result = evaluate(topology, []);
                expect(harm(result)).toEqual({});
                expect(harmToClients(result, false)).toEqual({});
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
            { numRuns: 300 },
        );
    });

    it('does not help hosts and services with one more failure, where no caller can die', () => {
        fc.assert(
            fc.property(estateAndFailures, fc.nat(), fc.boolean(), ({ topology, failed }, chosen, gslb) => {
                const quiet = withoutCallers(topology, gslb);
                const names = elementNames(quiet);
                const harmOf = (failures: readonly string[]): Record<string, number> =>
                    harmToClients(evaluate(quiet, failures), gslb);
                const more = [...failed, names[chosen % names.length] ?? ''];
                expect(isCovered(harmOf(failed), harmOf(more))).toBe(true);
            }),
            { numRuns: 300 },
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

    const sample = fc.sample(randomEstate, { numRuns: 1000, seed: 1 });

    it.each(makes)('comes with %s, more often than in %d', (_, least, holds) => {
        expect(sample.filter(holds).length / sample.length).toBeGreaterThan(least);
    });

    it('fares in every way', () => {
        const met = new Map<string, number>();
        const meet = (what: string): unknown => met.set(what, (met.get(what) ?? 0) + 1);
        for (const topology of sample.slice(0, 300)) {
            for (const failed of elementNames(topology)) {
                const { operations, services, hosts } = evaluate(topology, [failed]);
                meet(`operation ${operations.runningWorkloads}`);
                Object.values(services).forEach((one) => meet(`service ${one.severity} ${one.alive === one.homes}`));
                Object.values(hosts).forEach((one) => meet(`host ${one.severity} ${Math.ceil(one.lostShare)}`));
            }
        }
        for (const severity of severities) {
            expect(met.get(`operation ${severity}`)).toBeGreaterThan(100);
            // by their own instances, and by those of others
            expect(met.get(`service ${severity} true`)).toBeGreaterThan(100);
            expect(met.get(`service ${severity} false`)).toBeGreaterThan(100);
            // through transit, too
            expect(met.get(`host ${severity} -1`)).toBeGreaterThan(20);
        }
        expect(met.get('host limited 1')).toBeGreaterThan(100);
        expect(met.get('host limited 0')).toBeGreaterThan(100);
    });
});

const severities: readonly Severity[] = ['unaffected', 'limited', 'total'];
const freshnesses: readonly (Freshness | undefined)[] = ['live', 'queued', 'frozen'];

/**
 * Everything in a result that is worse than in health and cannot get better with more failures, as numbers to compare:
 * more is worse. A service may fare better when a caller dies, and a host when a home dies that serves, but badly.
 */
function harm(result: BruteForceResult): Record<string, number> {
    return onlyHarm([
        ...Object.entries(result.operations).map(level),
        ...Object.entries(result.clusters).flatMap(([name, cluster]): [string, number][] => [
            ...Object.entries(cluster.operations).map(level).map(prefixed(name)),
            [`${name} freshness`, Math.max(0, freshnesses.indexOf(cluster.freshness))],
        ]),
        ...Object.entries(result.services).map(([name, { alive, homes }]): [string, number] => [name, homes - alive]),
        ...Object.entries(result.hosts).map(([name, { severity }]): [string, number] => [
            name,
            +(severity === 'total'),
        ]),
    ]);
}

/** What those who use hosts and services see; of a share only where no GSLB takes dead entries out of the sum. */
function harmToClients(result: BruteForceResult, gslb: boolean): Record<string, number> {
    return onlyHarm([
        ...Object.entries(result.services).map(([name, { severity }]) => level([`service ${name}`, severity])),
        ...Object.entries(result.hosts).flatMap(([name, { severity, lostShare }]): [string, number][] => [
            level([`host ${name}`, severity]),
            [`share ${name}`, gslb ? 0 : lostShare],
        ]),
    ]);
}

function onlyHarm(levels: readonly [string, number][]): Record<string, number> {
    return Object.fromEntries(levels.filter(([, worse]) => worse > 0));
}

/** Services that are used from outside at most. */
function withoutCallers(topology: Topology, gslb: boolean): Topology {
    const services = topology.services.map((one): Service => ({
        ...one,
        calls: [],
        requires: [],
        exposures: one.exposures.map(({ gslbTtl, ...rest }) => (gslb && gslbTtl ? { ...rest, gslbTtl } : rest)),
    }));
    return { ...topology, services };
}

function level([name, severity]: [string, Severity]): [string, number] {
    return [name, severities.indexOf(severity)];
}

function prefixed(prefix: string): (entry: [string, number]) => [string, number] {
    return ([name, worse]) => [`${prefix} ${name}`, worse];
}

function isAtLeastAsBad(worse: BruteForceResult, better: BruteForceResult): boolean {
    return isCovered(harm(better), harm(worse));
}

/** Whether there is as much of everything in the other; shares are compared with care, since they are rounded. */
function isCovered(less: Record<string, number>, more: Record<string, number>): boolean {
    return Object.entries(less).every(([name, amount]) => (more[name] ?? 0) >= amount - 1e-9);
}
