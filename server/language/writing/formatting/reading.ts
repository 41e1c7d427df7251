import type { LangiumDocument } from 'langium';
import type { TsbtopoServices } from '../../services.js';
import { forEachNode } from '../../syntax/tree.js';

/**
 * What is read in a text, wherever it stands: its words; and in one with mistakes also what they were taken for, since
 * the parser goes on at the beginnings of lines then.
 */
export function readingOf(text: string, hasMistakes: boolean, { parser }: TsbtopoServices): string[] {
    const { tokens } = parser.Lexer.tokenize(text);
    const reading = tokens.map(({ image, tokenType }) => `${tokenType.name} ${image}`);
    if (hasMistakes) {
        const { value, parserErrors } = parser.LangiumParser.parse(text);
        const starts = new Map(tokens.map(({ startOffset }, index) => [startOffset, index]));
        const ends = new Map(tokens.map(({ endOffset = -1 }, index) => [endOffset + 1, index]));
        forEachNode(value, ({ $type, $container, $cstNode }) => {
            if ($container && $cstNode) {
                reading.push(`${$type} ${starts.get($cstNode.offset)} ${ends.get($cstNode.end)}`);
            }
        });
        reading.push(...parserErrors.map(({ message }) => message));
    }
    return reading;
}

/** Whether the parser or the lexer had to guess. */
export function hasMistakes({ parseResult }: LangiumDocument): boolean {
    return parseResult.lexerErrors.length > 0 || parseResult.parserErrors.length > 0;
}
