import { DefaultLexer, type LexerResult, type TokenizeOptions } from 'langium';
import { withoutForeignSigns } from './foreign-signs.js';

type Token = LexerResult['tokens'][number];

/** A sign that the lexer has read over, among what it could not read. */
export interface ForeignSignError {
    /** What the word is without the sign. */
    readonly suggestion: string;
}

/** Words that are kept for declarations of a later version. */
export const reservedWords: ReadonlySet<string> = new Set(['scenario', 'objective', 'accept']);

/**
 * Leaves out what follows a reserved word at the beginning of a line, so that a file written for a later version gets
 * one message for each such declaration, and everything else in it is read.
 */
export class TsbtopoLexer extends DefaultLexer {
    override tokenize(text: string, options?: TokenizeOptions): LexerResult {
        const result = super.tokenize(text, options);
        const lexicon = (word: string) => super.tokenize(word, options).tokens;
        const { tokens, signs } = withoutForeignSigns(withoutReservedDeclarations(result.tokens), lexicon);
        const errors = [
            ...result.errors,
            ...oddQuotes(result.tokens),
            ...openComment(result.hidden),
            ...signs.map(({ token, length, message, suggestion }) => ({
                ...errorAt(token, message),
                length,
                suggestion,
            })),
        ];
        return { ...result, errors, tokens };
    }
}

/** More of these in one file say nothing new. */
const maximalLexerErrors = 200;

function oddQuotes(tokens: readonly Token[]): LexerResult['errors'] {
    const odd: LexerResult['errors'] = [];
    for (const token of tokens) {
        if (token.tokenType.name === 'ODD_STRING' && odd.length < maximalLexerErrors) {
            const { image } = token;
            const text = image.slice(1).replace(/'$/, '');
            odd.push(
                errorAt(
                    token,
                    image.startsWith('"') ? 'The closing `"` is missing.' : `Texts stand in double quotes: "${text}".`,
                ),
            );
        }
    }
    return odd;
}

function openComment(hidden: readonly Token[]): LexerResult['errors'] {
    const last = hidden.at(-1);
    if (last?.tokenType.name !== 'ML_COMMENT' || (last.image.length >= 4 && last.image.endsWith('*/'))) {
        return [];
    }
    return [{ ...errorAt(last, 'This comment is not closed: `*/` is missing.'), length: 2 }];
}

function errorAt(
    { startOffset, startLine, startColumn, image }: Token,
    message: string,
): LexerResult['errors'][number] {
    return { offset: startOffset, line: startLine, column: startColumn, length: image.length, message };
}

function withoutReservedDeclarations(tokens: Token[]): Token[] {
    if (!tokens.some(isReserved)) {
        return tokens;
    }
    const kept: Token[] = [];
    for (let at = 0; at < tokens.length; at++) {
        const token = tokens[at]!;
        kept.push(token);
        if (isReserved(token) && beginsLine(tokens, at)) {
            at = endOfDeclaration(tokens, at) - 1;
        }
    }
    return kept;
}

/**
 * The index after the declaration that begins at `start`: it ends before the next line that is indented no deeper, with
 * all braces closed. Where a brace is never closed, it is only the rest of its line.
 */
function endOfDeclaration(tokens: Token[], start: number): number {
    const column = tokens[start]!.startColumn ?? 0;
    let depth = 0;
    let endOfLine: number | undefined;
    for (let at = start + 1; at < tokens.length; at++) {
        const token = tokens[at]!;
        if (beginsLine(tokens, at)) {
            endOfLine ??= at;
            if (depth === 0 && (token.startColumn ?? 0) <= column) {
                return at;
            }
        }
        if (token.image === '{') {
            depth++;
        } else if (token.image === '}' && --depth < 0) {
            return at;
        }
    }
    return depth > 0 ? (endOfLine ?? tokens.length) : tokens.length;
}

function isReserved(token: Token): boolean {
    return reservedWords.has(token.tokenType.name);
}

function beginsLine(tokens: Token[], at: number): boolean {
    return at === 0 || tokens[at - 1]!.endLine !== tokens[at]!.startLine;
}
