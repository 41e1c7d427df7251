import type { Topology } from '../../server/topology/topology.js';
import { renamedThroughout } from './renamed-throughout.js';

/**
 * An estate with all of it once more under other names, in clusters of its own: two halves that have nothing to do with each
 * other but for what manages both.
 */
export function doubled(topology: Topology): Topology {
    const managing = topology.clusters.filter(({ kind }) => kind !== 'workload').map(({ name }) => `${name}-2`);
    const shared = (value: unknown): unknown => {
        if (typeof value === 'string') return managing.includes(value) ? value.slice(0, -2) : value;
        if (Array.isArray(value)) return value.map(shared);
        if (value instanceof Map || typeof value !== 'object' || value === null) return value;
        return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shared(each)]));
    };
    const copy = shared(renamedThroughout(topology)) as Topology;
    return {
        ...topology,
        regions: [...topology.regions, ...copy.regions],
        clusters: [...topology.clusters, ...copy.clusters.filter(({ kind }) => kind === 'workload')],
        services: [...topology.services, ...copy.services],
        externalServices: [...topology.externalServices, ...copy.externalServices],
        network: { ...topology.network, lines: [...topology.network.lines, ...copy.network.lines] },
    };
}
