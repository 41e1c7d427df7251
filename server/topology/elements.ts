import {
    clusterName,
    copyName,
    type ElementName,
    externalName,
    fateName,
    identityProviderName,
    implicitWorkload,
    instancesName,
    partName,
    regionName,
    serviceName,
    storeName,
    zoneName,
} from './element-name.js';
import type { Element } from './element.js';
import type { ComponentKindId } from '../knowledge/components.js';
import { componentKinds } from '../knowledge/components.js';
import type {
    Cluster,
    ExternalService,
    Home,
    Locality,
    ManagementCluster,
    Postgres,
    Region,
    Replicas,
    Service,
    SourceLocation,
    StoreCopy,
    TelemetryStore,
    Topology,
} from './topology.js';
import { linksOf, type Links } from './links.js';
import { majorityOf, zonesThatTake } from './lost-zones.js';
import { managementCluster, qualifiedServiceName } from './topology.js';

/**
 * All elements of a topology, with the look-ups that everything behind needs. Built once for each topology. Of links
 * there may be more than are listed, see {@link Links}.
 */
export interface Elements {
    readonly all: readonly Element[];
    /** How many they are. */
    readonly size: number;
    /**
     * All but links that are elements only because a request crosses them, or somebody asked: for whoever looks for
     * anything else.
     */
    readonly listed: readonly Element[];
    /** The same in lists, those of services first: each is the same object as long as an edit leaves its elements alone. */
    readonly lists: readonly (readonly Element[])[];
    readonly byName: ByElementName<Element>;
    /** Declared under a name that another kind of thing has already; such names are left to that. */
    readonly colliding: readonly Element[];
    readonly links: Links;
}

/** Something of each element, found by its name. */
export interface ByElementName<T> {
    readonly get: (name: ElementName) => T | undefined;
    readonly has: (name: ElementName) => boolean;
}

/**
 * Lists everything that can fail, in order of declaration; containers come before their parts.
 *
 * @param homed the clusters in which services run
 */
export function elementsOf(topology: Topology, homed = homedIn(topology)): Elements {
    const byName = new Map<ElementName, Element>();
    const colliding: Element[] = [];
    const add: Add = (element) => {
        const known = byName.get(element.name);
        if (!known) byName.set(element.name, element);
        else if (known.kind !== element.kind) colliding.push(known.declared && !element.declared ? known : element);
        return element.name;
    };
    addRegions(topology, add);
    for (const cluster of topology.clusters) addCluster(cluster, !homed.has(cluster.name), topology.regions, add);
    const management = managementCluster(topology);
    if (management) addStores(management, topology.regions, add);
    const links = linksOf(topology);
    for (const link of links.listed) link.forEach(add);
    const places = placesIn(topology);
    for (const service of topology.services) addService(service, places, add);
    for (const external of topology.externalServices) {
        const name = externalName(external.name);
        add({ ...declaredBy(external.nameAt), name, kind: 'external-service', ...placed(external, topology.regions) });
    }
    for (const { name, nameAt } of topology.sharedFates)
        add({ ...declaredBy(nameAt), name: fateName(name), kind: 'shared-fate' });
    const all = [...byName.values()];
    return { all, size: all.length, listed: all, lists: [all], byName, colliding, links };
}

function homedIn({ services }: Topology): ReadonlySet<string> {
    return new Set(services.flatMap((service) => service.homes.map((home) => home.cluster)));
}

/** The elements of a service: itself, and its instances in each home, each name once. */
export function elementsOfService(service: Service, places: Places): Element[] {
    const byName = new Map<ElementName, Element>();
    addService(service, places, (element) => {
        if (!byName.has(element.name)) byName.set(element.name, element);
        return element.name;
    });
    return [...byName.values()];
}

type Add = (element: Element) => ElementName;

const declaredBy = (at: SourceLocation) => ({ at, declared: true, parents: [] });
const impliedBy = (at: SourceLocation) => ({ at, declared: false, parents: [] });
const standing = (locality: Locality | undefined) => (locality ? { locality } : {});
const declaredOrImplied = (at: SourceLocation | undefined, otherwise: SourceLocation) =>
    at ? declaredBy(at) : impliedBy(otherwise);

/** More copies than these, in several places, are not told apart: any of the places takes too many. */
export const mostCopiesToldApart = 100;

/** In one place as an external store stands there, or in several of them. */
function placed(
    { places, replicas }: ExternalService,
    regions: readonly Region[],
): Pick<Element, 'locality' | 'places' | 'spread'> {
    const [place] = places;
    if (places.length > 1) {
        const { count, needed } = replicas ?? {};
        const copies = count !== undefined && needed !== undefined && { count, needed };
        const known =
            copies && copies.count > mostCopiesToldApart ? { count: places.length, needed: places.length } : copies;
        return { places: { at: places, ...(known && { copies: known }) } };
    }
    const isPinned = place?.zone !== undefined && !replicas?.zones.length;
    return { ...standing(place), ...(isPinned ? {} : spreadOver(replicas, place?.region, regions)) };
}

