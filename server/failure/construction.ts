import type { ElementName } from '../topology/element-name.js';
import { createGraphBuilder, type GraphBuilder, type NodeIndex } from '../engine/index.js';
import type { Clock, ClockId } from '../knowledge/clocks.js';
import { clocks } from '../knowledge/clocks.js';
import type { Flow, FlowId } from '../knowledge/flows.js';
import { flows } from '../knowledge/flows.js';
import type { RuleId } from '../knowledge/rules.js';
import { allRules, rules } from '../knowledge/rules.js';
import type { Element } from '../topology/element.js';
import type { ByElementName, Elements } from '../topology/elements.js';
import { elementsOf } from '../topology/elements.js';
import type { ManagementCluster, Topology } from '../topology/topology.js';
import { managementCluster } from '../topology/topology.js';
import { crossedLinks, type CrossedLinks } from './crossed-links.js';
import { routesOf, type Routes } from './routes.js';
import { noRoles, type Roles } from './roles.js';
import type { Reason, Facet, GraphNode, Scope } from './graph.js';

/**
 * What the graph is built from besides the topology. Tests switch single rules off, or change the flows, to see that
 * each of them is needed.
 */
export interface Model {
    readonly rules: ReadonlySet<RuleId>;
    readonly flows: Readonly<Record<FlowId, Flow>>;
    readonly clocks: Readonly<Record<ClockId, Clock>>;
}

export const standardModel: Model = { rules: allRules, flows, clocks };

/** What goes with the whole that it belongs to. */
export const isPart = ruleReason('R1', 'it is part of it');

/** A graph under construction: what the passes share. */
export interface Construction {
    readonly topology: Topology;
    readonly management: ManagementCluster | undefined;
    readonly routes: Routes;
    readonly elements: Elements;
    readonly model: Model;
    /** What takes the place of what, once it is promoted. */
    readonly roles: Roles;
    readonly builder: GraphBuilder<GraphNode, Reason>;
    readonly nodeOfElement: ByElementName<NodeIndex>;
    /** The node of an element by its name; undefined where the topology has none of that name. */
    readonly elementNode: (name: ElementName) => NodeIndex | undefined;
    /**
     * The node of what one cluster opens to another. A link that is not listed becomes an element here, once a request
     * crosses it or somebody asks for it; undefined where no link is.
     */
    readonly linkNode: (from: string, to: string) => NodeIndex | undefined;
    /** An edge, unless the input does not exist here. */
    readonly input: (node: NodeIndex, input: NodeIndex | undefined, reason: Reason) => void;
}

/** The nodes of what clocks renew. They come before flows, which need some of them. */
export interface ClockNodes {
    /** Undefined where the clock does not run there. */
    readonly node: (clock: ClockId, scope: Scope) => NodeIndex | undefined;
}

/** The flows of a graph under construction. */
export interface FlowNodes {
    readonly facets: readonly Facet[];
    /** The node of a flow in a scope; undefined where it does not exist there. */
    readonly node: (flow: FlowId, scope: Scope) => NodeIndex | undefined;
    /** Its node while a buffer holds it back; undefined where it has none. */
    readonly limitedNode: (flow: FlowId, scope: Scope) => NodeIndex | undefined;
}

/** Starts a graph: one node for each element, no edges. */
export function startConstruction(topology: Topology, model: Model): Construction {
    const builder = createGraphBuilder<GraphNode, Reason>();
    const listed = elementsOf(topology);
    const nodeOfListed = new Map<ElementName, NodeIndex>();
    for (const element of listed.all) nodeOfListed.set(element.name, builder.node({ kind: 'element', element }));
    const links = crossedLinks(topology, listed.links, builder, (whole, ...directions) => {
        if (model.rules.has('R1')) for (const node of directions) builder.input(node, whole, isPart);
    });
    const listedLink = listedLinks(listed.all, nodeOfListed);
    const elementNode = (name: ElementName) => nodeOfListed.get(name) ?? links.nodeNamed(name);
    return {
        topology,
        management: managementCluster(topology),
        routes: routesOf(topology),
        elements: withCrossed(listed, links),
        model,
        roles: noRoles,
        builder,
        nodeOfElement: { get: elementNode, has: (name) => elementNode(name) !== undefined },
        elementNode,
        linkNode: (from, to) => listedLink(from, to) ?? links.nodeBetween(from, to),
        input: (node, input, reason) => {
            if (input !== undefined) builder.input(node, input, reason);
        },
    };
}

/** Finds the nodes of directions of listed links: by their ends, since names would have to be put together for each pair. */
export function listedLinks(
    elements: readonly Element[],
    nodeOf: ReadonlyMap<ElementName, NodeIndex>,
): (from: string, to: string) => NodeIndex | undefined {
    const leaving = new Map<string, Map<string, NodeIndex>>();
    for (const { kind, name, ends } of elements) {
        if (kind !== 'directed-link' || !ends) continue;
        const there = leaving.get(ends.from) ?? new Map<string, NodeIndex>();
        leaving.set(ends.from, there.set(ends.to, nodeOf.get(name)!));
    }
    return (from, to) => leaving.get(from)?.get(to);
}

/** The elements that are listed, and links as soon as they are added. */
function withCrossed(listed: Elements, links: CrossedLinks): Elements {
    let known: readonly Element[] = listed.all;
    const elementNamed = (name: ElementName) => listed.byName.get(name) ?? links.elementNamed(name);
    return {
        ...listed,
        get all() {
            if (known.length < this.size) known = [...listed.all, ...links.elements()];
            return known;
        },
        get size() {
            return listed.size + links.size();
        },
        byName: { get: elementNamed, has: (name) => elementNamed(name) !== undefined },
    };
}

/** A reason that is known as well as its rule. */
export function ruleReason(rule: RuleId, because: string): Reason {
    return { rule, because, source: rules[rule].source, confidence: rules[rule].confidence };
}
