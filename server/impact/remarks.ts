import { explainer, heldRedundancies, rootsOf, type Because } from '../failure/explain.js';
import { isAlive } from '../failure/outcome.js';
import type { GraphNode } from '../failure/graph.js';
import { clocks } from '../knowledge/clocks.js';
import { componentKinds } from '../knowledge/components.js';
import type { ServiceOutcome } from '../failure/traffic-outcome.js';
import type { Severity } from '../knowledge/operations.js';
import type { Element } from '../topology/elements.js';
import type { SourceLocation } from '../topology/topology.js';
import type { Facts } from './facts.js';
import { hostPhrase, servicePhrase } from './workloads.js';
import { duration, elementPhrase, listing, momentLabel, plain } from './wording.js';

/** How a thing fares. `failed`: made to fail here; `gone`: went with something else; `held`: touched, and held all the same. */
export type AnnotationState = 'failed' | 'gone' | 'total' | 'limited' | 'held';

/** One thing to say at the end of a line, in plain text. */
export interface Remark {
    readonly state: AnnotationState;
    readonly text: string;
}

/** Remarks about exposed hosts, at the lines that expose them. */
export function hostRemarks({
    outcome,
}: Facts): { readonly host: string; readonly at: SourceLocation; readonly remark: Remark }[] {
    const exposures = new Map(outcome.graph.traffic.hosts.map(({ exposure }) => [exposure.host, exposure]));
    return outcome.hosts.flatMap((host) => {
        const exposure = exposures.get(host.host);
        const text = hostPhrase(host);
        return exposure && text !== undefined
            ? [{ host: host.host, at: exposure.hostAt, remark: { state: stateOf(host.severity), text: plain(text) } }]
            : [];
    });
}

/** Gateways that are up and lead nowhere, at the lines that declare them. */
export function entryRemarks({ outcome }: Facts): { readonly at: SourceLocation; readonly remark: Remark }[] {
    const { hosts } = outcome.graph.traffic;
    return hosts.flatMap(({ exposure, entries }) =>
        entries
            .filter(({ first: { gateway }, lost }) => {
                const isClosed = outcome.propagation.down[lost] === 1;
                return isClosed && isAlive(outcome, `${gateway.cluster}.${gateway.name}`);
            })
            .map(({ first: { gateway } }) => ({
                at: gateway.nameAt,
                remark: { state: 'total', text: `nothing behind it answers for ${exposure.host}` },
            })),
    );
}

function stateOf(severity: Severity): AnnotationState {
    return severity === 'unaffected' ? 'held' : severity;
}

/**
 * What to say of one element on its line; the other elements of the line are given, so that nothing is said twice.
 *
 * @param since for how long what failed has been down, in seconds
 */
export function remarker(facts: Facts, since = 0): (element: Element, line: readonly Element[]) => Remark[] {
    const { outcome } = facts;
    const { graph, propagation } = outcome;
    const failures = new Set(outcome.failures);
    const failed = `failed ${since > 0 ? `${momentLabel(since)} ago ` : ''}(simulated)`;
    const explain = explainer(outcome);
    const held = new Map(
        heldRedundancies(outcome).flatMap(({ element, by }) => (element ? [[element, by] as const] : [])),
    );
    const clusters = clusterRemarks(facts);
    const services = new Map(outcome.services.map((service) => [service.name, service]));

    const isDown = (element: Element) => Boolean(propagation.down[graph.nodeOfElement.get(element.name)!]);

    const waiting = new Set(outcome.state.starting);
    const startText = (element: Element, names: readonly string[]) =>
        waiting.has(graph.nodeOfElement.get(element.name)!) ? 'has yet to start' : `gone with ${names.join(' and ')}`;

    return (element, line) => {
        const main = line[0] === element && !isOneOfSeveralHomes(element, line);
        const named = (text: string) => (main ? text : `${partName(element)} ${text}`);
        if (failures.has(element)) return [{ state: 'failed', text: named(failed) }];
        if (isDown(element)) {
            if (line.some((other) => other !== element && failures.has(other))) return [];
            if (line.some((other) => element.parents.includes(other.name) && isDown(other))) return [];
            if (!element.declared || (element.kind === 'instances' && line.some(({ kind }) => kind === 'service'))) {
                return [];
            }
            const because = explain(graph.nodeOfElement.get(element.name)!);
            const names = rootsOf(because).map((root) => plain(elementPhrase(root)));
            const clock = clockIn(because);
            if (clock === undefined) return [{ state: 'gone', text: named(startText(element, names)) }];
            const { renews, expired } = clocks[clock.clock];
            const isPossible = facts.ranOut(clock.clock).possible.includes(clock.scope.cluster ?? '');
            const has = isPossible ? 'may have run out' : expired;
            return [{ state: 'gone', text: named(`${renews} ${has}, without ${names.join(' and ')}`) }];
        }
        const by = (held.get(element) ?? []).map((other) => plain(elementPhrase(other)));
        const heldRemarks: Remark[] = by.length > 0 ? [{ state: 'held', text: named(`held by ${by.join(', ')}`) }] : [];
        switch (element.kind) {
            case 'workload-cluster':
                return [...clusters(element.name), ...heldRemarks];
            case 'management-cluster':
                return [...managementRemarks(facts), ...clusters(element.name), ...heldRemarks];
            case 'management-plane':
                return element.declared ? managementRemarks(facts) : [];
            case 'link':
                return element.declared ? linkRemarks(element, facts) : [];
            case 'service':
                return serviceRemarks(services.get(element.service ?? ''));
            default:
                return heldRemarks;
        }
    };
}

