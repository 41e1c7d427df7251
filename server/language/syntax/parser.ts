import {
    createParser,
    LangiumParser,
    type AstNode,
    type LexerResult,
    type ParserOptions,
    type ParseResult,
} from 'langium';
import type { LangiumServices } from 'langium/lsp';
import * as ast from '../generated/ast.js';
import { findOddBraces, noteOddBraces } from './braces.js';
import { lookAheadWhenAsked } from './lookahead.js';
import { wordsOf } from './one-word-rules.js';
import { isShownBefore, recoverByLines } from './recovery.js';
import { describeSyntaxErrors, type SyntaxProblem } from './syntax-messages.js';
import { linkContent } from './tree.js';
import { TreeBuilder } from './tree-builder.js';

/** The parser of topology files: recovers as this language is written, and says what is wrong in the user's words. */
export function createTopologyParser(services: LangiumServices): LangiumParser {
    const parser = new TopologyParser(services);
    createParser(services.Grammar, parser, services.parser.Lexer.definition);
    return taught(parser, services);
}

/** Makes a parser ready that knows its rules, and teaches it how to go on after mistakes, and what to say of them. */
export function taught(parser: LangiumParser, services: LangiumServices): LangiumParser {
    lookAheadWhenAsked(parser['wrapper']);
    parser.finalize();
    const describe = describeSyntaxErrors(services.Grammar);
    recoverByLines(parser['wrapper'], (error) => {
        const problem = describe(error);
        error.message = problem.message;
        problems.set(error, problem);
        return isShownBefore(error, problem.atPrevious) ? error.previousToken! : error.token;
    });
    return parser;
}

type Rule = ReturnType<LangiumParser['rule']>;

/** What Langium's parser keeps to itself. */
interface Inside {
    nodeBuilder: TreeBuilder;
    /** The nodes that are not finished. */
    stack: unknown[];
    lexerResult: LexerResult | undefined;
    doParse(rule: Rule): AstNode;
}

class TopologyParser extends LangiumParser {
    private readonly inside = this as unknown as Inside;

    constructor(services: LangiumServices) {
        super(services);
        this.inside.nodeBuilder = new TreeBuilder();
    }

    /** The terminals of which one alone is all of a rule. */
    private readonly words = new Map<Rule, ReadonlySet<string>>();

    override rule(...[rule, impl]: Parameters<LangiumParser['rule']>): Rule {
        const made = super.rule(rule, impl);
        const words = wordsOf(rule);
        if (words) this.words.set(made, words);
        return made;
    }

    /**
     * Takes a word that is all of a rule at once, as one piece of text. Langium calls a rule for each name, and in that one
     * for each kind of word, which is a quarter of the time and of the pieces of text of a file. What does not fit is left to it, and so are
     * words of the language that are names.
     */
    override subrule(...[index, rule, isFragment, feature, args]: Parameters<LangiumParser['subrule']>): void {
        const next = this.isRecording() ? undefined : this.wrapper['LA'](1).tokenType;
        if (next && this.words.get(rule)?.has(next.name)) this.consume(index, next, feature);
        else super.subrule(index, rule, isFragment, feature, args);
    }

    /** As Langium does it, but that nodes learn where they are in one plain loop, and no word is kept that is not in the tree. */
    override parse<T extends AstNode>(input: string, { rule }: ParserOptions = {}): ParseResult<T> {
        const { inside, wrapper } = this;
        const lexerResult = this.lexer.tokenize(input);
        // a parse that threw leaves its unfinished nodes to the next one, which would put what it reads into them
        inside.stack = [];
        inside.lexerResult = lexerResult;
        inside.nodeBuilder.buildRootNode(input);
        const { tokens } = lexerResult;
        wrapper.input = tokens;
        const value = inside.doParse(rule === undefined ? this.mainRule : this.getRule(rule)!) as T;
        inside.nodeBuilder.addHiddenNodes(lexerResult.hidden);
        linkContent(value);
        const parserErrors = wrapper.errors;
        if (parserErrors.length > 0) noteOddBraces(value, findOddBraces(tokens, beginningsIn(value)));
        wrapper.input = [];
        inside.lexerResult = undefined;
        return { value, parserErrors, lexerErrors: lexerResult.errors };
    }
}

/** Where declarations begin. */
function beginningsIn(file: AstNode): ReadonlySet<number> {
    return new Set(ast.isFile(file) ? file.declarations.map(({ $cstNode }) => $cstNode?.offset ?? NaN) : []);
}

const problems = new WeakMap<object, SyntaxProblem>();

/** What the parser found out about one of its errors. */
export function problemOf(error: object): SyntaxProblem | undefined {
    return problems.get(error);
}
