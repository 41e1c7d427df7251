import { byId, canvas, post } from './page.js';

/** For how long somebody has to rest on a cell before it is told, milliseconds. */
const restingPause = 350;

const tip = byId('tip');

let resting: ReturnType<typeof setTimeout> | undefined;
/** What the tip is about. */
let about: { name: string; row: number; column: number } | undefined;

/** What stands at a place, if it is in sight. */
export function elementAt(row: number, column: number): HTMLElement | null {
    return canvas.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`);
}

/** Says what a place is about, once somebody has rested there. @param name of the failure of its row, if it has one */
export function rest(name: string | undefined, row: number, column: number): void {
    hideTip();
    if (name === undefined) return;
    resting = setTimeout(() => {
        about = { name, row, column };
        if (column < 0) showTip(elementAt(row, column)?.dataset['tip'] ?? '');
        else post({ kind: 'cell', element: name, column });
    }, restingPause);
}

/** Shows the words of a cell, if somebody still rests there. */
export function takeText(name: string, column: number, text: string): void {
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

export function hideTip(): void {
    clearTimeout(resting);
    canvas.querySelector('[aria-describedby]')?.removeAttribute('aria-describedby');
    about = undefined;
    tip.hidden = true;
}
