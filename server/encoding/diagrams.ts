import { visible } from './visible.js';

/**
 * A text as a label of Mermaid, between quotation marks: it ends no label, and is neither HTML nor Markdown there.
 * Mermaid reads `#NUMBER;` as a character.
 */
export function mermaidText(text: string): string {
    return visible(text).replace(/[^\p{L}\p{N} .,:/@()-]/gu, (character) => `#${character.codePointAt(0)};`);
}

/** A text as a quoted identifier or label of Graphviz, in which a backslash escapes. */
export function dotText(text: string): string {
    return `"${visible(text).replace(/[\\"]/g, '\\$&')}"`;
}
