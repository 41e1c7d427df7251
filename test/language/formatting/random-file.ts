import fc from 'fast-check';
import { EmptyFileSystem, GrammarAST } from 'langium';
import { createTsbtopoServices } from '../../../server/language/create-services.js';

const { Grammar } = createTsbtopoServices(EmptyFileSystem).tsbtopo;

const samples: Readonly<Record<string, readonly string[]>> = {
    ID: ['a', 'us-east', 'checkout', 'b_2', 'Größe'],
    STRING: ['"shop.example.com"', '"team {"', '"a // b"', '"\\" /* "'],
    DURATION: ['30s', '1h30m'],
    INT: ['3', '10'],
    VERSION: ['1.10'],
    KIND_WORD: ['region', 'cluster', 'host'],
    ODD_STRING: ['"shop.example.com"', '"team {"'],
};

/** Rules that take more than is sound, so that a message can say what is wrong. */
const soundOf: Readonly<Record<string, readonly string[]>> = { Amount: ['30s', '1h30m'] };

/** The words of a file that follows the grammar, whatever it may mean; each has at most so many items in a block. */
export const words: fc.Arbitrary<string[]> = fc
    .infiniteStream(fc.nat({ max: 1_000_000 }))
    .map((numbers) => {
        const next = (below: number) => (numbers.next().value as number) % below;
        return wordsOf(ruleNamed('File').definition, next, 0);
    })
    .filter((some) => some.length > 0);

type Chance = (below: number) => number;

function wordsOf(element: GrammarAST.AbstractElement, next: Chance, depth: number): string[] {
    const most = depth < 12 ? 4 : 1;
    const times =
        element.cardinality === '*'
            ? next(most)
            : element.cardinality === '+'
              ? 1 + next(most)
              : element.cardinality === '?'
                ? next(2)
                : 1;
    return Array.from({ length: times }, () => onceOf(element, next, depth)).flat();
}

function onceOf(element: GrammarAST.AbstractElement, next: Chance, depth: number): string[] {
    if (GrammarAST.isKeyword(element)) {
        return [element.value];
    }
    if (GrammarAST.isGroup(element)) {
        return element.elements.flatMap((part) => wordsOf(part, next, depth));
    }
    if (GrammarAST.isAlternatives(element)) {
        // what follows a reserved word is not read
        const possible = element.elements.filter(
            (each) => !GrammarAST.isRuleCall(each) || !each.rule.$refText.startsWith('Reserved'),
        );
        return wordsOf(possible[next(possible.length)]!, next, depth);
    }
    if (GrammarAST.isAssignment(element)) {
        return wordsOf(element.terminal, next, depth);
    }
    if (GrammarAST.isCrossReference(element)) {
        return element.terminal ? wordsOf(element.terminal, next, depth) : [];
    }
    const rule = GrammarAST.isRuleCall(element) ? element.rule.ref : undefined;
    if (GrammarAST.isTerminalRule(rule)) {
        const { [rule.name]: texts = samples['ID']! } = samples;
        return [texts[next(texts.length)]!];
    }
    const sound = rule && soundOf[rule.name];
    if (sound) return [sound[next(sound.length)]!];
    // names that are words of the language, too, are for other tests: not every mixture of them is a sound file
    const isName = (rule?.name.endsWith('Name') && !wordsOfThings.has(rule.name)) || rule?.name === 'LabelKey';
    return isName
        ? wordsOf(wordRule, next, depth)
        : GrammarAST.isParserRule(rule)
          ? wordsOf(rule.definition, next, depth + 1)
          : [];
}

const wordRule = ruleNamed('Word').definition;

/** They are called names, and are words of the language. */
const wordsOfThings: ReadonlySet<string> = new Set(['OperationName', 'PlaneName']);

function ruleNamed(name: string): GrammarAST.ParserRule {
    return Grammar.rules.filter(GrammarAST.isParserRule).find((rule) => rule.name === name)!;
}

const gaps = [
    '',
    ' ',
    '  ',
    '\t',
    '\n',
    '\n\n',
    '\n\n\n   ',
    ' /* c */ ',
    '/* a\n b */',
    ' // c \n',
    '\n// c {\n',
    '\n  /* a\n   b }\n*/\n',
];

/** White space and comments of all kinds between words; those that must not touch are apart. */
export function written(someWords: readonly string[]): fc.Arbitrary<string> {
    const gap = fc.oneof(
        { weight: 6, arbitrary: fc.constant(' ') },
        { weight: 4, arbitrary: fc.constantFrom(...gaps) },
    );
    return fc
        .array(gap, { minLength: someWords.length + 1, maxLength: someWords.length + 1 })
        .map(
            (some) =>
                someWords.map((word, index) => separate(some[index]!, word, someWords[index - 1]) + word).join('') +
                some.at(-1)!,
        );
}

function separate(gap: string, word: string, previous = ','): string {
    // promises begin a line
    if (/^(scenario|objective|accept|shared)$/.test(word) && !gap.includes('\n')) return `${gap}\n`;
    // two words that are one on a line
    if (previous === 'shared') return ' ';
    const mayTouch = /^[{},;]$/.test(word) || /^[{},;]$/.test(previous);
    return gap === '' && !mayTouch ? ' ' : gap;
}
