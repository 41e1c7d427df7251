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

/** FNV-1a of 64 bits in hexadecimal digits: it tells changes by accident, and keeps nobody from anything. */
function fingerprint(text: string): string {
    const [prime, mask] = [0x100000001b3n, 0xffffffffffffffffn];
    let hash = 0xcbf29ce484222325n;
    for (let at = 0; at < text.length; at++) hash = ((hash ^ BigInt(text.charCodeAt(at))) * prime) & mask;
    return hash.toString(16).padStart(16, '0');
}
