import { GrammarAST, type AstNode } from 'langium';

/**
 * The keywords with which an element of the grammar can begin, together with the keywords that must follow them:
 * `edge control plane`, not `edge`.
 */
export function phrasesOf(element: GrammarAST.AbstractElement): string[] {
    if (GrammarAST.isKeyword(element)) {
        return [element.value];
    }
    if (GrammarAST.isAssignment(element)) {
        return phrasesOf(element.terminal);
    }
    if (GrammarAST.isAlternatives(element)) {
        return element.elements.flatMap(phrasesOf);
    }
    if (GrammarAST.isRuleCall(element) && GrammarAST.isParserRule(element.rule.ref)) {
        return phrasesOf(element.rule.ref.definition);
    }
    return GrammarAST.isGroup(element) ? phrasesOfGroup(element.elements) : [];
}

function phrasesOfGroup(elements: readonly GrammarAST.AbstractElement[]): string[] {
    const first = elements.findIndex((element) => !GrammarAST.isAction(element));
    const element = elements[first];
    if (!element) {
        return [];
    }
    if (element.cardinality === '?' || element.cardinality === '*') {
        const without = phrasesOfGroup(elements.slice(first + 1));
        return [...without, ...phrasesOf(element).flatMap((word) => without.map((rest) => `${word} ${rest}`))];
    }
    const word = GrammarAST.isAssignment(element) ? element.terminal : element;
    const rest = GrammarAST.isKeyword(word) ? followingKeywords(elements, first) : [];
    return phrasesOf(element).map((phrase) => [phrase, ...rest].join(' '));
}

/** A keyword with those that must follow it in its place of the grammar: of `edge` in a cluster `edge control plane`. */
export function phraseOf(keyword: GrammarAST.Keyword): string {
    const container: AstNode = keyword.$container;
    const itself = GrammarAST.isAssignment(container) ? container : keyword;
    // one of several words, with the same behind it
    const around: AstNode | undefined = itself.$container;
    const isOneOf = GrammarAST.isAssignment(itself) && GrammarAST.isAlternatives(around);
    const element: GrammarAST.AbstractElement = isOneOf ? around : itself;
    const group: AstNode | undefined = element.$container;
    if (!GrammarAST.isGroup(group)) {
        return keyword.value;
    }
    return [keyword.value, ...followingKeywords(group.elements, group.elements.indexOf(element))].join(' ');
}

function followingKeywords(elements: readonly GrammarAST.AbstractElement[], from: number): string[] {
    const words: string[] = [];
    for (const element of elements.slice(from + 1)) {
        const word = GrammarAST.isAssignment(element) ? element.terminal : element;
        if (!GrammarAST.isKeyword(word) || element.cardinality || !/^\w/.test(word.value)) {
            break;
        }
        words.push(word.value);
    }
    return words;
}

/** With what the lines of a rule's block can begin, in the order of the grammar. */
export function phrasesOfBlock(grammar: GrammarAST.Grammar, ruleName: string): string[] {
    const rule = grammar.rules.find((candidate) => candidate.name === ruleName);
    if (!GrammarAST.isParserRule(rule)) {
        return [];
    }
    return [...new Set(repeated(rule.definition).flatMap(phrasesOf))];
}

function repeated(element: GrammarAST.AbstractElement): GrammarAST.AbstractElement[] {
    if (GrammarAST.isAssignment(element) && (element.feature === 'items' || element.feature === 'declarations')) {
        return [element.terminal];
    }
    return GrammarAST.isGroup(element) ? element.elements.flatMap(repeated) : [];
}
