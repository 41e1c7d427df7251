/** The names of everything in an estate that can be made to fail. */

import {
    managementCluster,
    type Cluster,
    type ManagementCluster,
    type Network,
    type Region,
    type Service,
    type Topology,
    servicesInside,
} from '../../server/topology/topology.js';
/** The canonical names of all that exists in an estate and can be made to fail, each once. */
export function elementNames(topology: Topology): string[] {
    return [
        ...topology.regions.flatMap(placeNames),
        ...topology.clusters.flatMap(clusterNames),
        ...managementNames(managementCluster(topology)),
        ...linkNames(topology),
        ...servicesInside(topology).flatMap(serviceNames),
        ...topology.clusters
            .filter((cluster) => hasImplicitWorkload(topology, cluster))
            .map((cluster) => `workload@${cluster.name}`),
        ...topology.externalServices.map((external) => `external:${external.name}`),
    ];
}

function placeNames(where: Region): string[] {
    return [`region:${where.name}`, ...where.zones.map((zone) => `zone:${where.name}/${zone.name}`)];
}

const edgeParts = ['xcp-edge', 'oap', 'otel-collector', 'gitops', 'operator'];

function clusterNames(cluster: Cluster): string[] {
    const { name } = cluster;
    const always = [name, `${name}.kubernetes-api`, `${name}.dns`];
    if (!cluster.edge) {
        return always;
    }
    return [
        ...always,
        `${name}.edge-control-plane`,
        ...edgeParts.map((part) => `${name}.edge-control-plane.${part}`),
        `${name}.data-plane`,
        `${name}.istiod`,
        ...cluster.gateways.map((one) => `${name}.${one.name}`),
    ];
}

const managementParts = ['front-envoy', 'iam', 'tsb', 'web', 'mpc', 'oap', 'otel-collector', 'teamsync', 'operator'];

function managementNames(cluster: ManagementCluster | undefined): string[] {
    if (!cluster) {
        return [];
    }
    const { gitops, identityProvider, telemetryStore } = cluster.managementPlane;
    const plane = `${cluster.name}.management-plane`;
    return [
        plane,
        ...managementParts.map((part) => `${plane}.${part}`),
        ...(gitops.value ? [`${plane}.gitops`] : []),
        `${cluster.name}.central-control-plane`,
        'store:postgres',
        `store:${telemetryStore.kind}`,
        'store:iam-signing-key',
        'store:root-ca',
        ...(identityProvider ? ['identity-provider'] : []),
    ];
}

/** Control links always exist, with the management cluster last; others carry data only where the network is open. */
function linkNames(topology: Topology): string[] {
    const hub = managementCluster(topology)?.name;
    return topology.clusters.flatMap((one, index) =>
        topology.clusters.slice(index + 1).flatMap((other) => {
            const [from, to] = one.name === hub ? [other.name, one.name] : [one.name, other.name];
            const open = (a: string, b: string): boolean => to === hub || dataFlows(topology.network, a, b);
            const forth = open(from, to) ? [`link:${from}->${to}`] : [];
            const back = open(to, from) ? [`link:${to}->${from}`] : [];
            return forth.length + back.length === 0 ? [] : [`link:${from}/${to}`, ...forth, ...back];
        }),
    );
}

function dataFlows(network: Network, from: string, to: string): boolean {
    return (
        !network.declared ||
        network.lines.some(
            (line) =>
                (line.from.includes(from) && line.to.includes(to)) ||
                (line.bothWays && line.from.includes(to) && line.to.includes(from)),
        )
    );
}

function serviceNames({ shortName, homes }: Service): string[] {
    return [`service:${shortName}`, ...homes.map(({ cluster }) => `${shortName}@${cluster}`)];
}

function hasImplicitWorkload(topology: Topology, cluster: Cluster): boolean {
    return (
        cluster.kind === 'workload' &&
        !cluster.noWorkloads &&
        !cluster.gateways.some((one) => one.roles.includes('tier1')) &&
        !topology.services.some((one) => one.homes.some((at) => at.cluster === cluster.name))
    );
}
