import { jointKey } from '../topology/joint-key.js';
import type { NodeIndex } from '../engine/index.js';
import { entriesInUse } from '../failure/gaps.js';
import { clustersWithMachines } from '../failure/by-name.js';
import type { FailureGraph } from '../failure/graph.js';
import { calleesOf, helpersOf, wayKey } from '../failure/routes.js';
import { membersOf, type EntryNodes, type HopNodes, type HostNodes, type PathNodes } from '../failure/traffic-graph.js';
import { answering, relaysTaken, targetsTaken } from '../failure/traffic-outcome.js';
import { asElementName, externalName, gatewayName, instancesName } from '../topology/element-name.js';
import type { Service } from '../topology/topology.js';

/** A stretch that requests can take, from one box to the next, and whether they take it now. */
export interface Stretch {
    readonly from: string;
    readonly to: string;
    taken: boolean;
    /** Requests that would take it come to its beginning now. */
    arrives: boolean;
    readonly weight?: number;
}

type IsDown = (node: NodeIndex) => boolean;

/** Told of each stretch, of some several times. */
type Tell = (from: string, to: string, taken: boolean, arrives: boolean, weight?: number) => void;

/** The box of a host. */
export function hostId(host: string): string {
    return `host:${host}`;
}

/** A stretch by its ends. */
export function stretchId(from: string, to: string): string {
    return jointKey(from, to);
}

/**
 * All stretches on which requests of hosts and calls of services can go, by their ends, and those on which they do.
 * Linear in the ways that the graph knows.
 */
export function stretchesIn(graph: FailureGraph, isDown: IsDown): ReadonlyMap<string, Stretch> {
    const stretches = new Map<string, Stretch>();
    const tell: Tell = (from, to, taken, arrives, weight) => {
        const id = stretchId(from, to);
        const known = stretches.get(id);
        if (known) {
            known.taken ||= taken;
            known.arrives ||= arrives;
        } else stretches.set(id, { from, to, taken, arrives, ...(weight !== undefined && { weight }) });
    };
    for (const host of graph.traffic.hosts) tellHost(graph, host, isDown, tell);
    for (const service of graph.topology.services) tellCalls(graph, service, isDown, tell);
    for (const { gateway, gatewayNode, needs } of graph.traffic.passages) {
        for (const path of needs) tellPath(graph, gatewayName(gateway), path, !isDown(gatewayNode), isDown, tell);
    }
    return stretches;
}

/** The same while nothing fails. */
export function stretchesInHealth(graph: FailureGraph): ReadonlyMap<string, Stretch> {
    const known = inHealth.get(graph) ?? stretchesIn(graph, () => false);
    inHealth.set(graph, known);
    return known;
}

const inHealth = new WeakMap<FailureGraph, ReadonlyMap<string, Stretch>>();

function tellHost(graph: FailureGraph, host: HostNodes, isDown: IsDown, tell: Tell): void {
    const isWeighted = host.targets.some(({ weight }) => weight !== undefined);
    const inUse = new Set(isDown(host.lost) ? [] : entriesInUse(host, isDown));
    const entries = host.entries.map((entry) => ({ entry, taken: inUse.has(entry) && !isDown(entry.lost) }));
    for (const { entry, taken } of entries) {
        tell(hostId(host.exposure.host), gatewayName(entry.first.gateway), taken, true);
    }
    tellEntries(graph, entries, isWeighted, isDown, tell);
}

/** All that is behind gateways at which requests enter. */
function tellEntries(
    graph: FailureGraph,
    entries: readonly { readonly entry: EntryNodes; readonly taken: boolean }[],
    isWeighted: boolean,
    isDown: IsDown,
    tell: Tell,
): void {
    const carried = new Map<HopNodes, Set<string>>();
    for (const { entry, taken } of entries) {
        reach(entry.first, carried);
        for (const { target } of taken ? targetsTaken(entry, isDown) : []) {
            carry(entry.first, target.key, carried, isDown);
        }
    }
    for (const [hop, targets] of carried) {
        const from = gatewayName(hop.gateway);
        for (const { hop: next, lost } of hop.next) {
            const taken = [...lost].some(([target, node]) => targets.has(target) && !isDown(node));
            tell(from, gatewayName(next.gateway), taken, targets.size > 0);
        }
        for (const { target, ingress, lost } of hop.last) {
            const taken = targets.has(target.key) && !isDown(lost);
            const weight = isWeighted ? target.weight : undefined;
            for (const { gateway, lost: refused } of ingress) {
                const enters = taken && !isDown(refused);
                tell(from, gatewayName(gateway), enters, targets.size > 0, weight);
                tellPath(graph, gatewayName(gateway), target.path, enters, isDown, tell);
            }
            if (ingress.length === 0) tellPath(graph, from, target.path, taken, isDown, tell);
        }
    }
}

