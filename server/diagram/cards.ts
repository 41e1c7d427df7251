import {
    clusterName,
    copyName,
    externalName,
    gatewayName,
    identityProviderName,
    instancesName,
    partName,
    storeName,
} from '../topology/element-name.js';
import { commonRegion } from '../topology/common-region.js';
import {
    requiredBy,
    type Cluster,
    type ExternalService,
    type Gateway,
    type Home,
    type Locality,
    type ManagementCluster,
    type Postgres,
    type Replicas,
    type Service,
    type TelemetryStore,
} from '../topology/topology.js';
import { count, oneOf } from '../words/english.js';
import type { Band, Card, Chip, Door } from './box.js';

/** A service that runs in a cluster. */
export interface Instance {
    readonly service: Service;
    readonly home: Home;
}

const nothingOnIt = { doors: [], chips: [], clusters: [], cells: [], counted: [] } as const;

/** A cluster with its gateways, and with what runs in it: each by itself, or counted. */
export function clusterCard(cluster: Cluster, instances: readonly Instance[], isOpen: boolean): Card {
    const { name, nameAt: at, locality, gateways, edge } = cluster;
    const isOwn = cluster.kind === 'management' && !cluster.isHosted;
    const planes = isOwn ? managementChips(cluster) : [];
    const doors = gateways.map(doorOf);
    return {
        id: clusterName(name),
        kind: 'cluster',
        name,
        detail: detailOf(cluster),
        at,
        band: bandOf(cluster, instances),
        ...(locality?.zone !== undefined && { zone: locality.zone }),
        doors: isOwn ? [frontDoor(cluster), ...doors] : doors,
        chips: [...serviceChips(isOpen ? instances : []), ...planes],
        ...(edge && {
            edge: {
                id: partName(name, 'edge-control-plane'),
                kind: 'plane',
                name: 'edge control plane',
                detail: 'configuration',
                at: edge.at ?? at,
            },
        }),
        clusters: [],
        cells: [],
        counted: isOpen ? [] : instances.map(({ service }) => service.shortName),
    };
}

/** What is written below the name of a cluster. */
function detailOf(cluster: Cluster): string {
    const zone = cluster.locality?.zone;
    if (cluster.kind === 'management' && cluster.isHosted) return 'run by the vendor';
    const where = zone === undefined ? '' : `zone ${zone}`;
    if (cluster.kind !== 'standby') return where;
    return where === '' ? 'stands by' : `stands by, ${where}`;
}

function bandOf({ kind, gateways }: Cluster, instances: readonly Instance[]): Band {
    if (kind === 'management' || kind === 'standby') return 'management';
    const isEntrance = gateways.some(({ roles }) => roles.includes('tier1')) && instances.length === 0;
    return isEntrance ? 'entrance' : 'workloads';
}

function doorOf(gateway: Gateway): Door {
    const { name, roles, nameAt: at } = gateway;
    const wall = roles.every((role) => role === 'egress') ? 'floor' : 'top';
    return { id: gatewayName(gateway), kind: 'gateway', name, detail: roles.join(', '), at, wall };
}

/** The front-envoy of the management plane: whoever asks it, and most of what clusters say, comes in there. */
function frontDoor({ name, nameAt, managementPlane }: ManagementCluster): Door {
    return {
        id: partName(name, 'management-plane', 'front-envoy'),
        kind: 'gateway',
        name: 'front-envoy',
        detail: 'front door of the management plane',
        at: managementPlane.at ?? nameAt,
        wall: 'top',
    };
}

function managementChips({ name, nameAt, managementPlane, central }: ManagementCluster): Chip[] {
    const { postgres, telemetryStore, identityProvider } = managementPlane;
    const row = 1_000;
    const stores = [postgres, telemetryStore].filter(({ placement }) => placement.value === 'internal');
    return [
        {
            id: partName(name, 'management-plane'),
            kind: 'plane',
            name: 'management plane',
            detail: 'UI, API, tctl',
            at: managementPlane.at ?? nameAt,
            row,
        },
        {
            id: partName(name, 'central-control-plane'),
            kind: 'plane',
            name: 'central control plane',
            detail: 'XCP',
            at: central.at ?? nameAt,
            row,
        },
        ...stores.map((store): Chip => ({ ...storeBox(store, managementPlane.at ?? nameAt), row })),
        ...(identityProvider?.placement.value === 'internal' ? [{ ...providerBox, at: identityProvider.at, row }] : []),
    ];
}

const providerBox = {
    id: identityProviderName,
    kind: 'identity-provider',
    name: 'identity provider',
    detail: 'logins',
} as const;

function storeBox({ kind, at, placement }: Postgres | TelemetryStore, otherwise: Cluster['at']) {
    const keeps = kind === 'postgres' ? 'configuration' : 'metrics';
    const detail = placement.value === 'internal' ? `${keeps}, inside` : `${keeps}, external`;
    return { id: storeName(kind), kind: 'store', name: kind, detail, at: at ?? otherwise } as const;
}

