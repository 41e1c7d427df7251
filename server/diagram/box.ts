import type { ElementName } from '../topology/element-name.js';
import type { SourceLocation } from '../topology/topology.js';

/** The layers of the picture: where requests go, where configuration goes, where metrics go. */
export const layers = ['traffic', 'configuration', 'metrics'] as const;

export type Layer = (typeof layers)[number];

/**
 * From top to bottom: requests come in at the top, and go down. In the last one stands what was added where its own band
 * had no room left, until the picture is tidied.
 */
export const bands = ['entrance', 'workloads', 'outside', 'management', 'added'] as const;

export type Band = (typeof bands)[number];

export type BoxKind =
    | 'host'
    | 'region'
    | 'zone'
    | 'cluster'
    | 'gateway'
    | 'plane'
    | 'store'
    | 'service'
    | 'external-service'
    | 'identity-provider'
    /** The clusters of a region, folded into one box. */
    | 'clusters'
    /** One of them. */
    | 'cell';

/** Something that is drawn. */
export interface Box {
    /** The name of its element, `host:NAME`, or `clusters:REGION`. */
    readonly id: string;
    readonly kind: BoxKind;
    readonly name: string;
    /** The whole name, where what all names around it have in common is left out. */
    readonly whole?: string;
    /** What the second line says in health; empty where there is nothing to say. */
    readonly detail: string;
    /** The longest text that the second line can come to, so that no outcome needs another width. */
    readonly longest?: string;
    /** The line that stands for it; undefined for what several lines declare. */
    readonly at?: SourceLocation;
}

/** A gateway in the wall of its cluster: requests come in at the top, and leave for the outside at the floor. */
export interface Door extends Box {
    readonly wall: 'top' | 'floor';
}

/** What stands in a cluster. */
export interface Chip extends Box {
    /** Callers stand above what they call: 0 is the top row. */
    readonly row: number;
}

/** A cluster of a folded region. */
export interface Cell extends Box {
    readonly zone?: string;
}

/** A box that stands in a region by itself. */
export interface Card extends Box {
    readonly band: Band;
    readonly zone?: string;
    readonly doors: readonly Door[];
    readonly chips: readonly Chip[];
    /** The edge control plane at the foot of a cluster; undefined where nothing configures it. */
    readonly edge?: Box;
    /** The clusters that are folded into the box; empty for a box that stands for itself. */
    readonly clusters: readonly string[];
    /** The same one by one, where they are few enough. */
    readonly cells: readonly Cell[];
    /** The names of services whose instances are counted, since their chips are not drawn; each as often as it runs. */
    readonly counted: readonly string[];
}

/** The boxes of a region; the last column has no region, and what stands in none. */
export interface Column {
    /** Of the region; empty for what stands in none. */
    readonly id: string;
    readonly region?: Box;
    readonly zones: readonly Box[];
    readonly cards: readonly Card[];
    /** Its clusters are one box, and it is narrow. */
    readonly isFolded: boolean;
}

/** One stretch of a way on which requests go. */
export interface Way {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    /** Requests take it while nothing fails; otherwise it is a spare. */
    readonly taken: boolean;
    /** The share of a weighted way, as the file says it. */
    readonly weight?: number;
}

/** One branch of configuration or metrics: between a cluster and what sends or stores it. */
export interface Branch {
    readonly id: string;
    readonly layer: 'configuration' | 'metrics';
    readonly from: string;
    readonly to: string;
    /** The door of the management cluster through which it passes, where it does. */
    readonly via?: string;
    /** The clusters whose branch it is; none for what the management plane keeps for itself. */
    readonly clusters: readonly string[];
}

/** How much is drawn by itself: services, or only clusters, or only regions. */
export const details = ['services', 'clusters', 'regions'] as const;

export type Detail = (typeof details)[number];

/** What there is to draw of an estate, without any place and without any failure. */
export interface Scene {
    readonly estate: string;
    readonly detail: Detail;
    readonly hosts: readonly Box[];
    readonly columns: readonly Column[];
    readonly ways: readonly Way[];
    readonly branches: readonly Branch[];
    /** The boxes that show an element, or count it; links have none, and are counted apart. */
    readonly boxesOf: ReadonlyMap<ElementName, readonly string[]>;
    /** The hosts that a box stands for: one, or those that are folded into it. */
    readonly hostsOf: ReadonlyMap<string, readonly string[]>;
}

/** Every box of a scene, containers first, in reading order. */
export function boxesIn(scene: Scene): Box[] {
    return [
        ...scene.hosts,
        ...scene.columns.flatMap(({ region, zones, cards }) => [
            ...(region ? [region] : []),
            ...zones,
            ...cards.flatMap(partsOf),
        ]),
    ];
}

/** A card, and all that is drawn on it. */
export function partsOf(card: Card): Box[] {
    return [card, ...card.doors, ...card.chips, ...(card.edge ? [card.edge] : []), ...card.cells];
}
