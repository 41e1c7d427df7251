import { stronglyConnected } from '../engine/index.js';
import type { ServingNodes } from './traffic-graph.js';

/**
 * The homes that cannot serve without each other, in a circle, each with all of its circle; a home in no circle is alone
 * with itself and absent. A circle loses as one.
 */
export function circlesAmong(homes: readonly ServingNodes[]): ReadonlyMap<ServingNodes, readonly ServingNodes[]> {
    const circleOf = new Map<ServingNodes, readonly ServingNodes[]>();
    const needed = (home: ServingNodes) => home.needs.flatMap(({ tiers }) => tiers.flatMap(({ homes }) => homes));
    for (const circle of stronglyConnected(homes, needed)) {
        if (circle.length > 1) for (const home of circle) circleOf.set(home, circle);
    }
    return circleOf;
}
