import { clocks } from '../knowledge/clocks.js';
import { defaultOf, type DefaultId } from '../knowledge/defaults.js';
import { words } from '../knowledge/words.js';
import { clockMarkdown, defaultMarkdown, sourceLink } from './facts-markdown.js';

/**
 * What a construct of the language means, its default, its clock and its sources, as Markdown; undefined for what has
 * no entry of its own.
 *
 * @param type the name of the grammar rule that reads it
 * @param said the default that the text at hand spells out
 */
export function wordMarkdown(type: string, said?: DefaultId): string | undefined {
    const word = words.get(type);
    if (!word) return undefined;
    const id = said ?? word.default;
    const told = id && defaultOf(id);
    return [
        `\`${word.form}\``,
        word.says,
        ...(told ? [defaultMarkdown(said ? 'Default' : 'Unsaid', told)] : []),
        ...(word.clock ? [clockMarkdown(clocks[word.clock])] : []),
        ...(word.source && word.source !== told?.source ? [sourceLink(word.source)] : []),
    ].join('\n\n');
}
