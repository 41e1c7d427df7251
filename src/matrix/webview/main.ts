import type { MatrixCell, MatrixLine, MatrixOutline, MatrixQuery } from '../../../server/protocol/matrix.js';
import type { FromPage, PageState, PageWords, ToPage } from '../messages.js';
import { Lines } from './lines.js';

declare function acquireVsCodeApi(): {
    postMessage(message: FromPage): void;
    getState(): unknown;
    setState(state: PageState): void;
};

const vscode = acquireVsCodeApi();
const words = JSON.parse(document.body.dataset['words'] ?? '{}') as PageWords;
const uri = document.body.dataset['uri'] ?? '';
const byId = <E extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as E;

const grid = byId('grid');
const canvas = byId('canvas');
const head = byId('head');
const tip = byId('tip');
const filter = byId<HTMLInputElement>('filter');
const group = byId<HTMLSelectElement>('group');
const sort = byId<HTMLSelectElement>('sort');
const byColumn = byId<HTMLOptionElement>('by-column');
const components = byId<HTMLInputElement>('components');

/** As the style sheet has them, pixels. */
const [rowHeight, cellWidth, headHeight] = [26, 30, 168];

/** Lines and columns beyond the edge that are drawn, too, so that nothing flickers. */
const around = 6;

/** For how long typing into the filter, resting on a cell, and scrolling have to pause, milliseconds. */
const [typingPause, restingPause, keepingPause] = [180, 350, 150];

/** Lines that have not come after so long are asked for again, milliseconds. */
const longestAnswer = 5_000;

let query: MatrixQuery = { declared: false, filter: '', sort: 'gravity' };
let outline: MatrixOutline | undefined;
let round = 0;
/** Where the focus stands: the row above the first is that of titles, the column before the first that of names. */
let focus = { row: 0, column: -1 };
let failed: ReadonlySet<string> = new Set();
const lines = new Lines();
const rows = new Map<number, HTMLElement>();
/** Until when lines are on their way, unless they have come, by the clock of the page. */
let busyUntil = 0;
let wanted: Partial<Pick<PageState, 'top' | 'left'>> = {};

function post(message: FromPage): void {
    vscode.postMessage(message);
}

/** How wide the column of names is, px: the style sheet says it, and another width for a narrow page. */
let nameWidth = 380;

function readNameWidth(): void {
    nameWidth = parseInt(getComputedStyle(document.documentElement).getPropertyValue('--first'), 10) || 380;
}

// What is asked for -----------------------------------------------------------------------------------------------------

/** Asks what there is; the line that stands first in sight shall stand there again. */
function askOutline(keepsPlace: boolean): void {
    round++;
    busyUntil = 0;
    const first = lines.at(Math.floor(grid.scrollTop / rowHeight));
    const anchor = keepsPlace && grid.scrollTop > 0 && first?.kind === 'failure' ? { anchor: first.name } : {};
    post({ kind: 'outline', round, query, ...anchor });
}

function askLines({ first, behind }: { first: number; behind: number }): void {
    if (!outline) return;
    const missing = lines.missing(first, behind, outline.lines);
    if (!missing) return;
    // while somebody scrolls fast, each answer comes: what is asked next would take it back
    if (performance.now() < busyUntil) return;
    busyUntil = performance.now() + longestAnswer;
    post({ kind: 'lines', round, query, ...missing });
}

function take(message: ToPage): void {
    switch (message.kind) {
        case 'changed':
            return askOutline(true);
        case 'failed':
            failed = new Set(message.elements);
            return drawAll();
        case 'outline':
            if (message.round === round) takeOutline(message.outline ?? undefined);
            return;
        case 'lines':
            if (message.round !== round) return;
            busyUntil = 0;
            lines.take(message.from, message.lines);
            return drawAgain(message.from, message.from + message.lines.length);
        case 'cell':
            return takeText(message.element, message.column, message.text);
    }
}

function takeOutline(now: MatrixOutline | undefined): void {
    outline = now;
    lines.forget();
    const isEmpty = !now || now.inAll === 0;
    byId('empty').hidden = !isEmpty;
    byId('empty').textContent = words.nothing;
    grid.hidden = isEmpty;
    if (!now) return;
    byId('count').textContent = words.ofAll.replace('{0}', String(now.failures)).replace('{1}', String(now.inAll));
    grid.setAttribute('aria-rowcount', String(now.lines + 1));
    grid.setAttribute('aria-colcount', String(now.columns.length + 1));
    canvas.style.height = `${headHeight + now.lines * rowHeight}px`;
    canvas.style.width = `${nameWidth + now.columns.length * cellWidth}px`;
    if (now.anchorAt !== null) grid.scrollTop = now.anchorAt * rowHeight + (grid.scrollTop % rowHeight);
    if (wanted.top !== undefined) {
        grid.scrollTop = wanted.top;
        grid.scrollLeft = wanted.left ?? 0;
        wanted = {};
    }
    focus = { row: Math.min(focus.row, now.lines - 1), column: Math.min(focus.column, now.columns.length - 1) };
    drawAll();
}

