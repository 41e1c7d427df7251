/** What an evaluator says of an estate: every field that it is compared in, plain and sorted. */

/** The mark of an operation, a host, a service or a consumer. */
export type Severity = 'unaffected' | 'limited' | 'total';

export type ClusterOperation = 'runningWorkloads' | 'localClusterOperations' | 'metricsCollection';
export type Operation = ClusterOperation | 'managementOperations';

/** Seconds, at least and at most, for which clients that have to move get no answer. */
export interface Gap {
    readonly from: number;
    readonly to: number;
}

export interface Result {
    readonly operations: Readonly<Record<Operation, Severity>>;
    /** By name. */
    readonly clusters: Readonly<Record<string, ClusterResult>>;
    /** By host name; only hosts that are served in health. */
    readonly hosts: Readonly<Record<string, HostResult>>;
    /** By short name; only services with a home. */
    readonly services: Readonly<Record<string, ServiceResult>>;
}

export interface ClusterResult {
    readonly alive: boolean;
    /** Operations of which the cluster has no facet are absent. */
    readonly operations: Readonly<Partial<Record<ClusterOperation, Severity>>>;
    /** Null for a cluster to which nothing is delivered, and for a dead one. */
    readonly freshness: 'live' | 'queued' | 'frozen' | null;
}

export interface HostResult {
    readonly severity: Severity;
    /** From 0 to 1. */
    readonly lostShare: number;
    /** Clusters, sorted. */
    readonly servedFrom: readonly string[];
    readonly usuallyFrom: readonly string[];
    /** Null if nobody moves, or all is lost. */
    readonly gapSeconds: Gap | null;
    /** It is now served from a declared region from which it usually is not. */
    readonly fromOtherRegion: boolean;
}

export interface ServiceResult {
    readonly severity: Severity;
    /** By cluster, sorted. */
    readonly homes: readonly { readonly cluster: string; readonly alive: boolean; readonly serves: boolean }[];
    /** Hosts and callers (`calls`, `requires`, and each service that asks it as authorization or rate limit); sorted by kind, name, cluster. */
    readonly consumers: readonly ConsumerResult[];
    /** What its serving homes `calls` and do not reach, or in part only; sorted. */
    readonly brokenCalls: readonly { readonly cluster: string; readonly callee: string }[];
}

export interface ConsumerResult {
    readonly kind: 'host' | 'caller';
    readonly name: string;
    /** Of a caller: where it calls from. */
    readonly cluster?: string;
    readonly severity: Severity;
    readonly servedFrom: readonly string[];
    readonly usuallyFrom: readonly string[];
}
