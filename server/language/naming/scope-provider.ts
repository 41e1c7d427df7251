import {
    AstUtils,
    EMPTY_SCOPE,
    stream,
    type AstNodeDescription,
    type AstNodeDescriptionProvider,
    type LangiumCoreServices,
    type ReferenceInfo,
    type Scope,
    type ScopeProvider,
} from 'langium';
import type { NameTable } from './estate-names.js';
import type { Estates } from './estates.js';
import * as ast from '../generated/ast.js';
import { clusterOfGateway, qualifiedName } from './names.js';

/** Answers what a reference can mean: names of the same topology, by look-up in its tables. */
export class TsbtopoScopeProvider implements ScopeProvider {
    private readonly descriptions: AstNodeDescriptionProvider;

    constructor(
        services: LangiumCoreServices,
        private readonly estates: () => Estates,
    ) {
        this.descriptions = services.workspace.AstNodeDescriptionProvider;
    }

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
                return tableScope(this.zonesOf(regionOfZones(container)));
            case 'cluster':
            case 'from':
            case 'to':
                return tableScope(names.clusters);
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

    private zonesOf(region: ast.Region | undefined): NameTable {
        const zones = region?.items.filter(ast.isZones).flatMap((item) => item.zones) ?? [];
        const named = zones.filter((zone) => Boolean(zone.name));
        return new Map(named.map((zone) => [zone.name, [this.descriptions.createDescription(zone, zone.name)]]));
    }
}

/** What is written before the dot in front of a gateway; undefined where it goes by its own name. */
export function clusterBefore(container: ReferenceInfo['container']): string | undefined {
    if (ast.isTarget(container)) return container.destination.$refText;
    return ast.isGatewayReference(container) ? container.cluster?.$refText : undefined;
}

/**
 * The region whose zones can be named at a place: of `us-east/a` the region before the slash, of `across zones` the
 * region in which the replicas stand.
 */
export function regionOfZones(container: ReferenceInfo['container']): ast.Region | undefined {
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
    return AstUtils.getContainerOfType(holder, ast.isCluster)?.place?.region?.ref;
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
