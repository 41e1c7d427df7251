import { explainer, heldRedundancies, rootsOf } from '../failure/explain.js';
import type { Outcome } from '../failure/outcome.js';
import type { Severity } from '../knowledge/operations.js';
import { componentKinds } from '../knowledge/components.js';
import type { Element } from '../topology/elements.js';
import type { SourceLocation } from '../topology/topology.js';
import type { Facts } from './facts.js';
import { factsOf } from './facts.js';
import { duration, elementPhrase, plain } from './wording.js';

/** How a line of the file fares in a simulation: what is drawn at its end. */
export interface Annotation {
    readonly at: SourceLocation;
    readonly state: AnnotationState;
    /** Plain text, short enough for the end of a line. */
    readonly text: string;
}

/** `failed`: made to fail here; `gone`: went with something else; `held`: touched, and held by a redundancy. */
export type AnnotationState = 'failed' | 'gone' | 'total' | 'limited' | 'held';

const gravity: readonly AnnotationState[] = ['held', 'limited', 'total', 'gone', 'failed'];

interface Remark {
    readonly state: AnnotationState;
    readonly text: string;
}

/** One annotation for each line that a simulation touches; lines that it does not touch stay calm. */
export function annotationsOf(outcome: Outcome): Annotation[] {
    if (outcome.failures.length === 0) return [];
    const facts = factsOf(outcome);
    const remark = remarker(facts);
    const lines = new Map<string, { at: SourceLocation; elements: Element[] }>();
    for (const element of outcome.graph.elements.all) {
        const key = `${element.at.uri}#${element.at.range.start.line}`;
        const line = lines.get(key);
        if (line) line.elements.push(element);
        else lines.set(key, { at: element.at, elements: [element] });
    }
    return [...lines.values()].flatMap(({ at, elements }) => {
        const remarks = withoutRepetition(elements.flatMap((element) => remark(element, elements)));
        const [gravest] = remarks.sort((a, b) => gravity.indexOf(b.state) - gravity.indexOf(a.state));
        return gravest ? [{ at, state: gravest.state, text: remarks.map(({ text }) => text).join(' · ') }] : [];
    });
}

function withoutRepetition(remarks: readonly Remark[]): Remark[] {
    return [...new Map(remarks.map((remark) => [remark.text, remark])).values()];
}

/** What to say of one element on its line; the other elements of the line are given, so that nothing is said twice. */
function remarker(facts: Facts): (element: Element, line: readonly Element[]) => Remark[] {
    const { outcome } = facts;
    const { graph, propagation } = outcome;
    const failures = new Set(outcome.failures);
    const explain = explainer(outcome);
    const held = new Map(
        heldRedundancies(outcome).flatMap(({ element, by }) => (element ? [[element, by] as const] : [])),
    );
    const clusters = clusterRemarks(facts);
    const services = new Map(outcome.services.map((service) => [service.name, service]));

    const isDown = (element: Element) => Boolean(propagation.down[graph.nodeOfElement.get(element.name)!]);

    return (element, line) => {
        const main = line[0] === element && !isOneOfSeveralHomes(element, line);
        const named = (text: string) => (main ? text : `${partName(element)} ${text}`);
        const node = graph.nodeOfElement.get(element.name)!;
        if (failures.has(element)) {
            return [{ state: 'failed', text: named('failed (simulated)') }];
        }
        if (propagation.down[node]) {
            if (line.some((other) => other !== element && failures.has(other))) return [];
            if (line.some((other) => element.parents.includes(other.name) && isDown(other))) return [];
            if (!element.declared || (element.kind === 'instances' && line.some(({ kind }) => kind === 'service'))) {
                return [];
            }
            const roots = rootsOf(explain(node)).map((root) => plain(elementPhrase(root)));
            return [{ state: 'gone', text: named(`gone with ${roots.join(' and ')}`) }];
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
            case 'service':
                return serviceRemarks(services.get(element.service ?? ''));
            default:
                return heldRemarks;
        }
    };
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
    return (cluster) => {
        const remarks: Remark[] = [];
        if (freshness.get(cluster) === 'frozen') remarks.push({ state: 'limited', text: 'configuration frozen' });
        if (freshness.get(cluster) === 'queued') remarks.push({ state: 'limited', text: 'changes queued' });
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

function serviceRemarks(
    service: { severity: Severity; homes: readonly { cluster: string; alive: boolean }[] } | undefined,
): Remark[] {
    if (!service || service.severity === 'unaffected') return [];
    const left = service.homes.filter((home) => home.alive).map((home) => home.cluster);
    if (service.severity === 'total') return [{ state: 'total', text: 'gone: no instance is left' }];
    return [
        { state: 'limited', text: `runs on in ${left.join(', ')} · ${left.length} of ${service.homes.length} homes` },
    ];
}
