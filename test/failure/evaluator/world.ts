/** An estate at one moment: what has failed in it, and what has become of it in the course of time. */

import {
    managementCluster,
    type Cluster,
    type ManagementCluster,
    type Topology,
} from '../../../server/topology/topology.js';

export interface World {
    readonly topology: Topology;
    /** Names of elements that have failed by themselves; what goes along with them is for others to say. */
    readonly failed: ReadonlySet<string>;
    /** Only what time has brought about. */
    readonly past: Past;
}

/** What has run out, and what has been noticed, up to this moment. */
export interface Past {
    /** Clusters whose agent tokens have run out. */
    readonly tokens: ReadonlySet<string>;
    /** Clusters whose metrics buffer is full. */
    readonly buffers: ReadonlySet<string>;
    /** Gateways and instances whose certificates have run out: they are up, and nobody accepts them. */
    readonly expired: ReadonlySet<string>;
    /** Homes that were withdrawn from the proxies of a cluster; see `withdrawal`. */
    readonly withdrawn: ReadonlySet<string>;
    /** Nothing that the root CA has signed is trusted any more. */
    readonly isRootExpired: boolean;
    /** A standby has just been promoted, and no edge has found it yet. */
    readonly isReconnecting?: true;
}

const nothing: ReadonlySet<string> = new Set();

export const noPast: Past = {
    tokens: nothing,
    buffers: nothing,
    expired: nothing,
    withdrawn: nothing,
    isRootExpired: false,
};

export function worldOf(topology: Topology, failed: Iterable<string>, past: Past = noPast): World {
    return { topology, failed: new Set(failed), past };
}

/** What the proxies of one cluster have been told of instances in another: that they are gone. */
export function withdrawal(from: string, instances: string): string {
    return `${from} ${instances}`;
}

/** A cluster with an edge control plane: it runs workloads, or could. */
export type EdgeCluster = Cluster & { readonly edge: NonNullable<Cluster['edge']> };

export function hasEdge(cluster: Cluster): cluster is EdgeCluster {
    return cluster.edge !== undefined;
}

export function clusterOf(topology: Topology, name: string): Cluster | undefined {
    return topology.clusters.find((cluster) => cluster.name === name);
}

export function managementOf({ topology }: World): ManagementCluster | undefined {
    return managementCluster(topology);
}
