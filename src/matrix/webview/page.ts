import type { FromPage, PageState, PageWords } from '../messages.js';

declare function acquireVsCodeApi(): {
    postMessage(message: FromPage): void;
    getState(): unknown;
    setState(state: PageState): void;
};

const vscode = acquireVsCodeApi();

/** What the page says by itself. */
export const words = JSON.parse(document.body.dataset['words'] ?? '{}') as PageWords;

const uri = document.body.dataset['uri'] ?? '';

/** An element of the page, which is there. */
export const byId = <E extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as E;

export const grid = byId('grid');
export const canvas = byId('canvas');

/** As the style sheet has them, pixels. */
export const [rowHeight, cellWidth, headHeight] = [26, 30, 168];

/** Tells the extension something. */
export function post(message: FromPage): void {
    vscode.postMessage(message);
}

/** Has a state survive a reload of the window. */
export function keep(state: Omit<PageState, 'uri'>): void {
    vscode.setState({ ...state, uri });
}

/** What was kept before the window was loaded. */
export function kept(): Partial<PageState> {
    return vscode.getState() ?? {};
}

/** Words with numbers in the places of `{0}`, `{1}`, … */
export function filled(text: string, ...numbers: readonly number[]): string {
    return text.replace(/\{(\d)\}/g, (_, place: string) => String(numbers[Number(place)]));
}

/** How wide the column of names is, px: the style sheet says it, and another width for a narrow page. */
export function readNameWidth(): number {
    return parseInt(getComputedStyle(document.documentElement).getPropertyValue('--first'), 10) || 380;
}
