import { beginsDeclaration, bracesOf, isDeclarationWord, isInsideClosedBlock, type Token } from './braces.js';

type TokenType = Token['tokenType'];

/** What Chevrotain throws, and what this language adds to it. */
export interface SyntaxMistake extends Error {
    readonly token: Token;
    /** The one before it; undefined where the file begins with the mistake. */
    previousToken?: Token | undefined;
    context?: { readonly ruleStack: readonly string[] };
    /** Whether the error is inside a block whose closing brace exists. */
    insideClosedBlock?: boolean;
    /** What stands before the token on its line. */
    lineBefore?: readonly string[];
    /** How many blocks are open at the token. */
    depth?: number;
    /** Whether the parser passed over a whole line, which the token begins. */
    isWholeLine?: boolean;
    /** Whether the line has a mistake before this one, and nothing between the two begins anew. */
    isFollowUp?: boolean;
}

/** The parts of Chevrotain's engine on which recovery depends; they are not in its published types. */
interface Engine {
    recoveryEnabled: boolean;
    maxLookahead: number;
    readonly errorMessageProvider: {
        buildMismatchTokenMessage(options: {
            expected: TokenType;
            actual: Token;
            previous: Token;
            ruleName: string;
        }): string;
    };
    readonly errors: readonly SyntaxMistake[];
    /** The tokens of the file. */
    readonly input: readonly Token[];
    /** Index of the token before the next one. */
    readonly currIdx: number;
    LA(distance: number): Token;
    SKIP_TOKEN(): Token;
    SAVE_ERROR(error: SyntaxMistake): SyntaxMistake;
    raiseNoAltException(occurrence: number, description: string | undefined): never;
    reset(): void;
    canTokenTypeBeInsertedInRecovery(type: TokenType): boolean;
    canRecoverWithSingleTokenDeletion(expected: TokenType): boolean;
    tokenMatcher(token: Token, type: TokenType): boolean;
    flattenFollowSet(): TokenType[];
    findReSyncTokenType(): TokenType;
    reSyncTo(type: TokenType): Token[];
    exportLexerState(): number;
    importLexerState(state: number): void;
    getCurrRuleFullName(): string;
    getHumanReadableRuleStack(): string[];
    tryInRepetitionRecovery(
        repeat: (...args: unknown[]) => void,
        args: unknown[],
        anotherFollows: () => boolean,
        expected: TokenType,
    ): void;
}

/** Whether a token is one of the file. Those that the parser makes up stand nowhere (-1), and so does the end (`NaN`). */
export function isInFile(token: Token | undefined): token is Token {
    return token !== undefined && token.startOffset >= 0;
}

/** After so many syntax errors the rest of a file is not read: recovering from thousands would take seconds. */
export const maximalSyntaxErrors = 200;

/**
 * Teaches a parser how this language is written, so that one mistake costs one line: after an error it goes on at the
 * next word that can begin something here, takes a block `{ … }` on the way as one, and takes a mere name for a
 * beginning only at the beginning of a line. Each line that it passes over on the way is an error of its own. A file that
 * is mostly junk is given up.
 *
 * @param wrapper the parser engine inside a Langium parser
 * @param describe called with each error that is kept
 */
export function recoverByLines(wrapper: unknown, describe: Description = ({ token }) => token): void {
    const engine = wrapper as Engine;
    describeCheaply(engine);
    const reportLines = keepErrors(engine, describe);

    // a `}` is missing only where one is: else every word that begins a declaration would end all open blocks; and nothing else is
    // where the next line declares something
    engine.canTokenTypeBeInsertedInRecovery = (type) =>
        type.name === '}'
            ? !isInsideClosedBlock(engine.input, engine.currIdx + 1)
            : !(beginsLine(engine) && beginsDeclaration(engine.input, engine.currIdx + 1));
    // what begins a line belongs to that, and is not too much on the one before
    const isFollowedBy = engine.canRecoverWithSingleTokenDeletion.bind(engine);
    engine.canRecoverWithSingleTokenDeletion = (expected) => !beginsLine(engine) && isFollowedBy(expected);
    engine.findReSyncTokenType = () => {
        const types = engine.flattenFollowSet();
        return types.find((type) => engine.tokenMatcher(engine.LA(distanceTo(engine, types)), type))!;
    };
    engine.reSyncTo = (type) => {
        const start = engine.currIdx + 1;
        skip(engine, distanceTo(engine, [type]) - 1);
        reportLines(start);
        return [];
    };
    engine.tryInRepetitionRecovery = (repeat, args, anotherFollows, expected) => {
        const found = { actual: engine.LA(1), previous: engine.LA(0) };
        const start = engine.exportLexerState();
        const first = engine.currIdx + 1;
        const end = engine.findReSyncTokenType();
        for (let atError = true; ; atError = false) {
            const closes = engine.tokenMatcher(engine.LA(1), expected);
            if (closes || (mayBegin(engine, 1, atError) && anotherFollows.call(engine))) {
                engine.SAVE_ERROR(mismatch(engine, expected, found));
                reportLines(first);
                return closes ? undefined : repeat.apply(engine, args);
            }
            if (engine.tokenMatcher(engine.LA(1), end)) {
                // nothing closer than what the enclosing rule waits for: the next step of the parser reports that
                engine.importLexerState(start);
                return;
            }
            skip(engine, lengthOfUnit(engine, 1));
        }
    };
}

