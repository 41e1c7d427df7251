import { xml } from '../encoding/xml.js';
import { partsOf, type Box, type Card, type Column } from './box.js';
import { headInset } from './columns.js';
import type { Drawing } from './drawing.js';
import { drawnLines } from './lines.js';
import { stateWords, type Mark } from './mark.js';
import { textWidth } from './measure.js';
import type { Overlay } from './overlay.js';
import type { Placement } from './place.js';
import { labelled, iconOf, outlineOf, rectangle, round, textAt } from './shapes.js';
import { signOf } from './signs.js';

/** A piece of the picture: whoever shows one that changes draws those anew whose text has changed. */
export interface Part {
    /** Each key once. */
    readonly key: string;
    /** Elements of SVG, perhaps none. */
    readonly markup: string;
}

/** What parts refer to. */
export const definitions =
    '<defs><pattern id="tsbtopo-hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch-line" d="M0 0V8" stroke-width="1.4"/></pattern></defs>';

/** What is drawn between the caption and the foot, from the ground up. */
export function drawnParts({ scene, placement, overlay, layers, spares }: Drawing): Part[] {
    const cards = scene.columns.flatMap((column) => column.cards);
    return [
        ...drawnBands(placement),
        ...scene.columns.flatMap((column): Part[] =>
            column.region
                ? [{ key: column.region.id, markup: drawnRegion(column, column.region, placement, overlay) }]
                : [],
        ),
        ...cards
            .filter(isGround)
            .map((card) => ({ key: `ground ${card.id}`, markup: drawnGround(card, placement, overlay) })),
        ...drawnLines(scene, placement, overlay, layers, spares),
        ...scene.hosts.map((host) => ({ key: host.id, markup: drawnLabel(host, placement, overlay) })),
        ...cards.flatMap((card) => partsOfCard(card, placement, overlay)),
    ];
}

/** Boxes on which others stand. */
function isGround({ kind }: Card): boolean {
    return kind === 'cluster' || kind === 'clusters';
}

const bandNames = {
    clients: 'CLIENTS',
    entrance: 'ENTRANCE',
    workloads: 'WORKLOADS',
    outside: 'OUTSIDE|THE MESH',
    management: 'MANAGE-|MENT',
    added: 'ADDED',
} as const;

function drawnBands({ bands }: Placement): Part[] {
    return bands.map(({ shelf, band, y, height }) => {
        const lines = bandNames[band].split('|');
        const top = y + Math.min(height / 2, 30) - (lines.length - 1) * 6 + 3;
        const drawn = lines.map((line, index) => textAt(line, 10, top + index * 12, { class: 'band' }));
        return { key: `band ${shelf} ${band}`, markup: drawn.join('') };
    });
}

/** A box as a group: how it fares as classes, and in words for whoever points at it. */
function group(box: Box, mark: Mark | undefined, content: string, look = ''): string {
    const classes = ['box', box.kind, look, mark?.state ?? ''].filter((each) => each !== '').join(' ');
    return `<g class="${classes}" data-box="${xml(box.id)}"><title>${xml(tooltip(box, mark))}</title>${content}</g>`;
}

/** "checkout: needs entitlements". */
function tooltip({ name: short, whole: name = short, detail, kind }: Box, mark: Mark | undefined): string {
    const fares = [mark?.text, mark?.inside?.text].filter((text) => text !== undefined && text !== '');
    const state = mark?.state !== undefined && fares.length === 0 ? [stateWords[mark.state]] : fares;
    const what = [
        ...(kind === 'region' || kind === 'zone' ? [`${kind} ${name}`] : [name]),
        ...(detail === '' ? [] : [detail]),
    ].join(', ');
    return state.length > 0 ? `${what}: ${state.join('; ')}` : what;
}

function hatch(box: Box, mark: Mark | undefined, rect: Parameters<typeof outlineOf>[1]): string {
    if (mark?.state !== 'failed') return '';
    return outlineOf(box.kind, rect).replaceAll('class="shape"', 'class="hatch"');
}

function drawnRegion(
    { zones, isFolded }: Column,
    region: Box,
    { boxes }: Placement,
    { boxes: marks }: Overlay,
): string {
    const rect = boxes.get(region.id)!;
    const mark = marks.get(region.id);
    const left = rect.x + headInset(isFolded);
    const beside = left + textWidth(region.name, 13.5, true) + 12;
    const firstZone = Math.min(rect.x + rect.width, ...zones.map(({ id }) => boxes.get(id)!.x));
    const hasRoom = mark !== undefined && beside + textWidth(mark.text, 10, true) + 34 <= firstZone;
    const failed = mark?.state === 'failed' && hasRoom ? failedTag(beside, rect.y + 9, mark.text) : '';
    // where the head is full, the sign stands before the name
    const isBefore = mark?.state !== undefined && failed === '';
    const sign = isBefore ? signOf(mark.state, left + 3, rect.y + 17.5, 0.85) : '';
    const nameAt = left + (isBefore ? 15 : 0);
    const tags = zones.map((zone) => {
        const place = boxes.get(zone.id)!;
        const state = marks.get(zone.id);
        const shown = state?.state
            ? place.width < 40
                ? signOf(state.state, place.x + place.width / 2, place.y + 9, 0.62)
                : signOf(state.state, place.x + 11, place.y + 9, 0.62) +
                  textAt(zone.name, place.x + 22, place.y + 12.5, { class: 'dim' })
            : textAt(
                  place.width < textWidth(`zone ${zone.name}`, 10.5) ? zone.name : `zone ${zone.name}`,
                  place.x + place.width / 2,
                  place.y + 12.5,
                  { class: 'dim', anchor: 'middle' },
              );
        return group(zone, state, outlineOf('zone', place) + hatch(zone, state, place) + shown);
    });
    const body = [
        outlineOf('region', rect),
        hatch(region, mark, rect),
        textAt(region.name, nameAt, rect.y + 22, { class: 'title halo', size: 13.5, bold: true }),
        failed,
        sign,
    ].join('');
    return group(region, mark, body) + tags.join('');
}

