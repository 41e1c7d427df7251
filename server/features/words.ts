import { duration } from '../impact/wording.js';
import { clocks, type Clock } from '../knowledge/clocks.js';
import { defaultOf, type DefaultId } from '../knowledge/defaults.js';
import { sources, type SourceTag } from '../knowledge/sources.js';
import { words } from '../knowledge/words.js';

/**
 * What a construct of the language means, its default, its clock and its sources, as Markdown; undefined for what has
 * no entry of its own.
 *
 * @param type the name of the grammar rule that reads it
 * @param said the default that the text at hand spells out
 */
export function wordMarkdown(type: string, said?: DefaultId): string | undefined {
    const word = words[type];
    if (!word) return undefined;
    const clock: Clock | undefined = word.clock && clocks[word.clock];
    const id = said ?? word.default;
    const unsaid = id && defaultOf(id);
    return [
        `\`${word.form}\``,
        word.says,
        ...(unsaid
            ? [`**${said ? 'Default' : 'Unsaid'}:** \`${unsaid.says}\`. ${unsaid.why} ${sourceLink(unsaid.source)}`]
            : []),
        ...(clock
            ? [
                  `**Clock:** ${clock.title}${clock.life === undefined ? '' : `, ${duration(clock.life)}`}. ${clock.consequence} ${sourceLink(clock.source)}${clock.confidence === 'inferred' ? ' *(inferred)*' : ''}`,
              ]
            : []),
        ...(word.source ? [sourceLink(word.source)] : []),
    ].join('\n\n');
}

function sourceLink(tag: SourceTag): string {
    const source = sources[tag];
    return 'url' in source ? `[${source.title}](${source.url})` : `*${source.title}*`;
}
