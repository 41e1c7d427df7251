import { partName } from '../topology/element-name.js';
import { isAlive, usersTouched, type Outcome } from '../failure/outcome.js';
import type { HostOutcome } from '../failure/traffic-outcome.js';
import { figures } from '../knowledge/clocks.js';
import { contradictions, type ContradictionId } from '../knowledge/contradictions.js';
import { isAtLeast } from '../knowledge/versions.js';
import type { ManagementCluster, Setting } from '../topology/topology.js';
import { managementCluster } from '../topology/topology.js';
import { isMoving, lostWorkloadClusters, movedByDetection } from './detection.js';
import { factsOf } from './facts.js';
import { listing, verb } from '../words/english.js';
import { duration } from '../words/times.js';

/** A contradiction of the published material that matters here, and how it comes out. */
export interface ContradictionHere {
    readonly id: ContradictionId;
    readonly topic: string;
    readonly readings: readonly string[];
    /** Which reading the file selects, or that both hold, as a sentence. Markdown. */
    readonly here: string;
}

/** Those of which all readings speak of this very outcome, in order of `knowledge/contradictions.ts`. */
export function contradictionsIn(outcome: Outcome): ContradictionHere[] {
    return (Object.keys(contradictions) as ContradictionId[]).flatMap((id) => {
        const here = selections[id](outcome, ownManagement(outcome));
        const { topic, readings } = contradictions[id];
        return here === undefined ? [] : [{ id, topic, readings: readings.map(({ says }) => says), here }];
    });
}

/** What is said of the planes of a management cluster is said of one's own. */
function ownManagement({ graph: { topology } }: Outcome): ManagementCluster | undefined {
    const management = managementCluster(topology);
    return management?.isHosted ? undefined : management;
}

/** "Whether …: one says …; another says …. Here: …". Markdown. */
export function contradictionSentence({ topic, readings, here }: ContradictionHere): string {
    return `${topic}: ${readings.join('; but ')}. Here: ${here}`;
}

type Selection = (outcome: Outcome, management: ManagementCluster | undefined) => string | undefined;

