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
 * made only once the instances are gone.
 */
export function withdrawalsFrom(
    ways: readonly PathNodes[],
    serving: Traffic['serving'],
    between: Between,
): Traffic['withdrawals'] {
    return function* (isDown) {
        const isGone = ({ instances }: ServingNodes) => isDown(instances);
        const shrunk = new Set([...serving].filter(([, homes]) => homes.some(isGone)).map(([service]) => service));
        if (shrunk.size === 0) return;
        for (const { from, callee, tiers } of ways) {
            if (!shrunk.has(callee.name)) continue;
            for (const tier of tiers) {
                // no iterator here: most homes of most tiers are there
                for (let place = 0; place < tier.homes.length; place++) {
                    if (isGone(tier.homes[place]!)) yield withdrawalOf(from, tier, place, between);
                }
            }
        }
    };
}

function withdrawalOf(
    from: string,
    { homes, lost, heedless }: TierNodes,
    place: number,
    { gatewaysOf, linkNode, istiodOf, streamOf }: Between,
): Withdrawal {
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
        unheard: (heedless?.away ?? lost) + place,
    };
}

function there(nodes: readonly (NodeIndex | undefined)[]): NodeIndex[] {
    return nodes.filter((node) => node !== undefined);
}
