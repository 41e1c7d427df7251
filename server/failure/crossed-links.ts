import { lastUpTo, type GraphBuilder, type NodeIndex } from '../engine/index.js';
import { isLinkName, linkEnds } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import type { Link, Links } from '../topology/links.js';
import type { Topology } from '../topology/topology.js';
import type { GraphNode } from './graph.js';
import { createPairTable } from './pair-table.js';

/**
 * Links that are elements only because a request crosses them, or somebody asked. They may be as many as pairs of clusters,
 * so that one is three nodes and a few numbers, and becomes elements when somebody looks at it.
 */
export interface CrossedLinks {
    /** The node of what one cluster opens to another, of a link that is added now if need be; undefined where no link is. */
    readonly nodeBetween: (from: string, to: string) => NodeIndex | undefined;
    readonly nodeNamed: (name: string) => NodeIndex | undefined;
    readonly elementNamed: (name: string) => Element | undefined;
    /** In the order in which they were added: of each the whole, then its directions. */
    readonly elements: () => readonly Element[];
    /** How many elements they are. */
    readonly size: () => number;
}

/** The nodes of a link follow each other: the whole, what the end that is named first opens to the other, and the way back. */
const partsOfLink = 3;
const forth = 1;
const back = 2;

/**
 * None at first.
 *
 * @param connect is told of each link that is added: the node of the whole, and those of its directions
 */
export function crossedLinks(
    { clusters }: Topology,
    links: Links,
    builder: Pick<GraphBuilder<GraphNode, unknown>, 'nodes'>,
    connect: (whole: NodeIndex, ...directions: readonly NodeIndex[]) => void,
): CrossedLinks {
    const indexOf = new Map(clusters.map(({ name }, index) => [name, index]));
    const places = createPairTable(clusters.length);
    // of each link, by its place: its first node, and the clusters in the order in which it names them
    const nodes: NodeIndex[] = [];
    const firsts: number[] = [];
    const seconds: number[] = [];
    const made = new Map<number, Link>();

    function add(one: string, other: string): number | undefined {
        const ends = links.endsBetween(one, other);
        if (!ends) return undefined;
        const whole = builder.nodes(partsOfLink, describe);
        connect(whole, whole + forth, whole + back);
        firsts.push(indexOf.get(ends.from)!);
        seconds.push(indexOf.get(ends.to)!);
        return nodes.push(whole) - 1;
    }

    function linkAt(place: number): Link {
        const known =
            made.get(place) ?? links.between(clusters[firsts[place]!]!.name, clusters[seconds[place]!]!.name)!;
        made.set(place, known);
        return known;
    }

    const describe = (node: NodeIndex): GraphNode => {
        const place = lastUpTo(nodes, node);
        return { kind: 'element', element: linkAt(place)[node - nodes[place]!]! };
    };

    /** Where a link of that name is, and which of its parts; undefined where none was added. */
    function partNamed(name: string): { readonly place: number; readonly part: number } | undefined {
        if (!isLinkName(name)) return undefined;
        for (const { from, to, isWhole } of linkEnds(name, (cluster) => indexOf.has(cluster))) {
            const place = places.get(indexOf.get(from)!, indexOf.get(to)!);
            if (place === undefined) continue;
            const isForth = firsts[place] === indexOf.get(from);
            const part = isWhole ? 0 : isForth ? forth : back;
            if (!isWhole || isForth) return { place, part };
        }
        return undefined;
    }

    return {
        nodeBetween(from, to) {
            const [one, other] = [indexOf.get(from), indexOf.get(to)];
            if (one === undefined || other === undefined) return undefined;
            let place = places.get(one, other);
            if (place === undefined) {
                place = add(from, to);
                if (place === undefined) return undefined;
                places.set(one, other, place);
            }
            return nodes[place]! + (firsts[place] === one ? forth : back);
        },
        nodeNamed(name) {
            const named = partNamed(name);
            return named && nodes[named.place]! + named.part;
        },
        elementNamed(name) {
            const named = partNamed(name);
            return named && linkAt(named.place)[named.part];
        },
        elements: () => nodes.flatMap((_, place) => linkAt(place)),
        size: () => nodes.length * partsOfLink,
    };
}
