import { xml } from '../encoding/xml.js';
import { cellWord, isUntouched, rankOf, type Cell } from '../matrix/cell.js';
import type { Column } from '../matrix/columns.js';
import type { MatrixRow } from '../matrix/matrix.js';
import { gravityWords } from '../impact/gravity-words.js';
import { gravities } from '../failure/gravity.js';
import { capitalized, count } from '../words/english.js';
import { duration } from '../words/times.js';
import { gravityClass, gravitySign, severityClass } from './parts.js';

/** A row of the report, with the page to which it leads. */
export interface ReportRow {
    readonly row: MatrixRow;
    /** Seconds. */
    readonly worseFrom: number | undefined;
    /** Undefined where it has no page of its own. */
    readonly page: string | undefined;
}

/** So many hosts and services have a column each; of the others, a last column counts those to which something happens. */
const mostUsers = 40;

/** The matrix as a table of a page. */
export function matrixTable(columns: readonly Column[], rows: readonly ReportRow[]): string {
    const places = columnsShown(columns, rows);
    const others = columns.length - places.length;
    const heads = places.map((place) => {
        const { kind, title } = columns[place]!;
        const whole = kind === 'operation' ? title : `${kind} ${title}`;
        return `<th scope="col" class="v" title="${xml(whole)}"><span>${xml(title)}</span>`;
    });
    const more = others > 0 ? `<th scope="col" class="v"><span>${count(others, 'other')}</span>` : '';
    const groups = gravities.flatMap((gravity) => {
        const ofGroup = rows.filter(({ row }) => row.gravity === gravity);
        if (ofGroup.length === 0) return [];
        const title = `${capitalized(gravityWords[gravity])}: ${count(ofGroup.length, 'failure')}`;
        return [
            `<tbody><tr class="group"><th colspan="${3 + places.length + (more === '' ? 0 : 1)}" scope="rowgroup">${title}`,
            ...ofGroup.map((each) => lineOf(each, places, others > 0)),
            '</tbody>',
        ];
    });
    return [
        '<div class="scroll" role="region" aria-label="Matrix" tabindex="0">',
        '<table class="m"><thead><tr><th scope="col">failure<th scope="col">what happens<th scope="col">worse from',
        ...heads,
        more,
        '</thead>',
        ...groups,
        '</table></div>',
    ].join('\n');
}

/** The operations, and the hosts and services that fare worst, most often; in the order of the columns. */
function columnsShown(columns: readonly Column[], rows: readonly ReportRow[]): number[] {
    const places = columns.map((_, place) => place);
    const users = places.filter((place) => columns[place]!.kind !== 'operation');
    if (users.length <= mostUsers) return places;
    const worst = columns.map(() => Infinity);
    const touched = columns.map(() => 0);
    for (const { row } of rows) {
        for (const { column, cell } of row.cells.affected()) {
            worst[column] = Math.min(worst[column]!, rankOf(cell));
            touched[column]!++;
        }
    }
    const shown = new Set(
        users.sort((a, b) => worst[a]! - worst[b]! || touched[b]! - touched[a]! || a - b).slice(0, mostUsers),
    );
    return places.filter((place) => columns[place]!.kind === 'operation' || shown.has(place));
}

function lineOf({ row, worseFrom, page }: ReportRow, places: readonly number[], hasOthers: boolean): string {
    const { element, headline, gravity, cells } = row;
    const name = xml(element.name);
    const head = page === undefined ? name : `<a href="#${page}">${name}</a>`;
    const touched = cells.affected().flatMap(({ column, cell }) => (places.includes(column) ? [] : [cell]));
    const [gravest] = [...touched].sort((a, b) => rankOf(a) - rankOf(b));
    const rest = !hasOthers ? '' : gravest ? `<td title="${cellWord(gravest)} and less">${touched.length}` : '<td>';
    const worse = worseFrom === undefined ? '' : xml(duration(worseFrom));
    return `<tr><th scope="row">${gravitySign(gravity)}${head}<td class="h" title="${xml(headline)}">${xml(headline)}<td class="h">${worse}${places.map((place) => cellHtml(cells.at(place))).join('')}${rest}`;
}

/** Where nothing happens, nothing stands; a screen reader says the word of the sign. */
function cellHtml(cell: Cell): string {
    if (isUntouched(cell)) return '<td>';
    const look = cell.kind === 'operation' ? severityClass[cell.mark] : gravityClass[cell.mark];
    return `<td class=${look}>${cellWord(cell)}`;
}
