import type { MatrixOutline, MatrixQuery } from '../../../server/protocol/matrix.js';
import type { PageState, ToPage } from '../messages.js';
import { drawnHead, drawnLine, placeOf, type Look } from './drawing.js';
import { Lines } from './lines.js';
import { byId, canvas, cellWidth, filled, grid, headHeight, keep, kept, post, readNameWidth } from './page.js';
import { rowHeight, words } from './page.js';
import { askPromises, takePromises } from './promises.js';
import { elementAt, hideTip, rest, takeText } from './tip.js';
import { onTools, showQuery } from './tools.js';

const head = byId('head');

/** Lines and columns beyond the edge that are drawn, too, so that nothing flickers. */
const around = 6;

/** For how long scrolling has to pause before the place is kept, milliseconds. */
const keepingPause = 150;

/** Lines that have not come after so long are asked for again, milliseconds. */
const longestAnswer = 5_000;

let query: MatrixQuery = { declared: false, filter: '', sort: 'gravity' };
let outline: MatrixOutline | undefined;
let round = 0;
/** Where the focus stands: the row above the first is that of titles, the column before the first that of names. */
let focus = { row: 0, column: -1 };
let failed: ReadonlySet<string> = new Set();
let nameWidth = readNameWidth();
const lines = new Lines();
const rows = new Map<number, HTMLElement>();
/** Until when lines are on their way, unless they have come, by the clock of the page. */
let busyUntil = 0;
let wanted: Partial<Pick<PageState, 'top' | 'left'>> = {};

// What is asked for -----------------------------------------------------------------------------------------------------

/** The row that shall stand where it stands, whatever comes before it: where the focus is, or the first in sight. */
let anchorRow: number | undefined;

/** Asks what there is. */
function askOutline(keepsPlace: boolean): void {
    round++;
    busyUntil = 0;
    outline &&= { ...outline, toWeigh: 0 };
    const top = Math.floor(grid.scrollTop / rowHeight);
    const hasFocus = grid.contains(document.activeElement) && rows.has(focus.row);
    anchorRow = !keepsPlace ? undefined : hasFocus ? focus.row : grid.scrollTop > 0 ? top : undefined;
    const first = anchorRow === undefined ? undefined : lines.at(anchorRow);
    post({ kind: 'outline', round, query, ...(first?.kind === 'failure' && { anchor: first.name }) });
}

/** Asks for the lines that are missing in sight, and then for those that have been weighed meanwhile. */
function askLines({ first, behind }: { first: number; behind: number }): void {
    if (!outline) return;
    const missing = lines.missing(first, behind, outline.lines);
    if (!missing && outline.toWeigh > 0) return askOutline(true);
    // while somebody scrolls fast, each answer comes: what is asked next would take it back
    if (!missing || performance.now() < busyUntil) return;
    busyUntil = performance.now() + longestAnswer;
    post({ kind: 'lines', round, query, ...missing });
}

function take(message: ToPage): void {
    switch (message.kind) {
        case 'changed':
            askPromises();
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
        case 'promises':
            return takePromises(message);
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
    byId('count').textContent =
        now.toWeigh > 0
            ? filled(words.weighing, now.failures, now.inAll, now.toWeigh)
            : filled(words.ofAll, now.failures, now.inAll);
    grid.setAttribute('aria-rowcount', String(now.lines + 1));
    grid.setAttribute('aria-busy', String(now.toWeigh > 0));
    grid.setAttribute('aria-colcount', String(now.columns.length + 1));
    canvas.style.height = `${headHeight + now.lines * rowHeight}px`;
    canvas.style.width = `${nameWidth + now.columns.length * cellWidth}px`;
    if (now.anchorAt !== null && anchorRow !== undefined) {
        const moved = now.anchorAt - anchorRow;
        grid.scrollTop += moved * rowHeight;
        if (anchorRow === focus.row) focus = { ...focus, row: focus.row + moved };
    }
    if (wanted.top !== undefined && now.toWeigh === 0) {
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
    takeOut((place) => place >= first && place < behind);
    draw();
}

function takeOut(isOut: (place: number) => boolean): void {
    for (const [place, row] of rows) {
        if (!isOut(place)) continue;
        row.remove();
        rows.delete(place);
    }
}

/** Draws what has come into sight, and takes out what is no longer. While rows scroll, nothing else is touched. */
function draw(): void {
    if (!outline) return;
    // asked before anything is changed: behind that, the page would have to be laid out for the answer
    const [sight, { first, behind }] = [columnsInSight(), rowsInSight()];
    const look: Look = { columns: outline.columns, sight, sortedBy: query.sort, failed, focus, nameWidth };
    const key = `${sight.first} ${sight.behind}`;
    const hadFocus = document.activeElement !== null && grid.contains(document.activeElement);
    if (key !== columnsDrawn) {
        columnsDrawn = key;
        takeOut(() => true);
        head.replaceChildren(...drawnHead(look));
    }
    takeOut((place) => place < first || place >= behind);
    const fresh = document.createDocumentFragment();
    for (let place = first; place < behind; place++) {
        if (rows.has(place)) continue;
        const row = drawnLine(place, lines.at(place), look);
        rows.set(place, row);
        fresh.append(row);
    }
    canvas.append(fresh);
    if (hadFocus || document.activeElement === document.body) showFocus(hadFocus);
    askLines({ first, behind });
    keepSoon();
}

// Keys and clicks ---------------------------------------------------------------------------------------------------------

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
    restAt(focus.row, focus.column);
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
    focus = place;
    showFocus(true);
    act(place.row, place.column);
});

function restAt(row: number, column: number): void {
    const line = row < 0 ? undefined : lines.at(row);
    rest(line?.kind === 'failure' ? line.name : undefined, row, column);
}

canvas.addEventListener('mouseover', ({ target }) => {
    const place = placeOf(target);
    if (place) restAt(place.row, place.column);
    else hideTip();
});
canvas.addEventListener('focusin', ({ target, relatedTarget }) => {
    const place = placeOf(target);
    // a row that is drawn anew takes the focus of the one before: nobody has come
    const hasCome = relatedTarget !== null && !grid.contains(relatedTarget as Node);
    if (!place || (!hasCome && place.row === focus.row && place.column === focus.column)) return;
    focus = place;
    restAt(place.row, place.column);
});
canvas.addEventListener('mouseleave', () => hideTip());

// What somebody wants to see ----------------------------------------------------------------------------------------------

const titleOf = (column: number) => outline?.columns[column]?.title ?? words.sortBy;

function want(now: MatrixQuery): void {
    query = now;
    showQuery(query, titleOf);
    grid.scrollTop = 0;
    askOutline(false);
}

function sortBy(by: MatrixQuery['sort']): void {
    want({ ...query, sort: by });
    columnsDrawn = '';
}

onTools(
    (now) => {
        focus = { row: 0, column: focus.column };
        want(now(query));
    },
    () => moveTo(Math.max(0, focus.row), focus.column),
);

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
    nameWidth = readNameWidth();
    drawAll();
}).observe(grid);
window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => take(data));

let keeping: ReturnType<typeof setTimeout> | undefined;

/** Once nothing has moved for a while: VS Code is told of every state. */
function keepSoon(): void {
    clearTimeout(keeping);
    keeping = setTimeout(() => keep({ query, top: grid.scrollTop, left: grid.scrollLeft }), keepingPause);
}

const before = kept();
if (before.query) {
    query = before.query;
    wanted = { top: before.top ?? 0, left: before.left ?? 0 };
}
showQuery(query, titleOf);
askOutline(false);
askPromises();
