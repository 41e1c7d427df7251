import {
    byDefault,
    stated,
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
import { allItems } from '../syntax/items.js';
import { locationOf, nameLocationOf } from '../naming/location.js';
import { nameOfGateway } from '../naming/names.js';
import { gatewaysOf } from '../naming/scope-computation.js';
import { joinedDeclarations } from './joined.js';
import { toThings } from './to-promises.js';
import { toCluster } from './to-topology-cluster.js';
import { labelsOf, ownerOf } from './to-topology-common.js';
import { toNeeds, toNeedsOfThings, type NeedOfThing } from './to-topology-needs.js';
import { toNetwork } from './to-topology-network.js';
import { toExternalService, toOutside, toService } from './to-topology-service.js';

/** Services that were built before, by their nodes, with the line on which each stood. */
export type ServiceMemory = WeakMap<ast.Service, { readonly line: number; readonly service: Service }>;

/**
 * The plain data of an estate. What the files leave unsaid is filled in with documented defaults; what cannot be
 * resolved, or is declared a second time, is left out, and has a diagnostic of its own.
 *
 * @param known what was built before, with the same names in the estate; it is used and added to
 */
export function toTopology(estate: Estate, known: ServiceMemory = new WeakMap()): Topology {
    const files = estate.documents.map((document) => document.parseResult.value);
    const { declarations, subjects } = joinedDeclarations(estate);
    const headers = files.map(headerOf).filter((header) => header !== undefined);
    const services = firstOfEach(
        allItems(declarations, 'Service')
            .filter((service) => Boolean(service.name))
            .map((service) => remembered(known, service, () => toService(service, estate.names))),
        ({ shortName }) => shortName,
    );
    const defaults = allItems(declarations, 'WorkloadDefaults')
        .flatMap((block) => allItems(block.items, 'EdgeControlPlane'))
        .flatMap((plane) => plane.items);
    const hosting = clustersThatHost(services);
    const externals = firstOfEach(allItems(declarations, 'ExternalService'), nameOf);
    return withThings(
        {
            name: estate.name,
            at: headers[0] && locationOf(headers[0]),
            files: estate.documents.map((document) => document.uri.toString()),
            tsbVersion: tsbVersion(headers),
            regions: firstOfEach(allItems(declarations, 'Region'), nameOf).map(toRegion),
            clusters: firstOfEach(declarations.filter(ast.isCluster), nameOf).map((cluster) =>
                toCluster(
                    cluster,
                    firstOfEach(gatewaysOf(cluster), nameOfGateway),
                    defaults,
                    hosting.has(cluster.name),
                    estate.names,
                ),
            ),
            services: [...services, ...externals.flatMap(toOutside)],
            externalServices: externals.map(toExternalService),
            network: toNetwork(allItems(declarations, 'Network')),
            needs: toNeeds(declarations, estate.names),
            needy: [],
            sharedFates: firstOfEach(allItems(declarations, 'SharedFate'), nameOf).map(toSharedFate),
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

/** The plain data has places in it: what stands elsewhere now is built anew. */
function remembered(memory: ServiceMemory, node: ast.Service, build: () => Service): Service {
    const line = node.$cstNode?.range.start.line ?? 0;
    const known = memory.get(node);
    if (known?.line === line) return known.service;
    const service = build();
    memory.set(node, { line, service });
    return service;
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

function clustersThatHost(services: readonly Service[]): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { homes } of services) for (const { cluster } of homes) names.add(cluster);
    return names;
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
