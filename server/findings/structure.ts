import { gatewayName, partName } from '../topology/element-name.js';
import { collidingIn } from '../topology/world-elements.js';
import type { Cluster, Service, SourceLocation, Topology } from '../topology/topology.js';
import { managementCluster } from '../topology/topology.js';
import type { Finding } from './finding.js';
import { trafficViewOf, type TrafficView } from './traffic-view.js';

/** Whether the estate has the parts that every estate has, in places where they make sense. */
export function structureFindings(topology: Topology): Finding[] {
    const view = trafficViewOf(topology);
    return [
        ...managementClusterCount(topology),
        ...noWorkloadCluster(topology),
        ...view.ofEachService(withoutHome),
        ...onManagementCluster(view),
        ...gatewaysWithoutService(view),
        ...collidingNames(topology),
    ];
}

/** Where to show what concerns the whole estate: its header, or else its first declaration. */
function estateLine(topology: Topology): SourceLocation | undefined {
    return topology.at ?? topology.clusters[0]?.nameAt ?? topology.services[0]?.nameAt ?? topology.regions[0]?.nameAt;
}

function managementClusterCount(topology: Topology): Finding[] {
    const [first, ...others] = topology.clusters.filter((cluster) => cluster.kind === 'management');
    if (!first) {
        const at = estateLine(topology);
        return at
            ? [
                  {
                      code: 'no-management-cluster',
                      severity: 'error',
                      message: `Topology '${topology.name}' has no management cluster, so management operations and metrics cannot be judged. Declare one: management cluster mgmt`,
                      at,
                  },
              ]
            : [];
    }
    return others.map((other) => ({
        code: 'several-management-clusters',
        severity: 'error',
        message: `'${other.name}' is a second management cluster; an estate has one, and '${first.name}' is taken for it. Give '${other.name}' a topology of its own, or make it a workload cluster.`,
        at: other.nameAt,
        related: [{ at: first.nameAt, message: `'${first.name}' is the management cluster` }],
    }));
}

function noWorkloadCluster(topology: Topology): Finding[] {
    const management = managementCluster(topology);
    if (!management || topology.clusters.some((cluster) => cluster.kind === 'workload')) return [];
    return [
        {
            code: 'no-workload-cluster',
            severity: 'info',
            message: `Topology '${topology.name}' has no workload cluster, so there is little that a failure could harm. Declare one: workload cluster east`,
            at: management.nameAt,
        },
    ];
}

function withoutHome(_: TrafficView, service: Service): Finding[] {
    if (service.outside || service.homes.length > 0 || service.hasUnknownHomes) return [];
    return [
        {
            code: 'service-without-home',
            severity: 'warning',
            message: `Service '${service.name}' runs nowhere, so no failure can be judged for it. Say where its instances run: on CLUSTER`,
            at: service.nameAt,
        },
    ];
}

/** What stands on the management cluster dies with it, which the published scenarios do not expect. */
function onManagementCluster({ topology, ofEachService }: TrafficView): Finding[] {
    const management = managementCluster(topology);
    if (!management) return [];
    const related = [{ at: management.nameAt, message: `'${management.name}' is the management cluster` }];
    const tier1 = management.gateways
        .filter((gateway) => gateway.roles.includes('tier1'))
        .map((gateway): Finding => ({
            code: 'tier1-on-management-cluster',
            severity: 'warning',
            message: `The tier1 gateway '${gateway.name}' stands on the management cluster: when '${management.name}' fails, requests that enter there stop as well. Give tier1 gateways a cluster of their own.`,
            at: gateway.nameAt,
            related,
        }));
    const services = ofEachService(homesOnManagement).map(({ service, home }): Finding => ({
        code: 'workload-on-management-cluster',
        severity: 'warning',
        message: management.isHosted
            ? `'${management.name}' is run by the vendor, and runs no services of yours: say on which of your clusters '${service.name}' runs.`
            : `Service '${service.name}' runs on the management cluster: when '${management.name}' fails, its instances there are down as well. Run services on workload clusters.`,
        at: home.at,
        related,
    }));
    return [...tier1, ...services];
}

function homesOnManagement({ management }: TrafficView, service: Service) {
    return service.homes
        .filter((home) => home.cluster === management && !home.virtualMachines)
        .map((home) => ({ service, home }));
}

/** An ingress or east-west gateway in front of nothing; what an exposure names passes requests on. */
function gatewaysWithoutService({ topology, homed, ofEachService }: TrafficView): Finding[] {
    if (topology.services.length === 0 || ofEachService(unfinishedIn).length > 0) return [];
    const passed = new Set<string>(ofEachService(gatewaysPassed));
    return topology.clusters
        .filter((cluster) => !homed.has(cluster.name))
        .flatMap((cluster: Cluster) =>
            cluster.gateways
                .filter((gateway) => gateway.roles.every((role) => role === 'ingress' || role === 'east-west'))
                .filter((gateway) => !passed.has(gatewayName(gateway)))
                .map((gateway) => ({
                    code: 'gateway-without-service',
                    severity: 'hint',
                    message: `No service runs on '${cluster.name}', so gateway '${gateway.name}' leads to nothing. Add the service, or remove the gateway.`,
                    at: gateway.nameAt,
                })),
        );
}

function unfinishedIn(_: TrafficView, { hasUnknownHomes, exposures }: Service): readonly true[] {
    return hasUnknownHomes || exposures.some(({ hasUnknownNames }) => hasUnknownNames) ? [true] : [];
}

/** The gateways that exposures of a service name. */
function gatewaysPassed(_: TrafficView, { exposures }: Service): string[] {
    return exposures
        .flatMap(({ via, through }) => [...via, ...through.flat()])
        .map(({ cluster, gateway }) => partName(cluster, gateway));
}

/** Names in quotes can look like the name of a part of something else, of which only one could then be named. */
function collidingNames(topology: Topology): Finding[] {
    return collidingIn(topology).map(({ name, at }) => ({
        code: 'colliding-name',
        severity: 'error',
        message: `\`${name}\` is also the name by which something else of this estate is called when it fails. Choose another name.`,
        at,
    }));
}
