import type { ServingNodes } from './traffic-graph.js';

/**
 * The homes that cannot serve without each other, in a circle, each with all of its circle; a home in no circle is alone
 * with itself and absent. A circle loses as one.
 */
export function circlesAmong(homes: readonly ServingNodes[]): ReadonlyMap<ServingNodes, readonly ServingNodes[]> {
    const circleOf = new Map<ServingNodes, readonly ServingNodes[]>();
    for (const circle of stronglyConnected(homes)) {
        if (circle.length > 1) for (const home of circle) circleOf.set(home, circle);
    }
    return circleOf;
}

/** Groups of homes of which each needs each other (Tarjan 1972), without recursion, since chains may be long. */
function stronglyConnected(homes: readonly ServingNodes[]): ServingNodes[][] {
    const indexOf = new Map<ServingNodes, number>();
    const lowest = new Map<ServingNodes, number>();
    const open = new Set<ServingNodes>();
    const found: ServingNodes[][] = [];
    const needed = (home: ServingNodes) =>
        home.needs.flatMap(({ tiers }) => tiers.flatMap((tier) => tier.map((member) => member.home)));
    for (const root of homes) {
        if (indexOf.has(root)) continue;
        const walk = [{ home: root, rest: needed(root)[Symbol.iterator]() }];
        const enter = (home: ServingNodes) => {
            indexOf.set(home, indexOf.size);
            lowest.set(home, indexOf.get(home)!);
            open.add(home);
        };
        const lower = (home: ServingNodes, to: number) => lowest.set(home, Math.min(lowest.get(home)!, to));
        enter(root);
        while (walk.length > 0) {
            const { home, rest } = walk.at(-1)!;
            const { value: next, done } = rest.next();
            if (!done) {
                if (!indexOf.has(next)) {
                    enter(next);
                    walk.push({ home: next, rest: needed(next)[Symbol.iterator]() });
                } else if (open.has(next)) lower(home, indexOf.get(next)!);
                continue;
            }
            walk.pop();
            const above = walk.at(-1)?.home;
            if (above) lower(above, lowest.get(home)!);
            if (lowest.get(home) !== indexOf.get(home)) continue;
            const members = [...open];
            const circle = members.slice(members.indexOf(home));
            for (const member of circle) open.delete(member);
            found.push(circle);
        }
    }
    return found;
}
