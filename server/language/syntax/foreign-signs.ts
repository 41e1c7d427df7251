import type { LexerResult } from 'langium';

type Token = LexerResult['tokens'][number];

/** A sign or capital letter of another language, which is read as if it were written as here. */
export interface ForeignSign {
    /** The first token that it is about. */
    readonly token: Token;
    readonly length: number;
    readonly message: string;
    /** What to write instead. */
    readonly suggestion: string;
}

/** How a setting is written, for somebody who puts a sign into it. */
export const besideEachOther = 'A word and its value stand beside each other';

/** So many of them are read over in one file; the rest stays what it is. */
const maximalSigns = 200;

/** So many words are looked up for that. */
const maximalLookups = 10_000;

/** Of a longer list only the first brackets are seen. */
const maximalList = 50;

/** What stands in the place of some tokens, and what is said of that. */
interface Reading extends ForeignSign {
    readonly read: readonly Token[];
    /** How many tokens it is about. */
    readonly count: number;
}

/** What a word alone is to the lexer. */
type Lexicon = (word: string) => readonly Token[];

/**
 * Reads `east:` and `[east, west]` as `east` and `east, west`, `on = east` as `on east`, and `Workload Cluster` as
 * `workload cluster`: what is meant is clear, so that it costs one message, and nothing of the line is lost.
 */
export function withoutForeignSigns(
    tokens: readonly Token[],
    lexicon: Lexicon,
): { readonly tokens: Token[]; readonly signs: readonly ForeignSign[] } {
    let lookups = 0;
    const lookUp: Lexicon = (word) => (++lookups > maximalLookups ? [] : lexicon(word));
    const kept: Token[] = [];
    const signs: ForeignSign[] = [];
    const blocks: string[] = [];
    for (let at = 0; at < tokens.length;) {
        const reading =
            signs.length < maximalSigns
                ? (inCapitals(tokens, at, lookUp) ??
                  inBrackets(tokens, at, lookUp) ??
                  withColon(tokens[at]!, lookUp) ??
                  betweenWords(tokens, at) ??
                  (blocks.at(-1) === 'network' ? undefined : semicolon(tokens, at)))
                : undefined;
        if (reading) {
            const { read, count, ...sign } = reading;
            signs.push(sign);
            kept.push(...read);
            at += count;
        } else {
            if (tokens[at]!.image === '{') blocks.push(kept.at(-1)?.image ?? '');
            if (tokens[at]!.image === '}') blocks.pop();
            kept.push(tokens[at++]!);
        }
    }
    return { tokens: kept, signs };
}

/** `[east, west]`: up to the closing bracket, if there is one on this line. */
function inBrackets(tokens: readonly Token[], at: number, lexicon: Lexicon): Reading | undefined {
    const token = tokens[at]!;
    if (!isOdd(token) || !token.image.startsWith('[')) return undefined;
    const near = tokens.slice(at, at + maximalList);
    const line = near.filter(({ startLine }) => startLine === token.startLine);
    const list = line.slice(0, line.findIndex(({ image }) => image.endsWith(']')) + 1 || 1);
    const names = list.filter(({ image }) => image !== '[' && image !== ']');
    const read = names.flatMap((each) => (isOdd(each) ? (wordIn(each, lexicon) ?? []) : [each]));
    if (read.length === 0 || read.length < names.length) return undefined;
    const suggestion = read
        .map(({ image }) => image)
        .join(' ')
        .replaceAll(' ,', ',');
    const message = `A list stands without \`[\` and \`]\`: \`${suggestion}\`.`;
    return about(list, read, message, suggestion);
}

/** `east:` */
function withColon(token: Token, lexicon: Lexicon): Reading | undefined {
    if (!isOdd(token) || !/^[\w-]+:$/.test(token.image)) return undefined;
    const word = wordIn(token, lexicon);
    if (!word) return undefined;
    const rule = isKeyword(word) ? besideEachOther : 'A name stands alone';
    return about([token], [word], `${rule}, without \`:\`: \`${word.image}\`.`, word.image);
}

