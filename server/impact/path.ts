import {
    asElementName,
    directedLinkName,
    externalName,
    gatewayName,
    instancesName,
    partName,
} from '../topology/element-name.js';
import type { NodeIndex } from '../engine/index.js';
import type { Outcome } from '../failure/outcome.js';
import { entriesInUse } from '../failure/gaps.js';
import {
    membersOf,
    type EntryNodes,
    type HopNodes,
    type HostNodes,
    type LastHop,
    type MemberNodes,
    type NextHop,
    type PassageNodes,
    type PathNodes,
} from '../failure/traffic-graph.js';
import { answering, relaysTaken, targetsTaken } from '../failure/traffic-outcome.js';
import { sharesOf } from '../failure/shares.js';
import type { Gateway } from '../topology/topology.js';
import { percent, oneOf } from '../words/english.js';
import type { Hop, Way } from './hop.js';
import { vainEntries } from './vain-ways.js';

/** How the lines of a drawn way look; plain text unless said. */
export interface PathLook {
    readonly sign: (alive: boolean) => string;
    /** Of a way that holds, and loses a share of the requests. */
    readonly partly: string;
    readonly title: (text: string) => string;
    readonly spare: (text: string) => string;
    readonly branch: (text: string) => string;
}

const plainLook: PathLook = {
    sign: (alive) => (alive ? '✓' : '✗'),
    partly: '⚠',
    title: (text) => text,
    spare: (text) => text,
    branch: (text) => text,
};

/** A way as a tree of lines, each with a sign for whether it holds. */
export function pathLines(way: Way, look: PathLook = plainLook): string[] {
    const { alive, text, lostShare } = way;
    const isPartly = alive && lostShare > 0;
    const sign = isPartly ? look.partly : look.sign(alive);
    const lost = isPartly ? `, ${percent(lostShare)} of the requests are lost` : '';
    return [`${sign} ${look.title(text)}${lost}`, ...hopLines(way.hops, '', look)];
}

function hopLines(hops: readonly Hop[], indent: string, look: PathLook): string[] {
    return hops.flatMap((hop, index) => {
        const isLast = index === hops.length - 1;
        const text = hop.spare ? look.spare(`${hop.text}, spare`) : hop.text;
        return [
            `${look.branch(`${indent}${isLast ? '└─' : '├─'}`)} ${look.sign(hop.alive)} ${text}`,
            ...hopLines(hop.hops, `${indent}${isLast ? '   ' : '│  '}`, look),
        ];
    });
}

/**
 * The ways from clients outside to a host. What is behind a gateway on which several ways meet is drawn once, on a way
 * that requests take, if there is one: so a drawing grows no faster than the hops that are declared.
 */
export function hostPath(outcome: Outcome, host: HostNodes): Way {
    const state = stateOf(outcome);
    const inUse = new Set(entriesInUse(host, state.isDown));
    const entries = host.entries.map((entry) => {
        const usable = state.isUp(entry.lost);
        return { entry, first: entry.first, standing: { taken: inUse.has(entry) && usable, usable } };
    });
    const isWeighted = host.targets.some(({ weight }) => weight !== undefined);
    const drawing = drawingOf(state, entries, isWeighted);
    return {
        text: host.exposure.host,
        alive: state.isUp(host.lost),
        lostShare: sharesOf(outcome.graph.traffic, state.isDown).host(host),
        taken: true,
        spare: false,
        hops: [
            ...entries.map(({ first, standing }) =>
                passageHop(drawing, first.passage, standing, (behind) => hopsBehind(drawing, first, behind)),
            ),
            ...vainEntries(
                outcome,
                host.service,
                host.exposure,
                entries.map(({ first }) => first.gateway),
            ),
        ],
    };
}

/** The ways from a cluster to a service, or to something outside the mesh. */
export function callPath(outcome: Outcome, path: PathNodes): Way {
    const state = stateOf(outcome);
    const alive = state.isUp(path.lost);
    return {
        text: `${path.from} calls ${path.callee.name}`,
        alive,
        lostShare: sharesOf(outcome.graph.traffic, state.isDown).path(path),
        taken: true,
        spare: false,
        hops: namedHops(state, path, { taken: true, usable: alive }),
    };
}

