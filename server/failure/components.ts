import {
    clusterName,
    identityProviderName,
    partName,
    regionName,
    storeName,
    zoneName,
} from '../topology/element-name.js';
import type { NodeIndex } from '../engine/index.js';
import type { ComponentKindId } from '../knowledge/components.js';
import { componentKinds } from '../knowledge/components.js';
import type { Element, Spread } from '../topology/element.js';
import type { Construction } from './construction.js';
import { isPart, ruleReason } from './construction.js';
import type { Reason } from './graph.js';
import { addPlaces, survivesOneZone, tooFew } from './several-places.js';

const standsThere = ruleReason('R1', 'it stands there');
const spreadThere = ruleReason('R1', 'its copies are spread over these zones');

/** How many zones of its region must be lost before something is lost that is pinned to none of them. */
const zonesThatTakeTheUnpinned = 2;

/** R1: what fails takes along what it hosts, and what stands in it. */
export function addContainment(construction: Construction): void {
    const { topology, elements, elementNode, input } = construction;
    const zonesOf = new Map(topology.regions.map((region) => [region.name, region.zones.map((zone) => zone.name)]));
    for (const element of elements.listed) {
        const node = elementNode(element.name)!;
        if (!componentKinds[element.kind].goesAlong) {
            for (const parent of element.parents) input(node, elementNode(parent), isPart);
        }
        const { locality, places, spread } = element;
        if (places) addPlaces(construction, element, places);
        if (locality) input(node, elementNode(regionName(locality.region)), standsThere);
        // the zones over which its copies are spread say more than the one in which it is said to stand
        if (spread) {
            addSpread(construction, element, spread.region, spread.zones, spread.lostWith, reasonOf(element, spread));
        } else if (locality?.zone !== undefined) {
            input(node, elementNode(zoneName(locality.region, locality.zone)), standsThere);
        } else if (locality) {
            const zones = zonesOf.get(locality.region) ?? [];
            addSpread(construction, element, locality.region, zones, zonesThatTakeTheUnpinned, survivesOneZone);
        }
    }
}

/** Why it is lost with these zones: what elects does so for want of a majority, unless the file says how many it needs. */
function reasonOf({ kind }: Element, { zones, lostWith, needsSeveral }: Spread): Reason {
    const { elects } = componentKinds[kind];
    if (needsSeveral) return tooFew;
    return elects && lostWith < zones.length ? { rule: 'R1', ...elects } : spreadThere;
}

/** The element fails when so many of these zones have failed (or all of them, where there are fewer). */
function addSpread(
    { builder, elementNode, input }: Construction,
    element: Element,
    region: string,
    zones: readonly string[],
    threshold: number,
    reason: Reason,
): void {
    if (zones.length === 0) return;
    const group = builder.node({ kind: 'redundancy', of: element }, Math.min(threshold, zones.length));
    for (const zone of zones) input(group, elementNode(zoneName(region, zone)), reason);
    input(elementNode(element.name)!, group, reason);
}

/** One for each need, so that graphs store it once. */
const reasonsOfNeeds = new WeakMap<object, Reason>();

/** R2 between components: a component fails with what it needs at every moment. */
export function addComponentNeeds(construction: Construction): void {
    for (const element of construction.elements.listed) {
        for (const need of componentKinds[element.kind].needs ?? []) {
            const reason = reasonsOfNeeds.get(need) ?? { ...need, rule: 'R2' };
            reasonsOfNeeds.set(need, reason);
            const needed = componentNode(construction, need.on, element.cluster);
            construction.input(construction.elementNode(element.name)!, needed, reason);
        }
    }
}

/** What the vendor runs as one, where the management cluster is theirs. */
function isOfVendor(kind: ComponentKindId): boolean {
    const { partOf } = componentKinds[kind];
    return partOf === 'management-plane' || partOf === 'management-cluster' || storeKinds.has(kind);
}

const storeKinds: ReadonlySet<ComponentKindId> = new Set([
    ...(['postgres', 'elasticsearch', 'banyandb', 'iam-signing-key', 'root-ca'] as const),
]);

/** The component of that kind: the cluster's own, the management cluster's, or the estate's only one; a store or its copy, whichever is in use. */
export function componentNode(
    { management, elementNode, roles }: Construction,
    kind: ComponentKindId,
    cluster: string | undefined,
): NodeIndex | undefined {
    const { segment, partOf } = componentKinds[kind];
    if (management?.isHosted && isOfVendor(kind)) return elementNode(clusterName(management.name));
    const within = (whole: string | undefined, ...part: readonly string[]) =>
        whole === undefined ? undefined : elementNode(partName(whole, ...part));
    const inUse = (node: NodeIndex | undefined) => (node === undefined ? undefined : roles.inUse(node));
    switch (kind) {
        case 'postgres':
        case 'elasticsearch':
        case 'banyandb':
        case 'iam-signing-key':
        case 'root-ca':
            return inUse(elementNode(storeName(kind)));
        case 'identity-provider':
            return elementNode(identityProviderName);
        default:
            if (segment === undefined) return undefined;
            if (partOf === 'management-plane') return within(management?.name, 'management-plane', segment);
            if (partOf === 'management-cluster') return within(management?.name, segment);
            if (partOf === 'edge-control-plane') return within(cluster, 'edge-control-plane', segment);
            return within(cluster, segment);
    }
}
