/**
 * Groups of nodes of which each leads to each other (Tarjan 1972), without recursion, since chains may be long. A node in no
 * circle is a group of its own. Linear in nodes and edges.
 */
export function stronglyConnected<Node>(nodes: readonly Node[], nextOf: (node: Node) => readonly Node[]): Node[][] {
    const indexOf = new Map<Node, number>();
    const lowest = new Map<Node, number>();
    const open = new Set<Node>();
    const path: Node[] = [];
    const found: Node[][] = [];
    for (const root of nodes) {
        if (indexOf.has(root)) continue;
        const walk = [{ node: root, rest: nextOf(root)[Symbol.iterator]() }];
        const enter = (node: Node) => {
            indexOf.set(node, indexOf.size);
            lowest.set(node, indexOf.get(node)!);
            open.add(node);
            path.push(node);
        };
        const lower = (node: Node, to: number) => lowest.set(node, Math.min(lowest.get(node)!, to));
        enter(root);
        while (walk.length > 0) {
            const { node, rest } = walk.at(-1)!;
            const { value: next, done } = rest.next();
            if (!done) {
                if (!indexOf.has(next)) {
                    enter(next);
                    walk.push({ node: next, rest: nextOf(next)[Symbol.iterator]() });
                } else if (open.has(next)) lower(node, indexOf.get(next)!);
                continue;
            }
            walk.pop();
            const above = walk.at(-1)?.node;
            if (above) lower(above, lowest.get(node)!);
            if (lowest.get(node) !== indexOf.get(node)) continue;
            const circle = path.splice(path.lastIndexOf(node));
            for (const member of circle) open.delete(member);
            found.push(circle);
        }
    }
    return found;
}
