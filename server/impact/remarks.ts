import { sideText } from './takeover.js';
import { bareName, directedLinkName, gatewayName } from '../topology/element-name.js';
import { explainer, heldRedundancies, rootsOf, type Because } from '../failure/explain.js';
import { nodesDownWith } from '../failure/going-along.js';
import { isAlive, type Outcome } from '../failure/outcome.js';
import type { GraphNode } from '../failure/graph.js';
import { clocks } from '../knowledge/clocks.js';
import { componentKinds, secrets } from '../knowledge/components.js';
import type { Gravity } from '../failure/gravity.js';
import { gravityOfHost, gravityOfService, type ServiceOutcome } from '../failure/traffic-outcome.js';
import type { Element } from '../topology/element.js';
import type { NetworkLine, SourceLocation } from '../topology/topology.js';
import type { Facts } from './facts.js';
import type { AnnotationState } from '../knowledge/states.js';
import { namedRemark, type Named, type Remark } from './remark.js';
import { hostPhrase, servicePhrase } from './workloads.js';
import { plain } from '../encoding/markdown.js';
import { listing } from '../words/english.js';
import { duration, momentLabel } from '../words/times.js';
import { elementPhrase } from './phrases.js';

/** Something to say at a place that no element stands for. */
interface Placed {
    readonly at: SourceLocation;
    readonly remark: Remark;
}

/** Remarks about exposed hosts, at the lines that expose them. */
export function hostRemarks({ outcome }: Facts): (Placed & { readonly host: string })[] {
    const { hosts } = outcome.graph.traffic;
    const onLine = new Map<string, number>();
    for (const { exposure } of hosts) {
        const line = lineKey(exposure.hostAt);
        onLine.set(line, (onLine.get(line) ?? 0) + 1);
    }
    return outcome.hosts.flatMap((host, index) => {
        const { hostAt: at } = hosts[index]!.exposure;
        const phrase = hostPhrase(host);
        if (phrase === undefined) return [];
        const text = plain(phrase);
        const shares = onLine.get(lineKey(at))! > 1;
        const named = {
            before: '',
            name: host.host,
            after: `: ${text.replace(': ', ', ').replace(/^fails over/, 'failover')}`,
        };
        const remark = { state: stateOf[gravityOfHost(host)], text, ...(shares && { named }) };
        return [{ host: host.host, at, remark }];
    });
}

/** Gateways that are up and lead nowhere, at the lines that declare them. */
export function entryRemarks({ outcome }: Facts): Placed[] {
    const { hosts } = outcome.graph.traffic;
    return hosts.flatMap(({ exposure, entries }) =>
        entries
            .filter(({ first: { gateway }, lost }) => {
                const isClosed = outcome.propagation.down[lost] === 1;
                return isClosed && isAlive(outcome, gatewayName(gateway));
            })
            .map(({ first: { gateway, passage } }) => ({
                at: gateway.nameAt,
                remark: namedRemark('total', {
                    before: outcome.propagation.down[passage.lost]
                        ? 'it refuses all requests for '
                        : 'nothing behind it answers for ',
                    name: exposure.host,
                    after: '',
                }),
            })),
    );
}

/** Lines of the network that lead to clusters that are gone, or from some: whether all of the line is void, or a part. */
export function networkRemarks({ outcome }: Facts): Placed[] {
    const dead = new Set(outcome.clusters.filter(({ alive }) => !alive).map(({ name }) => name));
    const lines = new Map<string, NetworkLine[]>();
    for (const line of outcome.graph.topology.network.lines) {
        const key = lineKey(line.at);
        const known = lines.get(key);
        if (known) known.push(line);
        else lines.set(key, [line]);
    }
    return [...lines.values()].flatMap((said): Placed[] => {
        const parts = said.flatMap(directionsOf);
        const gone = distinct(parts.flatMap(({ from, to }) => [...from, ...to])).filter((name) => dead.has(name));
        if (gone.length === 0) return [];
        const open = parts.map((part) => openPart(outcome, part));
        const leads = open.some(({ from }) => from.length > 0);
        const text = plain(`leads ${leads ? `${partOf(parts, open)} only` : 'nowhere'}: ${listing(gone)} down`);
        return [{ at: said[0]!.at, remark: { state: leads ? 'limited' : 'gone', text } }];
    });
}

/** From each of the one to each of the other. */
type Direction = Pick<NetworkLine, 'from' | 'to'>;

function directionsOf({ from, to, bothWays }: NetworkLine): Direction[] {
    return bothWays
        ? [
              { from, to },
              { from: to, to: from },
          ]
        : [{ from, to }];
}

