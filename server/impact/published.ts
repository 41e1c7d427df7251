import { analysisOf } from '../failure/analysis.js';
import { operationsElsewhere } from '../failure/elsewhere.js';
import type { Outcome } from '../failure/outcome.js';
import type { Operation, Severity } from '../knowledge/operations.js';
import { operations, operationTitles, severitySigns } from '../knowledge/operations.js';
import type { ComponentKindId } from '../knowledge/components.js';
import type { Cluster, ManagementCluster, Setting, Topology, WorkloadCluster } from '../topology/topology.js';
import { assumed, managementCluster } from '../topology/topology.js';

/**
 * The page on failure scenarios judges six failures on an architecture that it does not spell out. Which one was found by
 * search over reference architectures: the assumptions below reproduce all of its 24 marks. Where an estate differs, its
 * marks may differ too, and this module says which difference is to blame, by undoing it and simulating again.
 */
export interface PublishedAssumption {
    readonly id: string;
    /** What is different here, as a clause: "Elasticsearch is reached via front-envoy". */
    readonly differs: string;
    holds(topology: Topology): boolean;
    /** The same estate as the page would have it. */
    restored(topology: Topology): Topology;
}

/** A mark that would be another one on the page's architecture, and why. */
export interface PublishedDifference {
    readonly operation: Operation;
    readonly here: Severity;
    readonly published: Severity;
    readonly because: readonly string[];
}

/** The kinds of things whose failure the page judges. */
const publishedKinds: readonly ComponentKindId[] = [
    'workload-cluster',
    'edge-control-plane',
    'link',
    'central-control-plane',
    'management-plane',
    'management-cluster',
];

export const publishedAssumptions: readonly PublishedAssumption[] = [
    {
        id: 'telemetry-store-internal',
        differs: 'the telemetry store stands outside the management cluster',
        holds: (topology) => storeOf(topology)?.placement.value !== 'external',
        restored: (topology) => withStore(topology, (store) => ({ ...store, placement: published('internal') })),
    },
    {
        id: 'telemetry-store-direct',
        differs: 'the telemetry store is reached via front-envoy',
        holds: (topology) => storeOf(topology)?.path.value !== 'front-envoy',
        restored: (topology) => withStore(topology, (store) => ({ ...store, path: published('direct') })),
    },
    {
        id: 'listener-own',
        differs: 'front-envoy serves the listener at which edges reach central',
        holds: (topology) => managementCluster(topology)?.central.listener.value !== 'front-envoy',
        restored: (topology) =>
            withManagement(topology, (cluster) => ({
                ...cluster,
                central: { ...cluster.central, listener: published('own') },
            })),
    },
    {
        id: 'gitops-off',
        differs: 'clusters push through GitOps',
        holds: (topology) => topology.clusters.every((cluster) => (cluster.edge?.gitops.value ?? 'off') === 'off'),
        restored: (topology) => ({
            ...topology,
            clusters: topology.clusters.map((cluster): Cluster =>
                cluster.edge ? { ...cluster, edge: { ...cluster.edge, gitops: published('off') } } : cluster,
            ),
        }),
    },
    {
        id: 'metrics-unbuffered',
        differs: 'a metrics buffer is declared',
        holds: (topology) => topology.clusters.every((cluster) => !cluster.edge?.metricsBuffer.value),
        restored: (topology) => ({
            ...topology,
            clusters: topology.clusters.map((cluster): Cluster =>
                cluster.edge ? { ...cluster, edge: { ...cluster.edge, metricsBuffer: published(undefined) } } : cluster,
            ),
        }),
    },
    {
        id: 'postgres-external',
        differs: 'Postgres stands inside the management cluster',
        holds: (topology) => managementCluster(topology)?.managementPlane.postgres.placement.value !== 'internal',
        restored: (topology) =>
            withManagement(topology, (cluster) => ({
                ...cluster,
                managementPlane: {
                    ...cluster.managementPlane,
                    postgres: { ...cluster.managementPlane.postgres, placement: published('external') },
                },
            })),
    },
    {
        id: 'several-workload-clusters',
        differs: 'there is only one workload cluster',
        holds: (topology) => workloadClusters(topology).length !== 1,
        restored: (topology) => ({
            ...topology,
            clusters: [
                ...topology.clusters,
                ...workloadClusters(topology)
                    .slice(0, 1)
                    .map((cluster) => ({ ...cluster, name: unusedName(topology), gateways: [] })),
            ],
        }),
    },
    {
        id: 'management-cluster-without-workloads',
        differs: 'workloads or gateways stand on the management cluster',
        holds: (topology) => managementCluster(topology)?.edge === undefined,
        restored: (topology) => {
            const management = managementCluster(topology)?.name;
            return {
                ...withManagement(topology, ({ edge: _, ...cluster }) => ({ ...cluster, gateways: [] })),
                services: topology.services.map((service) => ({
                    ...service,
                    homes: service.homes.filter((home) => home.cluster !== management),
                })),
            };
        },
    },
];

