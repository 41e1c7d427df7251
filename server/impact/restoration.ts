import { partName, storeName } from '../topology/element-name.js';
import { isPlaceLost } from '../topology/backups.js';
import { table } from '../knowledge/table.js';
import { isAlive, type Outcome } from '../failure/outcome.js';
import { caveats } from '../knowledge/caveats.js';
import { agentSecrets, figures } from '../knowledge/clocks.js';
import type { Element } from '../topology/element.js';
import type { Backup, Locality, ManagementPlane, Secret } from '../topology/topology.js';
import { carriesWorkloads, managementCluster } from '../topology/topology.js';
import { code } from '../encoding/markdown.js';
import { count, filled, listing } from '../words/english.js';
import { duration } from '../words/times.js';
import { label } from './phrases.js';
import { isReplaced, lostWithTakeover, takeoversRefused } from './takeover.js';

/** The management plane, unless the vendor runs it: then nobody here restores anything of it. */
function ownPlane({ graph: { topology } }: Outcome): ManagementPlane | undefined {
    const management = managementCluster(topology);
    return management?.isHosted ? undefined : management?.managementPlane;
}

/**
 * What must be at hand to rebuild the management plane, each with what this estate has of it: ✓ it is there, ✗ it is lost,
 * ? the file does not say. Markdown.
 */
export function mainNeeds(outcome: Outcome): string[] {
    const plane = ownPlane(outcome);
    if (!plane) return [];
    return [
        postgresNeed(outcome, plane),
        keyNeed(outcome, plane.iamSigningKey),
        jwksNeed(outcome),
        rootCaNeed(outcome, plane.rootCa),
        '? the Helm values, and the credentials of Postgres and the telemetry store: the file does not say where they are kept',
        '? a DNS name of the management plane that can be moved',
    ];
}

/** What must be at hand to install an edge control plane again. Markdown. */
export function edgeNeeds(outcome: Outcome, { kind, cluster }: Element): string[] {
    const management = managementCluster(outcome.graph.topology);
    const { edge } = outcome.graph.topology.clusters.find(({ name }) => name === cluster) ?? {};
    const reinstalls = kind === 'workload-cluster' || kind === 'edge-control-plane' || kind === 'xcp-edge';
    if (!reinstalls || edge?.certificateAuthority.value !== 'central' || management === undefined) return [];
    const isThere = isAlive(
        outcome,
        management.isHosted ? management.name : `${management.name}.central-control-plane`,
    );
    return [
        isThere
            ? '✓ central, which provides the CA of the cluster: it is there'
            : `✗ central, which provides the CA of the cluster: it is down, and without it no edge is installed${label(caveats['central-ca'].confidence)}`,
    ];
}

/** What is lost for good, whatever is done. Markdown sentences; empty where nothing is. */
export function whatIsLost(outcome: Outcome, lasted?: number): string[] {
    const plane = ownPlane(outcome);
    if (!plane) return [];
    return [...lostMetrics(outcome, lasted), ...lostChanges(outcome, plane), ...lostHistory(outcome, plane)];
}

/** What goes wrong when the management plane is rebuilt without care. Markdown sentences. */
export function restorationDangers(outcome: Outcome): string[] {
    const plane = ownPlane(outcome);
    if (!plane) return [];
    const isGone = (kind: 'postgres' | 'iam-signing-key') => {
        const element = outcome.graph.elements.byName.get(storeName(kind));
        return element !== undefined && !isAlive(outcome, element.name) && !isReplaced(outcome, element);
    };
    const clusters = livingClusters(outcome);
    return [
        ...takeoversRefused(outcome),
        ...connectedEdges(outcome, clusters),
        ...(isGone('postgres') && clusters > 0
            ? [
                  `A restored database holds older configuration, and central pushes it to ${clusters > 1 ? `all ${clusters} clusters` : 'the cluster'}: compare before the edges connect.`,
              ]
            : []),
        ...(isGone('iam-signing-key') && clusters > 0 && plane.iamSigningKey.backup.value.kind !== 'kept'
            ? [
                  `Once iam starts without the iam-signing-key, every agent token is void. On each of ${count(clusters, 'cluster')} delete ${agentSecrets.map(code).join(', ')}, and see that they come back; if they do not, it is the firewall, or another root CA.`,
              ]
            : []),
    ];
}

/** Streams that stand are not moved by a name; those that have broken look it up again. */
function connectedEdges(outcome: Outcome, clusters: number): string[] {
    const { name } = managementCluster(outcome.graph.topology)!;
    const isRebuilt =
        !isAlive(outcome, partName(name, 'management-plane')) &&
        isAlive(outcome, partName(name, 'central-control-plane'));
    return isRebuilt && clusters > 0
        ? [
              `Edges whose stream to central stands do not follow a DNS name that is moved: stop the old side, or restart ${code('edge')} on ${clusters > 1 ? `each of ${clusters} clusters` : 'the cluster'}${label(caveats['moved-name'].confidence)}.`,
          ]
        : [];
}

/** How many clusters live that have agents. */
function livingClusters(outcome: Outcome): number {
    const withAgents = outcome.graph.topology.clusters.filter(carriesWorkloads);
    return withAgents.filter(({ name }) => isAlive(outcome, name)).length;
}

function postgresNeed(outcome: Outcome, { postgres }: ManagementPlane): string {
    if (isAlive(outcome, storeName('postgres'))) {
        const where = postgres.placement.value === 'external' ? 'stands outside and ' : '';
        return `✓ the Postgres database: it ${where}keeps its data`;
    }
    return backupNeed(
        outcome,
        'the Postgres database',
        postgres.backup.value,
        ', the configuration cannot be restored',
    );
}

