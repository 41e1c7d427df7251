import { visible } from './visible.js';

/** A text between tags or in an attribute of XML and HTML: it is text there, and nothing else. */
export function xml(text: string): string {
    return visible(text).replace(/[&<>"'\ufffe\uffff]/g, (character) => entities.get(character) ?? '\ufffd');
}

const entities = new Map([
    ['&', '&amp;'],
    ['<', '&lt;'],
    ['>', '&gt;'],
    ['"', '&quot;'],
    ["'", '&#39;'],
]);
