import type { LexerResult } from 'langium';

type Token = LexerResult['tokens'][number];
type TokenType = Token['tokenType'];

/** Words that mean something in promises only: everywhere else they are names like any other. */
const wordsOfPromises: ReadonlySet<string> = new Set([
    ...['at', 'fail', 'recover', 'restart', 'deploy', 'scale', 'promote', 'move', 'expect', 'not', 'from'],
    ...['slow', 'lossy', 'wrong', 'read-only'],
    ...['unaffected', 'limited', 'lost', 'live', 'queued', 'frozen', 'stale', 'possible', 'impossible'],
    ...['survives', 'survive', 'recovers', 'loses', 'lose', 'is', 'are', 'available', 'partly', 'within', 'most'],
    ...['any', 'failure', 'failures', 'with', 'because', 'until', 'link'],
    ...['running', 'workloads', 'local', 'operations', 'collection'],
    ...['shared', 'fate'],
]);

/** Words of the rest of the language that mean something in promises, too: there all others are names. */
const wordsOfBoth: ReadonlySet<string> = new Set([
    ...['scenario', 'objective', 'about', 'accept', 'owner', 'labels', 'every', 'for', 'of', 'to', 'in', 'on', 'by'],
    ...['management', 'central', 'control', 'plane', 'cluster', 'metrics', 'no'],
]);

/** Words that begin a declaration with the word behind them, and are names like any other elsewhere. */
const pairs: ReadonlyMap<string, string> = new Map([
    ['hosted', 'management'],
    ['standby', 'management'],
]);

/** Whether a word means something in promises only, or before one other word, so that it is a name everywhere else. */
export function isNameOutside(word: string): boolean {
    return wordsOfPromises.has(word) || pairs.has(word) || wordsOfCopies.has(word);
}

/** Words of `copy every 15m promoted within 30m`, `copy promotes itself` and `backup restored within 2h`, and names elsewhere. */
const wordsOfCopies: ReadonlySet<string> = new Set(['copy', 'promoted', 'promotes', 'itself', 'restored']);

/** What goes on with a copy. */
const behindCopy: ReadonlySet<string> = new Set(['every', 'in', 'promoted', 'promotes', '}']);

/** Words and signs behind which stands a name. */
const beforeNames: ReadonlySet<string> = new Set([
    ...[
        ',',
        '/',
        '.',
        '->',
        '<->',
        'or',
        'requires',
        'calls',
        'by',
        'from',
        'on',
        'in',
        'via',
        'through',
        'to',
        'across',
        'zones',
    ],
    ...[
        'topology',
        'region',
        'cluster',
        'service',
        'namespace',
        'labels',
        'network',
        'tier1',
        'ingress',
        'egress',
        'vm',
    ],
]);

function isOfCopy(tokens: readonly Token[], at: number): boolean {
    const [token, before, next] = [tokens[at]!, tokens[at - 1], tokens[at + 1]];
    const isBefore = (word: string) => next?.image === word && next.startLine === token.endLine;
    if (token.image === 'promoted' || token.image === 'restored') return isBefore('within');
    if (token.image === 'promotes') return isBefore('itself');
    if (token.image === 'itself') return before?.image === 'promotes' && before.endLine === token.startLine;
    const isOnLine = before?.endLine === token.startLine;
    if (!before || (beforeNames.has(before.image) && (isOnLine || before.image === ','))) return false;
    if (before.image === '{') return tokens[at - 2]?.image !== 'network';
    return behindCopy.has(next?.image ?? '') || (beginsLine(tokens, at) && next?.startLine !== token.endLine);
}

/** Whether a word needs quotes to be a name in a promise. */
export function isWordInPromises(word: string): boolean {
    return wordsOfPromises.has(word) || wordsOfBoth.has(word) || kindWords.has(word);
}

