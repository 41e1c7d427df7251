/** What an estate says of who needs whom, who is near, and where the network is open. */

import type { Callee, Gateway, Helper, Service, Topology } from '../../../server/topology/topology.js';
import { clusterOf } from './world.js';

/** What a service cannot serve without: what it requires, and the helpers that fail closed. Of each list one will do. */
export function needsOf(service: Service): Callee[][] {
    const { requires, requiresOneOf = [] } = service;
    const each = (callees: readonly Callee[]): Callee[][] => callees.map((callee) => [callee]);
    return [...each(requires), ...requiresOneOf.map((choice) => [...choice]), ...each(helpersOf(service, 'closed'))];
}

/** The helpers of a service or a gateway of which it is known who they are. */
export function helpersOf(service: Service | Gateway, fails: 'open' | 'closed'): Callee[] {
    return [service.externalAuthorization, service.rateLimit].flatMap((helper) =>
        helper?.by && helper.fails.value === fails ? [askedByProxy(helper, helper.by)] : [],
    );
}

interface AskedByProxy extends Callee {
    readonly byProxy: true;
}

const asked = new WeakMap<Helper, AskedByProxy>();

/** The same one each time. */
function askedByProxy(helper: Helper, callee: Callee): AskedByProxy {
    const known = asked.get(helper) ?? { ...callee, byProxy: true };
    asked.set(helper, known);
    return known;
}

/** A sidecar has the address of the helper that it asks; all else the application asks for by name. */
export function isAskedByName(callee: Callee | AskedByProxy): boolean {
    return !('byProxy' in callee);
}

export function sameRegion(topology: Topology, one: string, other: string): boolean {
    const region = clusterOf(topology, one)?.locality?.region;
    return one === other || (region !== undefined && region === clusterOf(topology, other)?.locality?.region);
}

/** Whether data may flow from one cluster to another; control connections are always open. */
export function networkOpen({ network }: Topology, from: string, to: string): boolean {
    if (from === to || !network.declared) return true;
    return network.lines.some(
        (line) =>
            (line.from.includes(from) && line.to.includes(to)) ||
            (line.bothWays && line.from.includes(to) && line.to.includes(from)),
    );
}
