import { createCompletionParser, createLangiumParser, type LangiumCompletionParser, type LangiumParser } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import { recoverByLines } from './recovery.js';
import { describeSyntaxErrors, type SyntaxProblem } from './syntax-messages.js';

/** The parser of topology files: recovers as this language is written, and says what is wrong in the user's words. */
export function createTopologyParser(services: LangiumServices): LangiumParser {
    const parser = createLangiumParser(services);
    const describe = describeSyntaxErrors(services.Grammar);
    recoverByLines(parser['wrapper'], (error) => {
        const problem = describe(error);
        error.message = problem.message;
        problems.set(error, problem);
    });
    return parser;
}

/** The parser that finds out what can stand at the cursor; it has to get past the same mistakes. */
export function createTopologyCompletionParser(services: LangiumServices): LangiumCompletionParser {
    const parser = createCompletionParser(services);
    recoverByLines(parser['wrapper']);
    return parser;
}

const problems = new WeakMap<object, SyntaxProblem>();

/** What the parser found out about one of its errors. */
export function problemOf(error: object): SyntaxProblem | undefined {
    return problems.get(error);
}
