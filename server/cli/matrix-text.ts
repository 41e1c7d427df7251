import { visible } from '../encoding/visible.js';
import type { Gravity } from '../failure/gravity.js';
import { gravitySigns } from '../impact/gravity-words.js';
import type { Severity } from '../knowledge/operations.js';
import type { PromiseState } from '../topology/promises.js';
import { isUntouched, rankOf, type Cell } from '../matrix/cell.js';
import type { Column } from '../matrix/columns.js';
import { promiseSigns, promiseSummary, type Promised } from '../matrix/promises.js';
import type { MatrixTable, TableRow } from '../matrix/table.js';
import { capitalized, count } from '../words/english.js';
import { colours, gravityColours } from './colours.js';

/** So many columns fit a terminal beside the names of elements; those to which the gravest happens are shown. */
const mostColumns = 24;

/** A matrix for a terminal: numbered columns, one sign a cell, and the names of the columns below. */
export function matrixText({ columns, groups, shown, inAll, promised }: MatrixTable): string {
    const promises = promisesOf(promised);
    if (inAll === 0) return ['Nothing that can fail is declared yet.', ...promises, ''].join('\n');
    const lines = groups.map(({ title, rows }) => ({ title, rows: [...rows] }));
    const all = lines.flatMap(({ rows }) => rows);
    const places = columnsShown(columns, all);
    const width = Math.max(0, ...all.map(({ element }) => visible(element.name).length));
    const head = colours.dim(
        `  ${''.padEnd(width)}${places.map((_, index) => String(index + 1).padStart(4)).join('')}`,
    );
    const table = lines.flatMap(({ title, rows }) => [
        ...(title === undefined ? [] : [`\n${colours.bold(visible(title))}`]),
        ...rows.map((row) => lineOf(row, places, width)),
    ]);
    const hidden = columns.length - places.length;
    const notes = [
        ...(hidden > 0 ? [`${count(hidden, 'more column')}: --format csv has all of them`] : []),
        ...(shown < inAll ? [`${count(inAll - shown, 'more element')} (--limit 0 for all)`] : []),
    ];
    const legend = [...legendOf(columns, places), ...notes.map(colours.dim)];
    return `${[head, ...table, '', ...legend, ...promises].join('\n')}\n`;
}

function promisesOf(promised: Promised): string[] {
    const summary = promiseSummary(promised);
    if (summary === '') return [];
    const lines = promised.lines.flatMap(({ kind, label, state, reasons }) => [
        `${stateColours[state](promiseSigns[state])} ${kind === 'scenario' ? 'scenario ' : ''}${visible(label)}`,
        ...reasons.map((reason) => `    ${visible(reason)}`),
    ]);
    return ['', colours.bold('Promises'), ...lines, `${capitalized(summary)}.`];
}

const stateColours: Readonly<Record<PromiseState, (text: string) => string>> = {
    kept: colours.green,
    broken: colours.red,
    accepted: colours.cyan,
    idle: colours.dim,
    'not-judged': colours.yellow,
};

/** The operations, and of hosts and services those that fare worst in the rows, in the order of the columns. */
function columnsShown(columns: readonly Column[], rows: readonly TableRow[]): number[] {
    const worst = columns.map((_, place) => Math.min(Infinity, ...rows.map(({ cells }) => rankOf(cells.at(place)))));
    const touched = columns.map((_, place) => rows.filter(({ cells }) => !isUntouched(cells.at(place))).length);
    const places = columns.map((_, place) => place);
    const isJudged = (place: number) => columns[place]!.kind === 'operation';
    const users = places
        .filter((place) => !isJudged(place) && touched[place]! > 0)
        .sort((a, b) => worst[a]! - worst[b]! || touched[b]! - touched[a]! || a - b);
    const operations = places.filter(isJudged);
    return [...operations, ...users.slice(0, mostColumns - operations.length)].sort((a, b) => a - b);
}

function lineOf({ element, gravity, cells }: TableRow, places: readonly number[], width: number): string {
    const marks = places.map((place) => `   ${signOf(cells.at(place))}`).join('');
    return `${gravityColours[gravity](gravitySigns[gravity])} ${visible(element.name).padEnd(width)}${marks}`;
}

function signOf(cell: Cell): string {
    if (isUntouched(cell)) return colours.dim('·');
    const gravity = cell.kind === 'operation' ? gravityOfSeverity[cell.mark] : cell.mark;
    return gravityColours[gravity](gravitySigns[gravity]);
}

/** Signs of one width: those of operations are two columns wide in many terminals. */
const gravityOfSeverity: Readonly<Record<Severity, Gravity>> = {
    total: 'down',
    limited: 'degraded',
    unaffected: 'none',
};

function legendOf(columns: readonly Column[], places: readonly number[]): string[] {
    const names = places.map((place, index) => {
        const { kind, title } = columns[place]!;
        return `${String(index + 1).padStart(4)} ${kind === 'operation' ? title : `${kind} ${visible(title)}`}`;
    });
    const signs = '✖ down or lost   ⚠ degraded or limited   ◐ fails over   ◌ a spare is lost   · unaffected';
    return [...names, colours.dim(`     ${signs}`)];
}