// What is drawn ---------------------------------------------------------------------------------------------------------

function rowsInSight(): { first: number; behind: number } {
    const first = Math.floor(grid.scrollTop / rowHeight);
    const behind = Math.ceil((grid.scrollTop + grid.clientHeight - headHeight) / rowHeight);
    return { first: Math.max(0, first - around), behind: Math.min(outline?.lines ?? 0, behind + around) };
}

function columnsInSight(): { first: number; behind: number } {
    const first = Math.floor(grid.scrollLeft / cellWidth);
    const behind = Math.ceil((grid.scrollLeft + grid.clientWidth - nameWidth) / cellWidth);
    return { first: Math.max(0, first - around), behind: Math.min(outline?.columns.length ?? 0, behind + around) };
}

/** Which columns are drawn; empty: everything has to be drawn anew. */
let columnsDrawn = '';

function drawAll(): void {
    columnsDrawn = '';
    draw();
}

/** Draws rows anew of which more is known now, and nothing else. */
function drawAgain(first: number, behind: number): void {
    for (const [place, row] of rows) {
        if (place < first || place >= behind) continue;
        row.remove();
        rows.delete(place);
    }
    draw();
}

/** Draws what has come into sight, and takes out what is no longer. While rows scroll, nothing else is touched. */
function draw(): void {
    if (!outline) return;
    // asked before anything is changed: behind that, the page would have to be laid out for the answer
    const [sight, { first, behind }] = [columnsInSight(), rowsInSight()];
    const key = `${sight.first} ${sight.behind}`;
    const hadFocus = document.activeElement !== null && grid.contains(document.activeElement);
    if (key !== columnsDrawn) {
        columnsDrawn = key;
        for (const row of rows.values()) row.remove();
        rows.clear();
        drawHead(sight);
    }
    for (const [place, row] of rows) {
        if (place >= first && place < behind) continue;
        row.remove();
        rows.delete(place);
    }
    const fresh = document.createDocumentFragment();
    for (let place = first; place < behind; place++) {
        if (rows.has(place)) continue;
        const row = drawnLine(place, lines.at(place), sight);
        rows.set(place, row);
        fresh.append(row);
    }
    canvas.append(fresh);
    if (hadFocus || document.activeElement === document.body) showFocus(hadFocus);
    askLines({ first, behind });
    keepSoon();
}

function made(look: string, role: string, text = ''): HTMLElement {
    const element = document.createElement('div');
    element.className = look;
    element.setAttribute('role', role);
    if (text !== '') element.textContent = text;
    return element;
}

function drawHead({ first, behind }: { first: number; behind: number }): void {
    head.replaceChildren();
    const corner = made('first', 'columnheader');
    corner.setAttribute('aria-colindex', '1');
    mark(corner, -1, -1);
    head.append(corner);
    for (let column = first; column < behind; column++) {
        const { kind, title } = outline!.columns[column]!;
        const cell = made(`title ${kind}`, 'columnheader');
        const text = document.createElement('span');
        text.textContent = title;
        cell.append(text);
        cell.setAttribute('aria-colindex', String(column + 2));
        cell.setAttribute('aria-sort', query.sort === column ? 'descending' : 'none');
        cell.setAttribute('aria-label', kind === 'operation' ? title : `${kind} ${title}`);
        cell.style.left = `${nameWidth + column * cellWidth}px`;
        mark(cell, -1, column);
        head.append(cell);
    }
}

function drawnLine(place: number, line: MatrixLine | undefined, sight: { first: number; behind: number }): HTMLElement {
    const row = made('row', 'row');
    row.setAttribute('aria-rowindex', String(place + 2));
    row.style.top = `${headHeight + place * rowHeight}px`;
    if (!line) return row;
    if (line.kind === 'group') {
        row.classList.add('group');
        const title = made('first', 'rowheader');
        title.append(piece('name', line.title), piece('says', String(line.count)));
        mark(title, place, -1);
        row.append(title);
        return row;
    }
    const isFailed = failed.has(line.name);
    if (isFailed) row.classList.add('failed');
    row.append(drawnName(place, line, isFailed));
    const cells = new Map(line.cells.map((cell) => [cell.column, cell]));
    for (let column = sight.first; column < sight.behind; column++)
        row.append(drawnCell(place, column, cells.get(column)));
    return row;
}

