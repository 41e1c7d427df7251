import type { NodeIndex } from '../engine/index.js';
import { regionName, zoneName } from '../topology/element-name.js';
import type { Element, SeveralPlaces } from '../topology/element.js';
import type { Locality } from '../topology/topology.js';
import { ruleReason, type Construction } from './construction.js';
import type { Reason } from './graph.js';

const standsThere = ruleReason('R1', 'it stands in these places');
const takesCopies = ruleReason('R1', 'copies of it stand there');

/** Of what stands in a region, and is pinned to no zone. */
export const survivesOneZone = ruleReason('R1', 'it survives the loss of one zone, not of more');

/** Of `replicas N of M`. */
export const tooFew = ruleReason('R1', 'fewer copies are left there than it needs');

/**
 * R1: what stands in several places is lost with all of them, each of which is lost as for anything that stands there. Where
 * the file says how many copies are needed, each copy stands in one zone: they are spread as evenly as they go over the
 * places, and those of a region over its zones. Where one holds more than another nobody knows which, and the worst is taken.
 */
export function addPlaces(construction: Construction, element: Element, { at, copies }: SeveralPlaces): void {
    const node = construction.elementNode(element.name);
    if (node === undefined) return;
    const gates = gatesFor(construction, element);
    const zones = at.map((place) => zonesIn(construction, place));
    const group = copies
        ? gates.all(copies.count - copies.needed + 1, lostCopies(gates, zones, copies.count), tooFew)
        : gates.all(
              at.length,
              zones.map((each) => lostPlace(gates, each)),
              standsThere,
          );
    construction.input(node, group, copies ? tooFew : standsThere);
}

interface Gates {
    /** Down when so many of these are. */
    readonly part: (threshold: number, inputs: readonly NodeIndex[], reason: Reason) => NodeIndex;
    /** The same of all copies together. */
    readonly all: (threshold: number, inputs: readonly NodeIndex[], reason: Reason) => NodeIndex;
}

function gatesFor({ builder, input }: Construction, of: Element): Gates {
    const gate = (node: NodeIndex, inputs: readonly NodeIndex[], reason: Reason) => {
        for (const each of inputs) input(node, each, reason);
        return node;
    };
    return {
        part: (threshold, inputs, reason) =>
            gate(builder.node({ kind: 'redundancy', of, isPart: true }, threshold), inputs, reason),
        all: (threshold, inputs, reason) => gate(builder.node({ kind: 'redundancy', of }, threshold), inputs, reason),
    };
}

/** The zones of a place; the region itself where it has none. */
function zonesIn({ topology, elementNode }: Construction, { region, zone }: Locality): NodeIndex[] {
    const all = topology.regions.find(({ name }) => name === region)?.zones ?? [];
    const named = zone === undefined ? all.map(({ name }) => name) : [zone];
    const names = named.length > 0 ? named.map((name) => zoneName(region, name)) : [regionName(region)];
    return names.map(elementNode).filter((node) => node !== undefined);
}

/** What is pinned to no zone survives the loss of one, not of more. A region takes its zones along. */
function lostPlace({ part }: Gates, zones: readonly NodeIndex[]): NodeIndex {
    return zones.length === 1 ? zones[0]! : part(2, zones, survivesOneZone);
}

/** A node for each copy: which of them are lost nobody knows, but how many, and so many of these nodes are down then. */
function lostCopies(gates: Gates, places: readonly (readonly NodeIndex[])[], count: number): NodeIndex[] {
    const inEach = Math.floor(count / places.length);
    // in a place with so many zones lost; a copy has a node of its own, since inputs are counted
    const lostWith = (zones: readonly NodeIndex[], lost: number) => gates.part(lost, zones, takesCopies);
    const evenly = places.flatMap((zones) =>
        Array.from({ length: inEach }, (_, copy) => lostWith(zones, zonesThatTakeCopy(copy, inEach, zones.length))),
    );
    // some places hold one more: it is lost there as soon as one more copy would be
    const oneMore = places.map((zones) => lostWith(zones, (inEach % zones.length) + 1));
    const more = Array.from({ length: count % places.length }, (_, copy) => gates.part(copy + 1, oneMore, takesCopies));
    return [...evenly, ...more];
}

/** With so many zones lost at the earliest this copy is lost, too, counted from 0. */
function zonesThatTakeCopy(copy: number, copies: number, zones: number): number {
    const [inEach, withOneMore] = [Math.floor(copies / zones), copies % zones];
    let lost = 1;
    while (lost * inEach + Math.min(lost, withOneMore) <= copy) lost++;
    return lost;
}