/** The clusters from which a direction still leads somewhere, and those to which it leads from somewhere. */
function openPart(outcome: Outcome, { from, to }: Direction): Direction {
    const froms = from.filter((name) => isAlive(outcome, name));
    const tos = to.filter((name) => isAlive(outcome, name));
    const isOpen = (one: string, other: string) => one !== other && isAlive(outcome, directedLinkName(one, other));
    return {
        from: froms.filter((one) => tos.some((other) => isOpen(one, other))),
        to: tos.filter((other) => froms.some((one) => isOpen(one, other))),
    };
}

/** "to `e2` and `w1`", "from `b` to `e2`": where a part of a line still leads, of its ends only those that tell it. */
function partOf(parts: readonly Direction[], open: readonly Direction[]): string {
    const [froms, tos] = endsOf(open);
    const [allFroms, allTos] = endsOf(parts);
    const fewerFroms = froms.length < allFroms.length;
    const fewerTos = tos.length < allTos.length;
    return [
        ...(fewerFroms ? [`from ${listing(froms)}`] : []),
        ...(fewerTos || !fewerFroms ? [`to ${listing(tos)}`] : []),
    ].join(' ');
}

function endsOf(directions: readonly Direction[]): [from: string[], to: string[]] {
    return [distinct(directions.flatMap(({ from }) => from)), distinct(directions.flatMap(({ to }) => to))];
}

function distinct(names: readonly string[]): string[] {
    return [...new Set(names)];
}

function lineKey({ uri, range }: SourceLocation): string {
    return `${uri}#${range.start.line}`;
}

const stateOf: Readonly<Record<Gravity, AnnotationState>> = {
    down: 'total',
    degraded: 'limited',
    failover: 'failover',
    operators: 'operators',
    spare: 'spare',
    none: 'held',
};

/**
 * What to say of each element of a line, which is looked at as a whole once, so that nothing is said twice and a line with
 * thousands of elements costs no more than them.
 *
 * @param since for how long what failed has been down, in seconds
 */
