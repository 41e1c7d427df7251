/** The four operations by which the published scenarios judge a failure. */
export const operations = [
    'runningWorkloads',
    'localClusterOperations',
    'metricsCollection',
    'managementOperations',
] as const;

export type Operation = (typeof operations)[number];

/** The operations that a single cluster has. Management operations are estate-wide; freshness says what a cluster sees of them. */
export const clusterOperations = ['runningWorkloads', 'localClusterOperations', 'metricsCollection'] as const;

export type ClusterOperation = (typeof clusterOperations)[number];

/** How much of an operation is lost, in rising order. */
export const severities = ['unaffected', 'limited', 'total'] as const;

export type Severity = (typeof severities)[number];

/**
 * Whether what is written now reaches a cluster (`live`), waits for it (`queued`), or cannot be written at all (`frozen`).
 * In all three the cluster runs on what it has.
 */
export type Freshness = 'live' | 'queued' | 'frozen';

export const operationTitles: Readonly<Record<Operation, string>> = {
    runningWorkloads: 'Running workloads',
    localClusterOperations: 'Local cluster operations',
    metricsCollection: 'Metrics collection',
    managementOperations: 'Management operations',
};

export const operationMeanings: Readonly<Record<Operation, string>> = {
    runningWorkloads: 'Services run, and whoever uses them reaches them.',
    localClusterOperations: 'Changes inside one cluster: kubectl, and what its edge control plane does there.',
    metricsCollection: 'Metrics of the clusters arrive in the central store.',
    managementOperations: 'TSB configuration is read and changed, by UI, API, tctl or GitOps.',
};

export const severitySigns: Readonly<Record<Severity, string>> = { unaffected: '✅', limited: '⚠️', total: '❌' };

/** Signs say nothing to a screen reader: these words go with them. */
export const severityWords: Readonly<Record<Severity, string>> = {
    unaffected: 'unaffected',
    limited: 'limited',
    total: 'lost',
};

/** The graver of two severities. */
export function worse(a: Severity, b: Severity): Severity {
    return severities.indexOf(a) >= severities.indexOf(b) ? a : b;
}

/** A value for each operation, in their order. */
export function forEachOperation<T>(value: (operation: Operation) => T): Record<Operation, T> {
    return {
        runningWorkloads: value('runningWorkloads'),
        localClusterOperations: value('localClusterOperations'),
        metricsCollection: value('metricsCollection'),
        managementOperations: value('managementOperations'),
    };
}
