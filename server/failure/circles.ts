import { stronglyConnected } from '../engine/index.js';
import type { PathNodes, ServingNodes } from './traffic-graph.js';

/**
 * The homes that cannot serve without each other, in a circle, each with all of its circle; a home in no circle is alone
 * with itself and absent.
 *
 * @param isEach by what they need each of, so that a circle loses as one; unless said, also by what would do in place of others
 */
export function circlesAmong(
    homes: readonly ServingNodes[],
    { isEach = false } = {},
): ReadonlyMap<ServingNodes, readonly ServingNodes[]> {
    const circleOf = new Map<ServingNodes, readonly ServingNodes[]>();
    const counted = ({ needs }: ServingNodes) => (isEach ? needs.filter(({ length }) => length === 1) : needs);
    const needed = (home: ServingNodes) => counted(home).flat().flatMap(answeringAtAll);
    for (const circle of stronglyConnected(homes, needed)) {
        if (circle.length > 1) for (const home of circle) circleOf.set(home, circle);
    }
    return circleOf;
}

/** All homes that may answer, and those that gateways on the way ask. */
function answeringAtAll({ tiers, relays }: PathNodes): ServingNodes[] {
    const entries = new Set(relays.flat().map(({ entry }) => entry));
    const behind = [...entries].flatMap(({ first, tiers: ways }) => [
        ...ways.flat().map(({ target }) => target.path),
        ...new Set(
            [first.passage, ...ways.flat().flatMap(({ passages }) => [...passages])].flatMap(({ needs }) => needs),
        ),
    ]);
    return [...tiers.flatMap(({ homes }) => homes), ...new Set(behind.flatMap(answeringAtAll))];
}
