import type { NodeIndex } from '../engine/index.js';
import type { Facet, FailureGraph, GraphNode, GraphPart } from '../failure/graph.js';
import type {
    EntryNodes,
    HopNodes,
    HostNodes,
    PassageNodes,
    PathNodes,
    ServingNodes,
    TargetNodes,
    Traffic,
    WayNodes,
} from '../failure/traffic-graph.js';
import { gatewayName } from '../topology/element-name.js';

/** Something that is the same in two graphs when it is called and says the same. */
export interface GraphRecord {
    readonly says: string;
    /** All that it looks at. */
    readonly nodes: readonly NodeIndex[];
}

export type Records = ReadonlyMap<string, GraphRecord>;

/** A short name for a long text, the same whoever asks. */
export type Ids = (text: string) => number;

export function createIds(): Ids {
    const known = new Map<string, number>();
    return (text) => {
        let id = known.get(text);
        if (id === undefined) known.set(text, (id = known.size));
        return id;
    };
}

/** What a record says: text and figures as they are, nodes by what they stand for; undefined for what there is not. */
type Said = string | number | boolean | undefined | { readonly node: NodeIndex | undefined } | readonly Said[];

/** Collects records; what says the same under one name is the same. */
interface Collection {
    readonly add: (name: readonly (string | number)[], ...said: readonly Said[]) => void;
    /** Of something without a name: a number that says what it says. */
    readonly addNameless: (kind: string, ...said: readonly Said[]) => number;
    readonly idOf: Int32Array;
}

/** Parts that two graphs have in common, with all numbers of their nodes. */
export interface CommonParts {
    readonly parts: ReadonlySet<GraphPart>;
    /** Whether what is of no part is the same in both, too. */
    readonly hasWorld: boolean;
}

/**
 * All that decides how things go in a graph: its gates and clocks, and what is told of flows, hosts, services and the ways to
 * them.
 *
 * @param common of which nothing is recorded, since it is the same in both
 */
export function recordsOf(graph: FailureGraph, ids: Ids, common: CommonParts): Records {
    const records = new Map<string, GraphRecord>();
    const { parts } = graph;
    const isCommon = (node: NodeIndex) => {
        const part = parts?.at(node);
        return part ? common.parts.has(part) : common.hasWorld;
    };
    const idOf = nodeIds(graph, ids, isCommon);
    const add = (name: string, { says, nodes }: GraphRecord) => {
        const known = records.get(name);
        records.set(name, known ? { says: known.says + says, nodes: [...known.nodes, ...nodes] } : { says, nodes });
    };
    const collection: Collection = {
        idOf,
        add: (name, ...said) => add(JSON.stringify(name), recordOf(said, idOf)),
        addNameless(kind, ...said) {
            const record = recordOf(said, idOf);
            const id = ids(`${kind} ${record.says}`);
            records.set(`${kind} ${id}`, record);
            return id;
        },
    };
    for (const [node, says] of gatesOf(graph, idOf, isCommon))
        records.set(`gate ${idOf[node]}`, { says, nodes: [node] });
    addClocksAndClusters(graph, collection, isCommon);
    const own = parts?.all.filter((part) => !common.parts.has(part));
    addFacets(
        own ? [...parts!.facets, ...own.flatMap(({ ownFacets }) => ownFacets.map(({ facet }) => facet))] : graph.facets,
        collection,
    );
    for (const { traffic } of own ?? [graph]) addTraffic(traffic, collection, isCommon);
    return records;
}

function recordOf(said: readonly Said[], idOf: Int32Array): GraphRecord {
    const nodes: NodeIndex[] = [];
    const written = (each: Said): unknown => {
        if (each === undefined) return null;
        if (Array.isArray(each)) return (each as readonly Said[]).map(written);
        if (typeof each !== 'object') return each;
        const { node } = each as { readonly node: NodeIndex | undefined };
        if (node === undefined) return null;
        nodes.push(node);
        return [idOf[node]!];
    };
    return { says: JSON.stringify(said.map(written)), nodes };
}