function drawnName(place: number, line: MatrixLine & { kind: 'failure' }, isFailed: boolean): HTMLElement {
    const first = made('first', 'rowheader');
    first.append(piece(`sign ${line.gravity}`, ''), piece('name', line.label));
    first.append(piece('says', isFailed ? words.failed : line.headline));
    const state = isFailed ? `${words.failed}. ` : '';
    first.setAttribute('aria-label', `${line.title} ${line.label}. ${state}${line.notices}: ${line.headline}`);
    first.setAttribute('aria-colindex', '1');
    first.dataset['tip'] = `${line.title} ${line.label}: ${line.headline}`;
    mark(first, place, -1);
    return first;
}

function drawnCell(place: number, column: number, cell: MatrixCell | undefined): HTMLElement {
    const drawn = made(`cell${cell ? ` sign ${cell.state}` : ''}`, 'gridcell');
    drawn.setAttribute('aria-colindex', String(column + 2));
    drawn.setAttribute('aria-label', `${outline!.columns[column]!.title}: ${cell?.word ?? words.unaffected}`);
    drawn.style.left = `${nameWidth + column * cellWidth}px`;
    mark(drawn, place, column);
    return drawn;
}

function piece(look: string, text: string): HTMLElement {
    const element = document.createElement('span');
    element.className = look;
    element.textContent = text;
    return element;
}

/** So that a click, and the focus, know where they are. */
function mark(element: HTMLElement, row: number, column: number): void {
    element.dataset['row'] = String(row);
    element.dataset['column'] = String(column);
    element.tabIndex = row === focus.row && column === focus.column ? 0 : -1;
}

function placeOf(target: EventTarget | null): { element: HTMLElement; row: number; column: number } | undefined {
    const element = (target as HTMLElement | null)?.closest<HTMLElement>('[data-row]');
    if (!element) return undefined;
    return { element, row: Number(element.dataset['row']), column: Number(element.dataset['column']) };
}

// Keys, clicks, and the words of a cell ----------------------------------------------------------------------------------