/** Copies of which several are needed stand in all zones of the region, unless the file names some. */
function spreadOver(
    replicas: Replicas | undefined,
    region: string | undefined,
    regions: readonly Region[],
    needed = replicas?.needed ?? 1,
): Pick<Element, 'spread'> {
    if (!replicas || region === undefined) return {};
    const everywhere = needed > 1 ? (regions.find(({ name }) => name === region)?.zones ?? []) : [];
    const zones = replicas.zones.length > 0 ? replicas.zones : everywhere.map(({ name }) => name);
    if (zones.length === 0) return {};
    return {
        spread: {
            region,
            zones,
            lostWith: needed > 1 ? zonesThatTake(replicas, zones.length, needed) : zones.length,
            ...((replicas.needed ?? 1) > 1 && { needsSeveral: true }),
        },
    };
}

/** What runs in a cluster stands where its cluster does, whatever zones it claims besides. */
function spreadInside(
    replicas: Replicas | undefined,
    cluster: Locality | undefined,
    regions: readonly Region[],
): Pick<Element, 'spread'> {
    return cluster?.zone === undefined ? spreadOver(replicas, cluster?.region, regions) : {};
}

/** Members of an electing store need a majority, unless the file says how many; a single one elects nobody. */
function spreadOfStore(
    { kind, replicas, placement }: Postgres | TelemetryStore,
    place: Locality | undefined,
    regions: readonly Region[],
): Pick<Element, 'spread'> {
    if (place?.zone !== undefined && (placement.value === 'internal' || !replicas?.zones.length)) return {};
    const elects = componentKinds[kind].elects && replicas && replicas.count > 1;
    const needed = replicas?.needed ?? (elects ? majorityOf(replicas) : 1);
    return spreadOver(replicas, place?.region, regions, needed);
}

function addRegions(topology: Topology, add: Add): void {
    for (const region of topology.regions) {
        const parent = add({
            ...declaredBy(region.nameAt),
            name: regionName(region.name),
            kind: 'region',
        });
        for (const zone of region.zones) {
            const name = zoneName(region.name, zone.name);
            add({ ...declaredBy(zone.nameAt), name, kind: 'zone', parents: [parent] });
        }
    }
}

function addCluster(cluster: Cluster, withoutService: boolean, regions: readonly Region[], add: Add): void {
    const here = { cluster: cluster.name };
    const part = (path: string) => partName(cluster.name, path);
    const whole = add({
        ...declaredBy(cluster.nameAt),
        ...here,
        ...standing(cluster.locality),
        name: clusterName(cluster.name),
        kind: kindOf(cluster),
    });
    // what waits, and what the vendor runs, fails as one
    if (cluster.kind === 'standby') return;
    const isHosted = cluster.kind === 'management' && cluster.isHosted;
    if (isHosted && !cluster.edge) return;
    const implied = { ...impliedBy(cluster.nameAt), ...here, parents: [whole] };
    add({ ...implied, name: part('kubernetes-api'), kind: 'kubernetes-api' });
    add({ ...implied, name: part('dns'), kind: 'cluster-dns' });
    if (cluster.kind === 'management' && !isHosted) {
        const { managementPlane, central } = cluster;
        const planeLine = declaredOrImplied(managementPlane.at, cluster.nameAt);
        const centralLine = declaredOrImplied(central.at, cluster.nameAt);
        const plane = part('management-plane');
        add({ ...implied, ...planeLine, parents: [whole], name: plane, kind: 'management-plane' });
        const absent = managementPlane.gitops.value ? [] : ['management-gitops' as const];
        addParts('management-plane', plane, { ...implied, at: planeLine.at }, add, absent);
        const name = part('central-control-plane');
        add({ ...implied, ...centralLine, parents: [whole], name, kind: 'central-control-plane' });
    }
    if (!cluster.edge) return;
    const edgeLine = declaredOrImplied(cluster.edge.at, cluster.nameAt);
    const edge = part('edge-control-plane');
    add({ ...implied, ...edgeLine, parents: [whole], name: edge, kind: 'edge-control-plane' });
    addParts('edge-control-plane', edge, { ...implied, at: edgeLine.at }, add);
    const dataPlaneLine = declaredOrImplied(cluster.dataPlaneAt, cluster.nameAt);
    const dataPlane = part('data-plane');
    add({ ...implied, ...dataPlaneLine, parents: [whole], name: dataPlane, kind: 'data-plane' });
    add({ ...implied, at: dataPlaneLine.at, parents: [dataPlane], name: part('istiod'), kind: 'istiod' });
    for (const gateway of cluster.gateways) {
        add({
            ...declaredBy(gateway.nameAt),
            ...here,
            ...spreadInside(gateway.replicas, cluster.locality, regions),
            name: part(gateway.name),
            kind: 'gateway',
            parents: [dataPlane],
        });
    }
    if (withoutService && hasImplicitWorkload(cluster)) {
        add({ ...implied, name: instancesName(implicitWorkload, cluster.name), kind: 'instances' });
    }
}

function kindOf(cluster: Cluster): ComponentKindId {
    if (cluster.kind === 'workload') return 'workload-cluster';
    if (cluster.kind === 'standby') return 'standby-management-cluster';
    return cluster.isHosted ? 'hosted-management-cluster' : 'management-cluster';
}

