/** A stretch of a row, in px. */
export interface Span {
    readonly x: number;
    readonly width: number;
}

/** Where something stood: kept, so that an edit moves nobody who was there. */
export interface Slot extends Span {
    readonly row: number;
}

/**
 * The leftmost place of a row that is free and wide enough; undefined where there is none.
 *
 * @param taken what stands there, in any order
 * @param gap to keep between two neighbours
 */
export function freePlace(taken: readonly Span[], width: number, within: Span, gap: number): number | undefined {
    const blocks = [...taken].sort((a, b) => a.x - b.x);
    let x = within.x;
    for (const block of blocks) {
        if (x + width + gap <= block.x) return x;
        x = Math.max(x, block.x + block.width + gap);
    }
    return x + width <= within.x + within.width ? x : undefined;
}

/** What is free in all rows at once: the stretches between the blocks, each at least `least` wide. */
export function passages(rows: readonly (readonly Span[])[], within: Span, margin: number, least: number): Span[] {
    const blocks = rows
        .flat()
        .map(({ x, width }) => ({ from: x - margin, to: x + width + margin }))
        .sort((a, b) => a.from - b.from);
    const free: Span[] = [];
    let x = within.x;
    for (const { from, to } of blocks) {
        if (from - x >= least) free.push({ x, width: from - x });
        x = Math.max(x, to);
    }
    const rest = within.x + within.width - x;
    return rest >= least ? [...free, { x, width: rest }] : free;
}

/**
 * Places things that want to stand at certain middles so that none overlaps another: those that would stand as a group
 * around their common middle (pool adjacent violators). The order is that of the wishes, then as given.
 *
 * @returns the left edge of each
 */
export function spreadOut(
    wishes: readonly { readonly middle: number; readonly width: number }[],
    gap: number,
): number[] {
    const order = wishes
        .map((wish, index) => ({ ...wish, index }))
        .sort((a, b) => a.middle - b.middle || a.index - b.index);
    let groups: { start: number; width: number; members: typeof order }[] = [];
    for (const one of order) {
        groups.push({ start: one.middle - one.width / 2, width: one.width, members: [one] });
        for (;;) {
            const last = groups.at(-1)!;
            const before = groups.at(-2);
            if (!before || before.start + before.width + gap <= last.start) break;
            const members = [...before.members, ...last.members];
            const width = before.width + gap + last.width;
            let offset = 0;
            let sum = 0;
            for (const member of members) {
                sum += member.middle - member.width / 2 - offset;
                offset += member.width + gap;
            }
            groups = [...groups.slice(0, -2), { start: sum / members.length, width, members }];
        }
    }
    const places: number[] = [];
    for (const { start, members } of groups) {
        let x = start;
        for (const { index, width } of members) {
            places[index] = Math.round(x);
            x += width + gap;
        }
    }
    return places;
}
