import { clauseWords, type Gap } from './layout.js';
import { closes, isComment, lineBreak, opens, type Piece } from './pieces.js';

/** An item on one line. */
interface Row {
    readonly first: number;
    /** The pieces at which a column can begin, from left to right, by what they share with those of other rows. */
    readonly marks: ReadonlyMap<string, number>;
}

/**
 * Keeps columns that authors made with spaces, and mends them: arrows of a network, places and blocks of clusters,
 * comments at the ends of lines, and the like, in items that follow each other line by line. Where nobody has made a
 * column there is one space.
 */
export function alignColumns(pieces: readonly Piece[], gaps: readonly Gap[]): void {
    for (const run of runsOf(pieces, gaps)) {
        const marks = new Set(run.flatMap((row) => [...row.marks.keys()]));
        const intended = new Set([...marks].filter((mark) => isIntended(rowsWith(mark, run), mark, pieces)));
        for (const mark of fromLeftToRight(run, intended)) {
            align(rowsWith(mark, run), mark, pieces, gaps);
        }
    }
}

/** Items on one line each, that follow each other without anything in between. */
function runsOf(pieces: readonly Piece[], gaps: readonly Gap[]): Row[][] {
    const runs: Row[][] = [];
    let run: Row[] = [];
    let start = 0;
    for (let end = 1; end <= pieces.length; end++) {
        if (end < pieces.length && gaps[end]!.breaks === 0) {
            continue;
        }
        const row = rowOf(start, end, pieces, gaps);
        if (!row || gaps[start]!.breaks !== 1) {
            runs.push(run);
            run = [];
        }
        if (row) {
            run.push(row);
        }
        start = end;
    }
    return [...runs, run].filter(({ length }) => length > 1);
}

function rowOf(start: number, end: number, pieces: readonly Piece[], gaps: readonly Gap[]): Row | undefined {
    const line = pieces.slice(start, end);
    const [first] = line;
    const isWhole = !gaps[end] || (gaps[end].between && gaps[end].level <= gaps[start]!.level);
    if (!first?.begins || !isWhole || line.some((piece) => !piece.whole || lineBreak.test(piece.text))) {
        return undefined;
    }
    const marks = new Map<string, number>();
    for (const [offset, piece] of line.entries()) {
        const mark = markOf(piece);
        if (mark && offset > 0 && piece.depth === first.depth) {
            const key = `${first.begins.$type} ${mark}`;
            marks.set(key, marks.get(key) ?? start + offset);
        }
    }
    if (isComment(line.at(-1)!)) {
        marks.set('//', end - 1);
    }
    return { first: start, marks };
}

function markOf(piece: Piece): string | undefined {
    if (piece.kind !== 'word' || closes(piece)) {
        return undefined;
    }
    return piece.text === '<->' ? '->' : opens(piece) || clauseWords.has(piece.text) ? piece.text : undefined;
}

function rowsWith(mark: string, run: readonly Row[]): Row[] {
    return run.filter(({ marks }) => marks.has(mark));
}

/** Whether rows stand in a column already, or most of those that need more than one space for it have them. */
function isIntended(rows: readonly Row[], mark: string, pieces: readonly Piece[]): boolean {
    const wide = rows.filter(({ marks }) => /^[^\S\r\n]{2,}$/.test(pieces[marks.get(mark)!]!.gap));
    const columns = new Set(rows.map(({ first, marks }) => pieces[marks.get(mark)!]!.start - pieces[first]!.start));
    return wide.length > 0 && (columns.size === 1 || 2 * wide.length >= rows.length - 1);
}

/** The marks in an order in which each is only moved by those before it. */
function fromLeftToRight(run: readonly Row[], intended: ReadonlySet<string>): string[] {
    const left = new Set(intended);
    const order: string[] = [];
    while (left.size > 0) {
        const later = new Set(run.flatMap(({ marks }) => [...marks.keys()].filter((mark) => left.has(mark)).slice(1)));
        const next = [...left].find((mark) => !later.has(mark)) ?? [...left][0]!;
        left.delete(next);
        order.push(next);
    }
    return order;
}

function align(rows: readonly Row[], mark: string, pieces: readonly Piece[], gaps: readonly Gap[]): void {
    const widths = rows.map(({ first, marks }) => {
        let width = pieces[first]!.text.length;
        for (let index = first + 1; index < marks.get(mark)!; index++) {
            width += gaps[index]!.spaces + pieces[index]!.text.length;
        }
        return width;
    });
    const widest = Math.max(...widths);
    for (const [index, { marks }] of rows.entries()) {
        gaps[marks.get(mark)!]!.spaces = widest - widths[index]! + 1;
    }
}
