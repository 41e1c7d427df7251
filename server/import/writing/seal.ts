import { fingerprint } from '../../encoding/fingerprint.js';
import { firstWords } from './text.js';

/** A text with the first line of what import writes, which tells whether somebody has changed it since. */
export function sealed(text: string): string {
    return `${firstWords} (${fingerprint(text)}). It is written anew each time: what you know beside it belongs into a file of your own.\n${text}`;
}

/** Whether a text is as import has written it. */
export function isUntouched(text: string): boolean {
    const end = text.indexOf('\n') + 1;
    return text.startsWith(firstWords) && end > 0 && sealed(text.slice(end)) === text;
}
