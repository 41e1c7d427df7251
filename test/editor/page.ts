// VS Code's window as a test sees it, when the headless host shows it: test/vscode-host/page-bridge.mjs does the work.
// Selectors are Playwright's: CSS, and for example `.codelens-decoration a:has-text("Simulate")`.

/** In pixels of the window. */
interface Point {
    x: number;
    y: number;
}

interface Rectangle {
    x: number;
    y: number;
    width: number;
    height: number;
}

const TIMEOUT = 20_000;

/** False in VS Code desktop, whose window tests cannot reach: `before(function () { if (!hasPage()) this.skip(); })`. */
export function hasPage(): boolean {
    return process.env.TSBTOPO_PAGE_BRIDGE !== undefined;
}

/** The value of a JavaScript expression in the page; it must survive JSON. */
export function evaluate<T>(expression: string): Promise<T> {
    return send('evaluate', { expression });
}

/** Writes a PNG of the window, or of one part of it. */
export function screenshot(path: string, clip?: Rectangle): Promise<void> {
    return send('screenshot', { path, clip });
}

/** Sets the size of the window, which starts with 1280 × 800. */
export function resize(width: number, height: number): Promise<void> {
    return send('resize', { width, height });
}

export function waitFor(
    selector: string,
    options: { state?: 'attached' | 'detached' | 'visible' | 'hidden'; timeout?: number } = {},
): Promise<void> {
    return send('waitFor', { selector, timeout: TIMEOUT, ...options });
}

/** The visible texts of all elements that match now. */
export function texts(selector: string): Promise<string[]> {
    return send('texts', { selector });
}

/** Clicks a point, or the middle of the first element that matches, once it is there and at rest. */
export async function click(
    target: string | Point,
    options: { button?: 'left' | 'right'; clickCount?: number } = {},
): Promise<void> {
    await send('click', { ...(await pointOf(target)), ...options });
}

/** Moves the mouse to a point, or to the middle of the first element that matches, once it is there and at rest. */
export async function hover(target: string | Point): Promise<void> {
    await send('moveMouse', await pointOf(target));
}

function pointOf(target: string | Point): Promise<Point> {
    return typeof target === 'string'
        ? send('middleOf', { selector: target, timeout: TIMEOUT })
        : Promise.resolve(target);
}

/** The middle of a word in the editor, in the first line in sight that contains `line`. A word is a part of one token. */
export async function wordInEditor(word: string, line = word): Promise<Point> {
    const point = await evaluate<Point | null>(`
        (() => {
            const plain = (text) => text.replaceAll('\u00a0', ' ');
            const line = [...document.querySelectorAll('.view-lines .view-line')].find((element) =>
                plain(element.textContent).includes(${JSON.stringify(line)}),
            );
            const texts = line && document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
            while (texts?.nextNode()) {
                const start = plain(texts.currentNode.data).indexOf(${JSON.stringify(word)});
                if (start < 0) continue;
                const range = document.createRange();
                range.setStart(texts.currentNode, start);
                range.setEnd(texts.currentNode, start + ${word.length});
                const { x, y, width, height } = range.getBoundingClientRect();
                return { x: x + width / 2, y: y + height / 2 };
            }
            return null;
        })()
    `);
    if (!point) throw new Error(`no "${word}" in a line with "${line}" in sight`);
    return point;
}

/** Presses a key or a chord, such as `Escape` or `Control+Space`. */
export function press(key: string): Promise<void> {
    return send('press', { key });
}

export function type(text: string): Promise<void> {
    return send('type', { text });
}

/** The titles of the code lenses in sight, from top to bottom; one line of lenses is one text. */
export async function codeLenses(): Promise<string[]> {
    return (await texts('.codelens-decoration')).map(plainSpaces);
}

/** A text that a decoration draws before or after a part of an editor line. */
export interface DrawnText {
    text: string;
    /** the text of the line which it is drawn in */
    line: string;
    color: string;
    fontStyle: string;
    fontWeight: string;
    /** its middle */
    at: Point;
}

/** What decorations draw into the editor lines in sight, from top to bottom: pseudo-elements, which have no node. */
export async function drawnTexts(pseudo: 'before' | 'after' = 'after'): Promise<DrawnText[]> {
    const drawn = await evaluate<DrawnText[]>(`
        [...document.querySelectorAll('.view-lines .view-line span')].flatMap((element) => {
            const { content, color, fontStyle, fontWeight } = getComputedStyle(element, '::${pseudo}');
            const text = content.startsWith('"') ? JSON.parse(content) : '';
            if (text === '') return [];
            const { x, y, width, height } = element.getBoundingClientRect();
            const at = { x: x + width / 2, y: y + height / 2 };
            return [{ text, line: element.closest('.view-line').textContent, color, fontStyle, fontWeight, at }];
        })
    `);
    return drawn
        .map((one) => ({ ...one, text: plainSpaces(one.text), line: plainSpaces(one.line) }))
        .sort((a, b) => a.at.y - b.at.y || a.at.x - b.at.x);
}

/** The text of the hover in sight, once it has one. */
export async function hoverText(): Promise<string> {
    await waitFor('.monaco-hover:not(.hidden) .hover-contents');
    return (await texts('.monaco-hover:not(.hidden) .hover-contents')).map(plainSpaces).join('\n');
}

/** The webview in sight. VS Code wraps its document into two frames. */
export const webview = {
    texts: (selector: string): Promise<string[]> => send('frameTexts', { frame: WEBVIEW, selector }),
    click: (selector: string): Promise<void> => send('frameClick', { frame: WEBVIEW, selector }),
    fill: (selector: string, text: string): Promise<void> => send('frameFill', { frame: WEBVIEW, selector, text }),
    select: (selector: string, value: string): Promise<void> =>
        send('frameSelect', { frame: WEBVIEW, selector, value }),
    press: (selector: string, key: string): Promise<void> => send('framePress', { frame: WEBVIEW, selector, key }),
    doubleClick: (selector: string): Promise<void> => send('frameDoubleClick', { frame: WEBVIEW, selector }),
    /** Opens VS Code's menu of what is there. */
    openMenu: (selector: string): Promise<void> => send('frameMenu', { frame: WEBVIEW, selector }),
    /** The value of a property of a style as it is drawn, of the first element that matches. */
    style: (selector: string, property: string): Promise<string> =>
        send('frameStyle', { frame: WEBVIEW, selector, property }),
};

/** A page that the browser has shown by itself. */
export interface OpenedPage<T> {
    /** What it asked for, besides itself. */
    readonly asked: readonly string[];
    /** What it wrote on its console, complaints of the browser among it. */
    readonly said: readonly string[];
    readonly value: T;
}

/** Opens a page beside VS Code's window and closes it; the value of a JavaScript expression there must survive JSON. */
export function openedPage<T>(url: string, expression: string): Promise<OpenedPage<T>> {
    return send('openedPage', { url, expression });
}

const WEBVIEW = 'iframe.webview.ready';

/** The editor shows spaces as no-break spaces. */
function plainSpaces(text: string): string {
    return text.replaceAll('\u00a0', ' ');
}

async function send<T>(action: string, args: object): Promise<T> {
    const bridge = process.env.TSBTOPO_PAGE_BRIDGE;
    if (!bridge) throw new Error('there is no page here: ask hasPage() first');
    const response = await fetch(bridge, { method: 'POST', body: JSON.stringify({ action, args }) });
    const { value, error } = (await response.json()) as { value: T; error?: string };
    if (error !== undefined) throw new Error(`${action} ${JSON.stringify(args)}: ${error}`);
    return value;
}