function keyNeed(outcome: Outcome, key: Secret): string {
    if (isAlive(outcome, storeName('iam-signing-key'))) return '✓ the iam-signing-key: it is still in the cluster';
    const clusters = livingClusters(outcome);
    const where = clusters > 1 ? `each of ${clusters} clusters` : clusters === 1 ? 'the cluster' : 'each cluster';
    const renewal = `, ${agentSecrets.length} secrets have to be renewed on ${where}`;
    return backupNeed(outcome, 'the iam-signing-key', key.backup.value, renewal);
}

/** The key of central stands beside that of iam, and the file has no word for it. */
function jwksNeed(outcome: Outcome): string {
    const key = `the tsb-iam-jwks, the key of central (from 1.12)${label(caveats['central-key'].confidence)}`;
    return isAlive(outcome, storeName('iam-signing-key'))
        ? `✓ ${key}: it is still in the cluster`
        : `? ${key}: the kid of both keys has to be that in the tokens of the control planes`;
}

function rootCaNeed(outcome: Outcome, rootCa: Secret): string {
    if (isAlive(outcome, storeName('root-ca'))) return '✓ the same root CA: it is still in the cluster';
    return backupNeed(outcome, 'the same root CA', rootCa.backup.value, ', no cluster trusts the rebuilt plane');
}

function backupNeed(outcome: Outcome, what: string, backup: Backup, without: string): string {
    switch (backup.kind) {
        case 'unknown':
            return `? ${what}: the file does not say whether there is a backup; without one${without}`;
        case 'none':
            return `✗ ${what}: there is no backup; without it${without}`;
        case 'kept': {
            const kept = backup.locality ? `kept in ${placeName(backup.locality)}` : '';
            if (backup.locality && !isPlaceAlive(outcome, backup.locality))
                return `✗ ${what}: its backup is ${kept}, which is down too; without it${without}`;
            const every = backup.every === undefined ? '' : ` made every ${duration(backup.every)}`;
            const within = backup.within === undefined ? '' : `; it takes ${duration(backup.within)}, as the file says`;
            return `✓ ${what}: from the backup${every}${kept && `, ${kept}`}${within}`;
        }
    }
}

function isPlaceAlive(outcome: Outcome, place: Locality): boolean {
    return !isPlaceLost(outcome.graph.topology, place, (name) => !isAlive(outcome, name));
}

function placeName({ region, zone }: Locality): string {
    return code(zone === undefined ? region : `${region}/${zone}`);
}

function lostHistory(outcome: Outcome, { telemetryStore: { kind, backup } }: ManagementPlane): string[] {
    const store = outcome.graph.elements.byName.get(storeName(kind));
    if (!store || isAlive(outcome, store.name)) return [];
    return [
        lostWithTakeover(outcome, store) ??
            `Metrics and traces that the store held, if it does not come back with its data${sinceBackup(backup.value)}.`,
    ];
}

function lostChanges(outcome: Outcome, { postgres }: ManagementPlane): string[] {
    const store = outcome.graph.elements.byName.get(storeName('postgres'));
    if (!store || isAlive(outcome, store.name)) return [];
    const withTakeover = lostWithTakeover(outcome, store);
    if (withTakeover !== undefined) return [withTakeover];
    const backup = postgres.backup.value;
    const assumed =
        backup.kind === 'unknown' && postgres.placement.value === 'internal'
            ? `; an embedded Postgres is backed up daily unless that was changed, so up to ${duration(figures.embeddedPostgresBackup)} of them`
            : '';
    return [
        `Changes of TSB configuration, if Postgres does not come back with its data${sinceBackup(backup)}${assumed}.`,
    ];
}

function sinceBackup(backup: Backup): string {
    switch (backup.kind) {
        case 'unknown':
            return ': those since the last backup, if there is one';
        case 'none':
            return ': all, since there is no backup';
        case 'kept':
            return backup.every === undefined
                ? ': those since the last backup'
                : `: those since the last backup, up to ${duration(backup.every)}`;
    }
}

/** Metrics that nobody holds back, or beyond what a buffer holds. Of a dead cluster there are none to lose. */
function lostMetrics(outcome: Outcome, lasted: number | undefined): string[] {
    const { graph, propagation } = outcome;
    const buffers = new Map(
        graph.timers.filter(({ clock }) => clock === 'metrics-buffer').map((timer) => [timer.scope.cluster, timer]),
    );
    const clustersByText = new Map<string, string[]>();
    for (const { name: cluster, edge } of graph.topology.clusters.filter(carriesWorkloads)) {
        const lost = graph.flowNode('application-metrics', { cluster });
        const buffer = edge.metricsBuffer.value ?? 0;
        const held = buffers.get(cluster);
        const isCut = lost !== undefined && propagation.down[lost];
        const isHeld = held !== undefined && propagation.down[held.source];
        if (!isAlive(outcome, cluster) || (!isCut && !isHeld)) continue;
        const text = lostMetricsText(buffer, lasted);
        if (text) clustersByText.set(text, [...(clustersByText.get(text) ?? []), cluster]);
    }
    return [...clustersByText].map(([text, clusters]) => filled(text, table({ clusters: listing(clusters) })));
}

function lostMetricsText(buffer: number, lasted: number | undefined): string | undefined {
    if (buffer === 0)
        return 'Metrics of {clusters}, beyond what is held back: for how long is not published, and the file declares no buffer.';
    if (lasted === undefined)
        return `Metrics of {clusters}, beyond the first ${duration(buffer)} that the buffer holds.`;
    return lasted > buffer
        ? `${duration(lasted - buffer)} of metrics of {clusters}: the buffer holds ${duration(buffer)}.`
        : undefined;
}
