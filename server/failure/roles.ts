import type { NodeIndex } from '../engine/index.js';
import type { Element } from '../topology/element.js';
import type { DeclaredNeed } from '../topology/topology.js';
import type { StandIn, Timer } from './graph.js';

/** What does what an element did in health: the element itself, until something else is promoted. */
export interface Roles {
    /** The node that fails with a store as long as that is in use, and with its copy once that is promoted; the node itself of all else. */
    readonly inUse: (node: NodeIndex) => NodeIndex;
    /** The node that fails with whatever does it now; undefined where nothing can take its place. Of a store, asked for what is in use. */
    readonly of: (original: NodeIndex) => NodeIndex | undefined;
    /** What the edge of the former management cluster, if it has one, cannot do without from a promotion on: the link to the other side. */
    readonly wayFromOldSide: NodeIndex | undefined;
    /** The DNS of whichever management cluster is in charge, where there are two. */
    readonly resolver: NodeIndex | undefined;
    readonly standIns: readonly StandIn[];
    /** What a standby requires again and again, from its promotion on. */
    readonly timers: readonly Timer[];
    /** What requires services from a promotion on. */
    readonly requiring: readonly Requiring[];
}

/** The node of what something that stands by requires: made before there are ways to services, and connected afterwards. */
export interface Requiring {
    readonly node: NodeIndex;
    /** What stands by. */
    readonly of: Element;
    readonly need: DeclaredNeed;
}

export const noRoles: Roles = {
    inUse: (node) => node,
    of: () => undefined,
    wayFromOldSide: undefined,
    resolver: undefined,
    standIns: [],
    timers: [],
    requiring: [],
};
