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

test('what stands between two edits as it stood keeps its place, and nobody else gets that', () => {
    const before = read('\nservice\nservice');
    const [kept, gone] = before.declarations as [ast.Declaration, ast.Declaration];
    const places = [locationOf(kept), locationOf(gone)];
    const now = read('service\nservice');
    const [fresh] = now.declarations as [ast.Declaration];
    // the one that stayed is the second one now, and nobody has moved it
    const joined: ast.File = { ...now, declarations: [fresh, kept] };
    moveAnchors(before, joined);
    expect(linesOf(places)).toEqual([1, 0]);
});