/** What the management plane keeps outside its cluster, with the region in which it stands. */
export function outerStores({
    managementPlane: plane,
    nameAt,
    locality,
}: ManagementCluster): { card: Card; region?: string }[] {
    const stores = [plane.postgres, plane.telemetryStore]
        .filter(({ placement }) => placement.value === 'external')
        .map((store) => ({ box: storeBox(store, plane.at ?? nameAt), locality: store.locality }));
    const provider = plane.identityProvider;
    const all = [
        ...stores,
        ...[plane.postgres, plane.telemetryStore].flatMap((store) => copyBox(store, locality)),
        ...(provider?.placement.value === 'external'
            ? [{ box: { ...providerBox, at: provider.at }, locality: provider.locality }]
            : []),
    ];
    return all.map(({ box, locality }) => ({
        card: {
            ...box,
            ...nothingOnIt,
            band: 'management',
            ...(locality?.zone !== undefined && { zone: locality.zone }),
        },
        ...(locality && { region: locality.region }),
    }));
}

/** The copy of a store stands outside, too; where nobody says where, beside its store. */
function copyBox({ kind, copy, placement, locality }: Postgres | TelemetryStore, ofCluster: Locality | undefined) {
    if (!copy) return [];
    const beside = placement.value === 'internal' ? ofCluster : locality;
    const detail = copy.promotesItself ? 'copy, promotes itself' : 'copy, stands by';
    const box = { id: copyName(kind), kind: 'store', name: `${kind}.copy`, detail, at: copy.at } as const;
    return [{ box, locality: copy.locality ?? beside }];
}

/** Where something outside the mesh stands: "zone a", "zones a, b", "us, eu/a". */
function standingPhrase(places: readonly Locality[]): string {
    const [place, ...more] = places;
    if (!place) return 'anywhere';
    if (more.length === 0) return place.zone === undefined ? 'outside the mesh' : `zone ${place.zone}`;
    const zones = places.flatMap(({ zone }) => zone ?? []);
    const isInOneRegion = commonRegion(places) !== undefined && zones.length === places.length;
    const names = isInOneRegion
        ? zones
        : places.map(({ region, zone }) => (zone === undefined ? region : `${region}/${zone}`));
    const shown = names.length > mostPlaces ? [...names.slice(0, mostPlaces - 1), '…'] : names;
    return `${isInOneRegion ? 'zones ' : ''}${shown.join(', ')}`;
}

/** Of so many places a card has room. */
const mostPlaces = 3;

function copiesPhrase(replicas: Replicas | undefined): string {
    return replicas?.needed === undefined ? '' : `${replicas.needed} of ${replicas.count}`;
}

export function externalCard({ name, nameAt: at, places, replicas }: ExternalService): Card {
    const [place, ...more] = places;
    const zone = more.length === 0 ? place?.zone : undefined;
    return {
        id: externalName(name),
        kind: 'external-service',
        name,
        detail: [standingPhrase(places), copiesPhrase(replicas)].filter(Boolean).join(', '),
        at,
        band: 'outside',
        ...(zone !== undefined && { zone }),
        ...nothingOnIt,
    };
}

/** Services as chips, in rows: whoever calls stands above what it calls, and what is called by all others at the floor. */
function serviceChips(instances: readonly Instance[]): Chip[] {
    const here = new Map(instances.map(({ service }) => [service.shortName, service]));
    const depths = new Map<string, number>();
    const depthOf = (service: Service): number => {
        const known = depths.get(service.shortName);
        if (known !== undefined) return known;
        // services that call each other in a circle: the one that is met first stands highest
        depths.set(service.shortName, 0);
        const callees = [...service.calls, ...requiredBy(service)].flatMap(({ kind, name }) =>
            kind === 'service' && name !== service.shortName ? (here.get(name) ?? []) : [],
        );
        const depth = Math.max(0, ...callees.map((callee) => depthOf(callee) + 1));
        depths.set(service.shortName, depth);
        return depth;
    };
    const deepest = Math.max(0, ...instances.map(({ service }) => depthOf(service)));
    return instances.map(({ service, home }) => ({
        id: instancesName(service.shortName, home.cluster),
        kind: 'service',
        name: service.shortName,
        detail: home.virtualMachines
            ? 'on VMs'
            : service.homes.length > 1
              ? `in ${count(service.homes.length, 'cluster')}`
              : 'only here',
        at: home.at,
        longest: longestOf(service),
        row: deepest - depthOf(service),
    }));
}

/** What can come to stand on a service, as far as a chip should have room for it. */
function longestOf({ calls, requires, requiresOneOf = [], homes }: Service): string {
    const texts = [
        ...(homes.length > 1 ? [`1 of ${count(homes.length, 'cluster')}`] : []),
        ...[...requires.map((each) => [each]), ...requiresOneOf].map(
            (need) => `needs ${oneOf(need.map(({ name }) => name))}`,
        ),
        ...calls.map(({ name }) => `cannot reach ${name}`),
    ];
    return texts.reduce((longest, text) => (text.length > longest.length ? text : longest), 'has yet to start');
}
