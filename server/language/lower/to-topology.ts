import {
    byDefault,
    stated,
    type Cluster,
    type Region,
    type Service,
    type Setting,
    type SharedFate,
    type Topology,
    type Zone,
} from '../../topology/topology.js';
import { fateName } from '../../topology/element-name.js';
import { elementsOf } from '../../topology/elements.js';
import type { Thing } from '../../topology/thing.js';
import { elementsMeant } from '../../topology/things.js';
import type { Estate } from '../naming/estates.js';
import { headerOf } from '../naming/estates.js';
import * as ast from '../generated/ast.js';
import { allDeclared, allItems } from '../syntax/items.js';
import { locationOf, nameLocationOf } from '../naming/location.js';
import type { EstateNames } from '../naming/estate-names.js';
import { nameOfGateway } from '../naming/names.js';
import { gatewaysOf } from '../naming/declared.js';
import { joinedDeclarations, type Joined } from './joined.js';
import { Memory } from './memory.js';
import { toThings } from './to-promises.js';
import { toCluster } from './to-topology-cluster.js';
import { labelsOf, ownerOf } from './to-topology-common.js';
import {
    needsOfCluster,
    needsOfExternal,
    needsOfRegion,
    toNeedsOfThings,
    type NeedOfThing,
} from './to-topology-needs.js';
import { toNetwork } from './to-topology-network.js';
import { toExternalService, toOutside, toService } from './to-topology-service.js';

/**
 * The plain data of an estate. What the files leave unsaid is filled in with documented defaults; what cannot be
 * resolved, or is declared a second time, is left out, and has a diagnostic of its own.
 *
 * @param memory what was built of this estate before; it is used and added to
 */
export function toTopology(estate: Estate, memory = new Memory()): Topology {
    const { files, subjects } = joinedDeclarations(estate);
    const headers = estate.documents.flatMap(({ parseResult }) => headerOf(parseResult.value) ?? []);
    const services = servicesOf(files, estate.names, memory);
    const blocks = allDeclared(files, 'WorkloadDefaults');
    const externals = allDeclared(files, 'ExternalService');
    const outside = firstOfEach(externals, nameOf);
    const clusters = clustersOf(files);
    const ofClusters = memory.ofClusters(blocks);
    const networks = allDeclared(files, 'Network');
    const regions = allDeclared(files, 'Region');
    return withThings(
        {
            name: estate.name,
            at: headers[0] && locationOf(headers[0]),
            files: estate.documents.map((document) => document.uri.toString()),
            tsbVersion: tsbVersion(headers),
            regions: firstOfEach(regions, nameOf).map(toRegion),
            clusters: firstOfEach(clusters, nameOf).map((cluster) => {
                const build = () => toClusterOf(estate, cluster, blocks, () => isHome(cluster, services));
                return ast.isWorkloadCluster(cluster) ? ofClusters.workload(cluster, build) : build();
            }),
            services: [...services.all, ...outside.flatMap(toOutside)],
            externalServices: outside.map(toExternalService),
            network: memory.network(networks, () => toNetwork(networks)),
            needs: [
                ...named(regions).flatMap((region) => needsOfRegion(region, estate.names)),
                ...named(clusters).flatMap((cluster) =>
                    ofClusters.needs(cluster, () => needsOfCluster(cluster, blocks, estate.names)),
                ),
                ...named(externals).flatMap((external) => needsOfExternal(external, estate.names)),
            ],
            needy: [],
            sharedFates: firstOfEach(allDeclared(files, 'SharedFate'), nameOf).map(toSharedFate),
        },
        toNeedsOfThings(subjects, estate.names),
    );
}

/** With what things mean, in shared fates and where an `about` says what they require: looked up among all elements at once. */
function withThings(topology: Topology, needs: readonly NeedOfThing[]): Topology {
    if (topology.sharedFates.length + needs.length === 0) return topology;
    const estate = { topology, elements: elementsOf(topology) };
    const namesOf = (thing: Thing) => {
        const meant = elementsMeant(estate, thing);
        return 'written' in meant ? [] : meant.map(({ name }) => name);
    };
    return {
        ...topology,
        sharedFates: topology.sharedFates.map((fate) => ({
            ...fate,
            takes: [...new Set(fate.members.flatMap(namesOf))].filter((name) => name !== fateName(fate.name)),
        })),
        needs: [
            ...topology.needs,
            ...needs.flatMap(({ of: thing, ...need }) => namesOf(thing).map((of) => ({ of, ...need }))),
        ],
        needy: [...new Set(needs.map(({ of }) => of))],
    };
}

