import type { PagePromise, ToPage } from '../messages.js';
import { piece } from './drawing.js';
import { byId, filled, post, words } from './page.js';

const section = byId<HTMLDetailsElement>('promises');
const summary = byId('promises-summary');
const list = byId('promises-list');

/** Asks what became of the promises. What was found before is not said of what stands there now. */
export function askPromises(): void {
    section.setAttribute('aria-busy', 'true');
    summary.textContent = words.judging;
    post({ kind: 'promises' });
}

/** Shows what became of them; nothing where nothing is promised. */
export function takePromises({ summary: said, promises, more }: ToPage & { kind: 'promises' }): void {
    section.hidden = said === '';
    section.setAttribute('aria-busy', 'false');
    summary.textContent = words.promises.replace('{0}', () => said);
    const focused = (document.activeElement as HTMLElement | null)?.dataset['key'];
    list.replaceChildren(...promises.map(drawn), ...(more > 0 ? [item(filled(words.morePromises, more))] : []));
    if (focused === undefined) return;
    [...list.querySelectorAll<HTMLElement>('button')].find(({ dataset }) => dataset['key'] === focused)?.focus();
}

function drawn(promise: PagePromise): HTMLElement {
    const { id, title, state, word, reasons, canBeSimulated } = promise;
    const line = item();
    const name = button(title, 'link', `go ${id}`, () => post({ kind: 'goPromise', promise: id }));
    const sign = piece('sign', '');
    sign.classList.add(`promise-${state}`);
    line.append(sign, piece('word', word), name);
    for (const reason of reasons) {
        const said = document.createElement('p');
        said.textContent = reason;
        line.append(said);
    }
    if (canBeSimulated)
        line.append(
            button(words.simulateCounterexample, 'run', `run ${id}`, () =>
                post({ kind: 'simulatePromise', promise: id }),
            ),
        );
    return line;
}

function item(text = ''): HTMLElement {
    const line = document.createElement('li');
    line.textContent = text;
    return line;
}

/** @param key by which it is found again once it is drawn anew */
function button(text: string, look: string, key: string, act: () => void): HTMLElement {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = look;
    made.textContent = text;
    made.dataset['key'] = key;
    made.addEventListener('click', act);
    return made;
}
