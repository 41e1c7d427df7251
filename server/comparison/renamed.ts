import type {
    Callee,
    Cluster,
    DeclaredNeed,
    Exposure,
    Gateway,
    GatewayRef,
    Helper,
    Home,
    Locality,
    ManagementPlane,
    NetworkLine,
    Replicas,
    Service,
    Setting,
    Backup,
    Topology,
} from '../topology/topology.js';
import { directedLinkName, linkName, type ElementName } from '../topology/element-name.js';
import { elementsOf } from '../topology/elements.js';
import { partsOf, refTo, serviceRef, type Ref } from './described.js';
import type { Renames } from './renames.js';

/**
 * An estate with the names of a later one, so that each of its elements is called as there. Services have the short names
 * that the later estate has for them, whether they are renamed or only more of one name have come.
 */
export function withLaterNames(earlier: Topology, later: Topology, renames: Renames): Topology {
    const names = namesFor(earlier, later, renames);
    return names ? withNames(earlier, names) : earlier;
}

interface Names {
    readonly region: (name: string) => string;
    readonly zone: (region: string, name: string) => string;
    readonly cluster: (name: string) => string;
    readonly gateway: (cluster: string, name: string) => string;
    /** By its short name. */
    readonly service: (name: string) => { readonly name: string; readonly shortName: string };
    readonly external: (name: string) => string;
    readonly host: (name: string) => string;
}

/** Undefined where all names are the same. */
function namesFor(earlier: Topology, later: Topology, renames: Renames): Names | undefined {
    const own = (ref: Ref) => partsOf(renames.get(ref) ?? ref).at(-1)!;
    const laterServices = new Map(later.services.map((service) => [serviceRef(service), service]));
    const services = new Map(
        earlier.services.map((service) => {
            const ref = serviceRef(service);
            return [service.shortName, laterServices.get(renames.get(ref) ?? ref) ?? service];
        }),
    );
    if (renames.size === 0 && [...services].every(([name, { shortName }]) => name === shortName)) return undefined;
    return {
        region: (name) => own(refTo('region', name)),
        zone: (region, name) => own(refTo('zone', region, name)),
        cluster: (name) => own(refTo('cluster', name)),
        gateway: (cluster, name) => own(refTo('gateway', cluster, name)),
        service: (name) => services.get(name) ?? { name, shortName: name },
        external: (name) => own(refTo('external', name)),
        host: (name) => own(refTo('host', name)),
    };
}