/** Every gateway behind one, with nothing carried there yet. */
function reach(hop: HopNodes, carried: Map<HopNodes, Set<string>>): void {
    if (carried.has(hop)) return;
    carried.set(hop, new Set());
    for (const { hop: next } of hop.next) reach(next, carried);
}

function carry(hop: HopNodes, target: string, carried: Map<HopNodes, Set<string>>, isDown: IsDown): void {
    const targets = carried.get(hop)!;
    if (targets.has(target)) return;
    targets.add(target);
    for (const { hop: next, lost } of hop.next) {
        const way = lost.get(target);
        if (way !== undefined && !isDown(way)) carry(next, target, carried, isDown);
    }
}

function tellCalls(graph: FailureGraph, service: Service, isDown: IsDown, tell: Tell): void {
    const serving = graph.traffic.serving.get(service.shortName) ?? [];
    const machines = clustersWithMachines(service);
    const called = new Set(calleesOf(service).map(wayKey));
    for (const { cluster, serves, servesInHealth } of serving) {
        const caller = instancesName(service.shortName, cluster);
        for (const callee of [...calleesOf(service), ...helpersOf(service)]) {
            const way = wayKey(callee);
            for (const path of graph.traffic.paths(cluster, callee)) {
                if (wayKey(path.callee) !== way) continue;
                const isLookedUp = called.has(way) && !machines.has(cluster);
                const used = isLookedUp ? path : (path.withoutName ?? path);
                tellPath(graph, caller, used, servesInHealth && !isDown(serves), isDown, tell);
            }
        }
    }
    for (const { cluster, virtualMachines } of service.homes) {
        if (!virtualMachines) continue;
        const gateways = graph.topology.clusters.find(({ name }) => name === cluster)?.gateways ?? [];
        const doors = virtualMachines.gateway
            ? [gatewayName({ cluster: virtualMachines.gateway.cluster, name: virtualMachines.gateway.gateway })]
            : gateways.filter(({ roles }) => roles.includes('vm')).map(gatewayName);
        const to = instancesName(service.shortName, cluster);
        for (const door of doors) {
            const isOpen = isUp(graph, door, isDown);
            tell(door, to, isOpen && isUp(graph, to, isDown), isOpen);
        }
    }
}

function tellPath(
    graph: FailureGraph,
    from: string,
    path: PathNodes,
    taken: boolean,
    isDown: IsDown,
    tell: Tell,
): void {
    if (path.callee.kind === 'external-service') {
        const to = externalName(path.callee.name);
        const holds = taken && !isDown(path.lost);
        for (const gateway of path.egress.map(gatewayName)) {
            const leaves = holds && isUp(graph, gateway, isDown);
            tell(from, gateway, leaves, taken);
            tell(gateway, to, leaves, leaves);
        }
        if (path.egress.length === 0) tell(from, to, holds, taken);
        return;
    }
    const relays = new Set(isDown(path.lost) ? [] : relaysTaken(path, isDown));
    const entries = path.relays.flat().map((relay) => ({ entry: relay.entry, taken: taken && relays.has(relay) }));
    for (const { entry, taken: leaves } of entries) tell(from, gatewayName(entry.first.gateway), leaves, taken);
    const isWeighted = entries.some(({ entry }) => entry.isStrict);
    if (entries.length > 0) tellEntries(graph, entries, isWeighted, isDown, tell);
    const chosen = new Set(relays.size === 0 && !isDown(path.lost) ? answering(path, isDown) : []);
    for (const { home, isLocal, lost, gateways, gatewayNodes } of path.tiers.flatMap((tier) => membersOf(path, tier))) {
        const to = instancesName(path.callee.name, home.cluster);
        const answers = taken && chosen.has(home.cluster) && !isDown(lost);
        if (isLocal) tell(from, to, answers, taken);
        else {
            for (const [index, gateway] of gateways.entries()) {
                const enters = answers && !isDown(gatewayNodes[index]!);
                tell(from, gatewayName(gateway), enters, taken);
                tell(gatewayName(gateway), to, enters, enters);
            }
        }
    }
}

function isUp({ nodeOfElement }: FailureGraph, name: string, isDown: IsDown): boolean {
    const node = nodeOfElement.get(asElementName(name));
    return node === undefined || !isDown(node);
}
