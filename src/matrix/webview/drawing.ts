import type { MatrixCell, MatrixLine, MatrixOutline, MatrixQuery } from '../../../server/protocol/matrix.js';
import { cellWidth, headHeight, rowHeight, words } from './page.js';

/** What has to be known to draw a row. */
export interface Look {
    readonly columns: MatrixOutline['columns'];
    /** The columns in sight. */
    readonly sight: { readonly first: number; readonly behind: number };
    readonly sortedBy: MatrixQuery['sort'];
    readonly failed: ReadonlySet<string>;
    readonly focus: { readonly row: number; readonly column: number };
    /** How wide the column of names is, px. */
    readonly nameWidth: number;
}

/** An element that a screen reader knows. */
export function made(look: string, role: string, text = ''): HTMLElement {
    const element = document.createElement('div');
    element.className = look;
    element.setAttribute('role', role);
    if (text !== '') element.textContent = text;
    return element;
}

/** A text in a line. */
export function piece(look: string, text: string): HTMLElement {
    const element = document.createElement('span');
    element.className = look;
    element.textContent = text;
    return element;
}

/** The titles of the columns in sight. */
export function drawnHead(look: Look): HTMLElement[] {
    const corner = made('first', 'columnheader');
    corner.setAttribute('aria-colindex', '1');
    mark(corner, -1, -1, look);
    const cells = [corner];
    for (let column = look.sight.first; column < look.sight.behind; column++) {
        const { kind, title } = look.columns[column]!;
        const cell = made(`title ${kind}`, 'columnheader');
        cell.append(piece('', title));
        cell.setAttribute('aria-colindex', String(column + 2));
        cell.setAttribute('aria-sort', look.sortedBy === column ? 'descending' : 'none');
        cell.setAttribute('aria-label', kind === 'operation' ? title : `${kind} ${title}`);
        cell.style.left = `${look.nameWidth + column * cellWidth}px`;
        mark(cell, -1, column, look);
        cells.push(cell);
    }
    return cells;
}

/** A row of the matrix; one whose line has not come yet is empty. */
export function drawnLine(place: number, line: MatrixLine | undefined, look: Look): HTMLElement {
    const row = made('row', 'row');
    row.setAttribute('aria-rowindex', String(place + 2));
    row.style.top = `${headHeight + place * rowHeight}px`;
    if (!line) return row;
    if (line.kind === 'group') {
        row.classList.add('group');
        const title = made('first', 'rowheader');
        title.append(piece('name', line.title), piece('says', String(line.count)));
        mark(title, place, -1, look);
        row.append(title);
        return row;
    }
    const isFailed = look.failed.has(line.name);
    if (isFailed) row.classList.add('failed');
    row.append(drawnName(place, line, isFailed, look));
    const cells = new Map(line.cells.map((cell) => [cell.column, cell]));
    for (let column = look.sight.first; column < look.sight.behind; column++)
        row.append(drawnCell(place, column, cells.get(column), look));
    return row;
}

function drawnName(place: number, line: MatrixLine & { kind: 'failure' }, isFailed: boolean, look: Look): HTMLElement {
    const first = made('first', 'rowheader');
    first.append(piece(`sign ${line.gravity}`, ''), piece('name', line.label));
    first.append(piece('says', isFailed ? words.failed : line.headline));
    const state = isFailed ? `${words.failed}. ` : '';
    first.setAttribute('aria-label', `${line.title} ${line.label}. ${state}${line.notices}: ${line.headline}`);
    first.setAttribute('aria-colindex', '1');
    first.dataset['tip'] = `${line.title} ${line.label}: ${line.headline}`;
    mark(first, place, -1, look);
    return first;
}

function drawnCell(place: number, column: number, cell: MatrixCell | undefined, look: Look): HTMLElement {
    const drawn = made(`cell${cell ? ` sign ${cell.state}` : ''}`, 'gridcell');
    drawn.setAttribute('aria-colindex', String(column + 2));
    drawn.setAttribute('aria-label', `${look.columns[column]!.title}: ${cell?.word ?? words.unaffected}`);
    drawn.style.left = `${look.nameWidth + column * cellWidth}px`;
    mark(drawn, place, column, look);
    return drawn;
}

/** So that a click, and the focus, know where they are. */
function mark(element: HTMLElement, row: number, column: number, { focus }: Look): void {
    element.dataset['row'] = String(row);
    element.dataset['column'] = String(column);
    element.tabIndex = row === focus.row && column === focus.column ? 0 : -1;
}

/** Where something stands that was drawn: the row of titles is -1, and so is the column of names. */
export function placeOf(target: EventTarget | null): { row: number; column: number } | undefined {
    const element = (target as HTMLElement | null)?.closest<HTMLElement>('[data-row]');
    if (!element) return undefined;
    return { row: Number(element.dataset['row']), column: Number(element.dataset['column']) };
}