/** Whoever looks the end of the way up by its name does not even begin it while nobody answers. */
function namedHops(state: State, path: PathNodes, standing: Standing): readonly Hop[] {
    const behind: Behind = (there) => pathHops(state, path, there);
    const isFound = !path.withoutName || state.isElementUp(partName(path.from, 'dns'));
    return isFound
        ? behind(standing)
        : [hopOf(`the DNS of ${path.from} (nobody finds ${path.callee.name} by its name)`, false, standing, behind)];
}

interface State {
    readonly outcome: Outcome;
    isDown(this: void, node: NodeIndex): boolean;
    isUp(this: void, node: NodeIndex | undefined): boolean;
    isElementUp(this: void, name: string): boolean;
}

function stateOf(outcome: Outcome): State {
    const { graph, propagation } = outcome;
    const isDown = (node: NodeIndex) => propagation.down[node] === 1;
    const isUp = (node: NodeIndex | undefined) => node === undefined || !isDown(node);
    return { outcome, isDown, isUp, isElementUp: (name) => isUp(graph.nodeOfElement.get(asElementName(name))) };
}

interface Drawing extends State {
    /** Targets have weights, which are told. */
    readonly isWeighted: boolean;
    /** Requests for which targets come to a gateway now. */
    readonly carried: ReadonlyMap<HopNodes, ReadonlySet<string>>;
    /** Each target keeps its share, so that none is a spare for another. */
    readonly isStrict: boolean;
    /** Behind which gateway each further one is drawn with all that is behind it. */
    readonly before: Map<HopNodes, HopNodes>;
}

/** How the requests stand to a place on the way: whether they come there, and whether they could. */
interface Standing {
    readonly taken: boolean;
    readonly usable: boolean;
}

const offTheWay: Standing = { taken: false, usable: false };

/** An entry, and how the requests stand to it. */
interface DrawnEntry {
    readonly entry: EntryNodes;
    readonly first: HopNodes;
    readonly standing: Standing;
}

function drawingOf(state: State, entries: readonly DrawnEntry[], isWeighted: boolean): Drawing {
    const carried = new Map<HopNodes, Set<string>>();
    for (const { entry, standing } of entries) {
        if (!standing.taken) continue;
        for (const { target } of targetsTaken(entry, state.isDown)) carry(state, entry.first, target.key, carried);
    }
    const isStrict = entries.some(({ entry }) => entry.isStrict);
    const drawing: Drawing = { ...state, isWeighted, carried, isStrict, before: new Map() };
    choosePlaces(drawing, entries);
    return drawing;
}

function carry(state: State, hop: HopNodes, target: string, carried: Map<HopNodes, Set<string>>): void {
    const targets = carried.get(hop) ?? new Set();
    carried.set(hop, targets);
    if (targets.has(target)) return;
    targets.add(target);
    for (const { hop: next, lost } of hop.next) {
        const way = lost.get(target);
        if (way !== undefined && state.isUp(way)) carry(state, next, target, carried);
    }
}

/** For each gateway behind others, the best place to draw it: on a way that is taken, or else on one that could be. */
function choosePlaces(
    drawing: Drawing,
    entries: readonly { readonly first: HopNodes; readonly standing: Standing }[],
): void {
    const rankOf = ({ taken, usable }: Standing) => (taken ? 2 : usable ? 1 : 0);
    let level = new Map(entries.map(({ first, standing }) => [first, standing]));
    while (level.size > 0) {
        const following = new Map<HopNodes, Standing>();
        for (const [from, standing] of level) {
            for (const next of from.next) {
                const there = standingAt(drawing, from, next, standing);
                const known = following.get(next.hop);
                if (known && rankOf(known) >= rankOf(there)) continue;
                following.set(next.hop, there);
                drawing.before.set(next.hop, from);
            }
        }
        level = following;
    }
}

