import { GrammarAST, GrammarUtils } from 'langium';

/**
 * The terminals of which one alone is all that a rule may consist of, as a name is one word.
 *
 * @returns their names; undefined for a rule that is more than a choice between words
 */
export function wordsOf(rule: GrammarAST.AbstractRule): ReadonlySet<string> | undefined {
    if (!GrammarAST.isParserRule(rule) || !GrammarUtils.isDataTypeRule(rule)) return undefined;
    const words = new Set<string>();
    return collect(rule.definition, words) ? words : undefined;
}

/** @returns whether the element is a choice between words, which are added */
function collect(element: GrammarAST.AbstractElement, words: Set<string>): boolean {
    if (element.cardinality) return false;
    if (GrammarAST.isKeyword(element)) return true;
    if (GrammarAST.isAlternatives(element)) return element.elements.every((each) => collect(each, words));
    const rule = GrammarAST.isRuleCall(element) ? element.rule.ref : undefined;
    if (GrammarAST.isTerminalRule(rule)) return Boolean(words.add(rule.name));
    return GrammarAST.isParserRule(rule) && collect(rule.definition, words);
}
