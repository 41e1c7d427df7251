/** In which cluster, and in which region and zone, things stand, by their names. */

import { managementCluster, type Cluster, type Locality, type Topology } from '../../../server/topology/topology.js';

/** The cluster from which a thing asks for what it needs; undefined: it stands in none. */
export function clusterWhere(topology: Topology, name: string): string | undefined {
    return isOfManagement(topology, name) ? managementCluster(topology)?.name : clusterNamedIn(topology, name)?.name;
}

/** The region and the zone that contain a thing. */
export function placesAround(topology: Topology, name: string): string[] {
    const cluster = clusterWhere(topology, name);
    const locality =
        cluster === undefined
            ? localityOutside(topology, name)
            : topology.clusters.find((one) => one.name === cluster)?.locality;
    return placeNames(locality).filter((place) => place !== name);
}

/** The clusters that stand in a region or a zone by its name; none for any other name. */
export function clustersWithin({ clusters }: Topology, name: string): Cluster[] {
    return clusters.filter(({ locality }) => placeNames(locality).includes(name));
}

export function placeNames(place: Locality | undefined): string[] {
    if (!place) return [];
    const { region, zone } = place;
    return [`region:${region}`, ...(zone === undefined ? [] : [`zone:${region}/${zone}`])];
}

/** Itself, a part of it, or what runs in it. */
function clusterNamedIn({ clusters }: Topology, name: string): Cluster | undefined {
    return clusters.find(
        (cluster) => name === cluster.name || name.startsWith(`${cluster.name}.`) || name.endsWith(`@${cluster.name}`),
    );
}

/** Inside the management cluster, whatever it is called. */
function isOfManagement(topology: Topology, name: string): boolean {
    const { postgres, telemetryStore, identityProvider } = managementCluster(topology)?.managementPlane ?? {};
    if (name === 'identity-provider') return identityProvider?.placement.value === 'internal';
    if (name === 'store:iam-signing-key' || name === 'store:root-ca') return true;
    const store = [postgres, telemetryStore].find((one) => one && name.startsWith(`store:${one.kind}`));
    // a copy stands with its store where nobody says where it stands
    const isElsewhere = name.endsWith('.copy') && store?.copy?.locality !== undefined;
    return store?.placement.value === 'internal' && !isElsewhere;
}

function localityOutside(topology: Topology, name: string): Locality | undefined {
    const { postgres, telemetryStore, identityProvider } = managementCluster(topology)?.managementPlane ?? {};
    if (name === 'identity-provider') return identityProvider?.locality;
    const store = [postgres, telemetryStore].find((one) => one && name.startsWith(`store:${one.kind}`));
    if (store) return (name.endsWith('.copy') && store.copy?.locality) || store.locality;
    const external = topology.externalServices.find((one) => name === `external:${one.name}`);
    if (external) return external.places.length === 1 ? external.places[0] : undefined;
    const zone = topology.regions
        .flatMap(({ name: region, zones }) => zones.map((one) => ({ region, zone: one.name })))
        .find((one) => name === `zone:${one.region}/${one.zone}`);
    return zone && { ...zone, at: topology.regions[0]!.at };
}
