import { annotationStates } from '../knowledge/states.js';
import { isAlive, type Outcome } from '../failure/outcome.js';
import { gravityOfHost, gravityOfService, type HostOutcome, type ServiceOutcome } from '../failure/traffic-outcome.js';
import type { Gravity } from '../failure/gravity.js';
import { factsOf, type Facts } from '../impact/facts.js';
import { sideText } from '../impact/takeover.js';
import { gapPhrase } from '../impact/gap.js';
import { clusterKinds, componentKinds } from '../knowledge/components.js';
import { gatewayName, type ElementName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import { count, enumerated, percent, oneOf } from '../words/english.js';
import { momentLabel } from '../words/times.js';
import { boxesIn, type Box, type Branch, type Scene } from './box.js';
import { endsIn, stretchesBetween } from './ends.js';
import { worse, type BranchState, type Inside, type Mark, type State, type WayState } from './mark.js';
import { stretchesIn, stretchId } from './ways.js';

/** What an outcome does to a scene: it moves nothing. */
export interface Overlay {
    /** Only of boxes to which something happens. */
    readonly boxes: ReadonlyMap<string, Mark>;
    readonly ways: ReadonlyMap<string, WayState>;
    readonly branches: ReadonlyMap<string, BranchState>;
    /** What becomes of the metrics of each cluster that lives. */
    readonly metrics: ReadonlyMap<string, 'held' | 'cut'>;
    /** The links that are down: no box shows a link, so that they are counted. */
    readonly links: readonly ElementName[];
}

/** Nothing fails: every way is taken as in health. */
export function healthyOverlay({ ways, branches }: Scene): Overlay {
    return {
        boxes: new Map(),
        ways: new Map(ways.map(({ id, taken }) => [id, taken ? 'flow' : 'spare'])),
        branches: new Map(branches.map(({ id }) => [id, 'flow'])),
        metrics: new Map(),
        links: [],
    };
}

/**
 * How all that is drawn fares.
 *
 * @param since for how long what failed has been down, in seconds
 */
export function overlayOf(scene: Scene, outcome: Outcome, since = 0): Overlay {
    const { failures, starting, expired, promoted, divided } = outcome.state;
    if ([failures, starting, expired, promoted, divided].every(({ length }) => length === 0))
        return healthyOverlay(scene);
    const facts = factsOf(outcome);
    const fares = elementFares(outcome, since);
    const boxes = new Map<string, Mark>();
    const inside = insideOf(scene, outcome, fares);
    for (const box of boxesIn(scene)) {
        const mark = box.kind === 'host' ? hostMark(scene, outcome, box) : boxMark(box, outcome, fares, inside);
        if (mark) boxes.set(box.id, mark);
    }
    const metrics = metricsIn(facts);
    return {
        boxes,
        ways: wayStates(scene, outcome, boxes),
        branches: new Map(scene.branches.map((branch) => [branch.id, branchState(branch, outcome, metrics)])),
        metrics,
        links: outcome.graph.elements.all
            .filter(({ kind, name }) => (kind === 'link' || kind === 'directed-link') && !isAlive(outcome, name))
            .map(({ name }) => name),
    };
}

/** How an element fares by itself. */
interface Fare {
    readonly state: State;
    readonly text: string;
}

type Fares = (element: Element) => Fare | undefined;

function elementFares(outcome: Outcome, since: number): Fares {
    const failures = new Set(outcome.failures);
    const services = new Map(outcome.services.map((service) => [service.name, service]));
    const waiting = new Set(outcome.state.starting);
    const deadEnds = gatewaysThatLeadNowhere(outcome);
    const freshness = new Map(outcome.clusters.map((cluster) => [cluster.name, cluster.freshness]));
    const nodeOf = outcome.graph.nodeOfElement;
    const failed = since > 0 ? `failed ${momentLabel(since)} ago` : 'failed';
    return (element) => {
        const { name, kind, service, cluster } = element;
        if (failures.has(element)) return { state: 'failed', text: failed };
        if (!isAlive(outcome, name)) {
            return { state: 'gone', text: waiting.has(nodeOf.get(name)!) ? 'has yet to start' : 'down' };
        }
        const side = sideText(outcome, element);
        if (side !== undefined) return { state: 'held', text: side };
        if (kind === 'gateway') return deadEnds.get(name);
        if (kind === 'instances' && service !== undefined) return instanceFare(services.get(service), cluster ?? '');
        if (kind === 'edge-control-plane') {
            const now = freshness.get(cluster ?? '');
            if (now === 'frozen') return { state: 'operators', text: 'frozen' };
            if (now === 'queued') return { state: 'operators', text: 'changes queued' };
        }
        return undefined;
    };
}

/** Instances that are up: whether they serve, and whoever uses them is served. */
function instanceFare(service: ServiceOutcome | undefined, cluster: string): Fare | undefined {
    if (!service) return undefined;
    const here = <T extends { readonly cluster: string }>(all: readonly T[]) =>
        all.filter((each) => each.cluster === cluster);
    const missed = here(service.missed).map(({ anyOf }) => oneOf(anyOf));
    if (missed.length > 0) return { state: 'total', text: `needs ${enumerated(missed)}` };
    const broken = [...new Set(here(service.brokenCalls).map(({ callee }) => callee))];
    if (broken.length > 0) return { state: 'limited', text: `cannot reach ${enumerated(broken)}` };
    const serves = service.homes.find((home) => home.cluster === cluster)?.serves ?? false;
    switch (gravityOfService(service)) {
        case 'down':
            return { state: 'total', text: serves ? 'out of reach' : 'down' };
        case 'degraded':
            return { state: 'limited', text: 'degraded' };
        case 'spare': {
            const left = service.homes.filter((home) => home.serves).length;
            return { state: 'held', text: `${left} of ${count(service.homes.length, 'cluster')}` };
        }
        default:
            return undefined;
    }
}

/** Gateways that are up, and behind which nothing answers: for none of the hosts, or only for some. */
function gatewaysThatLeadNowhere({ graph, propagation }: Outcome): ReadonlyMap<string, Fare> {
    const hosts = new Map<string, { open: number; closed: string[] }>();
    for (const { exposure, entries } of graph.traffic.hosts) {
        for (const { first, lost } of entries) {
            const name = gatewayName(first.gateway);
            const known = hosts.get(name) ?? { open: 0, closed: [] };
            hosts.set(name, known);
            if (propagation.down[lost]) known.closed.push(exposure.host);
            else known.open++;
        }
    }
    return new Map(
        [...hosts]
            .filter(([, { closed }]) => closed.length > 0)
            .map(([name, { open, closed }]) => [
                name,
                {
                    state: open === 0 ? 'total' : 'limited',
                    text: `nothing behind it answers for ${enumerated(closed)}`,
                },
            ]),
    );
}

const hostStates: Readonly<Record<Gravity, State>> = {
    down: 'total',
    degraded: 'limited',
    failover: 'failover',
    operators: 'held',
    spare: 'held',
    none: 'held',
};

/** A host is always told of: its reader asks whether it is served. */
function hostMark({ hostsOf }: Scene, { hosts }: Outcome, { id }: Box): Mark | undefined {
    const names = new Set(hostsOf.get(id));
    const now = hosts.filter(({ host }) => names.has(host));
    const [first] = now;
    if (!first) return undefined;
    const worst = now.map((host) => hostStates[gravityOfHost(host)]).reduce((one, other) => worse(one, other)!);
    if (names.size === 1)
        return { state: worst, text: hostText(now.find((host) => hostStates[gravityOfHost(host)] === worst)!) };
    const alike = new Set(now.filter((host) => hostStates[gravityOfHost(host)] === worst).map(({ host }) => host)).size;
    if (worst === 'held') return { state: worst, text: 'all served' };
    const says = { total: 'down', limited: 'degraded', failover: 'fail over' }[
        worst as 'total' | 'limited' | 'failover'
    ];
    return { state: worst, text: `${alike} of ${names.size} ${says}` };
}

function hostText(host: HostOutcome): string {
    switch (gravityOfHost(host)) {
        case 'down':
            return 'down';
        case 'degraded':
            return host.lostShare > 0
                ? `loses ${percent(host.lostShare)} of requests`
                : `cannot reach ${enumerated(host.missed)}`;
        case 'failover':
            return gapPhrase(host.gapSeconds!);
        default:
            return host.servedFrom.length > 0 ? `served from ${enumerated(host.servedFrom, { most: 2 })}` : 'served';
    }
}

function boxMark(
    { id, kind }: Box,
    { graph }: Outcome,
    fares: Fares,
    inside: ReadonlyMap<string, Inside>,
): Mark | undefined {
    const element = graph.elements.byName.get(id as ElementName);
    const fare = element && fares(element);
    const within = inside.get(id);
    if (!fare && !within) return undefined;
    // what is down as a whole says nothing of its parts
    if (fare?.state === 'failed' || fare?.state === 'gone' || !within) return fare;
    // a cell, and clusters that are folded together, have no place for two signs
    if (kind === 'cell' || kind === 'clusters') return { state: within.state, text: within.text };
    return { ...(fare && { state: fare.state }), text: fare?.text ?? '', inside: within };
}

/** What is folded into each box, and does not fare as in health. */
function insideOf({ boxesOf, columns }: Scene, { graph }: Outcome, fares: Fares): Map<string, Inside> {
    const found = new Map<string, Map<State, Element[]>>();
    const totals = new Map<string, number>();
    const groupOf = new Map(
        columns.flatMap(({ cards }) => cards.flatMap(({ id, clusters }) => clusters.map((each) => [each, id]))),
    );
    const note = (box: string, element: Element, state: State | undefined) => {
        if (element.kind === 'instances') totals.set(box, (totals.get(box) ?? 0) + 1);
        if (state === undefined) return;
        const byState = found.get(box) ?? new Map<State, Element[]>();
        found.set(box, byState);
        byState.set(state, [...(byState.get(state) ?? []), element]);
    };
    for (const [name, boxes] of boxesOf) {
        const element = graph.elements.byName.get(name);
        if (!element || element.kind === 'service') continue;
        const fare = fares(element);
        for (const box of boxes) {
            if (box !== name) note(box, element, fare?.state);
            const group = groupOf.get(box);
            if (group !== undefined && isWhole(element)) note(group, element, fare?.state);
        }
    }
    return new Map(
        [...found].map(([box, byState]) => {
            const state = annotationStates.find((each) => byState.has(each))!;
            return [box, { state, text: insideText(byState.get(state)!, state, totals.get(box) ?? 0) }];
        }),
    );
}

/** Clusters are told as wholes where they are folded. */
function isWhole({ kind }: Element): boolean {
    return clusterKinds.has(kind) || kind === 'instances';
}

const insideWords: Readonly<Record<State, string>> = {
    failed: 'failed',
    gone: 'down',
    total: 'down',
    limited: 'degraded',
    failover: 'fails over',
    operators: 'frozen',
    spare: 'without a spare',
    held: 'in fewer clusters',
};

function insideText(elements: readonly Element[], state: State, services: number): string {
    const clusters = elements.filter(({ kind }) => clusterKinds.has(kind));
    const word = insideWords[state];
    if (clusters.length > 0) return `${count(clusters.length, 'cluster')} ${word}`;
    const instances = elements.filter(({ kind }) => kind === 'instances');
    if (instances.length > 0) return `${instances.length} of ${count(services, 'service')} ${word}`;
    const titles = [...new Set(elements.map(({ kind }) => componentKinds[kind].title))];
    return `${enumerated(titles, { most: 2 })} ${word}`;
}

function metricsIn(facts: Facts): Map<string, 'held' | 'cut'> {
    return new Map([
        ...facts.limited('application-metrics').map((cluster) => [cluster, 'held'] as const),
        ...facts.lost('application-metrics').map((cluster) => [cluster, 'cut'] as const),
    ]);
}

function wayStates(scene: Scene, outcome: Outcome, boxes: ReadonlyMap<string, Mark>): Map<string, WayState> {
    const { graph, propagation } = outcome;
    const now = new Set<string>();
    const wanted = new Set<string>();
    const isDown = (node: number) => propagation.down[node] === 1;
    for (const { from, to, taken, arrives } of stretchesBetween(endsIn(scene), stretchesIn(graph, isDown).values())) {
        if (taken) now.add(stretchId(from, to));
        if (arrives) wanted.add(stretchId(from, to));
    }
    const isBoxDown = (id: string) => ['failed', 'gone'].includes(boxes.get(id)?.state ?? '');
    return new Map(
        scene.ways.map(({ id, from, to, taken }) => {
            if (now.has(id)) return [id, taken ? 'flow' : 'takes-over'];
            if (taken) return [id, wanted.has(id) && !isBoxDown(from) ? 'cut' : 'idle'];
            return [id, isBoxDown(from) || isBoxDown(to) ? 'lost-spare' : 'spare'];
        }),
    );
}

function branchState(
    { layer, from, to, clusters }: Branch,
    outcome: Outcome,
    metrics: ReadonlyMap<string, 'held' | 'cut'>,
): BranchState {
    // what was replaced is no end of anything any more
    if (outcome.state.promoted.some(({ original }) => isOfSide([from, to], original.name))) return 'idle';
    if (clusters.length === 0) return isAlive(outcome, from) && isAlive(outcome, to) ? 'flow' : 'cut';
    const living = new Set(clusters.filter((cluster) => isAlive(outcome, cluster)));
    if (living.size === 0) return 'idle';
    const fares =
        layer === 'metrics'
            ? [...living].map((cluster) => metrics.get(cluster) ?? 'flow')
            : outcome.clusters
                  .filter(({ name }) => living.has(name))
                  .map(({ freshness }) => (freshness === 'frozen' ? 'cut' : freshness === 'queued' ? 'held' : 'flow'));
    return (['cut', 'held'] as const).find((state) => fares.includes(state)) ?? 'flow';
}

/** Whether one of these is a cluster, or a part of it. */
function isOfSide(names: readonly string[], cluster: string): boolean {
    return names.some((name) => name === cluster || name.startsWith(`${cluster}.`));
}
