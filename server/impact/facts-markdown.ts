import { duration } from '../words/times.js';
import type { Clock } from '../knowledge/clocks.js';
import type { Default } from '../knowledge/defaults.js';
import { sources, type Confidence, type SourceTag } from '../knowledge/sources.js';

/** The title of a source, as a link where it is public. */
export function sourceLink(tag: SourceTag): string {
    const source = sources[tag];
    return 'url' in source ? `[${source.title}](${source.url})` : `*${source.title}*`;
}

/** A default with its reason and source, as one paragraph behind a title such as "Unsaid". */
export function defaultMarkdown(title: string, { says, why, source, confidence }: Default): string {
    return `**${title}:** \`${says}\`. ${why} ${sourceLink(source)}${inferred(confidence)}`;
}

/** What runs out, after how long, and what goes wrong then. */
export function clockMarkdown({ title, life, consequence, source, confidence }: Clock): string {
    const after = life === undefined ? '' : `, ${duration(life)}`;
    return `**Clock:** ${title}${after}. ${consequence} ${sourceLink(source)}${inferred(confidence)}`;
}

function inferred(confidence: Confidence): string {
    return confidence === 'inferred' ? ' *(inferred)*' : '';
}
