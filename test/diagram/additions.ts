import type { Cluster, SourceLocation, Topology } from '../../server/topology/topology.js';

/** The same estate with one thing more. */
export interface Addition {
    readonly what: 'service' | 'exposed service' | 'gateway' | 'cluster' | 'host' | 'external service';
    readonly topology: Topology;
}

/** At the end of another file. */
const at: SourceLocation = {
    uri: 'file:///added.tsbtopo',
    range: { start: { line: 1, character: 0 }, end: { line: 1, character: 5 } },
};

/** One thing more: in each of the first clusters a service and a gateway, in each region a cluster, a host of each of the first services. */
export function* additionsTo(topology: Topology): Generator<Addition> {
    const { clusters, services, externalServices } = topology;
    const declared = { at, nameAt: at, labels: new Map<string, string>() };
    const [like] = services;
    for (const cluster of clusters.slice(0, 3)) {
        const clustersWith = (edited: Cluster) => clusters.map((each) => (each === cluster ? edited : each));
        if (like) {
            const home = { cluster: cluster.name, at, namespace: like.namespace };
            const { externalAuthorization: _, rateLimit: __, owner: ___, ...rest } = like;
            const added = {
                ...rest,
                ...declared,
                name: 'added',
                shortName: 'added',
                homes: [home],
                exposures: [],
                requires: [],
                calls: [],
            };
            yield { what: 'service', topology: { ...topology, services: [...services, added] } };
            const calling = { ...added, calls: [{ kind: 'service' as const, name: like.shortName, at }] };
            yield { what: 'service', topology: { ...topology, services: [...services, calling] } };
        }
        const [door] = cluster.gateways;
        if (door) {
            const gateway = { ...door, ...declared, name: 'added-gw', named: true };
            const edited = { ...cluster, gateways: [...cluster.gateways, gateway] };
            yield { what: 'gateway', topology: { ...topology, clusters: clustersWith(edited) } };
        }
    }
    const regions = new Map<string | undefined, Cluster>();
    for (const cluster of clusters) {
        if (cluster.kind === 'workload') regions.set(cluster.locality?.region, cluster);
    }
    for (const cluster of [...regions.values()].slice(0, 3)) {
        const added = { ...cluster, ...declared, name: 'added', gateways: [] };
        yield { what: 'cluster', topology: { ...topology, clusters: [...clusters, added] } };
    }
    for (const service of services.filter(({ exposures }) => exposures.length > 0).slice(0, 3)) {
        const [exposure] = service.exposures;
        const edited = {
            ...service,
            exposures: [...service.exposures, { ...exposure!, host: 'added.example.com', at }],
        };
        yield {
            what: 'host',
            topology: { ...topology, services: services.map((each) => (each === service ? edited : each)) },
        };
    }
    const external = {
        ...declared,
        name: 'added-outside',
        places: externalServices[0]?.places ?? [],
    };
    yield { what: 'external service', topology: { ...topology, externalServices: [...externalServices, external] } };
}
