import type { PictureAnswer } from '../../../server/protocol/picture.js';
import { byId, element, signIn } from './dom.js';

type Frame = Pick<PictureAnswer, 'estate' | 'caption' | 'legend' | 'look'>;

let before = '';

/**
 * What stands around the picture: its name, what fails, when something changes, and what the signs mean.
 *
 * @param lookAt is told of a time that somebody wants to see, in seconds
 */
export function showFrame({ estate, caption, legend, look }: Frame, word: string, lookAt: (at: number) => void): void {
    const now = JSON.stringify([estate, caption, legend, look]);
    if (now === before) return;
    before = now;
    byId('estate').textContent = estate;
    byId('counts').textContent = caption.counts;
    for (const button of document.querySelectorAll<HTMLButtonElement>('[data-layer]')) {
        const layer = button.dataset.layer!;
        const isShown = layer === 'spares' ? look.spares : look.layers.some((each) => each === layer);
        button.setAttribute('aria-pressed', String(isShown));
    }
    byId('legend').replaceChildren(...legend.map(({ drawn, text }) => element('span', 'meaning', signIn(drawn), text)));
    showBanner(caption);
    showTimes(caption, word, lookAt);
}

function showBanner({ failure }: PictureAnswer['caption']): void {
    const banner = byId('banner');
    banner.hidden = failure === undefined;
    if (!failure) return banner.replaceChildren();
    const { title, headline, links, operations, sign } = failure;
    const marks = operations.map(({ drawn, text }) => element('span', 'operation', signIn(drawn), text));
    banner.replaceChildren(
        signIn(sign),
        element(
            'div',
            'what',
            element('h2', '', title),
            element('p', '', headline),
            ...(links === '' ? [] : [element('p', '', links)]),
        ),
        element('div', 'operations', ...marks),
    );
}

/** The times at which something changes, side by side; the one that is looked at is the present one. */
function showTimes({ failure }: PictureAnswer['caption'], word: string, lookAt: (at: number) => void): void {
    const strip = byId('time');
    strip.hidden = !failure || failure.times.length < 2;
    if (!failure || strip.hidden) return strip.replaceChildren();
    const { times, at } = failure;
    const last = times.findLastIndex((time) => time.at <= at);
    const focused = document.activeElement?.closest<HTMLElement>('[data-at]');
    const steps = times.map(({ at: time, label, says }, index) => {
        const button = element('button', '', element('b', '', label), element('span', '', says));
        button.title = says;
        button.dataset.at = String(time);
        if (index === last) button.setAttribute('aria-current', 'step');
        button.addEventListener('click', () => lookAt(time));
        return element('li', index === last ? 'now' : index < last ? 'past' : '', button);
    });
    strip.replaceChildren(element('span', 'word', word), element('ol', '', ...steps));
    // who walks along it with the keyboard goes on from there
    strip.querySelector<HTMLElement>(`[data-at="${focused?.dataset.at ?? ''}"]`)?.focus();
}
