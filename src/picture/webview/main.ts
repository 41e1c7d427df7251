import type { PictureBox, PictureCaption, PictureLook } from '../../../server/protocol/picture.js';
import type { Camera, FromPage, PageAction, ToPage } from '../messages.js';
import { boxAt, found, neighbour, type Direction } from './boxes.js';
import { fitted, firstLook, keeping, panned, revealing, within, zoomed, type Point } from './camera.js';
import { byId, nodesOf, svgElement } from './dom.js';
import { showFrame } from './frame.js';
import { painted } from './paint.js';
import { forgetParts, light, partsShown, showParts } from './parts.js';
import { next, withFold, withLayer, type Shown } from './state.js';
import { firstBox, focusBox, focusedBox, showTree } from './tree.js';

declare function acquireVsCodeApi(): {
    postMessage(message: FromPage): void;
    getState(): unknown;
    setState(state: Kept): void;
};

/** What survives while the page is hidden, and when the window is loaded anew. VS Code may keep it a minute later. */
interface Kept {
    readonly uri: string;
    readonly isListed?: boolean;
}

const vscode = acquireVsCodeApi();
const words = JSON.parse(document.body.dataset.words!) as Readonly<Record<'foundOf' | 'foundNothing' | 'time', string>>;
const stage = byId('stage');
const svg = byId<SVGSVGElement>('svg');
const search = byId<HTMLInputElement>('search');
// the policy of the page lets only styles with this in
const { nonce } = document.currentScript as HTMLScriptElement;

let kept: Kept = { ...(vscode.getState() as Partial<Kept> | undefined), uri: document.body.dataset.uri! };
/** What was asked for; whoever holds the page keeps it. */
let asked: PictureLook = { open: [], closed: [] };
let shown: Shown | undefined;
let camera: Camera | undefined;
/** Whoever holds the page is told when somebody has looked from there for a moment. */
let telling: ReturnType<typeof setTimeout> | undefined;
/** The box on which the cursor of the editor stands. */
let marked: string | undefined;
/** A box that stays where it is when the picture changes next. */
let anchor: string | undefined;

/** How long one has looked from somewhere before that is kept, milliseconds. */
const lookingPause = 150;

const page = () => ({ width: stage.clientWidth, height: stage.clientHeight });
const boxOf = (id: string | undefined) => shown?.boxes.find((box) => box.id === id);
const chosen = () => focusedBox() ?? marked;

function keep(change: Partial<Kept>): void {
    kept = { ...kept, ...change };
    vscode.setState(kept);
}

function look(change: PictureLook): void {
    asked = change;
    vscode.postMessage({ kind: 'look', look: change });
}

function move(to: Camera): void {
    if (!shown) return;
    camera = within(to, shown.answer, page());
    byId('camera').setAttribute('transform', `translate(${camera.x} ${camera.y}) scale(${camera.scale})`);
    svg.classList.toggle('far', camera.scale < 0.45);
    clearTimeout(telling);
    telling = setTimeout(() => camera && vscode.postMessage({ kind: 'camera', camera }), lookingPause);
}

function show(message: Extract<ToPage, { kind: 'draw' }>): void {
    const made = next(shown, { ...message.answer, parts: message.answer.parts });
    // it is the difference to what this page has never seen
    if (!made) return vscode.postMessage({ kind: 'ready' });
    const { style, definitions } = message.answer;
    if (style !== undefined && definitions !== undefined) begin(style, definitions);
    const before = boxOf(anchor);
    const saidBefore = shown && spokenOf(shown.answer.caption);
    if (message.answer.since === undefined) forgetParts();
    const { changed } = message.answer.since === undefined ? { changed: made.shown.order } : made;
    shown = made.shown;
    byId('nothing').hidden = true;
    svg.toggleAttribute('hidden', false);
    showParts(shown, changed);
    showTree(shown.boxes);
    showFrame(shown.answer, words.time, (at) => vscode.postMessage({ kind: 'lookAt', at }));
    const now = boxOf(anchor);
    anchor = undefined;
    camera ??= message.camera;
    if (!camera) move(firstLook(shown.answer, page()));
    else move(before && now ? keeping(camera, before, now) : camera);
    showRings();
    asked = message.look;
    const said = spokenOf(shown.answer.caption);
    if (saidBefore !== undefined && said !== saidBefore) byId('spoken').textContent = said;
    const { revision } = shown.answer;
    vscode.postMessage({ kind: 'shown', revision, boxes: shown.boxes.length, parts: partsShown() });
}

/** What a screen reader says when a failure, or its time, has changed. */
function spokenOf({ failure, counts }: PictureCaption): string {
    return failure ? `${failure.title}. ${failure.headline}` : counts;
}

/** What all parts of a picture share. */
function begin(style: string, definitions: string): void {
    const sheet = document.createElement('style');
    sheet.nonce = nonce;
    sheet.id = 'picture-style';
    sheet.textContent = style;
    document.getElementById('picture-style')?.remove();
    document.head.append(sheet);
    svg.querySelector('defs')?.remove();
    svg.prepend(...nodesOf(definitions));
}

