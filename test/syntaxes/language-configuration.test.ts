import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isPlainName } from '../../server/language/naming/written-names.js';

interface OnEnterRule {
    readonly beforeText: string;
    readonly afterText?: string;
    readonly previousLineText?: string;
    readonly action: { readonly indent: string; readonly appendText?: string; readonly removeText?: number };
}

const configuration = JSON.parse(
    readFileSync(resolve(import.meta.dirname, '../../language-configuration.json'), 'utf8'),
) as {
    readonly wordPattern: string;
    readonly indentationRules: { readonly increaseIndentPattern: string; readonly decreaseIndentPattern: string };
    readonly onEnterRules: readonly OnEnterRule[];
    readonly folding: { readonly markers: { readonly start: string; readonly end: string } };
};

test('a double click takes a whole name', () => {
    const words = (text: string) => text.match(new RegExp(configuration.wordPattern, 'g'));
    expect(words('dmz-us->east_1, west -> eu--west;a<->b')).toEqual(['dmz-us', 'east_1', 'west', 'eu--west', 'a', 'b']);
    expect(words('on us-east/a via dmz.front-us')).toEqual(['on', 'us-east', 'a', 'via', 'dmz', 'front-us']);
    expect(words('token ttl 1h30m replicas 3 Größe-2')).toEqual(['token', 'ttl', '1h30m', 'replicas', '3', 'Größe-2']);
});

test.each(['a', 'us-east', 'a_b', 'eu--west', 'x1-2', 'Größe', 'ναι', 'a-b-c'])(
    '%s is one word, as it is one name',
    (name) => {
        expect(isPlainName(name)).toBe(true);
        expect(name.match(new RegExp(configuration.wordPattern, 'g'))).toEqual([name]);
    },
);

describe('indentation', () => {
    const { increaseIndentPattern, decreaseIndentPattern } = configuration.indentationRules;
    test.each([
        ['workload cluster east {', true],
        ['    postgres external { // here', true],
        ['network{', true],
        ['owner "a {" {', true],
        ['region us-east { zones a, b }', false],
        ['// as in {', false],
        [' * as in {', false],
        ['owner "team {"', false],
        ['service shop on east', false],
    ])('%s', (line, deeper) => {
        expect(new RegExp(increaseIndentPattern).test(line)).toBe(deeper);
    });
    test('a closing brace goes back', () => {
        expect(new RegExp(decreaseIndentPattern).test('    }')).toBe(true);
        expect(new RegExp(decreaseIndentPattern).test('    zones a }')).toBe(false);
    });
});

describe('the Enter key', () => {
    const matches = (pattern: string | undefined, text: string) => !pattern || new RegExp(pattern).test(text);
    const press = (before: string, after = '', previousLine = '') =>
        configuration.onEnterRules.find(
            (rule) =>
                matches(rule.beforeText, before) &&
                matches(rule.afterText, after) &&
                matches(rule.previousLineText, previousLine),
        )?.action;

    test.each([
        ['goes on with a block comment', '/* One', '', '', { indent: 'none', appendText: ' * ' }],
        ['closes one that was just opened', '    /*', ' */', '', { indent: 'indentOutdent', appendText: ' * ' }],
        ['goes on in a later line of it', ' * two', '', '/* one', { indent: 'none', appendText: '* ' }],
        ['comes back after its end', ' */', '', ' * two', { indent: 'none', removeText: 1 }],
        ['keeps the rest of a comment a comment', '// one', ' two', '', { indent: 'none', appendText: '// ' }],
        ['ends a comment at its end', '// one', '', '', undefined],
        ['does nothing after a comment in one line', '/* one */', '', '', undefined],
        ['does nothing elsewhere', 'service shop on east', '', '', undefined],
        ['goes one level deeper in a list', '    on east,', '', 'service a {', { indent: 'indent' }],
        ['stays there', '        west,', '', '    on east,', undefined],
        ['comes back at its end', '        north', '', '        west,', { indent: 'outdent' }],
        ['also after a text', '        "north, 2"', '', '    zones a,', { indent: 'outdent' }],
        ['takes no sentence for a list', '// one, two,', '', '', undefined],
        ['nor one above', 'service a', '', '// one, two,', undefined],
        ['leaves the block behind a list to its brace', '        west {', '', '    on east,', undefined],
        ['takes no address for a comment', 'owner "https://example.com', ' x"', '', undefined],
    ])('%s', (_, before, after, previousLine, action) => {
        expect(press(before, after, previousLine)).toEqual(action);
    });
});

test('a comment about a region folds nothing; a marker does', () => {
    const { start, end } = configuration.folding.markers;
    expect(new RegExp(start).test('// region us-east is new')).toBe(false);
    expect(new RegExp(start).test('    // #region clusters')).toBe(true);
    expect(new RegExp(end).test('//#endregion')).toBe(true);
});
