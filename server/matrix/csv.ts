import { csvLine } from '../encoding/csv.js';
import { gravityWords } from '../impact/gravity-words.js';
import { duration } from '../words/times.js';
import { cellText, isUntouched, type Cell } from './cell.js';
import { promiseWords, type PromiseLine } from './promises.js';
import type { MatrixTable, TableRow } from './table.js';

/**
 * A matrix as RFC 4180, line by line: one row for each failure, in words. Groups are a column, since a table of a
 * spreadsheet has no headings within. A host or a service to which nothing happens has an empty cell. Promises come last, as
 * rows of kinds of their own.
 *
 * @param fileOf how a file is called, by its address
 */
export function* csvOf({ columns, groups, promised }: MatrixTable, fileOf: (uri: string) => string): Generator<string> {
    const isGrouped = groups.some(({ title }) => title !== undefined);
    const heads = ['failure', 'kind', 'region', 'cluster', 'file', 'line', 'who notices', 'what happens', 'worse from'];
    const judged = columns.map(({ kind, title }) => (kind === 'operation' ? title : `${kind} ${title}`));
    yield csvLine([...(isGrouped ? ['group'] : []), ...heads, ...judged]);
    for (const { title, rows } of groups) {
        for (const row of rows) yield csvLine([...(isGrouped ? [title ?? ''] : []), ...lineOf(row, fileOf)]);
    }
    for (const line of promised.lines)
        yield csvLine([...(isGrouped ? ['Promises'] : []), ...promiseLine(line, fileOf), ...columns.map(() => '')]);
}

function promiseLine({ kind, label, at, state, reasons }: PromiseLine, fileOf: (uri: string) => string): string[] {
    const place = [fileOf(at.uri), String(at.range.start.line + 1)];
    return [label, kind, '', '', ...place, promiseWords[state], reasons.join(' '), ''];
}

function lineOf(row: TableRow, fileOf: (uri: string) => string): string[] {
    const { element, title, region, at, gravity, headline, worseFrom, cells } = row;
    return [
        element.name,
        title,
        region ?? '',
        element.cluster ?? '',
        fileOf(at.uri),
        String(at.range.start.line + 1),
        gravityWords[gravity],
        headline.replaceAll(' · ', '; '),
        worseFrom === undefined ? '' : duration(worseFrom),
        ...cells.all().map(cellOf),
    ];
}

function cellOf(cell: Cell): string {
    return cell.kind !== 'operation' && isUntouched(cell) ? '' : cellText(cell);
}
