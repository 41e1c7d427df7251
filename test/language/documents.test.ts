import { resolve } from 'node:path';
import { TextDocument, URI } from 'langium';
import { NodeFileSystem } from 'langium/node';
import { expect, test } from 'vitest';
import { LSPErrorCodes } from 'vscode-languageserver';
import { createTsbtopoServices } from '../../server/language/create-services.js';

const uri = URI.file(resolve(import.meta.dirname, '../../examples/reference.tsbtopo'));

test('several questions at once that are the first about an open file get the same document, as it was typed', async () => {
    const { LangiumDocuments, TextDocuments } = createTsbtopoServices(NodeFileSystem).shared.workspace;
    TextDocuments.set(TextDocument.create(uri.toString(), 'tsbtopo', 1, 'topology typed'));
    const asked = await Promise.all([1, 2, 3].map(() => LangiumDocuments.getOrCreateDocument(uri)));
    expect(asked[0]!.textDocument.getText()).toBe('topology typed');
    for (const each of asked) expect(each).toBe(LangiumDocuments.getDocument(uri));
});

test('a question brings in no file that is not open', async () => {
    const { LangiumDocuments } = createTsbtopoServices(NodeFileSystem).shared.workspace;
    await expect(LangiumDocuments.getOrCreateDocument(uri)).rejects.toMatchObject({
        code: LSPErrorCodes.ContentModified,
        message: `${uri.toString()} is neither open nor part of the workspace.`,
    });
    expect(LangiumDocuments.all.toArray()).toEqual([]);
});