function text(value: string | undefined): string {
    return value === undefined ? '' : `=${value}`;
}

function at(node: NodeIndex | undefined): Said {
    return { node };
}

/** By node: a number that is the same in both graphs; below 0 for what they have in common. Of several that stand for the same thing, the second is another one. */
function nodeIds({ nodes }: FailureGraph, ids: Ids, isCommon: (node: NodeIndex) => boolean): Int32Array {
    const all = new Int32Array(nodes.length);
    const seen = new Map<string, number>();
    for (let node = 0; node < all.length; node++) {
        if (isCommon(node)) {
            all[node] = -1 - node;
            continue;
        }
        const key = JSON.stringify(namedBy(nodes.at(node)));
        const before = seen.get(key) ?? 0;
        seen.set(key, before + 1);
        all[node] = ids(before === 0 ? key : `${key} ${before}`);
    }
    return all;
}

function namedBy(node: GraphNode): unknown {
    switch (node.kind) {
        case 'element':
            return [node.kind, node.element.name];
        case 'role':
        case 'promotion':
        case 'reconnection':
        case 'two-primaries':
            return [node.kind, node.of.name];
        case 'redundancy':
            return [node.kind, node.of.name, node.anyOf];
        case 'flow':
        case 'limited-flow':
            return [node.kind, node.flow, node.scope];
        case 'clock':
            return [node.kind, node.clock, node.scope];
        case 'route':
            return node.route;
        case 'verdict':
            return node.kind;
    }
}

/** What counts towards a mark, and towards nothing else: no user fares otherwise for it. */
function isOfMarks(node: GraphNode): boolean {
    return node.kind === 'verdict' || (node.kind === 'route' && ['everybody', 'users'].includes(node.route.kind));
}

/** When each node fails: all that propagation goes by. */
function* gatesOf(
    { nodes, thresholds, inputs }: FailureGraph,
    idOf: Int32Array,
    isCommon: (node: NodeIndex) => boolean,
): Generator<[NodeIndex, string]> {
    for (let node = 0; node < nodes.length; node++) {
        if (isCommon(node) || isOfMarks(nodes.at(node))) continue;
        const from = inputs.targets.subarray(inputs.offsets[node], inputs.offsets[node + 1]);
        const ids = from.map((input) => idOf[input]!).sort();
        yield [node, `${thresholds[node]} ${ids.join()}`];
    }
}

/** What is told of clocks and configuration. What carries a clock of the world may be of any part. */
function addClocksAndClusters(
    { timers, clusters, parts }: FailureGraph,
    { idOf, add }: Collection,
    isCommon: (node: NodeIndex) => boolean,
): void {
    for (const { clock, node, source, carriers, begins, rise, fall } of timers) {
        if (isCommon(node) && parts?.at(node)) continue;
        add(['timer', idOf[node]!], clock, at(source), at(node), carriers.map(at), at(begins), [...rise], [...fall]);
    }
    for (const { name, write, delivery } of clusters) add(['cluster', name], at(write), at(delivery));
}

function addFacets(facets: readonly Facet[], { add }: Collection): void {
    for (const { flow, scope, rank, lost, limited } of facets) {
        const { cluster, service, instances, host, exposedService, caller, callee } = scope;
        const name = ['facet', flow, ...[cluster, service, instances, host, exposedService, caller, callee].map(text)];
        add(name, rank, at(lost), at(limited));
    }
}