function standingAt({ isUp, carried }: Drawing, from: HopNodes, { lost }: NextHop, standing: Standing): Standing {
    const ways = [...lost].filter(([, node]) => isUp(node));
    const carries = carried.get(from) ?? new Set();
    return {
        taken: standing.taken && ways.some(([target]) => carries.has(target)),
        usable: standing.usable && ways.length > 0,
    };
}

function hopsBehind(drawing: Drawing, from: HopNodes, standing: Standing): Hop[] {
    const next = from.next.map((each) => {
        const { hop } = each;
        const isDrawnHere = drawing.before.get(hop) === from;
        const there = standingAt(drawing, from, each, standing);
        return linkHop(drawing, from.gateway.cluster, hop.gateway.cluster, there, (behind) => [
            passageHop(drawing, hop.passage, behind, (further) =>
                isDrawnHere
                    ? hopsBehind(drawing, hop, further)
                    : [hopOf('and on as drawn behind it elsewhere', further.usable, further, () => [])],
            ),
        ]);
    });
    const carries = drawing.carried.get(from) ?? new Set();
    const last = from.last.map((hop) => {
        const holds = drawing.isUp(hop.lost);
        const there: Standing = {
            taken: standing.taken && holds && carries.has(hop.target.key),
            usable: standing.usable && holds && !drawing.isStrict,
        };
        return lastHop(drawing, from.gateway.cluster, hop, there);
    });
    return [...next, ...last];
}

function lastHop(drawing: Drawing, from: string, { target, ingress }: LastHop, standing: Standing): Hop {
    const homes = (behind: Standing) => pathHops(drawing, target.path, behind);
    return linkHop(
        drawing,
        from,
        target.cluster,
        standing,
        (behind) => (ingress.length > 0 ? [anyPassageHop(drawing, ingress, behind, homes)] : homes(behind)),
        drawing.isWeighted ? ` (weight ${target.weight})` : '',
    );
}

type Behind = (standing: Standing) => readonly Hop[];

function hopOf(text: string, alive: boolean, standing: Standing, behind: Behind): Hop {
    const there = alive ? standing : offTheWay;
    return { text, alive, taken: there.taken, spare: there.usable && !there.taken, hops: behind(there) };
}

function linkHop(state: State, from: string, to: string, standing: Standing, behind: Behind, note = ''): Hop {
    const alive = from === to || state.isElementUp(directedLinkName(from, to));
    if (from === to && note === '') {
        const [only, ...more] = behind(standing);
        if (only && more.length === 0) return only;
    }
    return hopOf(from === to ? `in ${to}${note}` : `network ${from} → ${to}${note}`, alive, standing, behind);
}

function gatewayHop(state: State, gateway: Gateway, standing: Standing, behind: Behind): Hop {
    const name = gatewayName(gateway);
    return hopOf(`gateway ${name} (${gateway.roles.join(', ')})`, state.isElementUp(name), standing, behind);
}

/** A gateway that refuses what it cannot ask about is as good as none. */
function passageHop(state: State, { gateway, lost, needs }: PassageNodes, standing: Standing, behind: Behind): Hop {
    const missed = needs.filter((need) => state.isDown(need.lost)).map(({ callee }) => callee.name);
    if (state.isUp(lost) || missed.length === 0) return gatewayHop(state, gateway, standing, behind);
    const text = `gateway ${gatewayName(gateway)} (refuses what it cannot ask ${missed.join(', ')} about)`;
    return hopOf(text, false, standing, behind);
}

function anyPassageHop(state: State, passages: readonly PassageNodes[], standing: Standing, behind: Behind): Hop {
    const [only] = passages;
    if (only && passages.length === 1) return passageHop(state, only, standing, behind);
    const names = passages.map(({ gateway }) => gatewayName(gateway));
    const alive = passages.some(({ lost }) => state.isUp(lost));
    return hopOf(`any of the gateways ${names.join(', ')}`, alive, standing, behind);
}