/**
 * Finds words for an error, which becomes its message.
 *
 * @returns where it is shown
 */
export type Description = (error: SyntaxMistake) => Token;

/** Chevrotain describes with each error all that would have been possible; of that, one token is enough. */
function describeCheaply(engine: Engine): void {
    const raise = engine.raiseNoAltException.bind(engine);
    const { maxLookahead } = engine;
    engine.raiseNoAltException = (occurrence, description) => {
        engine.maxLookahead = 1;
        try {
            return raise(occurrence, description);
        } finally {
            engine.maxLookahead = maxLookahead;
        }
    };
}

/**
 * Adds to each error what is around it, and gives up after too many.
 *
 * @returns adds an error for each line that was passed over since a token
 */
function keepErrors(engine: Engine, describe: Description): (start: number) => void {
    const saveError = engine.SAVE_ERROR.bind(engine);
    const reset = engine.reset.bind(engine);
    let count = 0;
    let last: { readonly error: SyntaxMistake; readonly shownAt: Token; readonly index: number } | undefined;
    /** The braces of blocks that are known to lack their end. */
    const cutOff = new Set<number>();
    const keep = (error: SyntaxMistake, index: number) => {
        saveError(error);
        // before the first token Chevrotain finds one that stands nowhere
        if (!isInFile(error.previousToken)) error.previousToken = undefined;
        // a line that was passed over stands where the mistake stands after which it was
        if (error.isWholeLine && last?.error.context) error.context = last.error.context;
        const { depths } = bracesOf(engine.input);
        error.insideClosedBlock = isInsideClosedBlock(engine.input, index);
        error.lineBefore = lineBefore(engine, index);
        error.depth = depths[index] ?? 0;
        const shownAt = describe(error);
        error.isFollowUp =
            last !== undefined &&
            last.shownAt.endLine === shownAt.startLine &&
            !hasBraces(engine.input.slice(last.index, index));
        last = { error, shownAt, index };
        const open = cutOffAt(engine, index);
        if (open !== undefined) cutOff.add(open);
        // without recovery this error ends the parse; what was read up to here is kept
        if (++count >= maximalSyntaxErrors && error.name !== 'NotAllInputParsedException') {
            engine.recoveryEnabled = false;
            throw error;
        }
        return error;
    };
    engine.SAVE_ERROR = (error) => keep(error, engine.input.indexOf(error.token));
    engine.reset = () => {
        count = 0;
        last = undefined;
        cutOff.clear();
        engine.recoveryEnabled = true;
        reset();
    };
    return (start) => {
        const { input, currIdx } = engine;
        for (let at = start; at <= currIdx; at += lengthOfUnit(engine, at - currIdx)) {
            const [token, previous] = [input[at]!, input[at - 1]];
            const beginsLine = token.startLine !== previous?.endLine && token.startLine !== last?.shownAt.endLine;
            if (beginsLine) keep(wholeLine(token, previous), at);
        }
        // a block that the next declaration or the end of the file cuts off
        const next = currIdx + 1;
        const open = cutOffAt(engine, next);
        const isInside = last !== undefined && (last.error.context?.ruleStack.length ?? 0) > 1;
        const isOnLine = last?.shownAt.endLine === engine.LA(0).endLine && engine.LA(1).tokenType.name === 'EOF';
        if (open !== undefined && isInside && !isOnLine && !cutOff.has(open))
            keep(wholeLine(engine.LA(1), engine.LA(0)), next);
    };
}