/** What the grammar reads, so that there is one clear message, and the engine does not know yet. */
export const wordsOfLaterVersions: ReadonlySet<string> = new Set([
    ...['move', 'slow', 'lossy', 'wrong', 'read-only', 'by'],
    ...['is', 'are', 'available'],
]);

/** Words that mean something only if one of these follows. */
const partners: ReadonlyMap<string, ReadonlySet<string>> = new Map([
    ['running', new Set(['workloads'])],
    ['local', new Set(['cluster'])],
    ['metrics', new Set(['collection'])],
    ['management', new Set(['plane', 'cluster', 'operations'])],
    ['shared', new Set(['fate'])],
    ['central', new Set(['control'])],
]);

/** Words that mean something only behind one of these. */
const leaders: ReadonlyMap<string, ReadonlySet<string>> = new Map([
    ['workloads', new Set(['running'])],
    ['cluster', new Set(['local', 'management'])],
    ['operations', new Set(['cluster', 'management'])],
    ['collection', new Set(['metrics'])],
    ['plane', new Set(['management', 'control'])],
    ['control', new Set(['central'])],
    ['most', new Set(['at'])],
    ['available', new Set(['is', 'are'])],
    ['within', new Set(['recovers', 'recover'])],
    ['fate', new Set(['shared'])],
]);

/** What a thing may be called before its name, and behind `any` and `every`. */
export const thingKinds = [
    ...['host', 'service', 'cluster', 'gateway', 'region', 'zone', 'component', 'link'],
    ...['workload', 'management', 'external'],
];

const kindWords: ReadonlySet<string> = new Set(thingKinds);

/** Words with which a declaration begins a line, whatever stands before it; `accept` begins items, too. */
const beginnings: ReadonlySet<string> = new Set([
    ...['topology', 'region', 'management', 'workload', 'external', 'defaults', 'network', 'service'],
    ...['scenario', 'objective', 'about'],
]);

/** The types that a word may get. */
export interface WordTypes {
    /** Of a plain name. */
    readonly name: TokenType;
    /** Of a word for a kind of thing. */
    readonly kind: TokenType;
}

/**
 * Tells words of the language from names. In `scenario`, `objective` and `accept`, and behind `about`, the words of promises are words of the
 * language, and no others; everywhere else it is the other way round. So no word had to be reserved for promises, and a
 * promise may name anything without quotes that is not a word of promises itself.
 */
export function withPromiseWords(tokens: Token[], types: WordTypes): Token[] {
    const isSpecial = (name: string) => begins.has(name) || isNameOutside(name);
    if (!tokens.some(({ tokenType: { name } }) => isSpecial(name))) return tokens;
    const read: Token[] = [];
    for (let at = 0; at < tokens.length;) {
        const end = endOfPromise(tokens, at);
        if (end === undefined) read.push(outside(tokens, at++, types));
        else for (; at < end; at++) read.push(inside(tokens, at, read.at(-1), types));
    }
    return read;
}

const begins: ReadonlySet<string> = new Set(['scenario', 'objective', 'accept', 'about', 'shared']);

/** `shared` is a name like any other, unless a line begins with `shared fate`. */
function isSharedFate(tokens: readonly Token[], at: number): boolean {
    const [token, next] = [tokens[at]!, tokens[at + 1]];
    const isPair = token.image === 'shared' && next?.image === 'fate' && next.startLine === token.endLine;
    return isPair && beginsLine(tokens, at);
}

/** The index after the promise that begins at a token; undefined where none does. */
function endOfPromise(tokens: readonly Token[], start: number): number | undefined {
    const word = tokens[start]!.tokenType.name;
    if (word === 'accept') return endOfAcceptance(tokens, start);
    if (word === 'about') return endOfThings(tokens, start);
    if (word === 'shared') return isSharedFate(tokens, start) ? endOfThings(tokens, start) : undefined;
    return begins.has(word) && beginsLine(tokens, start) ? endOfDeclaration(tokens, start) : undefined;
}

/**
 * It ends before the next line that begins a declaration, or with its block. Found without a look at columns, so that the
 * declaration reads the same wherever a part of the file begins.
 */
