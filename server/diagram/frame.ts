import { annotationStates } from '../knowledge/states.js';
import type { Caption } from './caption.js';
import type { Drawing } from './drawing.js';
import { stateWords } from './mark.js';
import { fitted, textWidth } from './measure.js';
import { round, textAt } from './shapes.js';
import { signOf } from './signs.js';

/** What stands above the picture. */
export function drawnCaption(caption: Caption, width: number): { drawn: string; height: number } {
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

/** What stands below it: when something changes, and what the signs and lines mean. */
export function drawnFoot(caption: Caption, drawing: LegendInput, width: number): { drawn: string; height: number } {
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

/** What a legend is about. */
export type LegendInput = Pick<Drawing, 'scene' | 'overlay' | 'layers' | 'spares'>;

/** A sign or a line, and what it means. */
export interface LegendItem {
    readonly text: string;
    /** 22 px wide from the left edge, around the height. */
    readonly drawn: (x: number, y: number) => string;
}

/** What the signs and lines mean that occur. */
export function legendOf({ scene, overlay, layers, spares }: LegendInput): readonly LegendItem[] {
    const used = new Set([...overlay.boxes.values()].flatMap(({ state, inside }) => [state, inside?.state]));
    const ways = new Set(scene.ways.map(({ id }) => overlay.ways.get(id)));
    const items: LegendItem[] = annotationStates
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
    return items;
}

function drawnLegend(drawing: LegendInput, width: number, top: number): { drawn: string; height: number } {
    let [x, y] = [20, top + 22];
    const drawn = legendOf(drawing).map((item) => {
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
