import type { PictureBox } from '../../../server/protocol/picture.js';
import { byId, element } from './dom.js';

const items = new Map<string, HTMLElement>();
let before: readonly PictureBox[] = [];

/** The picture as a list, in reading order: what a screen reader reads, and where the keyboard is. */
export function showTree(boxes: readonly PictureBox[]): void {
    if (boxes === before) return;
    before = boxes;
    const wasFocused = focusedBox();
    const known = new Set(boxes.map(({ id }) => id));
    for (const [id, item] of items) {
        if (known.has(id)) continue;
        item.remove();
        items.delete(id);
    }
    const tree = byId('tree');
    let next: ChildNode | null = tree.firstChild;
    for (const { id, level, text, fold } of boxes) {
        const item = items.get(id) ?? made(id);
        if (item.textContent !== text) item.textContent = text;
        item.setAttribute('aria-level', String(level));
        item.dataset.level = String(Math.min(level, 4));
        if (fold) item.setAttribute('aria-expanded', String(fold.isOpen));
        else item.removeAttribute('aria-expanded');
        if (item === next) next = item.nextSibling;
        else tree.insertBefore(item, next);
    }
    // one of them is reached by Tab
    if (!tree.querySelector('[tabindex="0"]')) tree.querySelector('[role=treeitem]')?.setAttribute('tabindex', '0');
    if (wasFocused !== undefined && document.activeElement === document.body) focusBox(wasFocused);
}

function made(id: string): HTMLElement {
    const item = element('div', '');
    item.setAttribute('role', 'treeitem');
    item.tabIndex = -1;
    item.dataset.box = id;
    items.set(id, item);
    return item;
}

/** Moves the keyboard to a box. */
export function focusBox(id: string): void {
    const item = items.get(id);
    if (!item) return;
    byId('tree').querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1');
    item.tabIndex = 0;
    item.focus({ preventScroll: byId('tree').classList.contains('out-of-sight') });
}

/** The box on which the keyboard is. */
export function focusedBox(): string | undefined {
    return (document.activeElement as HTMLElement | null)?.closest<HTMLElement>('[role=treeitem]')?.dataset.box;
}

/** The item that Tab reaches. */
export function firstBox(): string | undefined {
    return byId('tree').querySelector<HTMLElement>('[tabindex="0"]')?.dataset.box;
}