/** Around the box of the cursor, and around that of the keyboard. */
function showRings(): void {
    const ring = (id: string | undefined, look: string) => {
        const box = boxOf(id);
        if (!box) return [];
        const { x, y, width, height } = box;
        const at = { x: x - 4, y: y - 4, width: width + 8, height: height + 8, rx: 9 };
        return [svgElement('rect', { class: `picture-ring ${look}`, ...at })];
    };
    byId('rings').replaceChildren(...ring(marked, 'marked'), ...ring(focusedBox(), 'focused'));
}

function reveal(box: PictureBox): void {
    if (camera) move(revealing(camera, box, page()));
}

function goTo(box: string, focus: boolean): void {
    vscode.postMessage({ kind: 'goTo', box, focus });
}

function toggleFold(box: PictureBox | undefined): void {
    if (!box?.fold) return;
    anchor = box.id;
    look(withFold(asked, box.fold));
}

function toggleLayer(layer: Parameters<typeof withLayer>[2]): void {
    if (shown) look(withLayer(asked, shown.answer.look, layer));
}

function zoom(factor: number, at?: Point): void {
    const { width, height } = page();
    if (camera) move(zoomed(camera, factor, at ?? { x: width / 2, y: height / 2 }));
}

const actions: Readonly<Record<PageAction, () => void>> = {
    fit: () => shown && move(fitted(shown.answer, page())),
    zoomIn: () => zoom(1.25),
    zoomOut: () => zoom(0.8),
    search: () => {
        search.focus();
        search.select();
    },
    outline: () => list(!kept.isListed),
};

function list(isListed: boolean): void {
    byId('tree').classList.toggle('out-of-sight', !isListed);
    byId('outline-button').setAttribute('aria-pressed', String(isListed));
    keep({ isListed });
    const first = chosen() ?? firstBox();
    if (isListed && first !== undefined) focusBox(first);
}

const told: { readonly [K in ToPage['kind']]: (message: Extract<ToPage, { kind: K }>) => void } = {
    draw: show,
    nothing: () => {
        byId('nothing').hidden = false;
        svg.toggleAttribute('hidden', true);
    },
    mark: ({ box }) => {
        marked = box ?? undefined;
        const at = boxOf(marked);
        if (at) reveal(at);
        showRings();
    },
    age: ({ isOlder }) => document.body.classList.toggle('older', isOlder),
    paint: ({ svg: text, scale }) =>
        void painted(text, scale).then((data) => vscode.postMessage({ kind: 'png', data })),
    do: ({ action }) => actions[action](),
};

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
    if (Object.hasOwn(told, data.kind)) (told[data.kind] as (message: ToPage) => void)(data);
});

// the mouse
let drag: { readonly from: Point; readonly camera: Camera; hasMoved: boolean } | undefined;

const pointOf = ({ clientX, clientY }: MouseEvent): Point => {
    const { left, top } = stage.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
};

function boxUnder(event: MouseEvent): PictureBox | undefined {
    const id = (event.target as Element).closest<HTMLElement>('[data-box]')?.dataset.box;
    if (id !== undefined) return boxOf(id);
    if (!camera || !shown || !(event.target as Element).closest('#svg')) return undefined;
    const { x, y } = pointOf(event);
    return boxAt(shown.boxes, { x: (x - camera.x) / camera.scale, y: (y - camera.y) / camera.scale });
}

svg.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !camera) return;
    drag = { from: pointOf(event), camera, hasMoved: false };
    svg.setPointerCapture(event.pointerId);
});
svg.addEventListener('pointermove', (event) => {
    if (!drag) {
        const box = boxUnder(event);
        return light(box?.id);
    }
    const at = pointOf(event);
    const by = { x: at.x - drag.from.x, y: at.y - drag.from.y };
    drag.hasMoved ||= Math.hypot(by.x, by.y) > 4;
    if (drag.hasMoved) {
        stage.classList.add('dragging');
        move(panned(drag.camera, by));
    }
});
svg.addEventListener('pointerleave', () => light(undefined));
svg.addEventListener('pointerup', (event) => {
    const wasMoved = drag?.hasMoved;
    drag = undefined;
    stage.classList.remove('dragging');
    svg.releasePointerCapture(event.pointerId);
    if (wasMoved !== false) return;
    const target = document.elementFromPoint(event.clientX, event.clientY)!;
    const id = target.closest<HTMLElement>('[data-box]')?.dataset.box;
    const { x, y } = pointOf(event);
    const box =
        boxOf(id) ??
        (camera && shown && boxAt(shown.boxes, { x: (x - camera.x) / camera.scale, y: (y - camera.y) / camera.scale }));
    if (!box) return;
    focusBox(box.id);
    // what is folded opens; all else leads to its line
    if (box.fold && !box.fold.isOpen) toggleFold(box);
    else goTo(box.id, false);
});
svg.addEventListener('dblclick', (event) => toggleFold(boxUnder(event)));
stage.addEventListener(
    'wheel',
    (event) => {
        event.preventDefault();
        if (event.shiftKey) return camera && move(panned(camera, { x: -(event.deltaX || event.deltaY), y: 0 }));
        zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0018)), pointOf(event));
    },
    { passive: false },
);

