import { DefaultLexer, type LexerResult, type TokenizeOptions } from 'langium';
import { withoutForeignSigns } from './foreign-signs.js';
import { withPromiseWords, type WordTypes } from './promise-words.js';

type Token = LexerResult['tokens'][number];

/** A sign that the lexer has read over, among what it could not read. */
export interface ForeignSignError {
    /** What the word is without the sign. */
    readonly suggestion: string;
}

/** Tells words from names where that takes more than a look at the word, and reads over signs of other languages. */
export class TsbtopoLexer extends DefaultLexer {
    override tokenize(text: string, options?: TokenizeOptions): LexerResult {
        const result = super.tokenize(text, options);
        const lexicon = (word: string) => withPromiseWords(super.tokenize(word, options).tokens, this.wordTypes);
        const { tokens, signs } = withoutForeignSigns(withPromiseWords(result.tokens, this.wordTypes), lexicon);
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
        return { ...result, errors: errors.sort((a, b) => a.offset - b.offset), tokens };
    }

    /** Asked for each text and each odd word, so that it is looked up once. */
    private readonly wordTypes: WordTypes = {
        name: this.definition['ID']!,
        kind: this.definition['KIND_WORD']!,
    };
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
