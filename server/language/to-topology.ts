import { assumed, stated, type Region, type Setting, type Topology, type Zone } from '../topology/topology.js';
import type { Estate } from './estates.js';
import { headerOf } from './estates.js';
import * as ast from './generated/ast.js';
import { locationOf, nameLocationOf } from './location.js';
import { nameOfGateway, qualifiedName } from './names.js';
import { gatewaysOf } from './scope-computation.js';
import { toCluster } from './to-topology-cluster.js';
import { ownership } from './to-topology-common.js';
import { toNetwork } from './to-topology-network.js';
import { toExternalService, toService } from './to-topology-service.js';

/**
 * The plain data of an estate. What the files leave unsaid is filled in with documented defaults; what cannot be
 * resolved, or is declared a second time, is left out, and has a diagnostic of its own.
 */
export function toTopology(estate: Estate): Topology {
    const files = estate.documents.map((document) => document.parseResult.value);
    const declarations = files.flatMap((file) => file.declarations);
    const headers = files.map(headerOf).filter((header) => header !== undefined);
    const services = firstOfEach(
        declarations.filter(ast.isService),
        (service) => service.name && qualifiedName(service),
    );
    const defaults = declarations
        .filter(ast.isWorkloadDefaults)
        .flatMap((block) => block.items)
        .flatMap((plane) => plane.items);
    const hosting = clustersThatHost(services);
    return {
        name: estate.name,
        ...(headers[0] && { at: locationOf(headers[0]) }),
        files: estate.documents.map((document) => document.uri.toString()),
        tsbVersion: tsbVersion(headers),
        regions: firstOfEach(declarations.filter(ast.isRegion), nameOf).map(toRegion),
        clusters: firstOfEach(declarations.filter(ast.isCluster), nameOf).map((cluster) =>
            toCluster(cluster, firstOfEach(gatewaysOf(cluster), nameOfGateway), defaults, hosting.has(cluster)),
        ),
        services: services.map((service) => toService(service, estate.names)),
        externalServices: firstOfEach(declarations.filter(ast.isExternalService), nameOf).map(toExternalService),
        network: toNetwork(declarations.filter(ast.isNetwork)),
    };
}

function tsbVersion(headers: readonly ast.Header[]): Setting<string> {
    const header = headers.find((candidate) => candidate.version);
    if (!header?.version) {
        return assumed('1.10', 'tsb-version');
    }
    return stated(withoutPatch(header.version), nameLocationOf(header, 'version'));
}

/** `1.10` of `1.10.2`: what is known of TSB differs between minor versions only. */
export function withoutPatch(version: string): string {
    return /^\d+\.\d+/.exec(version)?.[0] ?? version;
}

function toRegion(region: ast.Region): Region {
    const zones = region.items.filter(ast.isZones).flatMap((item) => item.zones);
    return { ...ownership(region), name: region.name, zones: firstOfEach(zones, nameOf).map(toZone) };
}

function toZone(zone: ast.Zone): Zone {
    return { name: zone.name, at: locationOf(zone), nameAt: nameLocationOf(zone), labels: {} };
}

function clustersThatHost(services: readonly ast.Service[]): ReadonlySet<ast.Cluster> {
    const homes = services.flatMap((service) => [
        ...(service.on?.homes ?? []),
        ...service.items.filter(ast.isHomes).flatMap((item) => item.homes),
    ]);
    return new Set(homes.map((home) => home.cluster?.ref).filter((cluster) => cluster !== undefined));
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
