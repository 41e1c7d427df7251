import type { ComponentKindId } from '../knowledge/components.js';
import { commonRegion } from './common-region.js';
import { placeNames, regionName, type ElementName } from './element-name.js';
import type { Locality, SourceLocation } from './topology.js';

/** The places that hold all of an element, the larger first: none where it stands in several regions, or nobody knows where. */
export function placesAround({ locality, places }: Element): ElementName[] {
    if (locality) return placeNames(locality);
    const region = commonRegion(places?.at ?? []);
    return region === undefined ? [] : [regionName(region)];
}

/** Something that can fail: what the file declares, or a known part of it. */
export interface Element {
    readonly name: ElementName;
    readonly kind: ComponentKindId;
    /** The cluster in which it stands (or whose part it is); undefined for what stands in none. */
    readonly cluster?: string;
    /** What takes it along when it fails (R1); several for instances, which go with their cluster or with their service. */
    readonly parents: readonly ElementName[];
    /** The region, and perhaps the zone, that it stands in by itself (not through its parent). */
    readonly locality?: Locality;
    /** The several places that it stands in by itself; it has no `locality` then. */
    readonly places?: SeveralPlaces;
    /** The zones over which its copies are spread; it is lost with any `lostWith` of them. */
    readonly spread?: Spread;
    /** The line that stands for it: its own declaration, or that of what implies it. */
    readonly at: SourceLocation;
    /** Declared by a line of its own, rather than implied by another. */
    readonly declared: boolean;
    /** Of instances: the service's short name (undefined for the implicit workload of a cluster). */
    readonly service?: string;
    /** The name as a file may say it, too: with the namespace that the short name of the service leaves out. */
    readonly qualifiedName?: ElementName;
    /** Of links: the ends. */
    readonly ends?: { readonly from: string; readonly to: string };
}

/** It is lost with all of these places, or as soon as too few of its copies are left in them. */
export interface SeveralPlaces {
    readonly at: readonly Locality[];
    /** So many copies are spread over the places, of which so many have to be left. */
    readonly copies?: { readonly count: number; readonly needed: number };
}

export interface Spread {
    readonly region: string;
    readonly zones: readonly string[];
    /** All of them, or fewer where several of the copies must be left. */
    readonly lostWith: number;
    /** More than one copy must be left, as the file says. */
    readonly needsSeveral?: true;
}
