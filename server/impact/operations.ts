import { isAlive, usersTouched, type Outcome } from '../failure/outcome.js';
import { caveats } from '../knowledge/caveats.js';
import type { Operation, Severity } from '../knowledge/operations.js';
import { forEachOperation, severityWords } from '../knowledge/operations.js';
import { storeName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import { managementCluster, type ManagementCluster } from '../topology/topology.js';
import { ranOutSentences } from './clocks.js';
import { gapOfUnaffected, gapPhrase } from './gap.js';
import { runningWorkloads } from './workloads.js';
import type { Facts } from './facts.js';
import { isEverywhere } from './facts.js';
import { code } from '../encoding/markdown.js';
import { listing, verb } from '../words/english.js';
import { duration } from '../words/times.js';
import { label } from './phrases.js';
import { missingPods } from './new-pods.js';
import { isStoreCopy, twoPrimaries } from './promotion.js';

/** What happens to one operation, in sentences: the first answers "should I worry?", the others say the rest. */
export interface OperationStory {
    readonly severity: Severity;
    readonly sentences: readonly string[];
}

/** What a simulation does to the four operations, in Markdown sentences; never empty. */
export function operationStories(facts: Facts): Record<Operation, OperationStory> {
    const tell: Record<Operation, (facts: Facts) => string[]> = {
        runningWorkloads,
        localClusterOperations,
        metricsCollection,
        managementOperations,
    };
    return forEachOperation((operation) => ({
        severity: facts.outcome.operations[operation],
        sentences: tell[operation](facts),
    }));
}

/** "unaffected", "limited", "unaffected, after a gap of 0–60 s": the mark of an operation in words. */
export function severityPhrase(operation: Operation, outcome: Outcome): string {
    const severity = outcome.operations[operation];
    const gap =
        operation === 'runningWorkloads' && severity === 'unaffected'
            ? gapOfUnaffected(usersTouched(outcome).hosts)
            : null;
    return gap ? `${severityWords[severity]}, ${gapPhrase(gap)}` : severityWords[severity];
}

// Local cluster operations ---------------------------------------------------------------------------------------------

function localClusterOperations(facts: Facts): string[] {
    const { dead, clusters } = facts;
    const sentences: string[] = [];
    const noKubectl = facts.lost('kubectl');
    const deaf = facts.lost('endpoint-sync');
    const noPods = facts.lost('pod-admission');
    const partial = facts.lost('partial-configuration').filter((cluster) => !noKubectl.includes(cluster));
    const refused = facts.lost('gitops-sync').filter((cluster) => !noKubectl.includes(cluster));

    if (dead.length > 0)
        sentences.push(`No change can be made on ${listing(dead)}: ${verb(dead.length, 'it is', 'they are')} down.`);
    if (noKubectl.length > 0) sentences.push(`No kubectl on ${listing(noKubectl)}.`);
    if (deaf.length === 1 && clusters.length === 1) {
        sentences.push(`${listing(deaf)} is cut off from central, and keeps the configuration that it has.`);
    } else if (deaf.length > 0) {
        const hears = verb(deaf.length, 'hears', 'hear');
        const knows = verb(deaf.length, 'keeps the endpoints that it knows', 'keep the endpoints that they know');
        sentences.push(
            isEverywhere(deaf, facts)
                ? 'No cluster hears of service changes on the others any more; each keeps the endpoints that it knows.'
                : `${listing(deaf)} no longer ${hears} of service changes on other clusters, and ${knows}.`,
        );
    }
    if (deaf.length > 0) sentences.push(...ranOutSentences(facts, 'agent-token'));
    sentences.push(...missingPods(facts), ...refusedWrites(facts));
    if (refused.length > 0) {
        sentences.push(`kubectl apply of TSB objects is refused on ${listing(refused)} (GitOps sync).`);
    }
    sentences.push(...heldPushes(facts), ...frozenMachines(facts));
    if (partial.length > 0) {
        const where = isEverywhere(partial, facts) ? 'in every cluster' : `on ${listing(partial)}`;
        sentences.push(
            `New workloads ${where} may run partially configured: policies that the cluster has stored apply; newer, namespace-targeted and fine-grained ones do not arrive.`,
        );
    }
    if (noKubectl.length + dead.length === 0 && (deaf.length > 0 || noPods.length > 0 || refused.length > 0)) {
        sentences.push(`${kubectlWorks(facts)}.`);
    }
    if (dead.length + noKubectl.length + deaf.length + noPods.length + refused.length === 0) {
        if (clusters.length === 0) return ['There is no workload cluster yet.'];
        const learning =
            clusters.length > 1 && managementCluster(facts.topology)
                ? ', and clusters keep learning of service changes on each other'
                : '';
        return [`${kubectlWorks(facts)}${learning}.`, ...sentences];
    }
    const touched = new Set([...dead, ...noKubectl, ...deaf, ...noPods, ...refused, ...partial]);
    const untouched = clusters.length - touched.size;
    if (untouched > 0) sentences.push('Other clusters are not touched.');
    return sentences;
}

/** Central reaches the edge, and the edge cannot write what it hears. */
function refusedWrites(facts: Facts): string[] {
    const deaf = new Set(facts.lost('endpoint-sync'));
    const refused = facts.lost('edge-writes').filter((cluster) => !deaf.has(cluster));
    if (refused.length === 0) return [];
    const stays = 'so configuration and the endpoints of other clusters stay as they are';
    return [`The same webhooks refuse what the edge of ${listing(refused)} writes, ${stays}${label('inferred')}.`];
}

/** Not on the management cluster, perhaps: it does not count for the mark, and is missed all the same. */
function kubectlWorks({ outcome, topology, clusters }: Facts): string {
    const { name: management, isHosted } = managementCluster(topology) ?? {};
    const spared = management === undefined || isHosted || isAlive(outcome, `${management}.kubernetes-api`);
    if (spared || clusters.includes(management)) return 'kubectl works everywhere';
    return `kubectl works on every workload cluster, not on ${code(management)}`;
}

/** GitOps (async) accepts what it cannot push yet. */
function heldPushes({ outcome: { graph, propagation }, clusters, dead }: Facts): string[] {
    const held = clusters.filter((cluster) => {
        const pushed = graph.flowNode('gitops-push', { cluster });
        const accepted = graph.flowNode('gitops-async', { cluster });
        return pushed !== undefined && propagation.down[pushed] && !propagation.down[accepted!];
    });
    const living = held.filter((cluster) => !dead.includes(cluster));
    return living.length > 0
        ? [`TSB objects that are applied on ${listing(living)} are accepted, and pushed later (GitOps async).`]
        : [];
}

/** Virtual machines whose gateway is gone while their cluster lives. */
function frozenMachines({ outcome, dead }: Facts): string[] {
    return outcome.effects.flatMap(({ facet: { flow, scope } }) =>
        flow === 'machine-configuration' && !dead.includes(scope.cluster ?? '')
            ? [
                  `The virtual machines of ${code(scope.caller ?? '')} on ${code(scope.cluster ?? '')} keep the configuration that they have: their gateway is down.`,
              ]
            : [],
    );
}

// Metrics collection ---------------------------------------------------------------------------------------------------

/** Whether there is a telemetry store, whatever does what it did. */
function isStoreThere({ outcome }: Facts, { isHosted, name, managementPlane }: ManagementCluster): boolean {
    const { kind, placement } = managementPlane.telemetryStore;
    const { graph, state, propagation } = outcome;
    const hasMoved = state.promoted.some((standIn) => !isStoreCopy(standIn));
    if (hasMoved && placement.value === 'internal') return true;
    if (isHosted) return isAlive(outcome, name);
    return !propagation.down[graph.inUse(graph.nodeOfElement.get(storeName(kind))!)];
}

/** Of what in use there are two now, for an operation. */
function divisions({ outcome }: Facts, isMeant: (original: Element) => boolean): string[] {
    const { state, propagation } = outcome;
    return state.divided
        .filter(({ original, byItself }) => isMeant(original) && byItself && propagation.down[byItself.divided])
        .map((standIn) => twoPrimaries(standIn));
}

function metricsCollection(facts: Facts): string[] {
    const { outcome, dead, clusters } = facts;
    const management = managementCluster(facts.topology);
    const store = management?.managementPlane.telemetryStore;
    if (clusters.length === 0 || !store) return ['There is nothing to collect yet.'];
    const sentences: string[] = [];
    const cut = facts.lost('application-metrics');
    const held = facts.limited('application-metrics');
    const storeTitle = management.isHosted
        ? code(management.name)
        : store.kind === 'elasticsearch'
          ? 'Elasticsearch'
          : 'BanyanDB';
    const storeAlive = isStoreThere(facts, management);
    const collects = (cluster: string) => isAlive(outcome, `${cluster}.edge-control-plane.oap`);
    const queueing = cut.filter(collects);
    const silent = [...dead, ...cut.filter((cluster) => !collects(cluster))];

    if (isEverywhere([...dead, ...cut], facts)) {
        const why = storeAlive ? '' : `: ${storeTitle} is down`;
        sentences.push(`No metrics arrive from any cluster${why}.`);
    } else {
        if (silent.length > 0) sentences.push(`No metrics from ${listing(silent)}.`);
        const waiting = queueing.length > 0 ? `Metrics of ${listing(queueing)} do not arrive` : '';
        if (waiting) sentences.push(`${waiting}${storeAlive ? '' : `: ${storeTitle} is down`}.`);
    }
    if (queueing.length > 0) sentences.push(...ranOutSentences(facts, 'agent-token'));
    if (queueing.length > 0) {
        const who = isEverywhere(queueing, facts) ? 'The clusters' : listing(queueing);
        const several = queueing.length > 1;
        sentences.push(
            `${who} ${several ? 'collect and queue theirs' : 'collects and queues its own'}; no figure is published for how long, so a long outage loses some.`,
        );
    }
    if (held.length > 0)
        sentences.push(`Metrics of ${listing(held)} are held back${bufferOf(held, facts)}, and lost after that.`);
    const components = facts
        .lost('component-telemetry')
        .filter((cluster) => !cut.includes(cluster) && !held.includes(cluster));
    if (components.length > 0) {
        const all = isEverywhere(components, facts);
        const from = all ? 'every cluster' : listing(components);
        const still =
            storeAlive && cut.length + held.length === 0
                ? `${storeTitle} stays reachable, so application metrics arrive`
                : 'Application metrics arrive';
        sentences.push(`${still}; only the telemetry of TSB's own components is lost, from ${from}.`);
    }
    sentences.push(...divisions(facts, ({ kind }) => kind !== 'postgres'));
    if (sentences.length === 0) return ['Metrics of every cluster arrive.'];
    if (new Set([...dead, ...cut, ...held, ...components]).size < clusters.length) {
        sentences.push('Other clusters are not touched.');
    }
    return sentences;
}

function bufferOf(clusters: readonly string[], { topology }: Facts): string {
    const buffers = topology.clusters
        .filter((cluster) => clusters.includes(cluster.name))
        .map((cluster) => cluster.edge?.metricsBuffer.value ?? 0);
    const least = Math.min(...buffers);
    return ` for ${buffers.some((buffer) => buffer !== least) ? 'at least ' : ''}${duration(least)}`;
}

// Management operations ------------------------------------------------------------------------------------------------

function managementOperations(facts: Facts): string[] {
    const { outcome, clusters, dead } = facts;
    if (!managementCluster(facts.topology)) return ['The estate has no management cluster yet.'];
    if (facts.estateLost('write')) {
        const sentences = ['TSB configuration can be neither changed nor read: UI, API, tctl and GitOps do not work.'];
        const which = dead.length > 0 ? 'other cluster' : 'cluster';
        if (dead.length < clusters.length) {
            sentences.push(`Every ${which} runs on with the configuration that it has.`);
        }
        return sentences;
    }
    const sentences: string[] = [];
    if (facts.estateLost('dashboards')) sentences.push('Dashboards stay empty; configuration can be read and changed.');
    sentences.push(...onlyGitOps(facts));
    if (facts.estateLost('web-ui')) sentences.push('The web UI does not answer; API and tctl do.');
    if (facts.estateLost('management-gitops-channel'))
        sentences.push('Nothing comes in from Git; UI, API and tctl work.');
    if (facts.estateLost('logins')) sentences.push('Nobody can log in anew; who is logged in goes on.');
    const queued = clusters.filter((cluster) => isUndelivered(outcome, cluster));
    if (queued.length > 0 && queued.length === clusters.length) {
        sentences.push('Changes are accepted and stored, but queue up: none reaches a cluster for now.');
        if (sentences.length === 1) sentences.push('Configuration and dashboards can be read as before.');
    } else if (queued.length > 0) {
        const when = queued.every((cluster) => dead.includes(cluster))
            ? verb(queued.length, 'it is back', 'they are back')
            : verb(queued.length, 'it can be reached again', 'they can be reached again');
        sentences.push(`Changes for ${listing(queued)} are queued, and applied when ${when}; all others arrive.`);
    }
    sentences.push(...divisions(facts, ({ kind }) => kind === 'postgres'));
    if (sentences.length === 0) return ['Configuration can be read and changed, and changes arrive everywhere.'];
    return sentences;
}

/** GitOps is meant to be on in one cluster only, so that its loss is that of GitOps. */
function onlyGitOps(facts: Facts): string[] {
    const { topology, dead } = facts;
    const [source, ...others] = topology.clusters.filter(({ edge }) => (edge?.gitops.value ?? 'off') !== 'off');
    if (!source || others.length > 0 || managementCluster(topology)?.managementPlane.gitops.value) return [];
    const isSilent = dead.includes(source.name) || facts.lost('gitops-sync').includes(source.name);
    return isSilent
        ? [
              `No change comes in by GitOps for any cluster: ${code(source.name)} is the only one that pushes${label(caveats['only-gitops'].confidence)}.`,
          ]
        : [];
}

/** What is written for the cluster waits until it can be reached, or is back. */
function isUndelivered({ graph, propagation }: Outcome, cluster: string): boolean {
    const delivery = graph.flowNode('delivery', { cluster });
    return delivery !== undefined && propagation.down[delivery] === 1;
}
