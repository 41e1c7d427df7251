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
    let placesOf: ReadonlyMap<string, readonly number[]> | undefined;
    return function* ({ down }, isKnown) {
        placesOf ??= placesByCallee(ways);
        const isGone = ({ instances }: ServingNodes) => down[instances] === 1;
        const shrunkWays: number[] = [];
        for (const [service, places] of placesOf)
            if (serving.get(service)?.some(isGone)) for (const place of places) shrunkWays.push(place);
        for (const { from, tiers } of shrunkWays.sort((a, b) => a - b).map((place) => ways[place]!)) {
            for (const tier of tiers) {
                // no iterator here: most homes of most tiers are there
                for (let place = 0; place < tier.homes.length; place++) {
                    if (isGone(tier.homes[place]!) && !isKnown(unheardOf(tier, place)))
                        yield withdrawalOf(from, tier, place, between);
                }
            }
        }
    };
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

function withdrawalOf(
    from: string,
    tier: TierNodes,
    place: number,
    { gatewaysOf, linkNode, istiodOf, streamOf }: Between,
): Withdrawal {
    const { homes, heedless } = tier;
    const { cluster, instances, starved, certificates } = homes[place]!;
    const isLocal = cluster === from;
    const istiod = istiodOf(from);
    const streams = [streamOf(cluster), streamOf(from)];
    // nobody tells of instances elsewhere without streams, which there are not without a management cluster
    const isEverTold = isLocal ? istiod !== undefined : !streams.includes(undefined);
    const cut = isLocal ? [] : [linkNode(from, cluster), gatewaysOf(cluster)];
    return {
        instances,
        untold: isEverTold ? there([...(isLocal ? [] : streams), istiod]) : undefined,
        broken: there([...cut, starved, ...certificates]),
        unnoticed: heedless && heedless.unnoticed + place,
        unheard: unheardOf(tier, place),
    };
}

function there(nodes: readonly (NodeIndex | undefined)[]): NodeIndex[] {
    return nodes.filter((node) => node !== undefined);
}
