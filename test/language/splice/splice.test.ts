import { EmptyFileSystem } from 'langium';
import { expect, test } from 'vitest';
import { createTsbtopoServices } from '../../../server/language/create-services.js';
import type { Reading } from '../../../server/language/syntax/edit-window.js';
import { spliced } from '../../../server/language/syntax/splice.js';
import { described } from './described.js';

const { tsbtopo } = createTsbtopoServices(EmptyFileSystem);
const read = (text: string) => tsbtopo.parser.LangiumParser.parse(text) as Reading;

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
const blocks = names.map((name) => `// about ${name}\nservice ${name} on east {\n    owner "team-${name}"\n}\n`);
const text = blocks.join('\n');

/** Reads a change of the text; tells how much was read, and which declarations are the same objects as before. */
function edit(from: string, to: string, before = text) {
    const first = read(before);
    const { declarations } = first.value;
    const after = before.replace(from, to);
    let length = 0;
    const result = spliced(first, after, (part) => {
        length += part.length;
        return read(part);
    });
    if (!result) return undefined;
    expect(described(result)).toEqual(described(read(after)));
    const kept = declarations.filter((each) => result.value.declarations.includes(each));
    return { length, kept: kept.flatMap((each) => ('name' in each ? [each.name] : [])), result };
}

test('of an edit, the declaration is read, and one on each side', () => {
    const found = edit('team-e', 'team-x')!;
    expect(found.kept).toEqual(names.filter((name) => name !== 'e'));
    expect(found.length).toBeLessThan(blocks[0]!.length * 3 + 10);
});

test('what is behind an edit moves with its lines', () => {
    const { result } = edit('owner "team-b"', 'owner "team-b"\n    namespace n\n')!;
    const last = result.value.declarations.at(-1)!;
    expect(last.$cstNode!.range.start.line).toBe(read(text).value.declarations.at(-1)!.$cstNode!.range.start.line + 2);
});

test.each([
    ['a declaration is new', 'service c', 'region new\nservice c'],
    ['a declaration is gone', blocks[3]!, ''],
    ['a declaration is broken in two', 'service e on east {', 'service e on\n\nservice x on east {'],
    ['a word is half written', 'owner "team-e"', 'own'],
    ['a comment is closed where it begins', 'owner "team-e"', '/* */ owner "team-e"'],
    ['a block is not opened', 'service e on east {', 'service e on east'],
    ['a block is not closed', 'owner "team-e"\n}', 'owner "team-e"\n'],
    ['a brace is closed twice', 'owner "team-e"', 'owner "team-e" }'],
])('%s', (_, from, to) => {
    expect(edit(from, to)!.kept.length).toBeGreaterThan(6);
});

test('all of it is read where a comment is left open', () => {
    expect(edit('owner "team-e"', '/* owner "team-e"')).toBeUndefined();
});

test('while a block is not closed, edits elsewhere are read alone', () => {
    const open = text.replace('owner "team-e"\n}', 'owner "team-e"\n');
    expect(edit('team-h', 'team-x', open)!.kept).toHaveLength(9);
    expect(edit('team-f', 'team-x', open)!.kept).toContain('e');
    expect(edit('owner "team-e"', 'namespace n', open)!.kept.length).toBeGreaterThan(6);
    // and so is what closes it
    expect(edit('owner "team-e"', 'owner "team-e"\n}', open)!.result.parserErrors).toEqual([]);
});

test('all of it is read where braces may belong together across what is between them', () => {
    const open = text.replace('owner "team-b"\n}', 'owner "team-b"\n');
    expect(edit('owner "team-h"', 'owner "team-h" }', open)).toBeUndefined();
});

test('a mistake elsewhere stays, and moves with its line', () => {
    const broken = text.replace('owner "team-i"', 'ownr "team-i"').replace('owner "team-a"', 'ownr "team-a"');
    const found = edit('owner "team-e"', 'owner "team-e"\n    namespace n', broken)!;
    expect(found.kept).toContain('i');
    expect(found.result.parserErrors.map(({ token }) => token.startLine)).toEqual([3, 44]);
});
