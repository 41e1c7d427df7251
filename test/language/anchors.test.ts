import { EmptyFileSystem, URI } from 'langium';
import { expect, test } from 'vitest';
import { createTsbtopoServices } from '../../server/language/create-services.js';
import type * as ast from '../../server/language/generated/ast.js';
import { moveAnchors } from '../../server/language/naming/anchors.js';
import { locationOf } from '../../server/language/naming/location.js';

const { shared } = createTsbtopoServices(EmptyFileSystem);

function read(text: string): ast.File {
    const { LangiumDocumentFactory } = shared.workspace;
    return LangiumDocumentFactory.fromString<ast.File>(text, URI.parse('file:///a.tsbtopo')).parseResult.value;
}

/** The line of each. */
const linesOf = (places: readonly { readonly range: { readonly start: { readonly line: number } } }[]) =>
    places.map(({ range }) => range.start.line);

test('places of what is read anew are those of what it replaces, if it declares the same', () => {
    const before = read('topology shop\nservice a\nservice b');
    const places = before.declarations.map(locationOf);
    const now = read('topology shop\n\nservice new\nservice a\n\nservice b');
    moveAnchors(before, now);
    expect(linesOf(places)).toEqual([0, 3, 5]);
    expect(linesOf(now.declarations.map(locationOf))).toEqual([0, 2, 3, 5]);
});

test('what is of another kind takes over nothing', () => {
    const before = read('topology shop\nscenario "one" {}');
    const place = locationOf(before.declarations[1]!);
    const now = read('topology shop\n\nservice one');
    moveAnchors(before, now);
    expect(linesOf([place, ...now.declarations.map(locationOf)])).toEqual([1, 0, 2]);
});
