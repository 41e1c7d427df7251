import type { AstNode } from 'langium';
import type { Declared, Locality, Placement, Replicas, Setting } from '../topology/topology.js';
import { assumed, stated } from '../topology/topology.js';
import type { DefaultId } from '../knowledge/defaults.js';
import { wholeNumber } from './amounts.js';
import * as ast from './generated/ast.js';
import { locationOf, nameLocationOf } from './location.js';

/** Place, owner and labels of a declaration. */
export function ownership(node: AstNode & { readonly items: readonly AstNode[] }): Declared {
    const owner = node.items.find(ast.isOwner)?.owner;
    const labels: Record<string, string> = {};
    for (const label of node.items.filter(ast.isLabels).flatMap((item) => item.labels)) {
        if (label.key && label.value !== undefined) {
            labels[label.key] ??= label.value;
        }
    }
    return { at: locationOf(node), nameAt: nameLocationOf(node), ...(owner && { owner }), labels };
}

/** Region and zone; undefined where no region is said, or none of that name exists. */
export function toLocality(place: ast.Place | undefined): Locality | undefined {
    const region = place?.region?.ref?.name;
    if (!place || !region) {
        return undefined;
    }
    const zone = place.zone?.ref?.name;
    return { region, ...(zone && { zone }), at: locationOf(place) };
}

/** The `locality` of something, or nothing at all. */
export function localityPart(place: ast.Place | undefined): { locality?: Locality } {
    const locality = toLocality(place);
    return locality ? { locality } : {};
}

/** The `replicas` among the items of something, or nothing at all. */
export function replicasPart(items: readonly AstNode[]): { replicas?: Replicas } {
    const replicas = items.find(ast.isReplicas);
    const count = wholeNumber(replicas?.count);
    if (!replicas || !count) {
        return {};
    }
    const zones = replicas.zones.map((zone) => zone.ref?.name).filter((zone) => zone !== undefined);
    return { replicas: { count, zones: [...new Set(zones)], at: locationOf(replicas) } };
}

/** Inside or outside the management cluster; who names a place means something outside. */
export function toPlacement(
    node: AstNode & { readonly placement?: Placement; readonly place?: ast.Place },
    unsaid: Placement,
    defaultId: DefaultId,
): Setting<Placement> {
    if (node.placement) {
        return stated(node.placement, nameLocationOf(node, 'placement'));
    }
    return node.place ? stated('external', locationOf(node.place)) : assumed(unsaid, defaultId);
}
