import { xml } from '../encoding/xml.js';
import type { Box, BoxKind } from './box.js';
import type { Rect } from './geometry.js';
import type { Mark } from './mark.js';
import { fitted } from './measure.js';
import { signOf } from './signs.js';

/** A text of the picture; it is cut where it does not fit. */
export function textAt(
    text: string,
    x: number,
    y: number,
    look: {
        readonly class?: string;
        readonly size?: number;
        readonly bold?: boolean;
        readonly most?: number;
        readonly anchor?: 'end' | 'middle';
    } = {},
): string {
    const { size = 10.5, bold = false, most, anchor } = look;
    const shown = most === undefined ? text : fitted(text, most, size, bold);
    return `<text x="${round(x)}" y="${round(y)}"${look.class ? ` class="${look.class}"` : ''}${anchor ? ` text-anchor="${anchor}"` : ''}>${xml(shown)}</text>`;
}

/** A number of at most one digit behind the point. */
export function round(number: number): string {
    return String(Math.round(number * 10) / 10);
}

/** Two lines beside an icon, or beside the sign of how it fares. */
export function labelled(box: Box, mark: Mark | undefined, rect: Rect, detail = box.detail): string {
    const { x, y, width, height } = rect;
    // below the rim of a cylinder
    const middle = y + height / 2 + (box.kind === 'store' ? 3 : 0);
    const left = x + (box.kind === 'host' ? 18 : 17);
    const state = mark?.state ?? mark?.inside?.state;
    const symbol = state ? signOf(state, left, middle, 0.88) : iconOf(box.kind, left, middle);
    const from = left + 14;
    const most = x + width - from - (box.kind === 'host' ? 14 : 8);
    const second = mark?.text || mark?.inside?.text || detail;
    if (second === '')
        return symbol + textAt(box.name, from, middle + 4.4, { class: 'name', size: 12.5, bold: true, most });
    return [
        symbol,
        textAt(box.name, from, middle - 2.6, { class: 'name', size: 12.5, bold: true, most }),
        textAt(second, from, middle + 11.4, { class: 'detail', most }),
    ].join('');
}

/** The outline of a box, by its kind: round for hosts, a cylinder for stores, flat hexagons for planes. */
export function outlineOf(kind: BoxKind, { x, y, width, height }: Rect): string {
    const right = x + width;
    const floor = y + height;
    switch (kind) {
        case 'host':
            return rectangle(x, y, width, height, height / 2);
        case 'gateway':
            return path(
                `M${round(x)} ${round(floor)}V${round(y + 9)}Q${round(x)} ${round(y)} ${round(x + 9)} ${round(y)}H${round(right - 9)}Q${round(right)} ${round(y)} ${round(right)} ${round(y + 9)}V${round(floor)}Z`,
            );
        case 'plane':
            return path(
                `M${round(x + 9)} ${round(y)}H${round(right - 9)}L${round(right)} ${round(y + height / 2)}L${round(right - 9)} ${round(floor)}H${round(x + 9)}L${round(x)} ${round(y + height / 2)}Z`,
            );
        case 'store': {
            const rim = 5;
            return (
                path(
                    `M${round(x)} ${round(y + rim)}A${round(width / 2)} ${rim} 0 0 1 ${round(right)} ${round(y + rim)}V${round(floor - rim)}A${round(width / 2)} ${rim} 0 0 1 ${round(x)} ${round(floor - rim)}Z`,
                ) +
                path(
                    `M${round(x)} ${round(y + rim)}A${round(width / 2)} ${rim} 0 0 0 ${round(right)} ${round(y + rim)}`,
                )
            );
        }
        case 'region':
            return rectangle(x, y, width, height, 14);
        case 'zone':
            return rectangle(x, y, width, height, 9);
        case 'cell':
            return rectangle(x, y, width, height, 6);
        case 'cluster':
        case 'clusters':
            return rectangle(x, y, width, height, 10);
        default:
            return rectangle(x, y, width, height, 7);
    }
}

export function rectangle(x: number, y: number, width: number, height: number, radius: number, look = 'shape'): string {
    return `<rect class="${look}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${round(radius)}"/>`;
}

function path(d: string): string {
    return `<path class="shape" d="${d}"/>`;
}

/** What something is, for who does not read its name. */
export function iconOf(kind: BoxKind, x: number, y: number): string {
    const drawn = icons[kind];
    return drawn === undefined
        ? ''
        : `<path class="icon" transform="translate(${round(x)} ${round(y)})" d="${drawn}"/>`;
}

const icons: Partial<Readonly<Record<BoxKind, string>>> = {
    host: 'M-6 0A6 6 0 1 0 6 0 6 6 0 1 0-6 0M-6 0H6M0-6C-3.6-2.4-3.6 2.4 0 6M0-6C3.6-2.4 3.6 2.4 0 6',
    gateway: 'M-4 5V-1A4 4 0 0 1 4-1V5',
    service: 'M0-6 5.2-3V3L0 6-5.2 3V-3Z',
    plane: 'M0-5.4 6-2.4 0 .6-6-2.4ZM-6 .4 0 3.4 6 .4M-6 3 0 6 6 3',
    store: 'M-5-4A5 2 0 1 0 5-4 5 2 0 1 0-5-4V4A5 2 0 0 0 5 4V-4',
    'external-service': 'M-4.5 4.5 4.5-4.5M-1.5-4.5H4.5V1.5',
    'identity-provider': 'M-5.5-1.5A3 3 0 1 0 .5-1.5 3 3 0 1 0-5.5-1.5M.3-.4 6 5M4 3.2 2.4 4.8',
};