/**
 * Which marks the published page would give otherwise, and because of which difference of this estate. Empty where the
 * page says nothing of these failures, or the same.
 */
export function differencesFromPublished(outcome: Outcome): PublishedDifference[] {
    const { topology } = outcome.graph;
    const [failure] = outcome.failures;
    if (outcome.failures.length !== 1 || !failure || !publishedKinds.includes(failure.kind)) return [];
    if (!managementCluster(topology)) return [];
    const differing = publishedAssumptions.filter((assumption) => !assumption.holds(topology));
    if (differing.length === 0) return [];
    const marksWithout = (undone: readonly PublishedAssumption[]) => {
        const name = `as published: ${undone.map(({ id }) => id).join()}`;
        const restored = (estate: Topology) => undone.reduce((so, assumption) => assumption.restored(so), estate);
        return (
            operationsElsewhere(outcome, { name, of: restored })?.operations ??
            analysisOf(variantOf(topology, undone), [failure.name]).marksOf(failure.name)
        );
    };
    const published = marksWithout(differing);
    if (!published) return [];
    const changed = operations.filter((operation) => published[operation] !== outcome.operations[operation]);
    if (changed.length === 0) return [];
    const variants = differing.map((assumption) => ({
        assumption,
        undone: marksWithout([assumption]),
        alone: marksWithout(differing.filter((other) => other !== assumption)),
    }));
    return changed.map((operation) => {
        const here = outcome.operations[operation];
        const needed = variants.filter(({ undone }) => undone && undone[operation] !== here);
        // where several would do it, each by itself, undoing one of them changes nothing
        const enough = variants.filter(({ alone }) => alone && alone[operation] !== published[operation]);
        const blamed = [needed, enough, variants].find((group) => group.length > 0) ?? [];
        return {
            operation,
            here,
            published: published[operation],
            because: blamed.map(({ assumption }) => assumption.differs),
        };
    });
}

/** "Metrics collection: ❌ here, ⚠️ on the published page, because the telemetry store is reached via front-envoy." */
export function differenceSentence({ operation, here, published, because }: PublishedDifference): string {
    const reasons = because.join(', and because ');
    return `${operationTitles[operation]}: ${severitySigns[here]} here, ${severitySigns[published]} on the published page, because ${reasons}.`;
}

const variants = new WeakMap<Topology, Map<string, Topology>>();

/** The estate as the page would have it in these respects; kept, since each hover asks for the same ones. */
function variantOf(topology: Topology, undone: readonly PublishedAssumption[]): Topology {
    const known = variants.get(topology) ?? new Map<string, Topology>();
    variants.set(topology, known);
    const key = undone.map(({ id }) => id).join();
    const variant = known.get(key) ?? undone.reduce((estate, assumption) => assumption.restored(estate), topology);
    known.set(key, variant);
    return variant;
}

function published<T>(value: T): Setting<T> {
    return assumed(value, 'published');
}

function storeOf(topology: Topology) {
    return managementCluster(topology)?.managementPlane.telemetryStore;
}

function withStore(
    topology: Topology,
    change: (
        store: ManagementCluster['managementPlane']['telemetryStore'],
    ) => ManagementCluster['managementPlane']['telemetryStore'],
): Topology {
    return withManagement(topology, (cluster) => ({
        ...cluster,
        managementPlane: {
            ...cluster.managementPlane,
            telemetryStore: change(cluster.managementPlane.telemetryStore),
        },
    }));
}

function withManagement(topology: Topology, change: (cluster: ManagementCluster) => ManagementCluster): Topology {
    return {
        ...topology,
        clusters: topology.clusters.map((cluster) => (cluster.kind === 'management' ? change(cluster) : cluster)),
    };
}

function workloadClusters(topology: Topology): WorkloadCluster[] {
    return topology.clusters.filter((cluster) => cluster.kind === 'workload');
}

function unusedName(topology: Topology): string {
    const taken = new Set(topology.clusters.map((cluster) => cluster.name));
    let name = 'another-cluster';
    while (taken.has(name)) name += '-';
    return name;
}
