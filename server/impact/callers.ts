import type { Outcome } from '../failure/outcome.js';
import { calleesOf, helpersOf, wayKey } from '../failure/routes.js';
import type { PathNodes } from '../failure/traffic-graph.js';
import type { Callee } from '../topology/topology.js';

/**
 * The ways from clusters on which somebody calls something, or asks it: services and gateways. What only clients of a host
 * come by, from its last gateway on, is a stretch of the way of the host, and no call.
 */
export function pathsOfCallers(
    { graph: { topology, traffic } }: Outcome,
    callee: Pick<Callee, 'kind' | 'name'>,
    clusters: readonly string[],
): PathNodes[] {
    const called = new Map<string, Set<string>>();
    const add = (cluster: string, callees: readonly Callee[]) => {
        const ways = called.get(cluster) ?? new Set();
        called.set(cluster, ways);
        for (const each of callees) if (each.kind === callee.kind && each.name === callee.name) ways.add(wayKey(each));
    };
    for (const service of topology.services) {
        if (callee.kind === 'service' && service.shortName === callee.name) continue;
        for (const { cluster } of service.homes) add(cluster, [...calleesOf(service), ...helpersOf(service)]);
    }
    for (const { name, gateways } of topology.clusters) for (const gateway of gateways) add(name, helpersOf(gateway));
    return clusters.flatMap((cluster) =>
        traffic.paths(cluster, callee).filter((way) => called.get(cluster)?.has(wayKey(way.callee))),
    );
}
