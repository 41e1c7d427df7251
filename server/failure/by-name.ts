import { partName } from '../topology/element-name.js';
import type { Service } from '../topology/topology.js';
import type { CallPaths, WayOf } from './call-paths.js';
import { type Construction, ruleReason } from './construction.js';
import { gatesOf } from './gates.js';
import type { Reason } from './graph.js';
import type { PathNodes } from './traffic-graph.js';

const itsWay = ruleReason('R8', 'there is no other way to what is called');

const looksUp: Reason = {
    rule: 'R8',
    because: 'an application looks up by name whom it calls',
    source: 'kubernetes-dns',
    confidence: 'inferred',
};

/** The ways of services to whom they call, as those see them who call. */
export interface WaysByName {
    /** From a home of a service to whom it calls; undefined where there is no way in health. */
    readonly way: WayOf;
    /** The ways that are known, each as those see it who look it up, if anybody does. */
    readonly known: CallPaths['known'];
}

/**
 * R8: pods look up by name whom they call, so that they lose every way with the DNS of their cluster. Helpers are asked by
 * proxies, which have addresses, and virtual machines ask another resolver.
 */
export function waysByName(construction: Construction, call: CallPaths['path'], known: CallPaths['known']): WaysByName {
    const { anyOf } = gatesOf(construction);
    const named = new Map<PathNodes, PathNodes>();
    const machines = new Map<Service, ReadonlySet<string>>();

    function byName(way: PathNodes): PathNodes {
        const before = named.get(way);
        if (before) return before;
        const dns = construction.elementNode(partName(way.from, 'dns'));
        if (dns === undefined) return way;
        const route = { kind: 'path-by-name', from: way.from, callee: way.callee.name } as const;
        const lost = anyOf(route, [
            [way.lost, itsWay],
            [dns, looksUp],
        ])!;
        const made = { ...way, lost, withoutName: way };
        named.set(way, made);
        return made;
    }

    function isOnMachines(service: Service, cluster: string): boolean {
        let clusters = machines.get(service);
        if (!clusters) machines.set(service, (clusters = clustersWithMachines(service)));
        return clusters.has(cluster);
    }

    return {
        way: (service, cluster, callee) => {
            const way = call(cluster, callee);
            return way && !isOnMachines(service, cluster) ? byName(way) : way;
        },
        known: (from, callee) => known(from, callee).map((way) => named.get(way) ?? way),
    };
}

/** Where a service runs on virtual machines. */
export function clustersWithMachines({ homes }: Service): ReadonlySet<string> {
    return new Set(homes.flatMap(({ cluster, virtualMachines }) => (virtualMachines ? cluster : [])));
}
