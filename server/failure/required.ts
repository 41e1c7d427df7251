import type { NodeIndex } from '../engine/index.js';
import { copyName, externalName, placeNames, type ElementName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import type { Elements } from '../topology/elements.js';
import { jointKey } from '../topology/joint-key.js';
import { standbyCluster, type DeclaredNeed, type Needed } from '../topology/topology.js';
import type { CallPaths } from './call-paths.js';
import { ruleReason, type Construction } from './construction.js';
import { gatesOf } from './gates.js';
import type { Reason } from './graph.js';
import type { RequiredNodes, ServingNodes, Traffic } from './traffic-graph.js';

const isMember = ruleReason('R8', 'it is one of the places that can answer');
const shareThere = ruleReason('R8', 'a share of what is sent there is lost');
const noWay = ruleReason('R2', 'there is no other way to what is required');
const answersInPart: Reason = {
    rule: 'R2',
    because: 'what becomes of a thing that is answered in part is not known, so the worst is assumed',
    source: 'design',
    confidence: 'inferred',
};

/**
 * R8: the ways by which anything but a running service reaches the services that it requires: from the cluster in which it
 * stands, as a service there would that has their addresses; from nowhere, any home.
 *
 * @param ask the way from a cluster to a service, for whoever asks anew
 */
export function requiredWays(
    construction: Construction,
    ask: CallPaths['anew'],
    serving: ReadonlyMap<string, readonly ServingNodes[]>,
): Traffic['required'] {
    const { routes } = construction;
    const { allOf, anyOf } = gatesOf(construction);
    const known = new Map<string, RequiredNodes | undefined>();
    const keyOf = (from: string | undefined, service: string) => jointKey(from ?? '', service);

    function made(from: string | undefined, name: string): RequiredNodes | undefined {
        const service = routes.service(name);
        if (!service) return undefined;
        if (from !== undefined) return ask(from, { kind: 'service', name, at: service.nameAt });
        const homes = (serving.get(name) ?? []).filter(({ servesInHealth }) => servesInHealth);
        const route = { kind: 'anywhere', callee: name } as const;
        const allLose = (losses: readonly (NodeIndex | undefined)[]) =>
            allOf(
                route,
                losses.filter((node) => node !== undefined),
                isMember,
            );
        const lost = allLose(homes.map(({ serves }) => serves));
        if (lost === undefined) return undefined;
        if (homes.every(({ limited }) => limited === undefined)) return { lost, limited: undefined };
        const inPart = homes.map(({ serves, limited }) =>
            anyOf(route, [
                [serves, isMember],
                [limited, shareThere],
            ]),
        );
        return { lost, limited: allLose(inPart) };
    }

    for (const [from, service] of asked(construction)) {
        const key = keyOf(from, service);
        if (!known.has(key)) known.set(key, made(from, service));
    }
    return (from, service) => known.get(keyOf(from, service));
}

/** From where which services are required by whatever the file says that it requires them. */
function* asked(construction: Construction): Generator<readonly [from: string | undefined, service: string]> {
    const { topology, elements } = construction;
    const standby = standbyCluster(topology);
    const copies = (['postgres', 'elasticsearch', 'banyandb'] as const).map((kind) =>
        elements.byName.get(copyName(kind)),
    );
    const standIns = [...(standby ? [standby.name] : []), ...copies.flatMap((copy) => (copy ? [copy.cluster] : []))];
    for (const need of topology.needs) {
        const services = servicesAmong(need);
        if (services.length === 0) continue;
        const holders = holdersOf(construction, need);
        for (const from of [...holders.map(({ cluster }) => cluster), ...standIns])
            for (const service of services) yield [from, service];
    }
    for (const { homes, needs = [] } of topology.services)
        for (const service of needs.flatMap(servicesAmong)) for (const { cluster } of homes) yield [cluster, service];
}

/** Of what is required, the services, by their short names. */
export function servicesAmong({ anyOf }: Pick<DeclaredNeed, 'anyOf'>): readonly string[] {
    return anyOf.flatMap(({ kind, name }) => (kind === 'service' ? [name] : []));
}

/** What requires something, and with a region or a zone all that stands in it, which requires it by itself. */
export function holdersOf(
    { elements }: { readonly elements: Pick<Elements, 'byName' | 'listed' | 'links'> },
    { of }: Pick<DeclaredNeed, 'of'>,
): readonly Element[] {
    const holder = elements.byName.get(of) ?? elements.links.named(of);
    if (!holder) return [];
    if (holder.kind !== 'region' && holder.kind !== 'zone') return [holder];
    return [holder, ...(standingIn(elements.listed).get(holder.name) ?? [])];
}

const standing = new WeakMap<readonly Element[], ReadonlyMap<ElementName, readonly Element[]>>();

/** What stands by itself in each region and zone; found once for a list. */
function standingIn(elements: readonly Element[]): ReadonlyMap<ElementName, readonly Element[]> {
    const known = standing.get(elements);
    if (known) return known;
    const found = new Map<ElementName, Element[]>();
    for (const element of elements) {
        for (const place of element.locality ? placeNames(element.locality) : []) {
            const there = found.get(place);
            if (there) there.push(element);
            else found.set(place, [element]);
        }
    }
    standing.set(elements, found);
    return found;
}

/** The nodes of what is there of some that are required; what has no way even in health is left out. */
export function nodesRequired(
    { elementNode }: Pick<Construction, 'elementNode'>,
    required: Traffic['required'],
    { anyOf }: Pick<DeclaredNeed, 'anyOf'>,
    from: string | undefined,
): readonly (RequiredNodes & { readonly needed: Needed })[] {
    return anyOf.flatMap((needed) => {
        const external = needed.kind === 'service' ? undefined : elementNode(externalName(needed.name));
        const nodes =
            needed.kind === 'service'
                ? required(from, needed.name)
                : external !== undefined && { lost: external, limited: undefined };
        return nodes ? [{ needed, lost: nodes.lost, limited: nodes.limited }] : [];
    });
}

/** Fails as soon as a share of what is asked there is lost. */
export function answeredInPart(
    construction: Pick<Construction, 'builder' | 'input'>,
    { needed, lost, limited }: RequiredNodes & { readonly needed: Needed },
    from: string | undefined,
): NodeIndex {
    const route = { kind: 'required', from, callee: needed.name } as const;
    const gate = gatesOf(construction).anyOf(route, [
        [lost, noWay],
        [limited, answersInPart],
    ]);
    return gate!;
}
