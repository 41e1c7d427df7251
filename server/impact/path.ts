import type { Outcome } from '../failure/outcome.js';
import type { ForwardNodes, HostNodes, MemberNodes, NodeIndex, PathNodes, TargetNodes } from '../failure/graph.js';
import { answering, chosenBehind } from '../failure/traffic-outcome.js';
import { asElementName, directedLinkName } from '../topology/elements.js';
import type { Gateway } from '../topology/topology.js';

/** A request path as a tree: each hop with whether it holds, and what is behind it. */
export interface Hop {
    /** Plain text. */
    readonly text: string;
    readonly alive: boolean;
    /** Requests take this way now; a living way that none takes is a spare. */
    readonly taken: boolean;
    readonly hops: readonly Hop[];
}

/** How the lines of a drawn way look; plain text unless said. */
export interface PathLook {
    readonly sign: (alive: boolean) => string;
    readonly title: (text: string) => string;
    readonly spare: (text: string) => string;
    readonly branch: (text: string) => string;
}

const plainLook: PathLook = {
    sign: (alive) => (alive ? '✓' : '✗'),
    title: (text) => text,
    spare: (text) => text,
    branch: (text) => text,
};

/** A way as a tree of lines, each with a sign for whether it holds. */
export function pathLines(way: Hop, look: PathLook = plainLook): string[] {
    return [`${look.sign(way.alive)} ${look.title(way.text)}`, ...hopLines(way.hops, '', look)];
}

function hopLines(hops: readonly Hop[], indent: string, look: PathLook): string[] {
    return hops.flatMap((hop, index) => {
        const isLast = index === hops.length - 1;
        const text = hop.taken || !hop.alive ? hop.text : look.spare(`${hop.text}, spare`);
        return [
            `${look.branch(`${indent}${isLast ? '└─' : '├─'}`)} ${look.sign(hop.alive)} ${text}`,
            ...hopLines(hop.hops, `${indent}${isLast ? '   ' : '│  '}`, look),
        ];
    });
}

/** The ways from clients outside to a host. */
export function hostPath(outcome: Outcome, host: HostNodes): Hop {
    const state = stateOf(outcome);
    const entries = host.entries.map((entry) => forwardHop(state, entry, true));
    return {
        text: host.exposure.host,
        alive: state.isUp(host.lost),
        taken: true,
        hops: entries,
    };
}

/** The ways from a cluster to a service, or to something outside the mesh. */
export function callPath(outcome: Outcome, path: PathNodes): Hop {
    const state = stateOf(outcome);
    return {
        text: `${path.from} calls ${path.callee.name}`,
        alive: state.isUp(path.lost),
        taken: true,
        hops: pathHops(state, path, true),
    };
}

interface State {
    readonly outcome: Outcome;
    isUp(this: void, node: NodeIndex | undefined): boolean;
    isElementUp(this: void, name: string): boolean;
}

function stateOf(outcome: Outcome): State {
    const { graph, propagation } = outcome;
    const isUp = (node: NodeIndex | undefined) => node === undefined || propagation.down[node] === 0;
    return { outcome, isUp, isElementUp: (name) => isUp(graph.nodeOfElement.get(asElementName(name))) };
}

function forwardHop(state: State, forward: ForwardNodes, taken: boolean): Hop {
    const { gateway } = forward;
    const alive = state.isUp(forward.lost);
    const onTheWay = taken && alive;
    const chosen = chosenBehind(state.outcome.graph.traffic.routes, forward, (node) => !state.isUp(node));
    const next = forward.next.map((hop) => {
        const isChosen = onTheWay && chosen.next.includes(hop);
        return linkHop(state, gateway.cluster, hop.gateway.cluster, isChosen, [forwardHop(state, hop, isChosen)]);
    });
    const targets = forward.targets.map((target) =>
        targetHop(state, forward, target, onTheWay && chosen.targets.includes(target)),
    );
    return gatewayHop(state, gateway, taken, [...next, ...targets]);
}

function targetHop(state: State, forward: ForwardNodes, target: TargetNodes, taken: boolean): Hop {
    const from = forward.gateway.cluster;
    const homes = pathHops(state, target.path, taken && state.isUp(target.lost));
    const share = forward.weighted ? ` (weight ${target.weight})` : '';
    const entered = target.ingress.length > 0 ? [anyGatewayHop(state, target.ingress, taken, homes)] : homes;
    return linkHop(state, from, target.cluster, taken, entered, share);
}

function linkHop(state: State, from: string, to: string, taken: boolean, hops: readonly Hop[], note = ''): Hop {
    if (from === to && hops.length === 1 && note === '') return hops[0]!;
    const alive = from === to || state.isElementUp(directedLinkName(from, to));
    const text = from === to ? `in ${to}${note}` : `network ${from} → ${to}${note}`;
    return { text, alive, taken: taken && alive, hops };
}

function gatewayHop(state: State, gateway: Gateway, taken: boolean, hops: readonly Hop[]): Hop {
    const name = `${gateway.cluster}.${gateway.name}`;
    const alive = state.isElementUp(name);
    return { text: `gateway ${name} (${gateway.roles.join(', ')})`, alive, taken: taken && alive, hops };
}

/** Several gateways of one role: any of them will do. */
function anyGatewayHop(state: State, gateways: readonly Gateway[], taken: boolean, hops: readonly Hop[]): Hop {
    const [only] = gateways;
    if (only && gateways.length === 1) return gatewayHop(state, only, taken, hops);
    const names = gateways.map(({ cluster, name }) => `${cluster}.${name}`);
    const alive = names.some((name) => state.isElementUp(name));
    return { text: `any of the gateways ${names.join(', ')}`, alive, taken: taken && alive, hops };
}

function pathHops(state: State, path: PathNodes, taken: boolean): Hop[] {
    const { outcome } = state;
    if (path.callee.kind === 'external-service') {
        const external = `external:${path.callee.name}`;
        const alive = state.isElementUp(external);
        const last: Hop = { text: `${path.callee.name} (outside the mesh)`, alive, taken: taken && alive, hops: [] };
        return [path.egress.length > 0 ? anyGatewayHop(state, path.egress, taken, [last]) : last];
    }
    const chosen = new Set(answering(outcome.graph.traffic.routes, path, (node) => !state.isUp(node)));
    return path.members.map((member) => memberHop(state, path, member, taken && chosen.has(member.home)));
}

function memberHop(state: State, path: PathNodes, member: MemberNodes, taken: boolean): Hop {
    const { outcome } = state;
    const serving = outcome.graph.traffic.serving.get(path.callee.name)?.find(({ cluster }) => cluster === member.home);
    const alive = serving !== undefined && state.isUp(serving.serves);
    const starved = serving !== undefined && !alive && state.isUp(serving.instances);
    const missed = starved ? missedAt(outcome, path.callee.name, member.home) : [];
    const text = `${path.callee.name}@${member.home}${starved ? ` (cannot serve without ${missed.join(', ')})` : ''}`;
    const instances: Hop = { text, alive, taken: taken && alive, hops: [] };
    if (member.isLocal) return instances;
    return linkHop(state, path.from, member.home, taken, [anyGatewayHop(state, member.gateways, taken, [instances])]);
}

/** What a home that is up cannot serve without, and does not reach. */
function missedAt({ services }: Outcome, service: string, home: string): string[] {
    const missed = services.find(({ name }) => name === service)?.missed ?? [];
    return missed.filter(({ cluster }) => cluster === home).map(({ callee }) => callee);
}
