import { code, text } from '../encoding/markdown.js';
import { gravitySigns } from '../impact/gravity-words.js';
import { severitySigns } from '../knowledge/operations.js';
import { capitalized, count } from '../words/english.js';
import { duration } from '../words/times.js';
import { cellWord, isUntouched, type Cell } from './cell.js';
import type { Column } from './columns.js';
import { promiseSigns, promiseSummary, promiseWords, type PromiseLine, type Promised } from './promises.js';
import type { MatrixTable, TableRow } from './table.js';

/** A matrix as a page of Markdown, piece by piece; a table for each group. */
export function* markdownOf({ topology, columns, groups, shown, inAll, promised }: MatrixTable): Generator<string> {
    yield `# What each failure takes, in ${code(topology)}\n\n`;
    yield (
        'Each element fails by itself, with all else up, and is looked at as it begins to fail; *worse from* is when it ' +
        'takes more only because it lasts. A dot is unaffected.\n\n'
    );
    for (const { title, rows } of groups) {
        if (title !== undefined) yield `## ${text(title)}\n\n`;
        yield head(columns);
        for (const row of rows) yield line(row);
        yield '\n';
    }
    if (shown < inAll) yield `And ${count(inAll - shown, 'more element')}.\n\n`;
    yield* promisesOf(promised);
}

function* promisesOf(promised: Promised): Generator<string> {
    const summary = promiseSummary(promised);
    if (summary === '') return;
    yield `## Promises\n\n${capitalized(summary)}.\n\n`;
    if (promised.lines.length === 0) return;
    yield '| | promise | why it is not kept |\n|:--|:--|:--|\n';
    for (const line of promised.lines) yield promiseLine(line);
    yield '\n';
}

function promiseLine({ kind, label, state, reasons }: PromiseLine): string {
    return `| ${promiseSigns[state]} ${promiseWords[state]} | ${kind === 'scenario' ? 'scenario ' : ''}${code(label)} | ${reasons.map(text).join(' ')} |\n`;
}

function head(columns: readonly Column[]): string {
    const titles = columns.map(({ kind, title }) => (kind === 'operation' ? title : `${kind} ${code(title)}`));
    return `| failure | who notices | worse from | ${titles.join(' | ')} |\n|:--|:--|:--|${columns.map(() => ':--').join('|')}|\n`;
}

function line({ element, gravity, headline, worseFrom, cells }: TableRow): string {
    const notices = `${gravitySigns[gravity]} ${text(headline)}`;
    const worse = worseFrom === undefined ? '–' : duration(worseFrom);
    return `| ${code(element.name)} | ${notices} | ${worse} | ${cells.all().map(cellOf).join(' | ')} |\n`;
}

function cellOf(cell: Cell): string {
    if (isUntouched(cell)) return '·';
    const sign = cell.kind === 'operation' ? severitySigns[cell.mark] : gravitySigns[cell.mark];
    return `${sign} ${cellWord(cell)}`;
}