/** A cluster counts as running something although no service says so, unless it says that it does not, or is there for a tier1 gateway. */
function hasImplicitWorkload(cluster: Cluster): boolean {
    return (
        cluster.kind === 'workload' &&
        !cluster.noWorkloads &&
        !cluster.gateways.some((gateway) => gateway.roles.includes('tier1'))
    );
}

function addParts(
    plane: 'management-plane' | 'edge-control-plane',
    name: ElementName,
    implied: Omit<Element, 'name' | 'kind'>,
    add: Add,
    absent: readonly ComponentKindId[] = [],
): void {
    for (const kind of partsOf[plane]) {
        if (absent.includes(kind)) continue;
        add({ ...implied, parents: [name], name: partName(name, componentKinds[kind].segment!), kind });
    }
}

const partsOf = {
    'management-plane': kindsIn('management-plane'),
    'edge-control-plane': kindsIn('edge-control-plane'),
};

function kindsIn(plane: ComponentKindId): readonly ComponentKindId[] {
    return (Object.keys(componentKinds) as ComponentKindId[]).filter((kind) => componentKinds[kind].partOf === plane);
}

function addStores(management: ManagementCluster, regions: readonly Region[], add: Add): void {
    const { managementPlane: plane, name: cluster, nameAt, locality } = management;
    const inCluster = { cluster, parents: [clusterName(cluster)] };
    const line = plane.at ?? nameAt;
    if (management.isHosted) return addIdentityProvider(management, add);
    for (const store of [plane.postgres, plane.telemetryStore]) {
        const isInternal = store.placement.value === 'internal';
        add({
            ...declaredOrImplied(store.at, line),
            ...(isInternal ? inCluster : standing(store.locality)),
            ...spreadOfStore(store, isInternal ? locality : store.locality, regions),
            name: storeName(store.kind),
            kind: store.kind,
        });
        if (store.copy) add(copyElement(store, store.copy, inCluster));
    }
    const key = declaredOrImplied(plane.iamSigningKey.at, line);
    add({ ...key, ...inCluster, name: storeName('iam-signing-key'), kind: 'iam-signing-key' });
    const ca = declaredOrImplied(plane.rootCa.at, line);
    add({ ...ca, ...inCluster, name: storeName('root-ca'), kind: 'root-ca' });
    addIdentityProvider(management, add);
}

/** Where nobody says where it stands, one failure of the place of its store takes both. */
function copyElement(
    { kind, placement, locality }: Postgres | TelemetryStore,
    { at, locality: own }: StoreCopy,
    inCluster: Pick<Element, 'cluster' | 'parents'>,
): Element {
    const beside = placement.value === 'internal' ? inCluster : standing(locality);
    return { ...declaredBy(at), ...(own ? standing(own) : beside), name: copyName(kind), kind: 'store-copy' };
}

function addIdentityProvider({ managementPlane, name: cluster }: ManagementCluster, add: Add): void {
    const provider = managementPlane.identityProvider;
    if (!provider) return;
    add({
        ...declaredBy(provider.at),
        ...(provider.placement.value === 'internal'
            ? { cluster, parents: [clusterName(cluster)] }
            : standing(provider.locality)),
        name: identityProviderName,
        kind: 'identity-provider',
    });
}

/** Where homes may stand. */
export interface Places {
    readonly clusters: ReadonlyMap<string, Cluster>;
    readonly regions: readonly Region[];
}

/** Found once for all services of a topology. */
export function placesIn({ clusters, regions }: Topology): Places {
    return { clusters: new Map(clusters.map((cluster) => [cluster.name, cluster])), regions };
}

function addService(service: Service, places: Places, add: Add): void {
    if (service.outside) return;
    const name = serviceName(service.shortName);
    const qualified = serviceName(qualifiedServiceName(service));
    add({
        ...declaredBy(service.nameAt),
        name,
        kind: 'service',
        service: service.shortName,
        ...(qualified !== name && { qualifiedName: qualified }),
    });
    for (const home of service.homes) addHome(service, name, home, places, add);
}

/** Virtual machines stand beside their cluster, in its region: they do not die with it. */
function addHome(service: Service, whole: ElementName, home: Home, { clusters, regions }: Places, add: Add): void {
    const locality = clusters.get(home.cluster)?.locality;
    const namesZones = (home.replicas?.zones ?? []).length > 0;
    const place = !home.virtualMachines
        ? spreadInside(home.replicas, locality, regions)
        : {
              ...standing(locality),
              ...(namesZones || locality?.zone === undefined
                  ? spreadOver(home.replicas, locality?.region, regions)
                  : {}),
          };
    const name = instancesName(service.shortName, home.cluster);
    const qualified = instancesName(qualifiedServiceName(service), home.cluster);
    add({
        ...declaredBy(home.at),
        ...place,
        name,
        ...(qualified !== name && { qualifiedName: qualified }),
        kind: 'instances',
        cluster: home.cluster,
        service: service.shortName,
        parents: home.virtualMachines ? [whole] : [clusterName(home.cluster), whole],
    });
}
