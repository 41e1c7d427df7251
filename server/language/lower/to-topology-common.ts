import type { AstNode } from 'langium';
import type { Locality, Placement, Replicas, Setting } from '../../topology/topology.js';
import { byDefault, stated } from '../../topology/topology.js';
import { wholeNumber } from '../syntax/amounts.js';
import type * as ast from '../generated/ast.js';
import { allItems, firstItem } from '../syntax/items.js';
import { locationOf, nameLocationOf } from '../naming/location.js';

/** Owner of a declaration, if it has one. */
export function ownerOf(items: readonly AstNode[]): string | undefined {
    return firstItem(items, 'Owner')?.owner;
}

const noLabels: ReadonlyMap<string, string> = new Map();

/** Labels of a declaration. */
export function labelsOf(items: readonly AstNode[]): ReadonlyMap<string, string> {
    const labels = allItems(items, 'Labels').flatMap((item) => item.labels);
    if (labels.length === 0) {
        return noLabels;
    }
    const byKey = new Map<string, string>();
    for (const { key, value } of labels) {
        if (key && value !== undefined && !byKey.has(key)) {
            byKey.set(key, value);
        }
    }
    return byKey;
}

/** Region and zone; undefined where no region is said, or none of that name exists. */
export function toLocality(place: ast.Place | undefined): Locality | undefined {
    const region = place?.region?.ref?.name;
    if (!place || !region) return undefined;
    const zone = place.zone?.ref?.name;
    return { region, zone, at: locationOf(place), ...(place.zone && !zone && { hasUnknownZone: true }) };
}

/** How many copies, and where; undefined where nothing sensible is said. */
export function toReplicas(items: readonly AstNode[]): Replicas | undefined {
    const replicas = firstItem(items, 'Replicas');
    const said = wholeNumber(replicas?.count);
    const total = wholeNumber(replicas?.total);
    const count = total ?? said;
    if (!replicas || !said || !count) {
        return undefined;
    }
    const needed = total === undefined ? {} : { needed: Math.min(said, total) };
    const zones = replicas.zones.map((zone) => zone.ref?.name).filter((zone) => zone !== undefined);
    return { count, ...needed, zones: [...new Set(zones)], at: locationOf(replicas) };
}

/** Inside or outside the management cluster; who names a place means something outside. */
export function toPlacement(
    node: AstNode & { readonly placement?: Placement; readonly place?: ast.Place },
    defaultId: 'postgres-placement' | 'telemetry-store-placement' | 'placement',
): Setting<Placement> {
    if (node.placement) {
        return stated(node.placement, nameLocationOf(node, 'placement'));
    }
    return node.place ? stated('external', locationOf(node.place)) : byDefault(defaultId);
}