/** The clock behind a loss, if one is. */
function clockIn({ node, causes }: Because): Extract<GraphNode, { kind: 'clock' }> | undefined {
    if (node.kind === 'clock') return node;
    for (const { because } of causes) {
        const clock = clockIn(because);
        if (clock !== undefined) return clock;
    }
    return undefined;
}

/** `on east, west`: two elements of equal standing, of which neither stands for the line. */
function isOneOfSeveralHomes({ kind }: Element, line: readonly Element[]): boolean {
    return kind === 'instances' && line.filter((other) => other.kind === 'instances').length > 1;
}

function partName(element: Element): string {
    switch (element.kind) {
        case 'link':
            return `link to ${element.ends?.to}`;
        case 'directed-link':
            return `link from ${element.ends?.from} to ${element.ends?.to}`;
        case 'instances':
            return `instances on ${element.cluster}`;
        case 'zone':
        case 'gateway':
            return plain(elementPhrase(element));
        default:
            return componentKinds[element.kind].title;
    }
}

/** What a cluster that lives still loses. */
function clusterRemarks(facts: Facts): (cluster: string) => Remark[] {
    const freshness = new Map(facts.outcome.clusters.map(({ name, freshness }) => [name, freshness]));
    const buffers = new Map(facts.topology.clusters.map(({ name, edge }) => [name, edge?.metricsBuffer.value]));
    const losing = (
        [
            'kubectl',
            'application-metrics',
            'endpoint-sync',
            'pod-admission',
            'gitops-sync',
            'component-telemetry',
        ] as const
    ).map((flow) => [flow, new Set(facts.lost(flow))] as const);
    const words = {
        kubectl: 'no kubectl',
        'application-metrics': 'no metrics',
        'endpoint-sync': 'endpoints frozen',
        'pod-admission': 'new pods refused',
        'gitops-sync': 'GitOps refused',
        'component-telemetry': 'no component telemetry',
    } as const;
    const heldBack = new Set(facts.limited('application-metrics'));
    const tokenless = new Set(facts.ranOut('agent-token').certain);
    return (cluster) => {
        const remarks: Remark[] = [];
        if (freshness.get(cluster) === 'frozen') remarks.push({ state: 'limited', text: 'configuration frozen' });
        if (freshness.get(cluster) === 'queued') remarks.push({ state: 'limited', text: 'changes queued' });
        if (tokenless.has(cluster)) remarks.push({ state: 'limited', text: 'agent tokens have run out' });
        const lost = new Set(losing.flatMap(([flow, clusters]) => (clusters.has(cluster) ? [flow] : [])));
        if (lost.has('application-metrics')) lost.delete('component-telemetry');
        for (const flow of lost) remarks.push({ state: 'limited', text: words[flow] });
        if (heldBack.has(cluster)) {
            remarks.push({ state: 'limited', text: `metrics held back for ${duration(buffers.get(cluster) ?? 0)}` });
        }
        return remarks;
    };
}

function managementRemarks(facts: Facts): Remark[] {
    if (facts.estateLost('write')) return [{ state: 'total', text: 'no configuration changes or reads' }];
    const remarks: Remark[] = [];
    if (facts.estateLost('dashboards')) remarks.push({ state: 'limited', text: 'dashboards empty' });
    if (facts.estateLost('web-ui')) remarks.push({ state: 'limited', text: 'no web UI' });
    if (facts.estateLost('management-gitops-channel'))
        remarks.push({ state: 'limited', text: 'nothing comes from Git' });
    if (facts.estateLost('logins')) remarks.push({ state: 'limited', text: 'no logins' });
    return remarks;
}

function serviceRemarks(service: ServiceOutcome | undefined): Remark[] {
    const text = service && servicePhrase(service);
    return service && text !== undefined ? [{ state: stateOf(service.severity), text: plain(text) }] : [];
}

/** A living link of the network that leads to a cluster that is gone, or from one. */
function linkRemarks({ ends }: Element, { outcome }: Facts): Remark[] {
    const dead = [ends?.from, ends?.to].filter((name) =>
        outcome.clusters.some((cluster) => cluster.name === name && !cluster.alive),
    );
    return dead.length > 0 ? [{ state: 'gone', text: `leads nowhere: ${plain(listing(dead as string[]))} gone` }] : [];
}
