import type { AstNode } from 'langium';
import { clauseWords, type Gap } from './gap.js';
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
        for (const mark of fromLeftToRight(run)) {
            const cells = run.flatMap((row) => cellOf(row, mark, pieces, gaps) ?? []);
            const column = columnOf(cells);
            const target = widest(column);
            for (const { index, width } of column) {
                gaps[index]!.spaces = target - width + (mark === stepMark ? 2 : 1);
            }
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
    const isAlone = start === 0 || pieces[start]!.breaks > 0;
    if (!first?.begins || !isWhole || !isAlone || line.some((piece) => !piece.whole || lineBreak.test(piece.text))) {
        return undefined;
    }
    const marks = new Map<string, number>();
    for (const [offset, piece] of line.entries()) {
        const mark = isLineOfScenario(first.begins) && stepWords.has(piece.text) ? 'step' : markOf(piece);
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

/** How the marks of a scenario's lines are called: two spaces stand between a time and what happens then. */
const stepMark = 'ScenarioLine step';

/** What happens in a scenario, behind the time at which it does: a column of its own. */
const stepWords: ReadonlySet<string> = new Set([
    ...['fail', 'recover', 'restart', 'deploy', 'scale', 'promote', 'move', 'expect'],
]);

function isLineOfScenario({ $type }: AstNode): boolean {
    return $type === 'ScenarioLine';
}

function markOf(piece: Piece): string | undefined {
    if (piece.kind !== 'word' || closes(piece)) {
        return undefined;
    }
    return piece.text === '<->' ? '->' : opens(piece) || clauseWords.has(piece.text) ? piece.text : undefined;
}

/** Where a column may begin in a row. */
interface Cell {
    readonly index: number;
    /** How wide the row is up to there. */
    readonly width: number;
    /** Where it begins as it is written, from the beginning of the row. */
    readonly written: number;
    /** Whether the author has put more than one space in front of it. */
    readonly isPadded: boolean;
}

function cellOf({ first, marks }: Row, mark: string, pieces: readonly Piece[], gaps: readonly Gap[]): Cell | undefined {
    const index = marks.get(mark);
    if (index === undefined) {
        return undefined;
    }
    let width = pieces[first]!.text.length;
    for (let before = first + 1; before < index; before++) {
        width += gaps[before]!.spaces + pieces[before]!.text.length;
    }
    const { start, gap } = pieces[index]!;
    return { index, width, written: start - pieces[first]!.start, isPadded: /^[^\S\r\n]{2,}$/.test(gap) };
}

/** A row that is longer than a column by more than this stands aside. */
const farthest = 8;

/**
 * The cells that make a column: those with spaces for it, those that stand below them anyway, and those that are not
 * much longer. None if it seems that the spaces are there by chance.
 */
function columnOf(cells: readonly Cell[]): readonly Cell[] {
    const padded = cells.filter(({ isPadded }) => isPadded);
    const starts = new Set(padded.map(({ written }) => written));
    const column = cells.filter(({ isPadded, written }) => isPadded || (starts.size === 1 && starts.has(written)));
    let reach = widest(column) + farthest;
    const within = new Set(column);
    const others = cells.filter((cell) => !within.has(cell));
    for (const cell of others.sort((a, b) => a.width - b.width)) {
        if (cell.width <= reach) {
            column.push(cell);
            reach = Math.max(reach, cell.width + farthest);
        }
    }
    const isStraight = new Set(column.map(({ written }) => written)).size === 1;
    return padded.length > 0 && (isStraight || 2 * padded.length >= column.length - 1) ? column : [];
}

function widest(cells: readonly Cell[]): number {
    return cells.reduce((most, { width }) => Math.max(most, width), 0);
}

/** The marks in an order in which each is only moved by those before it. */
function fromLeftToRight(run: readonly Row[]): string[] {
    const left = new Set(run.flatMap(({ marks }) => [...marks.keys()]));
    const order: string[] = [];
    while (left.size > 0) {
        const later = new Set(run.flatMap(({ marks }) => [...marks.keys()].filter((mark) => left.has(mark)).slice(1)));
        const next = [...left].find((mark) => !later.has(mark)) ?? [...left][0]!;
        left.delete(next);
        order.push(next);
    }
    return order;
}
