import type { State } from './mark.js';

/**
 * The sign of a state: each has a silhouette of its own, so that colour only repeats what it says. 16 px wide, around its
 * middle.
 */
export function signOf(state: State, x: number, y: number, scale = 1): string {
    const at = `transform="translate(${x} ${y})${scale === 1 ? '' : ` scale(${scale})`}"`;
    return `<g class="sign ${state}" ${at}>${shapes[state]}</g>`;
}

const cross = '<path class="mark" d="M-2.8-2.8 2.8 2.8M2.8-2.8-2.8 2.8"/>';

const shapes: Readonly<Record<State, string>> = {
    failed: `<path class="body" d="M-3.2-7.8H3.2L7.8-3.2V3.2L3.2 7.8H-3.2L-7.8 3.2V-3.2Z"/>${cross}`,
    gone: `<circle class="ring" r="6.4"/>${cross}`,
    total: `<circle class="body" r="7.2"/>${cross}`,
    limited: '<path class="body" d="M0-7.4 8 6.6H-8Z"/><path class="mark" d="M0-2.6V2M0 4.2V4.4"/>',
    failover: '<circle class="ring" r="6.4"/><path class="body" d="M0-6.4A6.4 6.4 0 0 0 0 6.4Z"/>',
    operators: '<path class="ring" d="M0-6.6V6.6M-5.7-3.3 5.7 3.3M-5.7 3.3 5.7-3.3"/>',
    spare: '<circle class="ring dotted" r="6.4"/>',
    held: '<circle class="body" r="7.2"/><path class="mark" d="M-3.2.2-.9 2.6 3.4-2.4"/>',
};
