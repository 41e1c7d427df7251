/** The facets of running workloads, of the estate and of each cluster. */

import type { Callee, Cluster, Gateway, Service } from '../../../server/topology/topology.js';
import { hasUnnamedWorkload, unnamedWorkloadUp } from './components.js';
import { helpersOf, needsOf } from './declared.js';
import { askingGateways, type Host } from './entries.js';
import { primary, rollUp, secondary, severityOf, type Facet } from './facets.js';
import type { HostFate } from './hosts.js';
import type { Severity } from './result.js';
import type { Serving } from './serving.js';
import type { Instances } from './ways.js';

/** Of what runs in a cluster: a home of a service, and all that it asks. What it would have asked is lost with it. `passed`: gateways on the way of a host or a call. */
export function workloadsOf(serving: Serving, cluster: Cluster, passed: readonly Gateway[]): Facet[] {
    return [
        ...serving.ways.instances
            .filter(({ home }) => home.cluster === cluster.name)
            .filter((instances) => serving.ways.servesInHealth(instances))
            .flatMap((instances) => facetsOf(serving, instances)),
        ...unnamed(serving, cluster),
        ...passed
            .filter((gateway) => gateway.cluster === cluster.name)
            .flatMap((gateway) => policiesOf(serving, gateway)),
    ];
}

/** What a gateway asks, and lets requests pass without. */
function policiesOf(serving: Serving, gateway: Gateway): Facet[] {
    return helpersOf(gateway, 'open')
        .filter((helper) => serving.ways.reaches(gateway.cluster, helper))
        .map((helper) => secondary(severityOf(serving.reach(gateway.cluster, helper))));
}

function facetsOf(serving: Serving, instances: Instances): Facet[] {
    const { calls, needs, open } = serving.ways.usesOf(instances);
    // what has another in its place is no loss by itself
    const each = needsOf(instances.service).flatMap((choice) => (choice.length === 1 ? choice : []));
    const alone = needs.flat().filter((callee) => each.includes(callee));
    const stateOf = (callee: Callee): Severity =>
        serving.serves(instances) ? severityOf(serving.call(instances, callee)) : 'total';
    return [
        primary(!serving.serves(instances) ? 'total' : serving.losesShare(instances) ? 'limited' : 'unaffected'),
        ...[...calls, ...alone].map((callee) => primary(stateOf(callee))),
        ...open.map((callee) => secondary(stateOf(callee))),
    ];
}

function unnamed({ world }: Serving, cluster: Cluster): Facet[] {
    return hasUnnamedWorkload(world.topology, cluster) ? [primary(unnamedWorkloadUp(world, cluster))] : [];
}

/** Of the estate: also total if everything that anybody could use is gone. */
export function runningWorkloads(
    serving: Serving,
    hosts: ReadonlyMap<Host, HostFate>,
    ofClusters: readonly Facet[],
    passed: readonly Gateway[],
): Severity {
    const { clusters, services } = serving.world.topology;
    const fates = [...hosts.values()];
    const facets = [...fates.map((host) => primary(severityOf(host))), ...ofClusters];
    const gone = [
        ...fates.map((host) => host.gone),
        ...services
            .filter((service) => homesInHealth(serving, service).length > 0)
            .map((service) => isGone(serving, service, hosts, passed)),
        ...clusters.flatMap((cluster) => unnamed(serving, cluster)).map(({ state }) => state === 'total'),
    ];
    return gone.length > 0 && gone.every((one) => one) ? 'total' : (rollUp(facets) ?? 'unaffected');
}

/**
 * None of its homes serves, or nobody who uses it is served. A caller that has died is not served, and heals nothing: what
 * counts against the service is that somebody has no way to it, alive or not. Who does not find it by name is as one that is dead.
 */
function isGone(
    serving: Serving,
    service: Service,
    hosts: ReadonlyMap<Host, HostFate>,
    passed: readonly Gateway[],
): boolean {
    if (!homesInHealth(serving, service).some((instances) => serving.serves(instances))) {
        return true;
    }
    const users = [
        ...askingGateways(serving.ways, service, passed).map(({ gateway, helper }) => ({
            lives: serving.leads(gateway),
            reaches: !serving.reach(gateway.cluster, helper).gone,
        })),
        ...serving.ways.callersOf(service).map(({ instances, callees }) => ({
            lives: serving.runs(instances) && callees.some((callee) => serving.finds(instances, callee)),
            reaches: callees.some((callee) => !serving.callOfFound(instances, callee).gone),
        })),
        ...[...hosts]
            .filter(([host]) => host.service === service)
            .map(([, { gone }]) => ({ lives: true, reaches: !gone })),
    ];
    return users.some(({ reaches }) => !reaches) && users.every(({ lives, reaches }) => !lives || !reaches);
}

function homesInHealth(serving: Serving, service: Service): Instances[] {
    return serving.ways.instances
        .filter((instances) => instances.service === service)
        .filter((instances) => serving.ways.servesInHealth(instances));
}
