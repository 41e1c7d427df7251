import type { PictureBox } from '../../../server/protocol/picture.js';

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * The box next to one in a direction: near is more than straight. Containers are neighbours only of what stands outside of
 * them, so that one does not leave a card by each step.
 */
export function neighbour(
    boxes: readonly PictureBox[],
    from: PictureBox,
    direction: Direction,
): PictureBox | undefined {
    const start = middle(from);
    let best: { box: PictureBox; distance: number } | undefined;
    for (const box of boxes) {
        if (box.id === from.id || contains(box, from)) continue;
        const end = middle(box);
        const [along, aside] = {
            left: [start.x - end.x, end.y - start.y],
            right: [end.x - start.x, end.y - start.y],
            up: [start.y - end.y, end.x - start.x],
            down: [end.y - start.y, end.x - start.x],
        }[direction] as [number, number];
        if (along < 4 || Math.abs(aside) > along * 3) continue;
        const distance = along + 2 * Math.abs(aside);
        if (!best || distance < best.distance) best = { box, distance };
    }
    return best?.box;
}

/** What somebody looks for by a part of its name: names that begin so first, each group in reading order. */
export function found(boxes: readonly PictureBox[], text: string): readonly PictureBox[] {
    const wanted = text.trim().toLowerCase();
    if (wanted === '') return [];
    const matching = boxes.filter(({ name }) => name.toLowerCase().includes(wanted));
    const begins = ({ name }: PictureBox) => name.toLowerCase().startsWith(wanted);
    return [...matching.filter(begins), ...matching.filter((box) => !begins(box))];
}

/** The innermost box at a point of the picture. */
export function boxAt(
    boxes: readonly PictureBox[],
    { x, y }: { readonly x: number; readonly y: number },
): PictureBox | undefined {
    return boxes.findLast((box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height);
}

function middle({ x, y, width, height }: PictureBox): { x: number; y: number } {
    return { x: x + width / 2, y: y + height / 2 };
}

function contains(outer: PictureBox, inner: PictureBox): boolean {
    return (
        outer.x <= inner.x &&
        outer.y <= inner.y &&
        outer.x + outer.width >= inner.x + inner.width &&
        outer.y + outer.height >= inner.y + inner.height
    );
}