function endOfDeclaration(tokens: readonly Token[], start: number): number {
    let depth = 0;
    for (let at = start + 1; at < tokens.length; at++) {
        const { image, tokenType } = tokens[at]!;
        const isBeginning =
            beginnings.has(tokenType.name) ||
            (tokenType.name === 'accept' && depth === 0) ||
            isSharedFate(tokens, at) ||
            isPair(tokens, at);
        if (isBeginning && beginsLine(tokens, at)) return at;
        if (image === '{') depth++;
        if (image === '}' && --depth <= 0) return depth < 0 ? at : at + 1;
    }
    return tokens.length;
}

/** What an `about` is about ends where its block begins; without one, with its line. */
function endOfThings(tokens: readonly Token[], start: number): number {
    for (let at = start + 1; at < tokens.length; at++) {
        const { image } = tokens[at]!;
        if (image === '{' || image === '}') return at;
        if (beginsLine(tokens, at) && image !== ',' && tokens[at - 1]!.image !== ',') return at;
    }
    return tokens.length;
}

/** It ends behind its reason, or the day behind that; without a reason, with its line. */
function endOfAcceptance(tokens: readonly Token[], start: number): number {
    for (let at = start + 1; at < tokens.length; at++) {
        const isReason = tokens[at - 1]!.tokenType.name === 'because';
        if (isReason && !tokens[at]!.tokenType.name.endsWith('STRING')) return at;
        if (isReason) return at + 1 + lengthOfEnd(tokens, at + 1);
        if (tokens[at]!.image === '}') return at;
        const begun =
            tokens[at]!.tokenType.name === 'because' || tokens[at]!.image === ',' || tokens[at - 1]!.image === ',';
        if (beginsLine(tokens, at) && !begun) return at;
    }
    return tokens.length;
}

/** How many tokens say until when: none, `until`, or that and a day on its line. */
function lengthOfEnd(tokens: readonly Token[], at: number): number {
    if (tokens[at]?.tokenType.name !== 'until') return 0;
    return at + 1 < tokens.length && !beginsLine(tokens, at + 1) ? 2 : 1;
}

/** Words of promises that are words of the language elsewhere, too, behind one of these. */
const leadersOutside: ReadonlyMap<string, ReadonlySet<string>> = new Map([
    ['workloads', new Set(['no'])],
    ['from', new Set(['gitops', 'off', 'sync', 'async'])],
    ['within', new Set(['promoted', 'itself', 'restored'])],
]);

function outside(tokens: readonly Token[], at: number, { name }: WordTypes): Token {
    const [token, before] = [tokens[at]!, tokens[at - 1]];
    const word = token.tokenType.name;
    if (pairs.has(word)) return isPair(tokens, at) ? token : as(name, token);
    if (wordsOfCopies.has(word)) return isOfCopy(tokens, at) ? token : as(name, token);
    if (!wordsOfPromises.has(word) || leadersOutside.get(word)?.has(before?.tokenType.name ?? '')) return token;
    return as(name, token);
}

function isPair(tokens: readonly Token[], at: number): boolean {
    const [token, next] = [tokens[at]!, tokens[at + 1]];
    const isTogether = next?.image === pairs.get(token.image) && next?.startLine === token.endLine;
    return isTogether && beginsLine(tokens, at);
}

function inside(tokens: readonly Token[], at: number, before: Token | undefined, types: WordTypes): Token {
    const token = tokens[at]!;
    const word = token.image;
    if (isKind(tokens, at, before, types)) return as(types.kind, token);
    if (word === 'link') return isLink(tokens, at) ? token : as(types.name, token);
    const isWord = token.tokenType.name === word && /^[a-z]/.test(word);
    if (!isWord) return token;
    const isMeant =
        (wordsOfPromises.has(word) || wordsOfBoth.has(word)) &&
        (partners.get(word)?.has(tokens[at + 1]?.image ?? '') ?? true) &&
        (leaders.get(word)?.has(before?.tokenType.name ?? '') ?? true);
    return isMeant ? token : as(types.name, token);
}

