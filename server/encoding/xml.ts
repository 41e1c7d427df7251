import { visible } from './visible.js';

/** A text between tags or in an attribute of XML and HTML: it is text there, and nothing else. */
export function xml(text: string): string {
    // most names are: a picture has thousands of them
    if (plain.test(text)) return text;
    return visible(text).replace(/[&<>"'\ufffe\uffff]/g, (character) => entities.get(character) ?? '\ufffd');
}

/** Nothing of it has another meaning there, and all of it can be seen. */
const plain = /^[\w .,:;|/()@%+=#·-]*$/;

const entities = new Map([
    ['&', '&amp;'],
    ['<', '&lt;'],
    ['>', '&gt;'],
    ['"', '&quot;'],
    ["'", '&#39;'],
]);
