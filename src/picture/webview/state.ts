import type { PictureAnswer, PictureBox, PictureLook } from '../../../server/protocol/picture.js';

/** All of a picture that the page shows, put together from answers. */
export interface Shown {
    readonly answer: Omit<PictureAnswer, 'parts' | 'order' | 'boxes' | 'places' | 'memory'>;
    readonly order: readonly string[];
    readonly markup: ReadonlyMap<string, string>;
    readonly boxes: readonly PictureBox[];
}

/** What an answer makes of what was shown; undefined where it is the difference to something else. */
export function next(
    before: Shown | undefined,
    { parts, order, boxes, ...answer }: PictureAnswer,
): { readonly shown: Shown; readonly changed: readonly string[] } | undefined {
    const isWhole = answer.since === undefined;
    if (!isWhole && before?.answer.revision !== answer.since) return undefined;
    const base = isWhole ? undefined : before;
    const keys = order ?? base?.order ?? [];
    const news = new Map(parts);
    const markup = new Map(keys.map((key) => [key, news.get(key) ?? base?.markup.get(key) ?? '']));
    const changed = keys.filter((key) => markup.get(key) !== before?.markup.get(key));
    return { shown: { answer, order: keys, markup, boxes: boxes ?? base?.boxes ?? [] }, changed };
}

/** A look with a layer shown or hidden; spare ways count as one. */
export function withLayer(
    look: PictureLook,
    { layers, spares }: PictureAnswer['look'],
    layer: PictureAnswer['look']['layers'][number] | 'spares',
): PictureLook {
    if (layer === 'spares') return { ...look, spares: !spares };
    const without = layers.filter((each) => each !== layer);
    return { ...look, layers: without.length < layers.length ? without : [...layers, layer] };
}

/** A look with a fold opened, or closed. */
export function withFold(look: PictureLook, { key, isOpen }: NonNullable<PictureBox['fold']>): PictureLook {
    const open = look.open.filter((each) => each !== key);
    const closed = look.closed.filter((each) => each !== key);
    return { ...look, open: isOpen ? open : [...open, key], closed: isOpen ? [...closed, key] : closed };
}
