import { chains, numbersOf, type Cause as ChainCause, type Chain, type NodeIndex } from '../engine/index.js';
import { asElementName, externalName, serviceName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import { isAway } from './call-paths.js';
import type { FailureGraph, GraphNode, Reason } from './graph.js';
import { usersTouched, type Outcome } from './outcome.js';

/** Why a node failed: it was made to, or because of other nodes, each for a reason. */
export type Because = Chain<GraphNode, Reason>;
export type Cause = ChainCause<GraphNode, Reason>;

/** Explains what has failed in an outcome, as {@link chains} does. */
export function explainer({ graph, propagation, state }: Outcome): (node: NodeIndex) => Because {
    const unheard = new Set(state.unheard);
    const madeTo = (node: NodeIndex) => (unheard.has(node) ? unheardOf(graph.nodes.at(node)) : undefined);
    return chains(graph, propagation, madeTo, behind);
}

/**
 * What happened to whoever does it now, as that something was promoted is no failure; and to a way that is looked up by name,
 * what happened to the way.
 */
function behind(node: GraphNode, causes: readonly Cause[]): Because | undefined {
    if (node.kind === 'route' && node.route.kind === 'path-by-name') {
        return causes.find(({ because }) => because.node.kind === 'route')?.because;
    }
    if (node.kind !== 'role') return undefined;
    return (causes.find(({ because }) => because.node.kind !== 'promotion') ?? causes[0])?.because;
}

/** Why a way is lost at whose end instances are back without the knowledge of the caller. */
function unheardOf(lost: GraphNode): Cause | undefined {
    if (lost.kind !== 'route' || lost.route.kind !== 'remote') return undefined;
    const away: GraphNode = { kind: 'route', route: { ...lost.route, kind: 'away' } };
    return { reason: isAway, because: { node: away, causes: [], root: away } };
}

/** What was made to fail and stands at the ends of a node's chain, without repetition. */
export function rootsOf(because: Because): Element[] {
    const roots = new Map<string, Element>();
    const seen = new Set([because]);
    for (const { node, causes } of seen) {
        if (causes.length === 0 && node.kind === 'element') roots.set(node.element.name, node.element);
        for (const cause of causes) seen.add(cause.because);
    }
    return [...roots.values()];
}

/** What held although something of it failed, and thanks to what. */
export interface Held {
    /** The element that stayed, whose copies or zones were touched, or some of what it requires; for a service its short name stands in `service`. */
    readonly element?: Element;
    readonly service?: string;
    /** For an exposed host, its name. */
    readonly host?: string;
    readonly by: readonly Element[];
    readonly lost: readonly Element[];
}

/**
 * Every redundancy of which a part failed and which held all the same (rule R9 starts here). What is down for some of those
 * who use it did not hold.
 */
export function heldRedundancies(outcome: Outcome): Held[] {
    const { graph, propagation } = outcome;
    const { hosts, services } = usersTouched(outcome);
    const held: Held[] = [];
    for (const { name, homes, lostHomes, severity, consumers } of services) {
        const left = homes.filter(({ serves }) => serves).map(({ cluster }) => cluster);
        if (lostHomes.length === 0 || left.length === 0 || severity === 'total') continue;
        if (consumers.some((consumer) => consumer.severity === 'total')) continue;
        const clusters = (names: readonly string[]) => names.flatMap((cluster) => clusterElement(graph, cluster));
        held.push({ service: name, by: clusters(left), lost: clusters(lostHomes) });
    }
    for (const { host, severity, openEntries, closedEntries } of hosts) {
        if (severity === 'total' || openEntries.length === 0 || closedEntries.length === 0) continue;
        const gateways = (names: readonly string[]) =>
            names.flatMap((name) => graph.elements.byName.get(asElementName(name)) ?? []);
        held.push({ host, by: gateways(openEntries), lost: gateways(closedEntries) });
    }
    const isStarved = ({ kind, service, cluster }: Element) =>
        kind === 'instances' &&
        services.some(({ name, missed }) => name === service && missed.some((each) => each.cluster === cluster));
    for (const node of propagation.touched) {
        const { kind } = graph.nodes.at(node);
        if (kind !== 'redundancy' || propagation.down[node]) continue;
        const { of, isPart } = graph.nodes.at(node) as Redundancy;
        if (isPart || propagation.down[graph.nodeOfElement.get(of.name)!] || isStarved(of)) continue;
        const members = membersOf(graph, node);
        const elements = (isDown: boolean) =>
            members
                .filter((member) => Boolean(propagation.down[member]) === isDown)
                .flatMap((member) => elementOf(graph, member));
        held.push({ element: of, by: elements(false), lost: elements(true) });
    }
    return held;
}

type Redundancy = Extract<GraphNode, { kind: 'redundancy' }>;

/** What a redundancy consists of, also that of its parts, each once. */
function membersOf(graph: FailureGraph, node: NodeIndex): NodeIndex[] {
    const members = numbersOf(graph.inputsOf(node)).flatMap((input) => {
        const { kind, isPart } = graph.nodes.at(input) as Partial<Redundancy>;
        return kind === 'redundancy' && isPart ? membersOf(graph, input) : [input];
    });
    return [...new Set(members)];
}

function elementOf(graph: FailureGraph, node: NodeIndex): Element[] {
    const found = graph.nodes.at(node);
    if (found.kind === 'element') return [found.element];
    if (found.kind !== 'route') return [];
    if (found.route.kind !== 'path' && found.route.kind !== 'path-by-name') return [];
    const { callee } = found.route;
    const { byName } = graph.elements;
    return [byName.get(serviceName(callee)) ?? byName.get(externalName(callee)) ?? []].flat();
}

function clusterElement(graph: FailureGraph, name: string): Element[] {
    const found = graph.elements.byName.get(asElementName(name));
    return found ? [found] : [];
}
