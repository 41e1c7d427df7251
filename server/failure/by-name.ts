import { partName } from '../topology/element-name.js';
import type { Callee, Service } from '../topology/topology.js';
import type { CallPaths, WayOf } from './call-paths.js';
import { type Construction, ruleReason } from './construction.js';
import { gatesOf } from './gates.js';
import type { Reason } from './graph.js';
import { calleesOf, wayKey } from './routes.js';
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
    const lookingUp = new Map<Service, (cluster: string, callee: Callee) => boolean>();

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

    function isLookedUp(service: Service, cluster: string, callee: Callee): boolean {
        let looksUpFrom = lookingUp.get(service);
        if (!looksUpFrom) lookingUp.set(service, (looksUpFrom = lookedUpBy(service)));
        return looksUpFrom(cluster, callee);
    }

    return {
        way: (service, cluster, callee) => {
            const way = call(cluster, callee);
            return way && isLookedUp(service, cluster, callee) ? byName(way) : way;
        },
        known: (from, callee) => known(from, callee).map((way) => named.get(way) ?? way),
    };
}

function lookedUpBy(service: Service): (cluster: string, callee: Callee) => boolean {
    const called = new Set(calleesOf(service).map(wayKey));
    const machines = new Set(service.homes.flatMap(({ cluster, virtualMachines }) => (virtualMachines ? cluster : [])));
    return (cluster, callee) => called.has(wayKey(callee)) && !machines.has(cluster);
}
