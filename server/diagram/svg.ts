import { annotationStates } from '../knowledge/states.js';
import { xml } from '../encoding/xml.js';
import { partsOf, type Box, type Card, type Layer, type Scene } from './box.js';
import type { Caption } from './caption.js';
import { drawnLines } from './lines.js';
import { stateWords, type Mark } from './mark.js';
import { fitted, textWidth } from './measure.js';
import type { Overlay } from './overlay.js';
import type { Placement } from './place.js';
import { labelled, iconOf, outlineOf, rectangle, round, textAt } from './shapes.js';
import { signOf } from './signs.js';

export interface Drawing {
    readonly scene: Scene;
    readonly placement: Placement;
    readonly overlay: Overlay;
    readonly caption: Caption;
    readonly layers: ReadonlySet<Layer>;
    /** Ways that nothing takes, and that could be taken. */
    readonly spares: boolean;
    /** What a screen reader tells; see `outline.ts`. */
    readonly description: string;
    /** A style sheet within the picture; empty where the page has one. */
    readonly style: string;
}

/** The picture as SVG: text that stands for itself, with all colours as classes. The same input gives the same text. */
export function svgOf(drawing: Drawing): string {
    const { scene, placement, overlay, caption, style, description } = drawing;
    const width = Math.max(placement.width, 560);
    const head = drawnCaption(caption, width);
    const foot = drawnFoot(caption, drawing, width);
    const height = head.height + placement.height + foot.height;
    const left = Math.round((width - placement.width) / 2);
    const title = caption.failure ? `${caption.estate}: ${caption.failure.title}` : caption.estate;
    return [
        `<svg xmlns="http://www.w3.org/2000/svg" class="tsbtopo-picture" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="img" aria-labelledby="tsbtopo-title tsbtopo-description">`,
        `<title id="tsbtopo-title">${xml(title)}</title>`,
        `<desc id="tsbtopo-description">${description.split('\n').map(xml).join('\n')}</desc>`,
        ...(style === '' ? [] : [`<style>${style}</style>`]),
        '<defs><pattern id="tsbtopo-hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch-line" d="M0 0V8" stroke-width="1.4"/></pattern></defs>',
        `<rect class="ground" width="${round(width)}" height="${round(height)}"/>`,
        head.drawn,
        `<g class="estate-body" transform="translate(${left} ${round(head.height)})">`,
        ...drawnBands(placement),
        ...scene.columns.flatMap(({ region, zones }) =>
            region ? [drawnRegion(region, zones, placement, overlay)] : [],
        ),
        ...scene.columns.flatMap(({ cards }) => cards.map((card) => drawnCard(card, placement, overlay))),
        drawnLines(scene, placement, overlay, drawing.layers, drawing.spares),
        ...scene.hosts.map((host) => drawnLabel(host, placement, overlay)),
        ...scene.columns.flatMap(({ cards }) => cards.flatMap((card) => drawnParts(card, placement, overlay))),
        '</g>',
        `<g transform="translate(0 ${round(head.height + placement.height)})">${foot.drawn}</g>`,
        '</svg>',
        '',
    ].join('\n');
}

const bandNames = {
    clients: 'CLIENTS',
    entrance: 'ENTRANCE',
    workloads: 'WORKLOADS',
    outside: 'OUTSIDE|THE MESH',
    management: 'MANAGE-|MENT',
} as const;

