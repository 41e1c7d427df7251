import {
    managementCluster,
    type Cluster,
    type Replicas,
    type Service,
    type SourceLocation,
    type Topology,
} from '../topology/topology.js';
import { enumerated } from '../words/english.js';
import type { Finding } from './finding.js';
import { entryOf, gatewayName, names, placeKey, pointTo, related } from './phrases.js';
import { areaName } from './standing.js';
import { trafficViewOf, type TrafficView } from './traffic-view.js';

/** Where clusters and their parts stand, as far as it contradicts itself, or makes two places necessary at once. */
export function placeFindings(topology: Topology): Finding[] {
    return [...zonesOutsideCluster(topology), ...managementInTwoPlaces(topology)];
}

/** Something on a cluster that claims zones. */
interface Claim {
    readonly what: string;
    readonly replicas: Replicas;
}

/** What runs on a cluster stands where its cluster stands, whatever it says itself. One finding for each cluster. */
function zonesOutsideCluster(topology: Topology): Finding[] {
    const ofHomes = claimsByCluster(topology);
    return topology.clusters.flatMap((cluster): Finding[] => {
        const { name, locality } = cluster;
        if (locality?.zone === undefined) return [];
        const claims = [...claimsOf(cluster), ...(ofHomes.get(name) ?? [])].filter(({ replicas }) =>
            replicas.zones.some((zone) => zone !== locality.zone),
        );
        if (claims.length === 0) return [];
        const what = enumerated(claims.map((claim) => claim.what));
        const zones = names([...new Set(claims.flatMap(({ replicas }) => replicas.zones))]);
        return [
            {
                code: 'zones-outside-cluster',
                severity: 'warning',
                message: `'${name}' stands in ${areaName(locality)}, and ${what} there cannot spread across zones ${zones}: what runs on a cluster is lost with the cluster's zone. Say that '${name}' stands in '${locality.region}', or take \`across zones\` out.`,
                at: locality.at,
                ...related(
                    distinct(claims.map(({ replicas }) => replicas.at)).map((at) => pointTo(at, 'claimed here')),
                ),
            },
        ];
    });
}

function claimsOf(cluster: Cluster): Claim[] {
    const gateways = cluster.gateways.map((gateway) => ({
        what: `'${gatewayName(gateway)}'`,
        replicas: gateway.replicas,
    }));
    const stores =
        cluster.kind === 'management'
            ? [cluster.managementPlane.postgres, cluster.managementPlane.telemetryStore]
                  .filter(({ placement }) => placement.value === 'internal')
                  .map(({ kind, replicas }) => ({ what: `'${kind}'`, replicas }))
            : [];
    return [...gateways, ...stores].flatMap(({ what, replicas }) => (replicas ? { what, replicas } : []));
}

/** By cluster; virtual machines stand beside theirs. */
function claimsByCluster(topology: Topology): Map<string, Claim[]> {
    const claims = new Map<string, Claim[]>();
    for (const { cluster, claim } of trafficViewOf(topology).ofEachService(claimsOfHomes))
        entryOf(claims, cluster, () => []).push(claim);
    return claims;
}

function claimsOfHomes(_: TrafficView, { shortName, homes }: Service): { cluster: string; claim: Claim }[] {
    return homes.flatMap(({ cluster, replicas, virtualMachines }) =>
        replicas && !virtualMachines ? [{ cluster, claim: { what: `'${shortName}'`, replicas } }] : [],
    );
}

function distinct(places: readonly SourceLocation[]): SourceLocation[] {
    return [...new Map(places.map((at) => [placeKey(at), at])).values()];
}

/** Management needs its cluster and Postgres: where they stand apart, either place ends it. */
function managementInTwoPlaces(topology: Topology): Finding[] {
    const management = managementCluster(topology);
    const here = management?.locality;
    const { placement, locality: there, replicas } = management?.managementPlane.postgres ?? {};
    if (!management || !here || !there || placement?.value !== 'external') return [];
    if (here.hasUnknownZone || there.hasUnknownZone) return [];
    const isApart = here.zone !== undefined && there.zone !== undefined && here.zone !== there.zone;
    const isSpread = (replicas?.zones.length ?? 0) > 0;
    if (here.region === there.region && (!isApart || isSpread)) return [];
    const areas = here.region === there.region ? [here, there] : [{ region: here.region }, { region: there.region }];
    return [
        {
            code: 'management-in-two-places',
            severity: 'info',
            message: `Management needs ${areas.map(areaName).join(' and ')} at once: '${management.name}' stands in the one, Postgres in the other, so either failure ends it. Keep both in one place, and a backup of Postgres in another.`,
            at: there.at,
            ...related([pointTo(here.at, `'${management.name}' stands here`)]),
        },
    ];
}