/** What decides, where a contradiction matters; undefined where it does not. */
const selections: Readonly<Record<ContradictionId, Selection>> = {
    'new-workloads': (outcome, management) =>
        losesThePlane(outcome, management) && factsOf(outcome).lost('partial-configuration').length > 0
            ? 'both hold: what a cluster has stored applies, what would have to come from central does not.'
            : undefined,
    listener: (outcome, management) => {
        if (!management || !losesOnlyTheDoor(outcome, management)) return undefined;
        const { listener } = management.central;
        if (listener.value === 'front-envoy')
            return `front-envoy serves the listener (${origin(listener)}), so edges lose central with it.`;
        const likelier =
            listener.origin.kind === 'assumed'
                ? ' The other is likelier: say `listener front-envoy` where it is so.'
                : '';
        return `central has a listener of its own (${origin(listener)}), so edges keep it.${likelier}`;
    },
    metrics: (outcome, management) => {
        if (!management || !losesThePlane(outcome, management)) return undefined;
        const { placement, path } = management.managementPlane.telemetryStore;
        const where = `${placement.value === 'internal' ? 'inside' : 'outside'} the management cluster (${origin(placement)})`;
        const how = `${path.value === 'direct' ? 'directly' : 'through front-envoy'} (${origin(path)})`;
        return `the store stands ${where} and is reached ${how}; that decides.`;
    },
    'component-telemetry': (outcome, management) => {
        const facts = factsOf(outcome);
        const lost = facts.lost('component-telemetry').filter((cluster) => isCollecting(outcome, cluster));
        const isMoot = !losesTheDoor(outcome, management) || lost.length === 0;
        return isMoot
            ? undefined
            : `it is taken to be forwarded; where ${listing(lost)} scrape it by themselves, it is not lost.`;
    },
    'service-discovery': (outcome, management) => {
        if (!management || !losesThePlane(outcome, management) || !hasCentral(outcome, management)) return undefined;
        const { value: version } = outcome.graph.topology.tsbVersion;
        const doubt = isAtLeast(version, '1.12') ? ', although the introduction is that of its version' : '';
        return `for TSB ${version} central and its streams decide${doubt}.`;
    },
    token: (outcome) => {
        const { certain, possible } = factsOf(outcome).ranOut('agent-token');
        const standing = [...certain, ...possible].filter((cluster) => onlyTokenIsMissing(outcome, cluster));
        return standing.length === 0 || outcome.state.tokensVoid
            ? undefined
            : `the worst is taken; as long as no stream breaks, ${listing(standing)} may go on.`;
    },
    interruption: (outcome) => {
        if (lostWorkloadClusters(outcome).length === 0) return undefined;
        const { hosts } = usersTouched(outcome);
        const [moving, losing] = [hosts.filter(isMoving), hosts.filter(losesShare)];
        if (moving.length + losing.length === 0) return undefined;
        return [
            ...(moving.length > 0
                ? [
                      `${namesOf(moving)} ${verb(moving.length, 'fails', 'fail')} over within the published time, not at once`,
                  ]
                : []),
            ...(losing.length > 0
                ? [
                      `${namesOf(losing)} ${verb(losing.length, 'loses', 'lose')} a share for as long as the failure lasts`,
                  ]
                : []),
        ]
            .join('; ')
            .concat('.');
    },
    detection: (outcome) => {
        const [, slowest] = figures.reckonedDetection.takes;
        const moving = movedByDetection(outcome);
        return moving.length === 0
            ? undefined
            : `the published time is used; with few requests ${namesOf(moving)} may take up to ${duration(slowest)}.`;
    },
    'outlier-detection': (outcome) => {
        const { routes } = outcome.graph.traffic;
        const moving = movedByDetection(outcome).filter(
            ({ service }) => routes.service(service)?.outlierDetection.origin.kind === 'assumed',
        );
        return moving.length === 0
            ? undefined
            : `it is taken to be on, without which ${namesOf(moving)} would not fail over; say \`no outlier detection\` where it is off.`;
    },
    weights: (outcome) => {
        const { hostsOf } = outcome.graph.traffic;
        const isWeighted = ({ host, service }: HostOutcome) =>
            (hostsOf.get(service) ?? []).some(
                ({ exposure, targets }) => exposure.host === host && targets.some(({ weight }) => weight !== undefined),
            );
        const losing = usersTouched(outcome).hosts.filter((host) => host.lostShare > 0 && isWeighted(host));
        if (losing.length === 0) return undefined;
        const { value: version } = outcome.graph.topology.tsbVersion;
        const doubt = isAtLeast(version, '1.12')
            ? '; with `failoverPriority` it may fail over instead, which is not verified'
            : '';
        return `for TSB ${version} they are taken to be strict, so ${namesOf(losing)} ${verb(losing.length, 'loses', 'lose')} the share of what is down${doubt}.`;
    },
};

/** The scenarios of the management plane, and of the management cluster, which contains it. */
function losesThePlane(outcome: Outcome, management: ManagementCluster | undefined): boolean {
    return management !== undefined && !isAlive(outcome, partName(management.name, 'management-plane'));
}

function losesTheDoor(outcome: Outcome, management: ManagementCluster | undefined): boolean {
    return management !== undefined && !isAlive(outcome, partName(management.name, 'management-plane', 'front-envoy'));
}

function hasCentral(outcome: Outcome, management: ManagementCluster): boolean {
    return isAlive(outcome, `${management.name}.central-control-plane`);
}

function losesOnlyTheDoor(outcome: Outcome, management: ManagementCluster): boolean {
    return losesTheDoor(outcome, management) && hasCentral(outcome, management);
}

function isCollecting(outcome: Outcome, cluster: string): boolean {
    return isAlive(outcome, `${cluster}.edge-control-plane.otel-collector`);
}

/** Whether the stream to central would stand if the token had not run out. */
function onlyTokenIsMissing({ graph, propagation }: Outcome, cluster: string): boolean {
    const stream = graph.flowNode('control-stream', { cluster });
    if (stream === undefined) return false;
    const { targets, first, end } = graph.inputsOf(stream);
    const needed = targets.subarray(first, end);
    return needed.every((node) => !propagation.down[node] || graph.nodes.at(node).kind === 'clock');
}

function losesShare({ severity, lostShare }: HostOutcome): boolean {
    return severity === 'limited' && lostShare > 0;
}

function namesOf(hosts: readonly HostOutcome[]): string {
    return listing(hosts.map(({ host }) => host));
}

function origin({ origin: { kind } }: Setting<unknown>): string {
    return kind === 'assumed' ? 'assumed' : 'as the file says';
}