function failedTag(x: number, y: number, text: string): string {
    const width = textWidth(text, 10, true) + 26;
    return `<rect class="tag bad" x="${round(x)}" y="${round(y)}" width="${width}" height="18" rx="9"/><g class="on-tag-sign">${signOf('failed', x + 11, y + 9, 0.62)}</g><text class="on-tag" x="${round(x + 20)}" y="${round(y + 12.6)}">${xml(text)}</text>`;
}

/** The ground of a card; lines go over it, and its doors and chips over them. */
function drawnGround(card: Card, { boxes }: Placement, { boxes: marks }: Overlay): string {
    const rect = boxes.get(card.id)!;
    const mark = marks.get(card.id);
    return group(card, mark, outlineOf(card.kind, rect) + hatch(card, mark, rect));
}

function drawnLabel(box: Box, { boxes }: Placement, { boxes: marks }: Overlay): string {
    const rect = boxes.get(box.id)!;
    const mark = marks.get(box.id);
    return group(box, mark, outlineOf(box.kind, rect) + hatch(box, mark, rect) + labelled(box, mark, rect));
}

function partsOfCard(card: Card, placement: Placement, overlay: Overlay): Part[] {
    if (!isGround(card)) return [{ key: card.id, markup: drawnLabel(card, placement, overlay) }];
    return [
        { key: `title ${card.id}`, markup: drawnTitle(card, placement, overlay) },
        ...partsOf(card)
            .slice(1)
            .map((box) => ({ key: box.id, markup: drawnOnCard(card, box, placement, overlay) })),
    ];
}

function drawnOnCard(card: Card, box: Box, placement: Placement, overlay: Overlay): string {
    if (box.kind === 'gateway') return drawnDoor(card, box, placement, overlay);
    if (box.kind === 'cell') return drawnCell(box, placement, overlay);
    return box === card.edge ? drawnFooter(card, box, placement, overlay) : drawnLabel(box, placement, overlay);
}

function drawnTitle(card: Card, { boxes }: Placement, { boxes: marks }: Overlay): string {
    const { x, y, width } = boxes.get(card.id)!;
    const mark = marks.get(card.id);
    const state = mark?.state ?? mark?.inside?.state;
    const top = card.doors.filter(({ wall }) => wall === 'top').map(({ id }) => boxes.get(id)!);
    // narrow cards have no room beside their doors
    const room = Math.min(width - 28, ...top.map((door) => door.x - x - 16));
    const isNarrow = room < textWidth(card.name, 13.5, true) && width < 200;
    const line = isNarrow ? y + 30 : y + 24;
    const most = isNarrow ? width - 44 : Math.max(room, 40);
    const sign = state ? signOf(state, x + width - 17, y + 19, 0.92) : '';
    // of what still serves, a sign is enough where there is little room
    const isQuiet = card.kind === 'clusters' && (state === 'held' || state === 'spare');
    const says = isQuiet ? '' : mark?.text || mark?.inside?.text || '';
    const look =
        mark?.state === 'failed' || mark?.state === 'gone'
            ? 'bad'
            : state === 'operators' || state === 'held'
              ? 'dim'
              : 'bad';
    const beside = x + width - 30;
    const doorEnd = Math.max(x, ...top.map((door) => door.x + door.width));
    const free = beside - Math.max(doorEnd, x + 14 + Math.min(most, textWidth(card.name, 13.5, true))) - 8;
    const second =
        state && says !== ''
            ? textWidth(says, 10.5) <= free
                ? textAt(says, beside, y + 23, { class: `halo ${look}`, anchor: 'end' })
                : textAt(says, x + 14, y + 38, { class: `halo ${look}`, most: width - 28 })
            : '';
    const detail =
        !state && card.detail !== ''
            ? textAt(card.detail, x + width - 12, y + 23, {
                  class: 'dim halo',
                  anchor: 'end',
                  most: Math.max(30, free + 16),
              })
            : '';
    const counted = card.counted.length > 0 ? drawnCounts(card, x, y, width, boxes.get(card.id)!.height, isNarrow) : '';
    const classes = ['title-of', mark?.state ?? ''].join(' ');
    return `<g class="${classes}">${textAt(card.name, x + 14, line, { class: 'title halo', size: 13.5, bold: true, most })}${detail}${second}${sign}${counted}</g>`;
}

