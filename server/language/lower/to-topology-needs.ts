import type { AstNode } from 'langium';
import {
    clusterName,
    externalName,
    gatewayName,
    identityProviderName,
    partName,
    regionName,
    storeName,
    type ElementName,
} from '../../topology/element-name.js';
import type { DeclaredNeed, Needed, NeededWhen } from '../../topology/topology.js';
import * as ast from '../generated/ast.js';
import { locationOf } from '../naming/location.js';
import type { EstateNames } from '../naming/estate-names.js';
import { nameOfGateway } from '../naming/names.js';
import { shortNameOf } from '../naming/scope-provider.js';
import { gatewaysOf } from '../naming/declared.js';
import { durationInSeconds } from '../syntax/amounts.js';
import { allItems, isChoice } from '../syntax/items.js';
import type { Thing } from '../../topology/thing.js';
import type { Subject } from '../naming/subjects.js';
import { toThings } from './to-promises.js';

function needsOf(of: ElementName, items: readonly AstNode[], names: EstateNames): DeclaredNeed[] {
    return needsIn(items, names).map((need) => ({ of, ...need }));
}

export function needsOfRegion({ name, items }: ast.Region, names: EstateNames): DeclaredNeed[] {
    return needsOf(regionName(name), items, names);
}

export function needsOfExternal({ name, items }: ast.ExternalService, names: EstateNames): DeclaredNeed[] {
    return needsOf(externalName(name), items, names);
}

/**
 * What a cluster requires, and what is in it.
 *
 * @param blocks what they say, each workload cluster requires
 */
export function needsOfCluster(
    cluster: ast.Cluster,
    blocks: readonly ast.WorkloadDefaults[],
    names: EstateNames,
): DeclaredNeed[] {
    const unsaid = ast.isWorkloadCluster(cluster) ? blocks.flatMap((block) => block.items) : [];
    const items = [...cluster.items, ...unsaid];
    const ofPart = (part: Parameters<typeof partName>[1], inside: readonly AstNode[]) =>
        needsOf(partName(cluster.name, part), inside, names);
    return [
        ...needsOf(clusterName(cluster.name), items, names),
        ...allItems(items, 'EdgeControlPlane').flatMap((plane) => ofPart('edge-control-plane', plane.items)),
        ...allItems(cluster.items, 'CentralControlPlane').flatMap((plane) =>
            ofPart('central-control-plane', plane.items),
        ),
        ...allItems(cluster.items, 'ManagementPlane').flatMap((plane) => [
            ...ofPart('management-plane', plane.items),
            ...needsInPlane(plane, names),
        ]),
        ...gatewaysOf(cluster).flatMap((gateway) => {
            const name = nameOfGateway(gateway);
            return name ? needsOf(gatewayName({ cluster: cluster.name, name }), gateway.items, names) : [];
        }),
    ];
}

function needsInPlane({ items }: ast.ManagementPlane, names: EstateNames): DeclaredNeed[] {
    return [
        ...allItems(items, 'Postgres').flatMap((store) => needsOf(storeName('postgres'), store.items, names)),
        ...allItems(items, 'TelemetryStore').flatMap((store) => needsOf(storeName(store.kind), store.items, names)),
        ...allItems(items, 'IdentityProvider').flatMap((provider) =>
            needsOf(identityProviderName, provider.items, names),
        ),
    ];
}

/** What something requires that is named, and not declared. */
export type NeedOfThing = Omit<DeclaredNeed, 'of'> & { readonly of: Thing };

/** What `about` says to be required by what has no declaration, such as `east.istiod`, `link east/mgmt` or `every gateway`. */
export function toNeedsOfThings(
    subjects: ReadonlyMap<ast.About, readonly Subject[]>,
    names: EstateNames,
): NeedOfThing[] {
    return [...subjects].flatMap(([about, all]) => {
        const needs = needsIn(about.items, names);
        if (needs.length === 0) return [];
        const things = toThings(about.things.filter((_, index) => all[index]!.kind === 'wordless'));
        return things.flatMap((of) => needs.map((need) => ({ of, ...need })));
    });
}

/** What the lines of a block require; what cannot be read, or means nothing, has a diagnostic of its own. */
export function needsIn(items: readonly AstNode[], names: EstateNames): Omit<DeclaredNeed, 'of'>[] {
    return allItems(items, 'Requires').flatMap((line) => {
        const when = whenOf(line);
        const at = locationOf(line);
        const needed = line.callees.flatMap((callee) => neededBy(callee, names) ?? []);
        if (!when || needed.length === 0) return [];
        // of one that is unknown nobody knows whether it would do
        const isEither = isChoice(line) && needed.length === line.callees.length;
        return isEither ? [{ anyOf: needed, when, at }] : needed.map((one) => ({ anyOf: [one], when, at }));
    });
}

function neededBy({ service }: ast.ServiceReference, names: EstateNames): Needed | undefined {
    const meant = service?.ref;
    if (!meant) return undefined;
    return ast.isService(meant)
        ? { kind: 'service', name: shortNameOf(meant, names) }
        : { kind: 'external-service', name: meant.name };
}

/** Whether a line says nothing of starting, or of intervals. */
export function isAtEveryMoment({ start, every }: ast.Requires): boolean {
    return !start && every === undefined;
}

function whenOf({ start, every, ttl }: ast.Requires): NeededWhen | undefined {
    if (start) return 'start';
    if (every === undefined) return 'always';
    const seconds = durationInSeconds(every);
    const life = ttl === undefined ? seconds : durationInSeconds(ttl);
    return seconds && life ? { every: seconds, ttl: Math.max(seconds, life) } : undefined;
}

/** The external service that a name means; empty where it means another thing, or none. */
export function externalsOf({ service }: ast.ServiceReference): string[] {
    return ast.isExternalService(service?.ref) ? [service.ref.name] : [];
}

/** From where Git objects come, where that is said. */
export function fromWhere(item: ast.GitOps | undefined): { readonly gitopsFrom?: string } {
    const [from] = item?.source ? externalsOf(item.source) : [];
    return from === undefined ? {} : { gitopsFrom: from };
}