/** The brace of the block that ends without `}` before a token; undefined where none does. */
function cutOffAt(engine: Engine, index: number): number | undefined {
    const token = engine.LA(index - engine.currIdx);
    const isEnd = isDeclarationWord(token) || token.tokenType.name === 'EOF';
    return isEnd && !isInsideClosedBlock(engine.input, index) ? bracesOf(engine.input).enclosing[index] : undefined;
}

/** Whether the next token is the first one of its line. */
function beginsLine(engine: Engine): boolean {
    return isInFile(engine.LA(0)) && engine.LA(1).startLine !== engine.LA(0).endLine;
}

function hasBraces(tokens: readonly Token[]): boolean {
    return tokens.some(({ image }) => image === '{' || image === '}');
}

function lineBefore({ input }: Engine, index: number): string[] {
    const line: string[] = [];
    for (let at = index - 1; at >= 0 && input[at]!.endLine === input[index]!.startLine; at--)
        line.unshift(input[at]!.image);
    return line;
}

function mismatch(engine: Engine, expected: TokenType, { actual, previous }: { actual: Token; previous: Token }) {
    const message = engine.errorMessageProvider.buildMismatchTokenMessage({
        expected,
        actual,
        previous,
        ruleName: engine.getCurrRuleFullName(),
    });
    return mistake(message, actual, previous);
}

function wholeLine(token: Token, previous: Token | undefined): SyntaxMistake {
    return Object.assign(mistake('EOF', token, previous), { isWholeLine: true });
}

function mistake(message: string, token: Token, previousToken: Token | undefined): SyntaxMistake {
    const name = 'MismatchedTokenException';
    return Object.assign(new Error(message), {
        name,
        token,
        resyncedTokens: [],
        ...(previousToken && { previousToken }),
    });
}

/** Whether nothing of what is possible here begins with the next token and the one behind it, although something begins with it. */
function isRefused(engine: Engine): boolean {
    const error = engine.errors.at(-1);
    return (
        error?.name === 'NoViableAltException' &&
        error.token === engine.LA(1) &&
        error.context?.ruleStack.at(-1) === engine.getHumanReadableRuleStack().at(-1) &&
        choiceRules.test(engine.getCurrRuleFullName()) &&
        !separators.has(error.token.image)
    );
}

/** How far ahead the next token of one of the given types is, at which the parser may go on. */
function distanceTo(engine: Engine, types: readonly TokenType[]): number {
    for (let distance = isRefused(engine) ? 2 : 1; ; distance += lengthOfUnit(engine, distance)) {
        const token = engine.LA(distance);
        if (mayBegin(engine, distance, distance === 1) && types.some((type) => engine.tokenMatcher(token, type))) {
            return distance;
        }
    }
}

/**
 * Whether the parser may go on at a token: at a brace or separator, at the first word of a line, and where a word is
 * missing right before one that fits. A word that begins a declaration does so only outside of closed blocks.
 */
function mayBegin(engine: Engine, distance: number, atError: boolean): boolean {
    const token = engine.LA(distance);
    if (separators.has(token.image) || token.tokenType.name === 'EOF') {
        return true;
    }
    const declares = isDeclarationWord(token);
    if (token.startLine !== engine.LA(distance - 1).endLine) {
        return !declares || !isInsideClosedBlock(engine.input, engine.currIdx + distance);
    }
    return atError && !declares && !choiceRules.test(engine.getCurrRuleFullName());
}

const separators: ReadonlySet<string> = new Set(['{', '}', ',', ';']);

/** Rules that fail because of the very token that comes next. Langium marks the names of rules with `\u200B`. */
const choiceRules = /^(Link|.*Item|Declaration)\u200B$/;

/** A block `{ … }` is skipped as one, so that its content is not taken for what stands around it. */
function lengthOfUnit(engine: Engine, distance: number): number {
    const start = engine.currIdx + distance;
    const end = bracesOf(engine.input).closing.get(start);
    return end === undefined ? 1 : end - start + 1;
}

function skip(engine: Engine, count: number): void {
    for (let skipped = 0; skipped < count; skipped++) {
        engine.SKIP_TOKEN();
    }
}

/** Whether a mistake is shown at the token before the one that was found. */
export function isShownBefore({ token, previousToken }: SyntaxMistake, atPrevious: boolean): boolean {
    return (atPrevious || !isInFile(token)) && previousToken !== undefined;
}
