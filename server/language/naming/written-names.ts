import { GrammarAST, type Grammar } from 'langium';
import { TsbtopoTerminals } from '../generated/ast.js';
import { isWordInPromises, isNameOutside } from '../syntax/promise-words.js';

/** A name as it has to be written: in quotes where it is no plain name, or a word of the language in that place. */
export type NameWriter = (name: string, rule: string) => string;

const writers = new WeakMap<Grammar, NameWriter>();

/** Finds out from the grammar which words are names in which place; `rule` is one of its rules for names. */
export function nameWriter(grammar: Grammar): NameWriter {
    const known = writers.get(grammar) ?? createNameWriter(grammar);
    writers.set(grammar, known);
    return known;
}

function createNameWriter(grammar: Grammar): NameWriter {
    const keywords = new Set(grammar.rules.filter(GrammarAST.isParserRule).flatMap((rule) => wordsIn(rule.definition)));
    const allowed = new Map<string, ReadonlySet<string>>();
    return (name, rule) => {
        const words = allowed.get(rule) ?? new Set(wordsOfRule(grammar, rule));
        allowed.set(rule, words);
        const isWord = isInPromises(rule) ? isWordInPromises(name) : keywords.has(name) && !isNameOutside(name);
        const plain = isPlainName(name) && (!isWord || words.has(name));
        return plain ? name : quoted(name);
    };
}

/** The rules for names in promises, which have words of their own. */
function isInPromises(rule: string): boolean {
    return rule === 'ThingName' || rule === 'Code';
}

const plainName = new RegExp(`^(?:${TsbtopoTerminals.ID.source})$`);

/** Whether a name consists of letters, digits, `_` and inner `-` only, and begins with a letter. */
export function isPlainName(name: string): boolean {
    return plainName.test(name);
}

/** A text in quotes, as the language reads it. */
export function quoted(text: string): string {
    return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function wordsOfRule(grammar: Grammar, name: string): string[] {
    const rule = grammar.rules.find((candidate) => candidate.name === name);
    return GrammarAST.isParserRule(rule) ? wordsIn(rule.definition, true) : [];
}

/** The keywords of an element; with `deep` also those of the rules that it calls. */
function wordsIn(element: GrammarAST.AbstractElement, deep = false): string[] {
    if (GrammarAST.isKeyword(element)) {
        return [element.value];
    }
    if (GrammarAST.isAssignment(element)) {
        return wordsIn(element.terminal, deep);
    }
    if (GrammarAST.isGroup(element) || GrammarAST.isAlternatives(element)) {
        return element.elements.flatMap((child) => wordsIn(child, deep));
    }
    const rule = deep && GrammarAST.isRuleCall(element) ? element.rule.ref : undefined;
    return GrammarAST.isParserRule(rule) ? wordsIn(rule.definition, deep) : [];
}