/** VS Code shows its own menu, with what makes sense for the box. */
document.addEventListener(
    'contextmenu',
    (event) => {
        const box = boxUnder(event);
        const about = {
            preventDefaultContextMenuItems: true,
            uri: kept.uri,
            pictureBox: box?.kind ?? 'none',
            ...(box?.element !== undefined && { element: box.element }),
            ...(box && { box: box.id }),
        };
        document.body.dataset.vscodeContext = JSON.stringify(about);
    },
    { capture: true },
);

// the keyboard
const arrows = new Map<string, Direction>([
    ['ArrowLeft', 'left'],
    ['ArrowRight', 'right'],
    ['ArrowUp', 'up'],
    ['ArrowDown', 'down'],
]);

function step(direction: Direction): void {
    if (!shown) return;
    const from = boxOf(chosen() ?? firstBox());
    if (!from) return;
    if (kept.isListed && (direction === 'up' || direction === 'down')) {
        const index = shown.boxes.indexOf(from) + (direction === 'up' ? -1 : 1);
        const to = shown.boxes[index];
        return to && focusBox(to.id);
    }
    const to = neighbour(shown.boxes, from, direction);
    if (to) focusBox(to.id);
}

const keys = new Map<string, () => void>([
    ['/', actions.search],
    ['f', actions.fit],
    ['0', actions.fit],
    ['o', actions.outline],
    ['+', actions.zoomIn],
    ['=', actions.zoomIn],
    ['-', actions.zoomOut],
    ['1', () => toggleLayer('traffic')],
    ['2', () => toggleLayer('configuration')],
    ['3', () => toggleLayer('metrics')],
    ['4', () => toggleLayer('spares')],
    [' ', () => toggleFold(boxOf(chosen()))],
    ['Enter', followChosen],
    ['Escape', letGo],
]);

/** On to the line of the box, to type there. */
function followChosen(): void {
    const box = chosen();
    if (box !== undefined) goTo(box, true);
}

function letGo(): void {
    marked = undefined;
    (document.activeElement as HTMLElement | null)?.blur();
    showRings();
}

document.addEventListener('keydown', (event) => {
    const isTyping = event.target === search;
    const onButton = (event.target as Element).closest('button') !== null;
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
    if (onButton && (event.key === 'Enter' || event.key === ' ' || (event.target as Element).closest('#time'))) return;
    const direction = arrows.get(event.key);
    const action = direction ? () => step(direction) : keys.get(event.key);
    if (!action) return;
    event.preventDefault();
    action();
});

byId('tree').addEventListener('focusin', () => {
    const box = boxOf(focusedBox());
    if (box) reveal(box);
    light(box?.id);
    showRings();
});
byId('tree').addEventListener('focusout', () => setTimeout(showRings));
byId('tree').addEventListener('click', ({ target }) => {
    const box = (target as HTMLElement).dataset.box;
    if (box === undefined) return;
    focusBox(box);
    goTo(box, false);
});

// searching
let matches: readonly PictureBox[] = [];
let match = 0;

function showMatch(): void {
    const box = matches[match];
    byId('found').textContent =
        search.value.trim() === ''
            ? ''
            : box
              ? words.foundOf.replace('{0}', String(match + 1)).replace('{1}', String(matches.length))
              : words.foundNothing;
    marked = box?.id ?? marked;
    if (box) reveal(box);
    light(box?.id);
    showRings();
}

search.addEventListener('input', () => {
    matches = found(shown?.boxes ?? [], search.value);
    match = 0;
    showMatch();
});
search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && matches.length > 0) {
        match = (match + (event.shiftKey ? matches.length - 1 : 1)) % matches.length;
        showMatch();
    } else if (event.key === 'Escape') {
        search.value = '';
        showMatch();
        if (marked !== undefined) focusBox(marked);
    }
});

// buttons
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-layer]')) {
    button.addEventListener('click', () => toggleLayer(button.dataset.layer as Parameters<typeof withLayer>[2]));
}
byId('tidy').addEventListener('click', () => vscode.postMessage({ kind: 'tidy' }));
byId('outline-button').addEventListener('click', actions.outline);
byId('fit').addEventListener('click', actions.fit);
byId('zoom-in').addEventListener('click', actions.zoomIn);
byId('zoom-out').addEventListener('click', actions.zoomOut);

keep({});
if (kept.isListed) list(true);
/** What is laid out anew is arranged for the room that there is. */
function tellRoom(): void {
    const { width, height } = page();
    vscode.postMessage({ kind: 'room', width, height });
}

tellRoom();
new ResizeObserver(() => {
    // a page without room is about to go, or has yet to come
    if (stage.clientWidth === 0 || stage.clientHeight === 0) return;
    tellRoom();
    if (camera) move(camera);
}).observe(stage);
vscode.postMessage({ kind: 'ready' });