/** The services of an estate. */
interface Services {
    readonly all: Service[];
    /** File by file: the same list as before where a file has not changed, and with those whose name another one has. */
    readonly byFile: readonly (readonly Service[])[];
}

function servicesOf(files: Joined['files'], names: EstateNames, memory: Memory): Services {
    const ofFile = (declarations: readonly ast.Declaration[]) => () =>
        named(allDeclared([declarations], 'Service')).map((service) =>
            memory.services(service, () => toService(service, names)),
        );
    const byFile = files.map((declarations) => memory.servicesOfFile(declarations, ofFile(declarations)));
    const all = byFile.flat();
    const areDistinct = names.qualifiedServices.size === all.length;
    return { all: areDistinct ? all : firstOfEach(all, ({ shortName }) => shortName), byFile };
}

/** Whether a service has a home in a cluster: in most management clusters none has, which one would else ask all of them. */
function isHome({ name }: ast.Cluster, { all, byFile }: Services): boolean {
    if (!byFile.some((services) => homesOf(services).has(name))) return false;
    return all.some(({ homes }) => homes.some(({ cluster }) => cluster === name));
}

const homesOfServices = new WeakMap<readonly Service[], ReadonlySet<string>>();

/** The clusters in which some services run; found once for each list. */
function homesOf(services: readonly Service[]): ReadonlySet<string> {
    const known = homesOfServices.get(services);
    if (known) return known;
    const clusters = new Set<string>();
    for (const { homes } of services) for (const { cluster } of homes) clusters.add(cluster);
    homesOfServices.set(services, clusters);
    return clusters;
}

function clustersOf(files: Joined['files']): ast.Cluster[] {
    return files.flatMap((declarations): ast.Cluster[] => {
        const hasBoth = allDeclared([declarations], 'ManagementCluster').length > 0;
        return hasBoth ? declarations.filter(ast.isCluster) : allDeclared([declarations], 'WorkloadCluster');
    });
}

function toClusterOf(
    { names }: Estate,
    cluster: ast.Cluster,
    blocks: readonly ast.WorkloadDefaults[],
    hosts: () => boolean,
): Cluster {
    const defaults = blocks
        .flatMap((block) => allItems(block.items, 'EdgeControlPlane'))
        .flatMap((plane) => plane.items);
    return toCluster(cluster, firstOfEach(gatewaysOf(cluster), nameOfGateway), defaults, hosts, names);
}

function tsbVersion(headers: readonly ast.Header[]): Setting<string> {
    const header = headers.find((candidate) => candidate.version);
    if (!header?.version) {
        return byDefault('tsb-version');
    }
    return stated(withoutPatch(header.version), nameLocationOf(header, 'version'));
}

/** `1.10` of `1.10.2`: what is known of TSB differs between minor versions only. */
export function withoutPatch(version: string): string {
    return /^\d+\.\d+/.exec(version)?.[0] ?? version;
}

function toRegion(region: ast.Region): Region {
    const zones = allItems(region.items, 'Zones').flatMap((item) => item.zones);
    return {
        name: region.name,
        zones: firstOfEach(zones, nameOf).map(toZone),
        at: locationOf(region),
        nameAt: nameLocationOf(region),
        owner: ownerOf(region.items),
        labels: labelsOf(region.items),
    };
}

function toSharedFate(fate: ast.SharedFate): SharedFate {
    return {
        name: fate.name,
        members: toThings(fate.things),
        takes: [],
        at: locationOf(fate),
        nameAt: nameLocationOf(fate),
        owner: ownerOf(fate.items),
        labels: labelsOf(fate.items),
    };
}

function toZone(zone: ast.Zone): Zone {
    return { name: zone.name, at: locationOf(zone), nameAt: nameLocationOf(zone), labels: labelsOf([]) };
}

function named<T extends { readonly name?: string }>(nodes: readonly T[]): T[] {
    return nodes.filter(({ name }) => Boolean(name));
}

function nameOf(node: { readonly name?: string }): string | undefined {
    return node.name;
}

/** Without those that have no name yet, and those whose name is taken. */
function firstOfEach<T>(nodes: readonly T[], name: (node: T) => string | undefined): T[] {
    const seen = new Set<string>();
    return nodes.filter((node) => {
        const key = name(node);
        return key && !seen.has(key) && seen.add(key);
    });
}
