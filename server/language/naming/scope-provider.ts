import {
    AstUtils,
    EMPTY_SCOPE,
    stream,
    type AstNodeDescription,
    type ReferenceInfo,
    type Scope,
    type ScopeProvider,
} from 'langium';
import type { EstateNames, NameTable } from './estate-names.js';
import type { Estates } from './estates.js';
import { declaredBy } from './declared.js';
import { componentKinds } from '../../knowledge/components.js';
import * as ast from '../generated/ast.js';
import { storesOf } from '../syntax/items.js';
import { clusterOfGateway, qualifiedName } from './names.js';

/** Answers what a reference can mean: names of the same topology, by look-up in its tables. */
export class TsbtopoScopeProvider implements ScopeProvider {
    constructor(private readonly estates: () => Estates) {}

    getScope({ container, property }: ReferenceInfo): Scope {
        const names = this.estates().of(AstUtils.getDocument(container).uri)?.names;
        if (!names) {
            return EMPTY_SCOPE;
        }
        switch (property) {
            case 'region':
                return tableScope(names.regions);
            case 'zone':
            case 'zones':
                return tableScope(zonesOf(regionOfZones(container, names)));
            case 'cluster':
            case 'from':
            case 'to':
                return tableScope(names.clusters);
            case 'home':
                return tableScope(names.clusters);
            case 'qualifier':
                return tableScope(names.regions);
            case 'thing':
                return ast.isNamedThing(container) ? this.thingScope(container, names) : EMPTY_SCOPE;
            case 'parts':
                return ast.isNamedThing(container)
                    ? prefixScope(names.gatewaysInClusters, `${container.thing.$refText}.`)
                    : EMPTY_SCOPE;
            case 'destination':
                // before a dot stands a cluster; alone a cluster comes before a gateway of the same name
                return ast.isTarget(container) && container.gateway
                    ? tableScope(names.clusters)
                    : firstOf(tableScope(names.clusters), tableScope(names.gateways));
            case 'gateway': {
                const cluster = clusterBefore(container);
                return cluster === undefined
                    ? tableScope(names.gateways)
                    : prefixScope(names.gatewaysInClusters, `${cluster}.`);
            }
            case 'service':
                return ast.isServiceReference(container) && container.namespace
                    ? prefixScope(names.qualifiedServices, `${container.namespace}/`)
                    : tableScope(names.callables);
            default:
                return EMPTY_SCOPE;
        }
    }

    /** What the name of a thing may be that has a declaration: by the kind before it, and by what stands around it. */
    private thingScope({ kinds, qualifier, parts, home }: ast.NamedThing, names: EstateNames): Scope {
        const kind = kinds.join(' ');
        if (qualifier) {
            const zones = tableScope(zonesOf(qualifier.ref));
            const services = prefixScope(names.qualifiedServices, `${qualifier.$refText}/`);
            return kind === 'service' || home ? services : firstOf(zones, services);
        }
        if (parts.length > 0) return isPartOfCluster(parts) ? tableScope(names.clusters) : EMPTY_SCOPE;
        if (home) return tableScope(names.callables);
        switch (kind) {
            case 'region':
                return tableScope(names.regions);
            case 'cluster':
            case 'workload cluster':
            case 'management cluster':
                return tableScope(names.clusters);
            case 'gateway':
                return tableScope(names.gateways);
            case 'service':
            case 'external service':
                return tableScope(names.callables);
            case '':
                return firstOf(
                    tableScope(names.clusters),
                    firstOf(
                        tableScope(names.regions),
                        firstOf(tableScope(names.callables), tableScope(names.gateways)),
                    ),
                );
            default:
                return EMPTY_SCOPE;
        }
    }
}

function zonesOf(region: ast.Region | undefined): NameTable {
    const zones = region ? declaredBy(region).zones : [];
    return new Map(zones.map((zone) => [zone.name, [zone]]));
}

/** Whether what stands behind a name and a dot is a part of a cluster, and no end of the name of a host. */
function isPartOfCluster([first, ...more]: ast.NamedThing['parts']): boolean {
    return first?.ref !== undefined || (more.length <= 1 && componentWords.has(first?.$refText ?? ''));
}

/** What parts of clusters are called, in full and for short. */
const componentWords: ReadonlySet<string> = new Set([...Object.keys(componentKinds), ...['edge', 'central', 'mp']]);

