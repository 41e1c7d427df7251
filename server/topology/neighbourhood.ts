import type { Service, Topology } from './topology.js';

/**
 * An estate in parts, of which an edit touches few: the world, in which all services run, and neighbourhoods of services
 * that have to do with each other. What is found out of a neighbourhood depends on its services and on the world, of which on no
 * workload cluster that they do not name, nor on ways between these, so that it may be kept for as long as the neighbourhood is the same object.
 */
export interface Parts {
    readonly world: World;
    /** In the order of their first services. */
    readonly neighbourhoods: readonly Neighbourhood[];
    /** Of each service, in their order: the place of its neighbourhood. */
    readonly placeOf: Int32Array;
    /** The places of services among all, by their short names. */
    readonly serviceAt: ReadonlyMap<string, number>;
}

/** An estate without its services. The same object, while nothing of it changes. */
export interface World {
    /** Has no services. */
    readonly topology: Topology;
    /** The clusters in which a service runs. */
    readonly homed: ReadonlySet<string>;
}

/** Worlds after each other, of which only a few workload clusters changed: neighbourhoods that name none of these go from one to the next. */
export interface Lineage {
    /** The clusters that have changed since the first of them. */
    changed: ReadonlySet<string>;
    /** So much has come and gone that the numbers of its graphs are mostly of what is gone: `failure/world-graph.ts` says so. */
    isWornOut?: true;
}

/** Services of which each calls, requires or asks another, or goes by gateways that ask one. */
export interface Neighbourhood {
    /** In order of declaration. */
    readonly services: readonly Service[];
}