/** `on = east` and `on : east`; labels have their own `=`. */
function betweenWords(tokens: readonly Token[], at: number): Reading | undefined {
    const { image, startLine } = tokens[at]!;
    if (image !== '=' && image !== ':') return undefined;
    const word = tokens[at - 1];
    const before = tokens[at - 2]?.image;
    if (!word || !isKeyword(word) || word.endLine !== startLine || before === 'labels' || before === ',')
        return undefined;
    const message = `${besideEachOther}, without \`${image}\`: \`${word.image}\`.`;
    return withoutSign(word, tokens[at]!, message);
}

/** `;`, which only the lines of a network may end with. */
function semicolon(tokens: readonly Token[], at: number): Reading | undefined {
    const [word, token] = [tokens[at - 1], tokens[at]!];
    if (token.image !== ';' || !word || word.endLine !== token.startLine) return undefined;
    return withoutSign(word, token, 'Nothing stands between two items, or at the end of a line: take `;` out.');
}

/** Words behind which a phrase of the language goes on. */
const goingOn = new Set([
    ...['management', 'workload', 'external', 'edge', 'central', 'control', 'data', 'defaults', 'for', 'token', 'leaf'],
    ...['certificate', 'metrics', 'virtual', 'rate', 'outlier', 'no'],
]);

/** `Workload Cluster` and `Service:`, at the beginning of a line. */
function inCapitals(tokens: readonly Token[], at: number, lexicon: Lexicon): Reading | undefined {
    const token = tokens[at]!;
    const before = tokens[at - 1];
    const beginsLine = before?.endLine !== token.startLine;
    const mayBeName = before !== undefined && (before.image === ',' || isKeyword(before));
    if (!beginsLine || mayBeName || !isCapital(token)) return undefined;
    const phrase: Token[] = [];
    const read: Token[] = [];
    const rest = tokens.slice(at, at + 5).filter(({ startLine }) => startLine === token.startLine);
    for (const next of rest) {
        const [word] = lexicon(next.image.toLowerCase().replace(/:$/, ''));
        if (!word || !isKeyword(word)) break;
        phrase.push(next);
        read.push(partOf(next, word, 0));
        if (!goingOn.has(word.image)) break;
    }
    const follows = rest[phrase.length];
    if (read.length === 0 || !follows || !/^[\w"{]/.test(follows.image)) return undefined;
    const suggestion = read.map(({ image }) => image).join(' ');
    return about(phrase, read, `Words of the language have small letters: \`${suggestion}\`.`, suggestion);
}

function about(tokens: readonly Token[], read: readonly Token[], message: string, suggestion: string): Reading {
    const [token, last] = [tokens[0]!, tokens.at(-1)!];
    const length = last.endOffset! - token.startOffset + 1;
    return { token, length, message, suggestion, read, count: tokens.length };
}

/** A sign behind a word that has been read. */
function withoutSign(word: Token, sign: Token, message: string): Reading {
    return { ...about([word, sign], [], message, word.image), count: 1 };
}

/** The one word between the signs of a token. */
function wordIn(token: Token, lexicon: Lexicon): Token | undefined {
    const [, before, image] = /^(\[*)([\w-]+)\]*:?$/.exec(token.image) ?? [];
    const [word, ...others] = lexicon(image ?? '');
    return word && others.length === 0 && !isOdd(word) ? partOf(token, word, before!.length) : undefined;
}

function partOf(token: Token, { image, tokenType, tokenTypeIdx }: Token, from: number): Token {
    const [startOffset, startColumn] = [token.startOffset + from, token.startColumn! + from];
    const endOffset = startOffset + image.length - 1;
    const endColumn = startColumn + image.length - 1;
    return { ...token, image, tokenType, tokenTypeIdx, startOffset, startColumn, endOffset, endColumn };
}

function isOdd({ tokenType }: Token): boolean {
    return tokenType.name === 'ODD_WORD';
}

function isCapital({ image }: Token): boolean {
    return /^[A-Z][\w-]*:?$/.test(image);
}

function isKeyword({ tokenType, image }: Token): boolean {
    return tokenType.name === image && /^[a-z]/.test(image);
}