/** What is written before the dot in front of a gateway; undefined where it goes by its own name. */
export function clusterBefore(container: ReferenceInfo['container']): string | undefined {
    if (ast.isTarget(container)) return container.destination.$refText;
    return ast.isGatewayReference(container) ? container.cluster?.$refText : undefined;
}

/**
 * The region whose zones can be named at a place: of `us-east/a` the region before the slash, of `across zones` the
 * region in which the replicas stand.
 *
 * @param names of the estate, by which the stores are found that an `about` is about
 */
export function regionOfZones(
    container: ReferenceInfo['container'],
    names: Pick<EstateNames, 'clusters'> = { clusters: new Map() },
): ast.Region | undefined {
    if (ast.isPlace(container)) {
        return container.region?.ref;
    }
    const holder = ast.isReplicas(container) ? container.$container : undefined;
    if (ast.isHomes(holder)) {
        return holder.homes.find((home) => home.cluster.ref?.place)?.cluster.ref?.place?.region.ref;
    }
    if ((ast.isPostgres(holder) || ast.isTelemetryStore(holder)) && holder.place) {
        return holder.place.region?.ref;
    }
    if (ast.isExternalService(holder)) return holder.places[0]?.region?.ref;
    const about = AstUtils.getContainerOfType(holder, ast.isAbout);
    if (about) return regionOfThing(about.things[0], names);
    return AstUtils.getContainerOfType(holder, ast.isCluster)?.place?.region?.ref;
}

/** The region in which something stands that an `about` is about. */
function regionOfThing(thing: ast.Thing | undefined, { clusters }: Pick<EstateNames, 'clusters'>) {
    const node = ast.isNamedThing(thing) ? (thing.home?.ref ?? thing.thing?.ref) : undefined;
    const cluster = AstUtils.getContainerOfType(node, ast.isCluster);
    if (cluster) return cluster.place?.region?.ref;
    if (ast.isExternalService(node)) return node.places[0]?.region?.ref;
    const management = stream(clusters.values())
        .flatMap((candidates) => candidates.map((each) => each.node))
        .filter(ast.isManagementCluster)
        .find(({ standby }) => !standby);
    const name = ast.isNamedThing(thing) ? thing.thing?.$refText : undefined;
    const store = storesOf(management?.items ?? []).find((each) => nameOfStore(each) === name);
    return (store?.place ?? management?.place)?.region?.ref;
}

function nameOfStore(store: ast.Postgres | ast.TelemetryStore): string {
    return ast.isPostgres(store) ? 'postgres' : store.kind;
}

/** The element that a name means; undefined where nothing or more than one thing has that name. */
export function meaningOf(candidates: readonly AstNodeDescription[] | undefined): AstNodeDescription | undefined {
    const first = candidates?.[0];
    return first && candidates.every((other) => sameName(first, other)) ? first : undefined;
}

/** Whether two things with one bare name also have one full name: then it is a duplicate, and the first one is meant. */
function sameName(a: AstNodeDescription, b: AstNodeDescription): boolean {
    return a === b || fullName(a) === fullName(b);
}

function fullName({ node, name }: AstNodeDescription): string {
    if (ast.isService(node)) {
        return qualifiedName(node);
    }
    // gateways of other clusters may have the same name
    return ast.isGateway(node) ? `${clusterOfGateway(node)?.name}.${name}` : name;
}

function tableScope(table: NameTable): Scope {
    return {
        getElement: (name) => meaningOf(table.get(name)),
        getElements: (name) => stream(table.get(name) ?? []),
        getAllElements: () => stream(table.values()).flatMap((candidates) => candidates),
    };
}

/** What the one scope does not know the other is asked. */
function firstOf(one: Scope, other: Scope): Scope {
    return {
        getElement: (name) => one.getElement(name) ?? other.getElement(name),
        getElements: (name) => one.getElements(name).concat(other.getElements(name)),
        getAllElements: () => one.getAllElements().concat(other.getAllElements()),
    };
}

/** The part of a table whose names begin with a prefix, without it. */
function prefixScope(table: NameTable, prefix: string): Scope {
    return {
        getElement: (name) => meaningOf(table.get(prefix + name)),
        getElements: (name) => stream(table.get(prefix + name) ?? []),
        getAllElements: () =>
            stream(table)
                .filter(([name]) => name.startsWith(prefix))
                .flatMap(([, candidates]) => candidates),
    };
}

/** The bare name where it is unique among all that can be called, `namespace/name` elsewhere. */
export function shortNameOf(service: ast.Service, names: EstateNames): string {
    return meaningOf(names.callables.get(service.name)) ? service.name : qualifiedName(service);
}
