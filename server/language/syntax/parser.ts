import { createParser, LangiumParser, type AstNode, type ParserOptions, type ParseResult } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import * as ast from '../generated/ast.js';
import { lookAheadWhenAsked } from './lookahead.js';
import { wordsOf } from './one-word-rules.js';
import { hasUnevenBlocks, isShownBefore, recoverByLines } from './recovery.js';
import { describeSyntaxErrors, type SyntaxProblem } from './syntax-messages.js';

/** The parser of topology files: recovers as this language is written, and says what is wrong in the user's words. */
export function createTopologyParser(services: LangiumServices): LangiumParser {
    const parser = new TopologyParser(services);
    createParser(services.Grammar, parser, services.parser.Lexer.definition);
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

const unevenReadings = new WeakSet<object>();

class TopologyParser extends LangiumParser {
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
     * for each kind of word, which is half of the time and of the pieces of text of a file. What does not fit is left to it, and so are
     * words of the language that are names.
     */
    override subrule(...[index, rule, isFragment, feature, args]: Parameters<LangiumParser['subrule']>): void {
        const next = this.isRecording() ? undefined : this.wrapper['LA'](1).tokenType;
        if (next && this.words.get(rule)?.has(next.name)) this.consume(index, next, feature);
        else super.subrule(index, rule, isFragment, feature, args);
    }

    override parse<T extends AstNode>(input: string, options?: ParserOptions): ParseResult<T> {
        // a parse that threw leaves its unfinished nodes to the next one, which would put what it reads into them
        Object.assign(this, { stack: [] });
        const result = super.parse<T>(input, options);
        // where blocks are not closed one by one no declaration can be read without the others
        if (result.parserErrors.length > 0 && hasUnevenBlocks(this.wrapper, beginningsIn(result.value))) {
            unevenReadings.add(result.value);
        }
        return result;
    }
}

/** Where declarations begin. */
function beginningsIn(file: AstNode): ReadonlySet<number> {
    return new Set(ast.isFile(file) ? file.declarations.map(({ $cstNode }) => $cstNode?.offset ?? NaN) : []);
}

/** Whether a text has a block that is not closed, or closed twice, or ends in another declaration. */
export function isUneven({ value }: { readonly value: object }): boolean {
    return unevenReadings.has(value);
}

const problems = new WeakMap<object, SyntaxProblem>();

/** What the parser found out about one of its errors. */
export function problemOf(error: object): SyntaxProblem | undefined {
    return problems.get(error);
}
