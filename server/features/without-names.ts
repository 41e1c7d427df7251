import type { LangiumDocument } from 'langium';
import { fixedCodes, ruleCodes } from '../knowledge/rule-codes.js';
import { isClockTime } from '../language/syntax/clock-times.js';
import { isDay } from '../language/syntax/days.js';
import type { TsbtopoServices } from '../language/services.js';

/** Tokens that are words, names or texts of the author, rather than of the language. */
const ofTheAuthor: ReadonlySet<string> = new Set(['ID', 'STRING', 'ODD_STRING', 'ODD_NUMBER', 'ODD_WORD']);

/** What every estate may say in its promises: days, times of the clock, codes of diagnostics. */
function isPublic(image: string): boolean {
    return isDay(image) || isClockTime(image) || publicWords.has(image);
}

const publicWords: ReadonlySet<string> = new Set([...ruleCodes, ...fixedCodes]);

/**
 * Files with every name and text replaced by `n1`, `n2`, …, the same one by the same throughout, and without comments: what
 * fails in them should fail in the result. Words of the language, amounts and the layout stay.
 */
export function withoutNames(documents: readonly LangiumDocument[], { parser }: TsbtopoServices): string {
    const known = new Map<string, string>();
    const replaced = (word: string) => {
        const name = known.get(word) ?? `n${known.size + 1}`;
        known.set(word, name);
        return name;
    };
    return documents
        .map(({ textDocument }, index) => {
            const text = textDocument.getText();
            const { tokens } = parser.Lexer.tokenize(text);
            let end = 0;
            const pieces = tokens.map(({ image, startOffset, endOffset = startOffset, tokenType }) => {
                const gap = text.slice(end, startOffset);
                end = endOffset + 1;
                const isOfTheAuthor = ofTheAuthor.has(tokenType.name) && !isPublic(image);
                const shown = isOfTheAuthor ? image.replace(/[\p{L}\p{N}_]+/gu, replaced) : image;
                return (/\n/.test(gap) ? gap.replace(/[^\n]*\n/g, '\n').replace(/\S/g, '') : gap && ' ') + shown;
            });
            return `// file ${index + 1}\n${pieces.join('').trim()}\n`;
        })
        .join('\n');
}
