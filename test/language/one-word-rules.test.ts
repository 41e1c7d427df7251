import { EmptyFileSystem, GrammarAST } from 'langium';
import { expect, test } from 'vitest';
import { createTsbtopoServices } from '../../server/language/create-services.js';
import { wordsOf } from '../../server/language/syntax/one-word-rules.js';

const { Grammar, parser } = createTsbtopoServices(EmptyFileSystem).tsbtopo;

function rule(name: string): GrammarAST.ParserRule {
    return Grammar.rules.filter(GrammarAST.isParserRule).find((each) => each.name === name)!;
}

test('a rule that is a choice between words is one word, and no other is', () => {
    const words = (name: string) => [...(wordsOf(rule(name)) ?? ['none'])].join(' ');
    expect(words('ServiceName')).toBe('ID STRING ODD_STRING ODD_NUMBER ODD_WORD DURATION VERSION INT');
    expect(words('WholeNumber')).toBe('INT');
    expect(words('Placement')).toBe('');
    for (const name of ['Text', 'PlaneName', 'Place', 'Service', 'WhenRequired']) expect(words(name)).toBe('none');
    const { definition } = rule('WholeNumber');
    expect(wordsOf({ ...rule('WholeNumber'), definition: { ...definition, cardinality: '+' } })).toBeUndefined();
});

test('no word that was read stays behind in the parser', () => {
    parser.LangiumParser.parse('topology a\nservice b on c\n');
    expect(parser.LangiumParser['wrapper'].input).toEqual([]);
});
