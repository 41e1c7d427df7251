import { byId, groupsOf } from './dom.js';
import type { Shown } from './state.js';

/** The nodes of the parts that are in the page; only those that have changed are made anew. */
const nodes = new Map<string, SVGGElement>();

/** Shows the parts of a picture, in their order from the ground up. */
export function showParts({ order, markup }: Shown, changed: readonly string[]): void {
    const ground = byId<SVGGElement>('parts');
    const made = groupsOf(changed.map((key) => markup.get(key)!));
    for (const [index, key] of changed.entries()) {
        const node = made[index]!;
        node.dataset.key = key;
        nodes.get(key)?.replaceWith(node);
        nodes.set(key, node);
    }
    for (const [key, node] of nodes) {
        if (markup.has(key)) continue;
        node.remove();
        nodes.delete(key);
    }
    let before: ChildNode | null = ground.firstChild;
    for (const key of order) {
        const node = nodes.get(key)!;
        if (node === before) before = node.nextSibling;
        else ground.insertBefore(node, before);
    }
}

/** Everything is drawn anew: the parts of another picture mean nothing. */
export function forgetParts(): void {
    nodes.clear();
    byId('parts').replaceChildren();
}

/** Lets the ways from a host, or to a box, stand out; undefined: none does. */
export function light(box: string | undefined): void {
    let isAny = false;
    for (const [key, node] of nodes) {
        if (!key.startsWith('line ')) continue;
        const isOf = box !== undefined && key.endsWith(`|${box}`);
        node.classList.toggle('lit', isOf);
        isAny ||= isOf;
    }
    byId<SVGGElement>('parts').classList.toggle('some-lit', isAny);
}

export function partsShown(): number {
    return nodes.size;
}
