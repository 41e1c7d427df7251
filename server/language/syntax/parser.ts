import {
    createParser,
    LangiumCompletionParser,
    prepareLangiumParser,
    type AstNode,
    type CompletionParserResult,
    type LangiumParser,
    type ParserOptions,
} from 'langium';
import type { LangiumServices } from 'langium/lsp';
import * as ast from '../generated/ast.js';
import { lookAheadWhenAsked } from './lookahead.js';
import { hasUnevenBlocks, isShownBefore, recoverByLines } from './recovery.js';
import { describeSyntaxErrors, type SyntaxProblem } from './syntax-messages.js';

/** The parser of topology files: recovers as this language is written, and says what is wrong in the user's words. */
export function createTopologyParser(services: LangiumServices): LangiumParser {
    const parser = prepareLangiumParser(services);
    lookAheadWhenAsked(parser['wrapper']);
    parser.finalize();
    beginAnew(parser);
    noticeUnevenBlocks(parser);
    const describe = describeSyntaxErrors(services.Grammar);
    recoverByLines(parser['wrapper'], (error) => {
        const problem = describe(error);
        error.message = problem.message;
        problems.set(error, problem);
        return isShownBefore(error, problem.atPrevious) ? error.previousToken! : error.token;
    });
    return parser;
}

/** A parse that threw leaves its unfinished nodes to the next one, which would put what it reads into them. */
function beginAnew(parser: LangiumParser): void {
    const parse = parser.parse.bind(parser);
    parser.parse = (input, options) => {
        Object.assign(parser, { stack: [] });
        return parse(input, options);
    };
}

const unevenReadings = new WeakSet<object>();

/** Remembers where blocks are not closed one by one, so that no declaration can be read without the others. */
function noticeUnevenBlocks(parser: LangiumParser): void {
    const parse = parser.parse.bind(parser);
    parser.parse = <T extends AstNode>(input: string, options?: ParserOptions) => {
        const result = parse<T>(input, options);
        if (result.parserErrors.length > 0 && hasUnevenBlocks(parser['wrapper'], beginningsIn(result.value))) {
            unevenReadings.add(result.value);
        }
        return result;
    };
}

/** Where declarations begin. */
function beginningsIn(file: AstNode): ReadonlySet<number> {
    return new Set(ast.isFile(file) ? file.declarations.map(({ $cstNode }) => $cstNode?.offset ?? NaN) : []);
}

/** Whether a text has a block that is not closed, or closed twice, or ends in another declaration. */
export function isUneven({ value }: { readonly value: object }): boolean {
    return unevenReadings.has(value);
}

/** The parser that finds out what can stand at the cursor; it has to get past the same mistakes. */
export function createTopologyCompletionParser(services: LangiumServices): CutOffParser {
    const parser = new CutOffParser(services);
    createParser(services.Grammar, parser, services.parser.Lexer.definition);
    lookAheadWhenAsked(parser['wrapper']);
    parser.finalize();
    recoverByLines(parser['wrapper']);
    return parser;
}

/**
 * Reads a text that ends at the cursor. What the last words are may depend on what follows: in `calls t`, `t` is a
 * namespace if `/` does, and a service if nothing does. So there are two readings.
 */
export class CutOffParser extends LangiumCompletionParser {
    /** How many tokens count. */
    private length = Infinity;

    /** The text as something that goes on, and as the whole of its blocks. */
    readings(text: string): CompletionParserResult[] {
        const open = this.parse(text);
        this.length = open.tokens.length;
        try {
            const closed = this.parse(`${text}\n${'}'.repeat(openBlocks(open.tokens.map(({ image }) => image)))}`);
            return [open, { ...closed, tokens: closed.tokens.slice(0, this.length) }];
        } finally {
            this.length = Infinity;
        }
    }

    override consume(...args: Parameters<LangiumCompletionParser['consume']>): void {
        const { currIdx } = this;
        const { lastElementStack, nextTokenIndex } = this.read;
        super.consume(...args);
        const isMadeUp = this.currIdx === currIdx;
        if (isMadeUp || this.read.nextTokenIndex > this.length)
            Object.assign(this, { lastElementStack, nextTokenIndex });
    }

    /** What was read last; Langium keeps it to itself. */
    private get read(): { readonly lastElementStack: unknown; readonly nextTokenIndex: number } {
        const lastElementStack: unknown = this['lastElementStack'];
        return { lastElementStack, nextTokenIndex: Number(this['nextTokenIndex']) };
    }
}

function openBlocks(images: readonly string[]): number {
    return images.reduce((open, image) => (image === '{' ? open + 1 : image === '}' ? Math.max(0, open - 1) : open), 0);
}

const problems = new WeakMap<object, SyntaxProblem>();

/** What the parser found out about one of its errors. */
export function problemOf(error: object): SyntaxProblem | undefined {
    return problems.get(error);
}