/** Several gateways of one role: any of them will do. */
function anyGatewayHop(state: State, gateways: readonly Gateway[], standing: Standing, behind: Behind): Hop {
    const [only] = gateways;
    if (only && gateways.length === 1) return gatewayHop(state, only, standing, behind);
    const names = gateways.map(gatewayName);
    const alive = names.some((name) => state.isElementUp(name));
    return hopOf(`any of the gateways ${names.join(', ')}`, alive, standing, behind);
}

function pathHops(state: State, path: PathNodes, standing: Standing): Hop[] {
    if (path.callee.kind === 'external-service') {
        const alive = state.isElementUp(externalName(path.callee.name));
        const last: Behind = (behind) => [hopOf(`${path.callee.name} (outside the mesh)`, alive, behind, () => [])];
        if (path.callee.through) {
            const nearest = path.egress.find((gateway) => leavesBy(state, path.from, gateway));
            return path.egress.map((gateway) =>
                linkHop(
                    state,
                    path.from,
                    gateway.cluster,
                    { ...standing, taken: standing.taken && gateway === nearest },
                    (behind) => [gatewayHop(state, gateway, behind, last)],
                ),
            );
        }
        return path.egress.length > 0 ? [anyGatewayHop(state, path.egress, standing, last)] : [...last(standing)];
    }
    const chosen = new Set(answering(path, state.isDown));
    const members = path.tiers.flatMap((tier) => membersOf(path, tier));
    const relays = relayHops(state, path, standing);
    const isAtHome = relaysTaken(path, state.isDown).length === 0;
    return [
        ...members.map((member) => {
            const holds = state.isUp(member.lost);
            const usable = standing.usable && holds && path.detects;
            const taken = standing.taken && isAtHome && chosen.has(member.home.cluster);
            return memberHop(state, path, member, { taken, usable });
        }),
        ...relays,
    ];
}

/** The gateways by which calls leave for homes elsewhere, with all that is behind them. */
function relayHops(state: State, path: PathNodes, standing: Standing): Hop[] {
    const now = new Set(relaysTaken(path, state.isDown));
    const relays = path.relays.flat().map((relay) => {
        const usable = standing.usable && path.detects && state.isUp(relay.lost);
        const { entry } = relay;
        return { entry, first: entry.first, standing: { taken: standing.taken && now.has(relay), usable } };
    });
    const drawing = drawingOf(
        state,
        relays,
        relays.some(({ entry }) => entry.isStrict),
    );
    return relays.map(({ first, standing: there }) =>
        linkHop(drawing, path.from, first.gateway.cluster, there, (behind) => [
            passageHop(drawing, first.passage, behind, (further) => hopsBehind(drawing, first, further)),
        ]),
    );
}

/** Whether calls can leave a cluster by an egress gateway now. */
function leavesBy(state: State, from: string, gateway: Gateway): boolean {
    const isOpen = from === gateway.cluster || state.isElementUp(directedLinkName(from, gateway.cluster));
    return isOpen && state.isElementUp(gatewayName(gateway));
}

function memberHop(state: State, path: PathNodes, member: MemberNodes, standing: Standing): Hop {
    const { outcome } = state;
    const { cluster, serves, instances } = member.home;
    const alive = state.isUp(serves);
    const starved = !alive && state.isUp(instances);
    const missed = starved ? missedAt(outcome, path.callee.name, cluster) : [];
    const text = `${instancesName(path.callee.name, cluster)}${starved ? ` (cannot serve without ${missed.join(', ')})` : ''}`;
    const there: Behind = (behind) => [hopOf(text, alive, behind, () => [])];
    if (member.isLocal) return there(standing)[0]!;
    return linkHop(state, path.from, cluster, standing, (behind) => [
        anyGatewayHop(state, member.gateways, behind, there),
    ]);
}

/** What a home that is up cannot serve without, and does not reach. */
function missedAt({ services }: Outcome, service: string, home: string): string[] {
    const missed = services.find(({ name }) => name === service)?.missed ?? [];
    return missed.filter(({ cluster }) => cluster === home).map(({ anyOf }) => oneOf(anyOf));
}
