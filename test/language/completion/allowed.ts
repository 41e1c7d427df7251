import { AstUtils, GrammarAST, GrammarUtils, type Grammar } from 'langium';

/** A word of the language that may stand at a place. */
export interface AllowedWord {
    readonly word: string;
    /** The rule of the grammar that reads it. */
    readonly rule: string;
}

/** What of a token decides whether an element of the grammar reads it. */
export interface ReadToken {
    readonly tokenType: { readonly name: string };
}

/**
 * The words that the grammar allows before each token of a text and behind the last one, found by following every way
 * through the grammar at once: without look-ahead, without recovery, and without anything of the parser itself.
 */
export function allowedWords(grammar: Grammar, tokens: readonly ReadToken[]): AllowedWord[][] {
    const asked = Array.from({ length: tokens.length + 1 }, () => new Map<string, AllowedWord>());
    const known = new Map<GrammarAST.AbstractElement, Map<number, ReadonlySet<number>>>();

    /** Where an element can end that begins at a token. */
    function endsOf(element: GrammarAST.AbstractElement, start: number): ReadonlySet<number> {
        const starts = known.get(element) ?? new Map<number, ReadonlySet<number>>();
        known.set(element, starts);
        const ends = starts.get(start) ?? follow(element, start);
        starts.set(start, ends);
        return ends;
    }

    function follow(element: GrammarAST.AbstractElement, start: number): ReadonlySet<number> {
        const { cardinality } = element;
        const ends = new Set(cardinality === '?' || cardinality === '*' ? [start] : []);
        const pending = [start];
        for (let from = pending.pop(); from !== undefined; from = pending.pop()) {
            for (const end of followOnce(element, from)) {
                if (ends.has(end)) continue;
                ends.add(end);
                if (cardinality === '*' || cardinality === '+') pending.push(end);
            }
        }
        return ends;
    }

    function followOnce(element: GrammarAST.AbstractElement, start: number): Iterable<number> {
        if (GrammarAST.isGroup(element)) {
            return element.elements.reduce<Iterable<number>>(
                (starts, part) => new Set([...starts].flatMap((each) => [...endsOf(part, each)])),
                [start],
            );
        }
        if (GrammarAST.isAlternatives(element)) return element.elements.flatMap((part) => [...endsOf(part, start)]);
        if (GrammarAST.isAssignment(element)) return endsOf(element.terminal, start);
        if (GrammarAST.isCrossReference(element)) {
            return endsOf(GrammarUtils.getCrossReferenceTerminal(element)!, start);
        }
        if (GrammarAST.isKeyword(element)) return read(element, start);
        if (GrammarAST.isRuleCall(element) && GrammarAST.isParserRule(element.rule.ref)) {
            return endsOf(element.rule.ref.definition, start);
        }
        if (GrammarAST.isRuleCall(element)) {
            return tokens[start]?.tokenType.name === element.rule.$refText ? [start + 1] : [];
        }
        return [start]; // an action reads nothing
    }

    function read(keyword: GrammarAST.Keyword, start: number): number[] {
        const rule = AstUtils.getContainerOfType(keyword, GrammarAST.isParserRule)!.name;
        asked[start]!.set(`${rule} ${keyword.value}`, { word: keyword.value, rule });
        return tokens[start]?.tokenType.name === keyword.value ? [start + 1] : [];
    }

    const ends = endsOf(grammar.rules.filter(GrammarAST.isParserRule).find(({ entry }) => entry)!.definition, 0);
    if (!ends.has(tokens.length)) throw new Error('The grammar does not read this text.');
    return asked.map((words) => [...words.values()]);
}