/** What is told of hosts, services and the ways to them. Records name each other by their nodes, so that each is told once. */
function addTraffic(
    traffic: Traffic,
    { idOf, add, addNameless }: Collection,
    isCommon: (node: NodeIndex) => boolean,
): void {
    const told = new Set<object>();
    const once = (record: object, tell: () => void) => {
        if (told.has(record)) return;
        told.add(record);
        tell();
    };
    const path = (of: PathNodes): Said => {
        once(of, () => {
            const { from, callee, tiers, relays, egress, detects, lost, limited } = of;
            const relay = (each: (typeof relays)[number][number]) => [entry(each.entry), at(each.lost)];
            add(
                ['path', idOf[lost]!],
                [from, callee.kind, callee.name, detects, at(lost), at(limited)],
                egress.map(gatewayName),
                tiers.map(({ homes, lost: first, heedless }) => [
                    homes.map(({ service, cluster }) => [service, cluster]),
                    homes.map((_, place) => at(first + place)),
                    heedless && homes.map((_, place) => [at(heedless.away + place), at(heedless.unnoticed + place)]),
                ]),
                relays.map((group) => group.map(relay)),
            );
        });
        return at(of.lost);
    };
    const passage = (of: PassageNodes): Said => {
        // a gateway that asks nobody is told of the world
        if (isCommon(of.lost)) return at(of.lost);
        once(of, () => {
            const { gateway, gatewayNode, lost, limited, needs } = of;
            add(['passage', idOf[lost]!], gatewayName(gateway), [gatewayNode, lost, limited].map(at), needs.map(path));
        });
        return at(of.lost);
    };
    const target = ({ key, cluster, weight, path: way }: TargetNodes): Said => [key, cluster, weight, path(way)];
    const way = (of: WayNodes): Said => {
        once(of, () => add(['way', idOf[of.lost]!], target(of.target), [...of.passages].map(passage)));
        return at(of.lost);
    };
    const hops = new Map<HopNodes, number>();
    const hop = (of: HopNodes): number => {
        const known = hops.get(of);
        if (known !== undefined) return known;
        const { gateway, gatewayNode, passage: passed, ways, next, last } = of;
        const id = addNameless(
            'hop',
            [gatewayName(gateway), at(gatewayNode), passage(passed)],
            [...ways].map(([key, each]) => [key, way(each)]),
            next.map((each) => [hop(each.hop), [...each.lost].map(([key, lost]) => [key, at(lost)])]),
            last.map(({ target: behind, ingress, lost }) => [target(behind), ingress.map(passage), at(lost)]),
        );
        hops.set(of, id);
        return id;
    };
    const entry = (of: EntryNodes): Said => {
        once(of, () => {
            const { first, clients, isStrict, tiers, lost, limited } = of;
            const says = [clients, isStrict, at(lost), at(limited)];
            add(
                ['entry', idOf[lost]!],
                hop(first),
                says,
                tiers.map((tier) => tier.map(way)),
            );
        });
        return at(of.lost);
    };
    const host = ({ exposure, service, entries, leave, lost, limited }: HostNodes) => {
        const says = [leave, exposure.gslbTtl?.value, at(lost), at(limited)];
        add(['host', exposure.host, service], says, entries.map(entry));
    };
    const circles = new Map<readonly ServingNodes[], number>();
    const home = (of: ServingNodes) => {
        const { service, cluster, servesInHealth, instances, serves, starved, limited, needs } = of;
        const circle = traffic.circleOf.get(of);
        if (circle && !circles.has(circle))
            circles.set(
                circle,
                addNameless(
                    'circle',
                    circle.map((each) => at(each.serves)),
                ),
            );
        add(
            ['home', service, cluster],
            [servesInHealth, [instances, serves, starved, limited].map(at), circle && circles.get(circle)],
            needs.map((answers) => answers.map(path)),
            [of.entrances.map(gatewayName), of.entranceNodes.map(at), of.certificates.map(at)],
        );
    };
    for (const each of traffic.hosts) host(each);
    for (const [service, hosts] of traffic.hostsOf)
        add(
            ['hosts', service],
            hosts.map(({ lost }) => at(lost)),
        );
    for (const homes of traffic.serving.values()) for (const each of homes) home(each);
    for (const each of traffic.passages) passage(each);
    for (const [service, calls] of traffic.calls) {
        const says = calls.map(({ cluster, path: called, isPartial, lost }) => [
            cluster,
            path(called),
            isPartial,
            at(lost),
        ]);
        add(['calls', service], says);
    }
    for (const [service, callers] of traffic.callers) {
        const says = callers.map(({ service: caller, cluster, instances, path: called }) => [
            caller,
            cluster,
            at(instances),
            path(called),
        ]);
        add(['callers', service], says);
    }
}
