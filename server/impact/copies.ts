import { code } from '../encoding/markdown.js';
import type { Element, SeveralPlaces, Spread } from '../topology/element.js';
import { clusterName } from '../topology/element-name.js';
import type { Elements } from '../topology/elements.js';
import type { Locality, Topology } from '../topology/topology.js';
import { enumerated } from '../words/english.js';
import { elementPhrase } from './phrases.js';

/** How many zones a file may name before a hover only counts them. */
const mostZones = 8;

/**
 * Which zones may be lost before too few copies of something are left: a Markdown sentence.
 *
 * @param elements in which its cluster is found, since what runs in a cluster stands where that does
 */
export function zonesThatMayBeLost(element: Element, topology: Topology, elements: Pick<Elements, 'byName'>): string {
    const { spread, places, cluster } = element;
    if (places) return ofPlaces(element, places);
    if (spread) return ofSpread(element, spread);
    const own =
        element.locality ?? (cluster === undefined ? undefined : elements.byName.get(clusterName(cluster))?.locality);
    return `${elementPhrase(element)} ${ofPlace(own, topology)}.`;
}

function ofSpread(element: Element, { region, zones, lostWith }: Spread): string {
    const names = enumerated(
        zones.map((zone) => code(`${region}/${zone}`)),
        { most: mostZones },
    );
    const takes =
        zones.length === 1 ? 'the loss of it takes it along' : `${taking(lostWith, zones.length)} takes it along`;
    return `Copies of ${elementPhrase(element)} stand in ${names}: ${takes}.`;
}

function ofPlaces(element: Element, { at, copies }: SeveralPlaces): string {
    const names = enumerated(
        at.map(({ region, zone }) => code(zone === undefined ? region : `${region}/${zone}`)),
        { most: mostZones },
    );
    const what = elementPhrase(element);
    if (!copies) return `${what} stands in ${names}, and is lost with all of them.`;
    const { count, needed } = copies;
    const spare = count - needed;
    const mayBeLost = spare === 0 ? 'none' : spare === 1 ? 'one' : String(spare);
    return `Of ${count} copies of ${what}, spread evenly over ${names}, ${mayBeLost} may be lost; where one place or zone holds more than another, the worst is taken.`;
}

function taking(lostWith: number, zones: number): string {
    if (lostWith === 1) return 'the loss of any one of these zones';
    const survived = `any ${lostWith - 1} of these zones may be lost, the loss of`;
    return lostWith < zones ? `${survived} ${lostWith}` : `${survived} all`;
}

function ofPlace(place: Locality | undefined, { regions }: Topology): string {
    if (!place) return 'stands in no region, and is lost with none';
    if (place.zone !== undefined)
        return `stands in ${code(`${place.region}/${place.zone}`)}, and is lost with it, whatever its copies`;
    const zones = regions.find(({ name }) => name === place.region)?.zones ?? [];
    if (zones.length < 2) return `is lost with ${code(place.region)}`;
    return `stands in ${code(place.region)}, and survives the loss of any one of its zones, not of two`;
}
