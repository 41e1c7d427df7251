import { clocks } from '../knowledge/clocks.js';
import { duration } from '../words/times.js';
import {
    carriesWorkloads,
    managementCluster,
    type EdgeControlPlane,
    type SourceLocation,
    type Topology,
} from '../topology/topology.js';
import type { Finding } from './finding.js';
import { entryOf, names, placeKey, placeOf, pointTo, related } from './phrases.js';

/** Settings of the planes that make a failure of the management plane worse than it need be. */
export function planeFindings(topology: Topology): Finding[] {
    return [...telemetryPath(topology), ...shortTokens(topology), ...syncGitOps(topology), ...severalGitOps(topology)];
}

function telemetryPath(topology: Topology): Finding[] {
    const store = managementCluster(topology)?.managementPlane.telemetryStore;
    const at = store && placeOf(store.path.origin);
    if (!at || store.kind !== 'elasticsearch' || store.path.value !== 'front-envoy') return [];
    return [
        {
            code: 'telemetry-through-front-envoy',
            severity: 'info',
            message:
                'Metrics reach Elasticsearch through front-envoy, so a failure of the management plane ends metrics of all clusters; the published scenarios lose only a part of them. Where metrics matter in such a failure, give them a way of their own: `direct`.',
            at,
        },
    ];
}

function shortTokens(topology: Topology): Finding[] {
    const published = clocks['agent-token'].life;
    return atEachPlace(topology, ({ tokenTtl }) =>
        tokenTtl.value < published ? placeOf(tokenTtl.origin) : undefined,
    ).map(({ at, edge: { tokenTtl } }) => ({
        code: 'short-token-ttl',
        severity: 'info',
        message: `Tokens of the agents live ${duration(tokenTtl.value)} only (${duration(published)} unless set): when the management plane is away for longer, an agent that reconnects is refused until it is back. Let them live longer than the longest outage that you want to bridge.`,
        at,
    }));
}

function syncGitOps(topology: Topology): Finding[] {
    let unsaid: SourceLocation | undefined;
    return atEachPlace(topology, ({ gitops, at }, clusterAt) => {
        if (gitops.value !== 'sync') return undefined;
        // a bare `gitops` among the defaults has no place of its own: the first cluster stands for all
        return placeOf(gitops.origin) ?? at ?? (unsaid ??= clusterAt);
    }).map(({ at, clusters }) => ({
        code: 'gitops-sync-in-incident',
        severity: 'info',
        message: `GitOps of ${names(clusters)} is in sync mode: while the management plane is away, \`kubectl apply\` of TSB objects is refused there, in the midst of an incident. \`gitops async\` accepts them, and pushes them later.`,
        at,
    }));
}

/** Several sources of the same objects overwrite each other. One finding for the estate, however many clusters it is. */
function severalGitOps(topology: Topology): Finding[] {
    const [first, ...more] = topology.clusters
        .filter(carriesWorkloads)
        .filter(({ edge }) => edge.gitops.value !== 'off');
    if (!first || more.length === 0) return [];
    const { gitops, at } = first.edge;
    const all = [first, ...more];
    return [
        {
            code: 'gitops-in-several-clusters',
            severity: 'info',
            message: `GitOps is on in ${names(all.map(({ name }) => name))}: TSB means it for one cluster, since two sources of the same object overwrite each other in turn. Leave it on in one, unless each has objects of its own.`,
            at: placeOf(gitops.origin) ?? at ?? first.nameAt,
            ...related(more.map(({ name, nameAt }) => pointTo(nameAt, `'${name}' has GitOps, too`))),
        },
    ];
}

/** Clusters whose setting is said in one place, such as the defaults of all workload clusters, come together. */
function atEachPlace(
    topology: Topology,
    placeIn: (edge: EdgeControlPlane, clusterAt: SourceLocation) => SourceLocation | undefined,
) {
    const places = new Map<string, { at: SourceLocation; edge: EdgeControlPlane; clusters: string[] }>();
    for (const cluster of topology.clusters.filter(carriesWorkloads)) {
        const at = placeIn(cluster.edge, cluster.nameAt);
        if (at) {
            const { clusters } = entryOf(places, placeKey(at), () => ({ at, edge: cluster.edge, clusters: [] }));
            clusters.push(cluster.name);
        }
    }
    return [...places.values()];
}
