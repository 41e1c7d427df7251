import type { Box, Scene } from './box.js';
import { partsOf } from './box.js';
import type { Caption } from './caption.js';
import { stateWords } from './mark.js';
import type { Overlay } from './overlay.js';

/** A picture in words, in reading order: what a screen reader tells, and what a list shows. */
export interface OutlineItem {
    readonly id: string;
    readonly text: string;
    readonly inside: readonly OutlineItem[];
}

/** Hosts first, then regions with their clusters, and what stands in them. */
export function outlineOf(scene: Scene, overlay: Overlay): OutlineItem[] {
    const item = (box: Box, inside: readonly OutlineItem[] = []): OutlineItem => ({
        id: box.id,
        text: told(box, overlay),
        inside,
    });
    return [
        ...scene.hosts.map((host) => item(host)),
        ...scene.columns.flatMap(({ region, zones, cards }) => {
            const inside = [
                ...zones.map((zone) => item(zone)),
                ...cards.map((card) =>
                    item(
                        card,
                        partsOf(card)
                            .slice(1)
                            .map((part) => item(part)),
                    ),
                ),
            ];
            return region ? [item(region, inside)] : inside;
        }),
    ];
}

/** "cluster east: down". */
function told({ id, kind, name: short, whole: name = short, detail }: Box, { boxes }: Overlay): string {
    const mark = boxes.get(id);
    const says = [mark?.text, mark?.inside?.text].filter((text) => text !== undefined && text !== '');
    const fares = mark?.state !== undefined && says.length === 0 ? [stateWords[mark.state]] : says;
    const what = kind === 'clusters' || kind === 'cell' ? name : `${kind.replace('-', ' ')} ${name}`;
    return `${what}${detail === '' ? '' : `, ${detail}`}${fares.length > 0 ? `: ${fares.join('; ')}` : ''}`;
}

/** So many boxes are described one by one; a longer text nobody listens to. */
const mostTold = 60;

/** The picture as one text: what happens, then how each box fares to which something happens, or else what there is. */
export function descriptionOf(scene: Scene, overlay: Overlay, { counts, failure }: Caption): string {
    const flat = (items: readonly OutlineItem[]): OutlineItem[] =>
        items.flatMap((item) => [item, ...flat(item.inside)]);
    const all = flat(outlineOf(scene, overlay));
    const told = failure ? all.filter(({ id }) => overlay.boxes.has(id)) : all;
    const shown = told.slice(0, mostTold).map(({ text }) => text);
    const rest = told.length - shown.length;
    return [
        counts,
        ...(failure ? [`${failure.title}: ${failure.headline}`] : []),
        ...(failure && failure.links !== '' ? [failure.links] : []),
        ...shown,
        ...(rest > 0 ? [`and ${rest} more`] : []),
    ].join('\n');
}