/** The services of a card without chips: by name where clusters are folded together, or else how many. */
function drawnCounts(card: Card, x: number, y: number, width: number, height: number, isNarrow: boolean): string {
    const names = new Map<string, number>();
    for (const name of card.counted) names.set(name, (names.get(name) ?? 0) + 1);
    if (card.kind !== 'clusters') {
        const line = isNarrow ? y + 46 : y + 42;
        return textAt(`${names.size} ${names.size === 1 ? 'service' : 'services'}`, x + 14, line + 4, {
            class: 'dim halo',
            most: width - 28,
        });
    }
    const sorted = [...names].sort(([, a], [, b]) => b - a);
    const shown = sorted.length > 5 ? sorted.slice(0, 4) : sorted;
    const lines = shown.map(([name, count]) => [name, `×${count}`] as const);
    const rest = sorted.length - shown.length;
    const all = rest > 0 ? [...lines, [`and ${rest} more`, ''] as const] : lines;
    const top = y + height - all.length * 17 + 2;
    return all
        .map(([name, count], index) => {
            const line = top + index * 17;
            const icon =
                count === ''
                    ? ''
                    : `<g transform="translate(${round(x + 20)} ${round(line - 3.6)}) scale(.75)">${iconOf('service', 0, 0)}</g>`;
            return `${icon}${textAt(name, x + 30, line, { size: 10.5, most: width - 66 })}${count === '' ? '' : textAt(count, x + width - 12, line, { class: 'dim', anchor: 'end' })}`;
        })
        .join('');
}

function drawnDoor(card: Card, box: Box, { boxes }: Placement, { boxes: marks }: Overlay): string {
    const rect = boxes.get(box.id)!;
    const mark = marks.get(box.id);
    const middle = rect.y + rect.height / 2;
    const state = mark?.state ?? mark?.inside?.state;
    const symbol = state
        ? signOf(state, rect.x + 14, middle, 0.72)
        : `<g transform="translate(${round(rect.x + 14)} ${round(middle)}) scale(.85)">${iconOf('gateway', 0, 0)}</g>`;
    const name = textAt(box.name, rect.x + 24, middle + 4, {
        class: 'name door-name',
        size: 11.5,
        bold: true,
        most: rect.width - 28,
    });
    const isFront = card.band === 'management' && box.name === 'front-envoy';
    return group(
        box,
        mark,
        outlineOf('gateway', rect) + hatch(box, mark, rect) + (rect.width > 30 ? symbol + name : ''),
        isFront ? 'front' : '',
    );
}

function drawnCell(box: Box, { boxes }: Placement, { boxes: marks }: Overlay): string {
    const rect = boxes.get(box.id)!;
    const mark = marks.get(box.id);
    const state = mark?.state ?? mark?.inside?.state;
    const sign = state ? signOf(state, rect.x + rect.width / 2, rect.y + rect.height / 2, 0.86) : '';
    return group(box, mark, outlineOf('cell', rect) + hatch(box, mark, rect) + sign);
}

/** At the foot of a cluster: what its configuration is, and what its metrics are, while their layers are off too. */
function drawnFooter(card: Card, edge: Box, { boxes }: Placement, { boxes: marks, metrics }: Overlay): string {
    const rect = boxes.get(edge.id)!;
    const around = boxes.get(card.id)!;
    const mark = marks.get(edge.id);
    const state = mark?.state ?? mark?.inside?.state;
    const isCardDown = ['failed', 'gone'].includes(marks.get(card.id)?.state ?? '');
    if (isCardDown) return group(edge, mark, outlineOf('cell', rect), 'edge');
    const middle = rect.y + rect.height / 2;
    const says = mark ? mark.text || mark.inside?.text || edge.detail : edge.detail;
    const whole = mark?.text === 'frozen' ? 'configuration frozen' : says;
    const text = textWidth(whole, 10.5) <= rect.width - 24 ? whole : mark ? says : '';
    const symbol = state
        ? signOf(state, rect.x + 11, middle, 0.68)
        : `<g transform="translate(${round(rect.x + 11)} ${round(middle)}) scale(.78)">${iconOf('plane', 0, 0)}</g>`;
    const left = textAt(text, rect.x + 22, middle + 3.6, { class: 'dim halo', most: rect.width - 24 });
    const now = metrics.get(card.id);
    const right = now === 'cut' ? 'no metrics' : now === 'held' ? 'metrics held back' : 'metrics';
    const told = textAt(right, around.x + around.width - 12, middle + 3.6, {
        class: now ? 'warn halo' : 'dim halo',
        anchor: 'end',
    });
    return (
        group(edge, mark, rectangle(rect.x, rect.y, rect.width, rect.height, 4) + left + symbol, 'edge') +
        (card.band === 'management' ? '' : told)
    );
}
