/** A line with a result at its end. */
export interface ResultLine {
    readonly line: number;
    /** Of the line's own text, in columns. */
    readonly width: number;
}

/** Between a line and its result, in columns. */
export const gap = 3;

/** Results of one block begin at one of these columns: the first that leaves each of its lines its gap. */
const stops = [44, 52, 60] as const;

/** Longer lines have their result behind them, and do not push those of their neighbours away. */
const longest = stops.at(-1)! - gap;

/**
 * In which column the result of each line begins: the same for all lines of a block, so that they read from top to bottom.
 * There are few stops, so that results stand still while somebody types above or below them.
 *
 * @param lines in their order
 * @param endsBlock whether a line between two of them ends their block
 */
export function columnsOf(lines: readonly ResultLine[], endsBlock: (line: number) => boolean): Map<number, number> {
    const columns = new Map<number, number>();
    for (const block of blocksOf(lines, endsBlock)) {
        const widest = Math.max(0, ...block.map(({ width }) => width).filter((width) => width <= longest));
        const stop = stops.find((column) => column >= widest + gap)!;
        for (const { line, width } of block) columns.set(line, Math.max(stop, width + gap));
    }
    return columns;
}

function blocksOf(lines: readonly ResultLine[], endsBlock: (line: number) => boolean): ResultLine[][] {
    const blocks: ResultLine[][] = [];
    let last = -1;
    for (const each of lines) {
        const block = blocks.at(-1);
        if (block && !hasEnd(last + 1, each.line, endsBlock)) block.push(each);
        else blocks.push([each]);
        last = each.line;
    }
    return blocks;
}

function hasEnd(from: number, to: number, endsBlock: (line: number) => boolean): boolean {
    for (let line = from; line < to; line++) if (endsBlock(line)) return true;
    return false;
}

/** The width of a text in columns of the editor. */
export function widthOf(text: string, tabSize: number): number {
    let width = 0;
    for (const character of text) width += character === '\t' ? tabSize - (width % tabSize) : 1;
    return width;
}
