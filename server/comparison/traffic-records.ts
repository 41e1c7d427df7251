import type { NodeIndex } from '../engine/index.js';
import type { Facet, Timer } from '../failure/graph.js';
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

/** What a record says: text and figures as they are, nodes by what they stand for; undefined for what there is not. */
export type Said = string | number | boolean | undefined | { readonly node: NodeIndex | undefined } | readonly Said[];

/** Collects what is told of a graph; what says the same under one name is the same. */
export interface Collection {
    readonly add: (name: readonly (string | number | undefined)[], ...said: readonly Said[]) => void;
    /** Of something without a name: a number that says what it says. */
    readonly addNameless: (kind: string, ...said: readonly Said[]) => number;
    /** By node: what it stands for. */
    readonly idOf: Int32Array;
}

export function at(node: NodeIndex | undefined): Said {
    return { node };
}

/** What is told of a clock at work. Who carries it only decides who notices. */
export function saidOfTimer({ clock, source, node, begins, rise, fall }: Timer): Said[] {
    return [clock, at(source), at(node), at(begins), [...rise], [...fall]];
}

/** What is told of flows that count for operations. */
export function addFacets(facets: Iterable<Facet>, { add }: Collection): void {
    for (const { flow, scope, rank, lost, limited } of facets) {
        const { cluster, service, instances, host, exposedService, caller, callee } = scope;
        const name = ['facet', flow, cluster, service, instances, host, exposedService, caller, callee];
        add(name, rank, at(lost), at(limited));
    }
}

/** What is told of hosts, services and the ways to them. Records name each other by their nodes, so that each is told once. */
export function addTraffic(traffic: Traffic, { idOf, add, addNameless }: Collection): void {
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
        const { gateway, gatewayNode, lost, limited, needs } = of;
        // a gateway that asks nobody is no more than its node
        if (lost === gatewayNode && limited === undefined && needs.length === 0) return at(lost);
        once(of, () => {
            add(['passage', idOf[lost]!], gatewayName(gateway), [gatewayNode, lost, limited].map(at), needs.map(path));
        });
        return at(lost);
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
    const host = ({ exposure, service, entries, leave, mover, lost, limited }: HostNodes) => {
        const says = [leave, at(mover), exposure.gslbTtl?.value, at(lost), at(limited)];
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