function drawnBands({ bands }: Placement): string[] {
    return bands.map(({ band, y, height }) => {
        const lines = bandNames[band].split('|');
        const top = y + Math.min(height / 2, 30) - (lines.length - 1) * 6 + 3;
        return lines.map((line, index) => textAt(line, 20, top + index * 12, { class: 'band' })).join('');
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

function drawnRegion(region: Box, zones: readonly Box[], { boxes }: Placement, { boxes: marks }: Overlay): string {
    const rect = boxes.get(region.id)!;
    const mark = marks.get(region.id);
    const beside = rect.x + 14 + textWidth(region.name, 13.5, true) + 12;
    const firstZone = Math.min(rect.x + rect.width, ...zones.map(({ id }) => boxes.get(id)!.x));
    const hasRoom = mark !== undefined && beside + textWidth(mark.text, 10, true) + 34 <= firstZone;
    const failed = mark?.state === 'failed' && hasRoom ? failedTag(beside, rect.y + 9, mark.text) : '';
    // where the head is full, the sign stands before the name
    const isBefore = mark?.state !== undefined && failed === '';
    const sign = isBefore ? signOf(mark.state, rect.x + 17, rect.y + 17.5, 0.85) : '';
    const nameAt = rect.x + (isBefore ? 29 : 14);
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
function drawnCard(card: Card, { boxes }: Placement, { boxes: marks }: Overlay): string {
    if (card.kind !== 'cluster' && card.kind !== 'clusters') return '';
    const rect = boxes.get(card.id)!;
    const mark = marks.get(card.id);
    return group(card, mark, outlineOf(card.kind, rect) + hatch(card, mark, rect));
}

function drawnLabel(box: Box, { boxes }: Placement, { boxes: marks }: Overlay): string {
    const rect = boxes.get(box.id)!;
    const mark = marks.get(box.id);
    return group(box, mark, outlineOf(box.kind, rect) + hatch(box, mark, rect) + labelled(box, mark, rect));
}

function drawnParts(card: Card, placement: Placement, overlay: Overlay): string[] {
    if (card.kind !== 'cluster' && card.kind !== 'clusters') return [drawnLabel(card, placement, overlay)];
    return [
        drawnTitle(card, placement, overlay),
        ...partsOf(card)
            .slice(1)
            .map((box) => {
                if (box.kind === 'gateway') return drawnDoor(card, box, placement, overlay);
                if (box.kind === 'cell') return drawnCell(box, placement, overlay);
                return box === card.edge
                    ? drawnFooter(card, box, placement, overlay)
                    : drawnLabel(box, placement, overlay);
            }),
    ];
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

function drawnCaption(caption: Caption, width: number): { drawn: string; height: number } {
    const { estate, counts, failure } = caption;
    const name = textAt(estate, 20, 30, { class: 'estate', size: 16, bold: true, most: width / 2 });
    const beside = 20 + Math.min(width / 2, textWidth(estate, 16, true)) + 14;
    const first = name + textAt(counts, beside, 30, { class: 'dim', most: width - beside - 16 });
    if (!failure) return { drawn: `${first}<path class="rule" d="M0 46H${round(width)}"/>`, height: 54 };
    const lines = [
        ...wrapped(failure.headline, width - 76, 13),
        ...(failure.links === '' ? [] : wrapped(failure.links, width - 76, 13)),
    ];
    let y = 46 + 24;
    const texts = [textAt(failure.title, 52, y, { class: 'title', size: 13.5, bold: true, most: width - 72 })];
    for (const line of lines) texts.push(textAt(line, 52, (y += 18), { class: 'headline', size: 13 }));
    y += 22;
    let x = 52;
    const marks = failure.operations.map(({ state, text }) => {
        const wide = textWidth(text, 10.5) + 36;
        if (x > 52 && x + wide > width - 16) {
            x = 52;
            y += 18;
        }
        const drawn = signOf(state, x + 7, y - 4, 0.78) + textAt(text, x + 19, y);
        x += wide;
        return drawn;
    });
    const height = y + 12;
    const banner = `<rect class="banner" y="46" width="${round(width)}" height="${round(height - 46)}"/><rect class="banner-edge" y="46" width="4" height="${round(height - 46)}"/>`;
    return {
        drawn: first + banner + signOf('failed', 30, 66, 1.25) + texts.join('') + marks.join(''),
        height: height + 8,
    };
}

/** A text in lines that fit, broken between words. */
function wrapped(text: string, width: number, size: number): string[] {
    const lines: string[] = [];
    for (const word of text.split(' ')) {
        const last = lines.at(-1);
        if (last !== undefined && textWidth(`${last} ${word}`, size) <= width)
            lines[lines.length - 1] = `${last} ${word}`;
        else lines.push(word);
    }
    return lines.map((line) => fitted(line, width, size));
}

function drawnFoot(caption: Caption, drawing: Drawing, width: number): { drawn: string; height: number } {
    const strip = drawnTimes(caption, width);
    const legend = drawnLegend(drawing, width, strip.height);
    return { drawn: strip.drawn + legend.drawn, height: strip.height + legend.height };
}

/** When something changes: as far apart as the order of magnitude is. */
function drawnTimes({ failure }: Caption, width: number): { drawn: string; height: number } {
    if (!failure || failure.times.length < 2) return { drawn: '', height: 0 };
    const { times, at } = failure;
    const [from, to] = [96, width - 110];
    const step = (to - from) / (times.length - 1);
    const xAt = (index: number) => from + index * step;
    const last = times.findLastIndex((time) => time.at <= at);
    // the first and the last one keep within the picture
    const anchors = (index: number) =>
        index === 0 ? {} : ({ anchor: index === times.length - 1 ? 'end' : 'middle' } as const);
    const anchored = (x: number, index: number, y: number): [number, number] => [
        index === 0 ? x - 6 : index === times.length - 1 ? x + 6 : x,
        y,
    ];
    const dots = times.map(({ label, says }, index) => {
        const x = xAt(index);
        const look = index === last ? 'now' : index < last ? 'past' : '';
        return [
            `<circle class="dot ${look}" cx="${round(x)}" cy="26" r="${index === last ? 7 : 5}"/>`,
            textAt(label, ...anchored(x, index, 47), { class: index === last ? 'name' : 'dim', ...anchors(index) }),
            textAt(says, ...anchored(x, index, 60), {
                class: 'dim',
                ...anchors(index),
                most: step * (index === 0 || index === times.length - 1 ? 0.48 : 0.9),
            }),
        ].join('');
    });
    const past = last > 0 ? `<path class="strip past" d="M${round(from)} 26H${round(xAt(last))}"/>` : '';
    return {
        drawn: `<path class="rule" d="M0 0H${round(width)}"/>${textAt('Time', 20, 30, { class: 'dim' })}<path class="strip" d="M${round(from)} 26H${round(to)}"/>${past}${dots.join('')}`,
        height: 74,
    };
}

/** What the signs and lines mean that occur. */
function drawnLegend(
    { scene, overlay, layers, spares }: Drawing,
    width: number,
    top: number,
): { drawn: string; height: number } {
    const used = new Set([...overlay.boxes.values()].flatMap(({ state, inside }) => [state, inside?.state]));
    const ways = new Set(scene.ways.map(({ id }) => overlay.ways.get(id)));
    const items: { text: string; drawn: (x: number, y: number) => string }[] = annotationStates
        .filter((state) => used.has(state))
        .map((state) => ({ text: stateWords[state], drawn: (x, y) => signOf(state, x + 9, y, 0.78) }));
    const line = (text: string, look: string) =>
        items.push({
            text,
            drawn: (x, y) =>
                `<g class="${look}"><path class="line" d="M${round(x)} ${round(y)}H${round(x + 22)}"/></g>`,
        });
    if (layers.has('traffic')) {
        if (ways.has('flow')) line('requests', 'traffic flow');
        if (ways.has('takes-over')) line('takes over', 'traffic takes-over');
        if (ways.has('cut')) line('taken before, now cut', 'traffic cut');
        if (spares && ways.has('spare')) line('spare way', 'traffic spare');
    }
    if (layers.has('configuration') && scene.branches.length > 0) line('configuration', 'configuration');
    if (layers.has('metrics') && scene.branches.length > 0) line('metrics', 'metrics');
    let [x, y] = [20, top + 22];
    const drawn = items.map((item) => {
        const wide = textWidth(item.text, 10.5) + 46;
        if (x > 20 && x + wide > width) [x, y] = [20, y + 20];
        const both = item.drawn(x, y - 3.6) + textAt(item.text, x + 28, y, { class: 'dim' });
        x += wide;
        return both;
    });
    return {
        drawn: `<path class="rule" d="M0 ${round(top)}H${round(width)}"/>${drawn.join('')}`,
        height: y - top + 16,
    };
}
