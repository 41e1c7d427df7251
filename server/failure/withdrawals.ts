import type { NodeIndex } from '../engine/index.js';
import type { PathNodes, ServingNodes, TierNodes, Traffic, Withdrawal } from './traffic-graph.js';

/** What tells clusters of the instances in others, and what cuts the ways there; undefined for what there is not. */
interface Between {
    readonly gatewaysOf: (cluster: string) => NodeIndex | undefined;
    readonly linkNode: (from: string, to: string) => NodeIndex | undefined;
    readonly istiodOf: (cluster: string) => NodeIndex | undefined;
    readonly streamOf: (cluster: string) => NodeIndex | undefined;
}

/**
 * The withdrawals from all ways, in their order. There could be as many as clusters that call times homes, so that one is
 * made only once the instances are gone; and only the ways to services of which some are gone are looked at.
 */
export function withdrawalsFrom(
    ways: readonly PathNodes[],
    serving: Traffic['serving'],
    between: Between,
): Traffic['withdrawals'] {
    let known: { services: ReadonlyMap<NodeIndex, string>; places: ReadonlyMap<string, readonly number[]> } | undefined;
    const knownWays = new Map<string, Map<string, WayBetween>>();
    const wayBetween = (from: string, to: string) => {
        const waysFrom = knownWays.get(from) ?? new Map<string, WayBetween>();
        const way = waysFrom.get(to) ?? wayFrom(from, to, between);
        knownWays.set(from, waysFrom.set(to, way));
        return way;
    };
    return function* ({ order, down }, isKnown) {
        const { services, places } = (known ??= {
            services: serviceOfInstances(serving),
            places: placesByCallee(ways),
        });
        const shrunk = new Set<string>();
        for (const node of order) {
            const service = services.get(node);
            if (service !== undefined) shrunk.add(service);
        }
        const isGone = ({ instances }: ServingNodes) => down[instances] === 1;
        const shrunkWays = [...shrunk].flatMap((service) => places.get(service) ?? []).sort((a, b) => a - b);
        for (const { from, tiers, asksAnew } of shrunkWays.map((place) => ways[place]!)) {
            for (const tier of tiers) {
                // no iterator here: most homes of most tiers are there
                for (let place = 0; place < tier.homes.length; place++) {
                    if (isGone(tier.homes[place]!) && !isKnown(unheardOf(tier, place)))
                        yield { ...withdrawalOf(tier, place, wayBetween(from, tier.homes[place]!.cluster)), asksAnew };
                }
            }
        }
    };
}

function serviceOfInstances(serving: Traffic['serving']): Map<NodeIndex, string> {
    return new Map(
        [...serving].flatMap(([service, homes]) => homes.map(({ instances }) => [instances, service] as const)),
    );
}

function placesByCallee(ways: readonly PathNodes[]): Map<string, number[]> {
    const places = new Map<string, number[]>();
    for (const [place, { callee, tiers }] of ways.entries()) {
        if (tiers.length === 0) continue;
        const known = places.get(callee.name);
        if (known) known.push(place);
        else places.set(callee.name, [place]);
    }
    return places;
}

function unheardOf({ lost, heedless }: TierNodes, place: number): NodeIndex {
    return (heedless?.away ?? lost) + place;
}

/** From a cluster to the instances in one, of all services alike. */
interface WayBetween {
    /** As {@link Withdrawal.untold}. */
    readonly untold: readonly NodeIndex[] | undefined;
    /** What cuts the way. */
    readonly cut: readonly NodeIndex[];
}

function wayFrom(from: string, to: string, { gatewaysOf, linkNode, istiodOf, streamOf }: Between): WayBetween {
    const istiod = istiodOf(from);
    if (from === to) return { untold: istiod === undefined ? undefined : [istiod], cut: [] };
    const streams = [streamOf(to), streamOf(from)];
    // nobody tells of instances elsewhere without streams, which there are not without a management cluster
    const untold = streams.includes(undefined) ? undefined : there([...streams, istiod]);
    return { untold, cut: there([linkNode(from, to), gatewaysOf(to)]) };
}

function withdrawalOf(tier: TierNodes, place: number, { untold, cut }: WayBetween): Withdrawal {
    const { homes, heedless } = tier;
    const { instances, starved, certificates } = homes[place]!;
    return {
        instances,
        untold,
        broken: there([...cut, starved, ...certificates]),
        unnoticed: heedless && heedless.unnoticed + place,
        unheard: unheardOf(tier, place),
    };
}

function there(nodes: readonly (NodeIndex | undefined)[]): NodeIndex[] {
    return nodes.filter((node) => node !== undefined);
}