export function remarker(
    facts: Facts,
    since = 0,
): (line: readonly Element[]) => (element: Element) => readonly Remark[] {
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

    const lostWith = (element: Element) => nodesDownWith(graph, element).find((node) => propagation.down[node]);
    const isDown = (element: Element) => lostWith(element) !== undefined;

    const waiting = new Set(outcome.state.starting);
    const startText = (element: Element, names: readonly string[]) =>
        waiting.has(graph.nodeOfElement.get(element.name)!)
            ? 'has yet to start'
            : `${secrets.has(element.kind) ? 'out of reach' : 'down'} with ${names.join(' and ')}`;

    const ofElement = (element: Element, line: LineInCommon): readonly Remark[] => {
        // `on east, west`, `zones a, b`, `dmz -> e1, e2`: elements of equal standing, of which none stands for the line
        const alone = !line.several.has(element.kind);
        const say = (state: AnnotationState, text: string, between = ' '): Remark =>
            line.first === element && alone
                ? { state, text }
                : namedRemark(state, { ...partName(element), after: `${between}${text}` });
        const told = (remarks: readonly Remark[]) =>
            alone ? remarks : remarks.map((remark) => about(element, remark));
        if (failures.has(element)) return [say('failed', failed)];
        if (isDown(element)) {
            if (line.hasFailed) return [];
            if (element.parents.some((parent) => line.down.has(parent))) return [];
            if (!element.declared || (element.kind === 'instances' && line.hasService)) {
                return [];
            }
            const because = explain(lostWith(element)!);
            const names = rootsOf(because).map((root) => plain(elementPhrase(root)));
            const clock = clockIn(because);
            if (clock === undefined) return [say('gone', startText(element, names), ': ')];
            const { renews, expired } = clocks[clock.clock];
            const isPossible = facts.ranOut(clock.clock).possible.includes(clock.scope.cluster ?? '');
            const has = isPossible ? 'may have run out' : expired;
            return [say('gone', `${renews} ${has}, without ${names.join(' and ')}`, ': ')];
        }
        const by = (held.get(element) ?? []).map((other) => plain(elementPhrase(other)));
        const heldRemarks = by.length > 0 ? [say('held', `stays up thanks to ${by.join(', ')}`)] : [];
        const side = [sideText(outcome, element)].filter((says) => says !== undefined);
        switch (element.kind) {
            case 'workload-cluster':
                return [...told(clusters(element.name)), ...heldRemarks];
            case 'standby-management-cluster':
                return [...side.map((text) => say('held', text)), ...heldRemarks];
            case 'management-cluster':
            case 'hosted-management-cluster':
                return [
                    ...side.map((text) => say('held', text)),
                    ...told([...managementRemarks(facts), ...clusters(element.name)]),
                    ...heldRemarks,
                ];
            case 'management-plane':
                return element.declared ? managementRemarks(facts) : [];
            case 'service':
                return told(serviceRemarks(services.get(element.service ?? '')));
            default:
                return heldRemarks;
        }
    };

    return (elements) => {
        const line: LineInCommon = {
            first: elements[0],
            several: repeatedKinds(elements),
            hasService: elements.some(({ kind }) => kind === 'service'),
            hasFailed: elements.some((element) => failures.has(element)),
            down: new Set(elements.filter(isDown).map(({ name }) => name)),
        };
        return (element) => ofElement(element, line);
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

/** What the elements of a line have in common, as far as the remark about one of them asks for the others. */
interface LineInCommon {
    readonly first: Element | undefined;
    /** The kinds of which the line has more than one element. */
    readonly several: ReadonlySet<Element['kind']>;
    readonly hasService: boolean;
    /** Whether one of them was made to fail. */
    readonly hasFailed: boolean;
    readonly down: ReadonlySet<string>;
}

function repeatedKinds(elements: readonly Element[]): Set<Element['kind']> {
    const seen = new Set<Element['kind']>();
    const repeated = new Set<Element['kind']>();
    for (const { kind } of elements) (seen.has(kind) ? repeated : seen).add(kind);
    return repeated;
}

/** A remark about one of several elements of a line. */
function about(element: Element, { state, text }: Remark): Remark {
    return namedRemark(state, { ...partName(element), after: `: ${text.replace(': ', ', ')}` });
}

/** How an element is called among others of its line: what stands before the name, and the name. */
function partName({ kind, name, cluster, ends, declared, service }: Element): Omit<Named, 'after'> {
    switch (kind) {
        case 'link':
            return declared
                ? { before: 'link between ', name: `${ends?.from} and ${ends?.to}` }
                : { before: 'link to ', name: ends?.to ?? '' };
        case 'directed-link':
            return { before: `link from ${ends?.from} to `, name: ends?.to ?? '' };
        case 'instances':
            return { before: 'instances on ', name: cluster ?? '' };
        case 'zone':
            return { before: 'zone ', name: bareName(name) };
        case 'gateway':
            return { before: 'gateway ', name };
        case 'service':
            return { before: 'service ', name: service ?? '' };
        case 'external-service':
            return { before: '', name: bareName(name) };
        case 'shared-fate':
            return { before: 'shared fate ', name: bareName(name) };
        case 'region':
            return { before: 'region ', name: bareName(name) };
        case 'workload-cluster':
        case 'management-cluster':
        case 'hosted-management-cluster':
        case 'standby-management-cluster':
            return { before: '', name };
        default:
            return { before: '', name: componentKinds[kind].title };
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
        'pod-admission': 'no new pods',
        'gitops-sync': 'GitOps refused',
        'component-telemetry': 'no component telemetry',
    } as const;
    const heldBack = new Set(facts.limited('application-metrics'));
    const tokenless = new Set(facts.ranOut('agent-token').certain);
    return (cluster) => {
        const remarks: Remark[] = [];
        if (freshness.get(cluster) === 'frozen') remarks.push({ state: 'operators', text: 'configuration frozen' });
        if (freshness.get(cluster) === 'queued') remarks.push({ state: 'operators', text: 'changes queued' });
        if (tokenless.has(cluster)) remarks.push({ state: 'operators', text: 'agent tokens have run out' });
        const lost = new Set(losing.flatMap(([flow, clusters]) => (clusters.has(cluster) ? [flow] : [])));
        if (lost.has('application-metrics')) lost.delete('component-telemetry');
        for (const flow of lost) remarks.push({ state: 'operators', text: words[flow] });
        if (heldBack.has(cluster)) {
            remarks.push({ state: 'operators', text: `metrics held back for ${duration(buffers.get(cluster) ?? 0)}` });
        }
        return remarks;
    };
}

function managementRemarks(facts: Facts): Remark[] {
    if (facts.estateLost('write')) return [{ state: 'operators', text: 'no configuration changes or reads' }];
    const remarks: Remark[] = [];
    if (facts.estateLost('dashboards')) remarks.push({ state: 'operators', text: 'dashboards empty' });
    if (facts.estateLost('web-ui')) remarks.push({ state: 'operators', text: 'no web UI' });
    if (facts.estateLost('management-gitops-channel'))
        remarks.push({ state: 'operators', text: 'nothing comes from Git' });
    if (facts.estateLost('logins')) remarks.push({ state: 'operators', text: 'no logins' });
    return remarks;
}

function serviceRemarks(service: ServiceOutcome | undefined): Remark[] {
    const text = service && servicePhrase(service);
    return service && text !== undefined ? [{ state: stateOf[gravityOfService(service)], text: plain(text) }] : [];
}