function withNames(topology: Topology, names: Names): Topology {
    const locality = (place: Locality): Locality => ({
        ...place,
        region: names.region(place.region),
        ...(place.zone !== undefined && { zone: names.zone(place.region, place.zone) }),
    });
    const standing = <T extends { readonly locality?: Locality }>(thing: T): T =>
        thing.locality ? { ...thing, locality: locality(thing.locality) } : thing;
    const spread = (replicas: Replicas, region = ''): Replicas => ({
        ...replicas,
        zones: replicas.zones.map((zone) => names.zone(region, zone)),
    });
    const copied = <T extends { readonly replicas?: Replicas }>(thing: T, region: string | undefined): T =>
        thing.replicas ? { ...thing, replicas: spread(thing.replicas, region) } : thing;
    const regionOf = new Map(topology.clusters.map(({ name, locality: place }) => [name, place?.region]));
    const gatewayRef = (ref: GatewayRef): GatewayRef => ({
        ...ref,
        cluster: names.cluster(ref.cluster),
        gateway: names.gateway(ref.cluster, ref.gateway),
    });
    const callee = (called: Callee): Callee => ({
        ...called,
        name: called.kind === 'service' ? names.service(called.name).shortName : names.external(called.name),
        ...(called.through && { through: called.through.map(gatewayRef) }),
    });
    const helper = (asked: Helper): Helper => (asked.by ? { ...asked, by: callee(asked.by) } : asked);
    const helped = <T extends { readonly externalAuthorization?: Helper; readonly rateLimit?: Helper }>(
        thing: T,
    ): T => ({
        ...thing,
        ...(thing.externalAuthorization && { externalAuthorization: helper(thing.externalAuthorization) }),
        ...(thing.rateLimit && { rateLimit: helper(thing.rateLimit) }),
    });
    const backup = (kept: Setting<Backup>): Setting<Backup> =>
        kept.value.kind === 'kept' ? { ...kept, value: standing(kept.value) } : kept;
    const store = <T extends ManagementPlane['postgres' | 'telemetryStore']>(of: T, region: string | undefined): T => ({
        ...copied(standing(of), of.locality?.region ?? region),
        backup: backup(of.backup),
        ...(of.copy && { copy: standing(of.copy) }),
    });
    const from = <K extends 'gitopsFrom' | 'gslbBy'>(key: K, external: string | undefined): { [key in K]?: string } =>
        (external === undefined ? {} : { [key]: names.external(external) }) as { [key in K]?: string };
    const need = <T extends Pick<DeclaredNeed, 'anyOf'>>(of: T): T => ({
        ...of,
        anyOf: of.anyOf.map(({ kind, name }) => ({
            kind,
            name: kind === 'service' ? names.service(name).shortName : names.external(name),
        })),
    });
    const plane = (of: ManagementPlane, region: string | undefined): ManagementPlane => ({
        ...of,
        ...from('gitopsFrom', of.gitopsFrom),
        postgres: store(of.postgres, region),
        telemetryStore: store(of.telemetryStore, region),
        iamSigningKey: { ...of.iamSigningKey, backup: backup(of.iamSigningKey.backup) },
        rootCa: { ...of.rootCa, backup: backup(of.rootCa.backup) },
        ...(of.identityProvider && { identityProvider: standing(of.identityProvider) }),
    });
    const gateway = (of: Gateway, region: string | undefined): Gateway => ({
        ...helped(copied(of, region)),
        name: names.gateway(of.cluster, of.name),
        cluster: names.cluster(of.cluster),
    });
    const cluster = <T extends Cluster>(of: T): T => ({
        ...standing(of),
        name: names.cluster(of.name),
        gateways: of.gateways.map((each) => gateway(each, of.locality?.region)),
        ...(of.kind === 'management' && { managementPlane: plane(of.managementPlane, of.locality?.region) }),
        ...(of.edge && { edge: { ...of.edge, ...from('gitopsFrom', of.edge.gitopsFrom) } }),
    });
    const home = (of: Home): Home => ({
        ...copied(of, regionOf.get(of.cluster)),
        cluster: names.cluster(of.cluster),
        ...(of.virtualMachines?.gateway && {
            virtualMachines: { ...of.virtualMachines, gateway: gatewayRef(of.virtualMachines.gateway) },
        }),
    });
    const exposure = (of: Exposure): Exposure => ({
        ...of,
        host: names.host(of.host),
        ...from('gslbBy', of.gslbBy),
        via: of.via.map(gatewayRef),
        through: of.through.map((hop) => hop.map(gatewayRef)),
        to: of.to.map((target) => ({
            ...target,
            cluster: names.cluster(target.cluster),
            ...(target.gateways && { gateways: target.gateways.map((each) => names.gateway(target.cluster, each)) }),
        })),
    });
    const service = (of: Service): Service => {
        const outside = of.outside && names.external(of.name);
        const { name, shortName } =
            outside === undefined ? names.service(of.shortName) : { name: outside, shortName: outside };
        return {
            ...helped(of),
            name,
            shortName,
            homes: of.homes.map(home),
            exposures: of.exposures.map(exposure),
            calls: of.calls.map(callee),
            requires: of.requires.map(callee),
            ...(of.requiresOneOf && { requiresOneOf: of.requiresOneOf.map((each) => each.map(callee)) }),
            ...(of.needs && { needs: of.needs.map(need) }),
        };
    };
    const line = (of: NetworkLine): NetworkLine => ({
        ...of,
        from: of.from.map(names.cluster),
        to: of.to.map(names.cluster),
    });
    const { unknown } = topology.network;
    const renamed: Topology = {
        ...topology,
        regions: topology.regions.map((region) => ({
            ...region,
            name: names.region(region.name),
            zones: region.zones.map((zone) => ({ ...zone, name: names.zone(region.name, zone.name) })),
        })),
        clusters: topology.clusters.map(cluster),
        services: topology.services.map(service),
        externalServices: topology.externalServices.map((of) => ({
            ...copied(of, of.places[0]?.region),
            places: of.places.map(locality),
            name: names.external(of.name),
        })),
        network: {
            ...topology.network,
            lines: topology.network.lines.map(line),
            ...(unknown && {
                unknown: { ...unknown, from: unknown.from.map(names.cluster), to: unknown.to.map(names.cluster) },
            }),
        },
    };
    if (topology.needs.length + topology.sharedFates.length === 0) return renamed;
    const nameOf = namesOfElements(topology, renamed, names);
    return {
        ...renamed,
        needs: topology.needs.map((each) => ({ ...need(each), of: nameOf(each.of) })),
        sharedFates: topology.sharedFates.map((fate) => ({ ...fate, takes: fate.takes.map(nameOf) })),
    };
}

/** How each element is called in the same estate with other names. */
function namesOfElements(before: Topology, after: Topology, names: Names): (name: ElementName) => ElementName {
    const elements = elementsOf(before);
    const later = elementsOf(after).listed;
    const nameOf = new Map(elements.listed.map(({ name }, index) => [name, later[index]!.name]));
    return (name) => {
        const { kind, ends } = elements.links.named(name) ?? {};
        if (!ends) return nameOf.get(name) ?? name;
        const [from, to] = [names.cluster(ends.from), names.cluster(ends.to)];
        return kind === 'link' ? linkName(from, to) : directedLinkName(from, to);
    };
}