/** Behind `any` and `every`, or before a name: never the first word of a line. */
function isKind(tokens: readonly Token[], at: number, before: Token | undefined, types: WordTypes): boolean {
    const [token, next] = [tokens[at]!, tokens[at + 1]];
    if (isBehindChoice(tokens, at, before) && isKindWord(token)) return true;
    if (!kindWords.has(token.image) || beginsLine(tokens, at) || before?.tokenType.name === 'with') return false;
    if (token.tokenType.name.endsWith('STRING')) return false;
    if (before?.image === 'any' || before?.image === '/' || before?.image === '.') return false;
    if (before?.tokenType === types.kind && kindWords.has(token.image) && isBehindAny(tokens, at - 1)) return true;
    if (!next || next.startLine !== token.endLine) return false;
    if (token.image === 'link' && isLink(tokens, at)) return false;
    if (token.image === 'management' && partners.get('management')!.has(next.image)) {
        return next.image === 'cluster' && isName(tokens[at + 2], token);
    }
    if (token.image === 'cluster' && (before?.tokenType.name === 'management' || before?.tokenType.name === 'local'))
        return false;
    return isName(next, token) || (kindWords.has(next.image) && isName(tokens[at + 2], token));
}

/** Right behind `any`, `any 2` or `every`. */
function isBehindChoice(tokens: readonly Token[], at: number, before: Token | undefined): boolean {
    const name = before?.tokenType.name;
    const isChoice = name === 'any' || name === 'every' || (name === 'INT' && tokens[at - 2]?.tokenType.name === 'any');
    return isChoice && before!.endLine === tokens[at]!.startLine;
}

/** Whatever kind somebody means there: no name can stand in that place. */
function isKindWord({ image, tokenType }: Token): boolean {
    return /^[a-z][a-z0-9-]*$/.test(image) && !tokenType.name.endsWith('STRING') && !behindKinds.has(image);
}

/** Words that go on with a choice of whatever can fail. */
const behindKinds: ReadonlySet<string> = new Set([
    ...[
        'failure',
        'failures',
        'with',
        'in',
        'for',
        'from',
        'not',
        'survives',
        'survive',
        'recovers',
        'recover',
        'loses',
    ],
    ...['lose', 'is', 'are', 'partly', 'because', 'until', 'slow', 'lossy', 'wrong', 'read-only', 'to', 'on'],
    ...['unaffected', 'limited', 'lost', 'live', 'queued', 'frozen', 'stale', 'possible', 'impossible'],
]);

function isBehindAny(tokens: readonly Token[], at: number): boolean {
    const [one, other] = [tokens[at - 1]?.tokenType.name, tokens[at - 2]?.tokenType.name];
    return one === 'any' || one === 'every' || (one === 'INT' && other === 'any');
}

/** `link east/mgmt`, `link east -> mgmt` */
function isLink(tokens: readonly Token[], at: number): boolean {
    return ['/', '->'].includes(tokens[at + 2]?.image ?? '') && tokens[at + 1]?.startLine === tokens[at]!.startLine;
}

/** A word on the same line that is no word of promises. */
function isName(token: Token | undefined, { startLine }: Token): boolean {
    if (!token || token.startLine !== startLine || !/^[\p{L}\p{N}_"*]/u.test(token.image)) return false;
    const { name } = token.tokenType;
    return !wordsOfPromises.has(name) && !['for', 'of', 'to', 'in', 'on', 'by', 'because'].includes(name);
}

function as(type: TokenType, token: Token): Token {
    return { ...token, tokenType: type, tokenTypeIdx: type.tokenTypeIdx! };
}

function beginsLine(tokens: readonly Token[], at: number): boolean {
    return at === 0 || tokens[at - 1]!.endLine !== tokens[at]!.startLine;
}
