import type { LexerResult, ParseResult } from 'langium';

export type Token = LexerResult['tokens'][number];

/** Without `management`, `external` and `accept`, which begin items, too. */
const declarationWords: ReadonlySet<string> = new Set([
    ...['topology', 'region', 'workload', 'defaults', 'network', 'service'],
    ...['scenario', 'objective', 'about'],
]);

/** Those that begin a declaration with the word behind them. */
const declarationPairs: ReadonlyMap<string, string> = new Map([
    ['management', 'cluster'],
    ['external', 'service'],
]);

/** Whether a word begins declarations, and nothing else. */
export function isDeclarationWord({ tokenType }: Token): boolean {
    return declarationWords.has(tokenType.name);
}

/** Whether a declaration begins with a token, told by the one behind it where it begins an item, too. */
export function beginsDeclaration(tokens: readonly Token[], index: number): boolean {
    const [token, next] = [tokens[index], tokens[index + 1]];
    if (!token) return false;
    return isDeclarationWord(token) || (!!next && declarationPairs.get(token.tokenType.name) === next.tokenType.name);
}

/** Which braces of a file belong together; all are places among its tokens. */
export interface Braces {
    /** Where the block ends that begins at a token; nothing for one that is never closed. */
    readonly closing: ReadonlyMap<number, number>;
    /** For each token the brace that begins the innermost block around it. */
    readonly enclosing: readonly (number | undefined)[];
    /** For each token how many blocks are open there. */
    readonly depths: readonly number[];
}

const knownBraces = new WeakMap<readonly Token[], Braces>();

export function bracesOf(tokens: readonly Token[]): Braces {
    const known = knownBraces.get(tokens);
    if (known) {
        return known;
    }
    const closing = new Map<number, number>();
    const open: number[] = [];
    const depths: number[] = [];
    for (const [index, { image }] of tokens.entries()) {
        if (image === '{') open.push(index);
        if (image === '}' && open.length > 0) closing.set(open.pop()!, index);
    }
    open.length = 0;
    const enclosing = tokens.map(({ image }, index) => {
        if (open.length > 0 && closing.get(open.at(-1)!) === index) open.pop();
        const around = open.at(-1);
        depths.push(open.length);
        // a block that is never closed ends where the next declaration begins, and has nothing to do with what comes behind
        if (around !== undefined && !closing.has(around) && declaresAt(tokens, index)) open.length = 0;
        if (image === '{') open.push(index);
        return around;
    });
    const braces = { closing, enclosing, depths };
    knownBraces.set(tokens, braces);
    return braces;
}

export function isInsideClosedBlock(tokens: readonly Token[], index: number): boolean {
    const { enclosing, closing } = bracesOf(tokens);
    const open = enclosing[index];
    return open !== undefined && closing.has(open);
}

/** Whether a line begins at a token that begins a declaration. */
function declaresAt(tokens: readonly Token[], index: number): boolean {
    return tokens[index - 1]?.endLine !== tokens[index]!.startLine && beginsDeclaration(tokens, index);
}

/** Which braces of a text have no other one. Such of both kinds may belong together, across whatever is between them. */
export interface OddBraces {
    /** Blocks end where the next declaration begins, or the text. */
    readonly areOpen: boolean;
    /** Something is closed that nothing has opened. */
    readonly areClosed: boolean;
}

const oddBraces = new WeakMap<object, OddBraces>();

/** Those of some texts, or of parts of one, as they were noted when those were read. */
export function oddBracesIn(readings: readonly Pick<ParseResult, 'value'>[]): OddBraces {
    const odd = readings.flatMap(({ value }) => oddBraces.get(value) ?? []);
    return { areOpen: odd.some(({ areOpen }) => areOpen), areClosed: odd.some(({ areClosed }) => areClosed) };
}

/** A file has such braces; one of which nothing is noted has none. */
export function noteOddBraces(file: object, odd: OddBraces): void {
    oddBraces.set(file, odd);
}

/**
 * Those among the tokens of a text. A declaration that begins in the midst of an open block shows that this is never closed; if
 * it is none that ends open blocks, what closes it may stand anywhere behind.
 *
 * @param declarations the offsets at which they begin
 */
export function findOddBraces(tokens: readonly Token[], declarations: ReadonlySet<number>): OddBraces {
    let [depth, areOpen, areClosed] = [0, false, false];
    for (const [index, { image, startOffset }] of tokens.entries()) {
        if (depth > 0 && declarations.has(startOffset)) {
            [depth, areOpen] = [0, true];
            areClosed ||= !declaresAt(tokens, index);
        }
        if (image === '{') depth++;
        if (image === '}' && depth === 0) areClosed = true;
        else if (image === '}') depth--;
    }
    return { areOpen: areOpen || depth > 0, areClosed };
}
