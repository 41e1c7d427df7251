import type { Topology } from '../../server/topology/topology.js';

/** Fields of an estate in which a name of it stands, whatever of it. */
const named = new Set([
    'name',
    'shortName',
    'cluster',
    'gateway',
    'region',
    'zone',
    'host',
    'from',
    'to',
    'zones',
    'gateways',
    'gslbBy',
    'gitopsFrom',
]);

/**
 * An estate in which everything is called otherwise. It knows nothing of what the fields mean: every text in a field for
 * names is another one.
 */
export function renamedThroughout(topology: Topology): Topology {
    const namespaces = new Set(topology.services.map(({ namespace }) => namespace.value));
    const other = (name: string): string => {
        const [namespace = '', rest] = name.split('/');
        return rest !== undefined && namespaces.has(namespace) ? `${namespace}/${other(rest)}` : `${name}-2`;
    };
    const isGateway = (cluster: string, name: string) =>
        topology.clusters.some((each) => each.name === cluster && each.gateways.some((one) => one.name === name));
    const otherElement = (name: string): string => {
        const [kind, rest] = name.includes(':') ? (name.split(/:(.*)/) as [string, string]) : [];
        if (kind === 'store') return name;
        if (kind !== undefined)
            return `${kind}:${rest!
                .split(/(->|\/)/)
                .map((part) => (part === '/' || part === '->' ? part : other(part)))
                .join('')}`;
        if (name === 'identity-provider') return name;
        const [cluster = '', ...parts] = name.split('.');
        return [other(cluster), ...parts.map((part) => (isGateway(cluster, part) ? other(part) : part))].join('.');
    };
    const visit = (value: unknown, field: string): unknown => {
        if (typeof value === 'string' && field === 'of') return otherElement(value);
        if (typeof value === 'string') return named.has(field) ? other(value) : value;
        if (Array.isArray(value)) return value.map((each) => visit(each, field));
        if (value instanceof Map || typeof value !== 'object' || value === null) return value;
        return Object.fromEntries(
            Object.entries(value).map(([name, each]) => [
                name,
                name === 'at' || name === 'nameAt' ? each : visit(each, name),
            ]),
        );
    };
    return { ...(visit(topology, '') as Topology), name: topology.name };
}