function elementAt(row: number, column: number): HTMLElement | null {
    return canvas.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`);
}

function showFocus(takesIt: boolean): void {
    const isGroup = lines.at(focus.row)?.kind === 'group';
    const element = elementAt(focus.row, isGroup ? -1 : focus.column);
    if (!element) return;
    for (const other of canvas.querySelectorAll<HTMLElement>('[tabindex="0"]')) other.tabIndex = -1;
    element.tabIndex = 0;
    if (takesIt && document.activeElement !== element) element.focus({ preventScroll: true });
}

function moveTo(row: number, column: number): void {
    if (!outline) return;
    focus = {
        row: Math.max(-1, Math.min(outline.lines - 1, row)),
        column: Math.max(-1, Math.min(outline.columns.length - 1, column)),
    };
    if (focus.row >= 0) {
        const top = focus.row * rowHeight;
        const room = grid.clientHeight - headHeight - rowHeight;
        if (top < grid.scrollTop) grid.scrollTop = top;
        else if (top > grid.scrollTop + room) grid.scrollTop = top - room;
    }
    if (focus.column >= 0) {
        const left = focus.column * cellWidth;
        const room = grid.clientWidth - nameWidth - cellWidth;
        if (left < grid.scrollLeft) grid.scrollLeft = left;
        else if (left > grid.scrollLeft + room) grid.scrollLeft = left - room;
    }
    draw();
    showFocus(true);
    rest(focus.row, focus.column);
}

grid.addEventListener('keydown', (event) => {
    const page = Math.max(1, Math.floor((grid.clientHeight - headHeight) / rowHeight) - 1);
    const { row, column } = placeOf(event.target) ?? focus;
    const far = event.ctrlKey || event.metaKey;
    const all = outline?.lines ?? 0;
    const moves = new Map<string, () => void>([
        ['ArrowDown', () => moveTo(row + 1, column)],
        ['ArrowUp', () => moveTo(row - 1, column)],
        ['ArrowRight', () => moveTo(row, column + 1)],
        ['ArrowLeft', () => moveTo(row, column - 1)],
        ['PageDown', () => moveTo(row + page, column)],
        ['PageUp', () => moveTo(Math.max(0, row - page), column)],
        ['Home', () => moveTo(far ? 0 : row, -1)],
        ['End', () => moveTo(far ? all - 1 : row, outline?.columns.length ?? 0)],
        ['Enter', () => act(row, column)],
        [' ', () => act(row, column)],
        ['Escape', () => hideTip()],
    ]);
    const move = moves.get(event.key);
    if (!move) return;
    event.preventDefault();
    move();
});

/** A name leads to its line, a cell starts its simulation, a title sorts by it. */
function act(row: number, column: number): void {
    if (row < 0) {
        if (column >= 0) sortBy(query.sort === column ? 'gravity' : column);
        return;
    }
    const line = lines.at(row);
    if (line?.kind !== 'failure') return;
    post(column < 0 ? { kind: 'go', element: line.name } : { kind: 'simulate', element: line.name });
}

canvas.addEventListener('click', ({ target }) => {
    const place = placeOf(target);
    if (!place) return;
    focus = { row: place.row, column: place.column };
    showFocus(true);
    act(place.row, place.column);
});

let resting: ReturnType<typeof setTimeout> | undefined;
/** What the tip is about. */
let about: { name: string; row: number; column: number } | undefined;

/** Says what the place is about, once somebody has rested there. */
function rest(row: number, column: number): void {
    hideTip();
    const line = row < 0 ? undefined : lines.at(row);
    if (line?.kind !== 'failure') return;
    resting = setTimeout(() => {
        about = { name: line.name, row, column };
        if (column < 0) showTip(elementAt(row, column)?.dataset['tip'] ?? '');
        else post({ kind: 'cell', element: line.name, column });
    }, restingPause);
}

canvas.addEventListener('mouseover', ({ target }) => {
    const place = placeOf(target);
    if (place) rest(place.row, place.column);
    else hideTip();
});
canvas.addEventListener('focusin', ({ target, relatedTarget }) => {
    const place = placeOf(target);
    // a row that is drawn anew takes the focus of the one before: nobody has come
    const hasCome = relatedTarget !== null && !grid.contains(relatedTarget as Node);
    if (!place || (!hasCome && place.row === focus.row && place.column === focus.column)) return;
    focus = { row: place.row, column: place.column };
    rest(place.row, place.column);
});
canvas.addEventListener('mouseleave', () => hideTip());

function takeText(name: string, column: number, text: string): void {
    if (about?.name === name && about.column === column) showTip(text);
}

function showTip(text: string): void {
    // rows are drawn anew as they come: what the tip is about has a place, and no element of its own
    const element = about && elementAt(about.row, about.column);
    if (text === '' || !element) return;
    tip.textContent = text;
    tip.hidden = false;
    element.setAttribute('aria-describedby', 'tip');
    const at = element.getBoundingClientRect();
    const fitsBelow = at.bottom + tip.offsetHeight + 8 < window.innerHeight;
    tip.style.top = `${fitsBelow ? at.bottom + 4 : at.top - tip.offsetHeight - 4}px`;
    tip.style.left = `${Math.max(8, Math.min(at.left, window.innerWidth - tip.offsetWidth - 12))}px`;
}

function hideTip(): void {
    clearTimeout(resting);
    canvas.querySelector('[aria-describedby]')?.removeAttribute('aria-describedby');
    about = undefined;
    tip.hidden = true;
}

// What somebody wants to see ----------------------------------------------------------------------------------------------

function sortBy(by: MatrixQuery['sort']): void {
    query = { ...query, sort: by };
    showQuery();
    grid.scrollTop = 0;
    askOutline(false);
    columnsDrawn = '';
}

function showQuery(): void {
    filter.value = query.filter;
    group.value = query.group ?? '';
    components.checked = !query.declared;
    byColumn.hidden = typeof query.sort !== 'number';
    if (typeof query.sort === 'number') byColumn.textContent = outline?.columns[query.sort]?.title ?? words.sortBy;
    sort.value = typeof query.sort === 'number' ? 'column' : query.sort;
}

let typing: ReturnType<typeof setTimeout> | undefined;

function changed(): void {
    const { group: _, ...others } = query;
    const by = group.value as NonNullable<MatrixQuery['group']> | '';
    query = {
        ...others,
        ...(by !== '' && { group: by }),
        declared: !components.checked,
        filter: filter.value,
        sort: sort.value === 'column' ? query.sort : (sort.value as 'gravity' | 'name'),
    };
    showQuery();
    grid.scrollTop = 0;
    focus = { row: 0, column: focus.column };
    askOutline(false);
}

filter.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(changed, typingPause);
});
for (const element of [group, sort, components]) element.addEventListener('change', changed);
byId('tools').addEventListener('submit', (event) => event.preventDefault());
filter.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowDown') moveTo(Math.max(0, focus.row), focus.column);
});

let drawing = false;
grid.addEventListener('scroll', () => {
    hideTip();
    if (drawing) return;
    drawing = true;
    requestAnimationFrame(() => {
        drawing = false;
        draw();
    });
});
new ResizeObserver(() => {
    readNameWidth();
    drawAll();
}).observe(grid);
window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => take(data));

let keeping: ReturnType<typeof setTimeout> | undefined;

/** Once nothing has moved for a while: VS Code is told of every state. */
function keepSoon(): void {
    clearTimeout(keeping);
    keeping = setTimeout(
        () => vscode.setState({ uri, query, top: grid.scrollTop, left: grid.scrollLeft }),
        keepingPause,
    );
}

const before = vscode.getState() as Partial<PageState> | undefined;
if (before?.query) {
    query = before.query;
    wanted = { top: before.top ?? 0, left: before.left ?? 0 };
}
readNameWidth();
showQuery();
askOutline(false);
