import { resolve } from 'node:path';
import { URI } from 'langium';
import { NodeFileSystem } from 'langium/node';
import { expect, test } from 'vitest';
import { createTsbtopoServices } from '../../server/language/create-services.js';

test('several questions at once that are the first about a file get the same document', async () => {
    const { LangiumDocuments } = createTsbtopoServices(NodeFileSystem).shared.workspace;
    const uri = URI.file(resolve(import.meta.dirname, '../../examples/reference.tsbtopo'));
    const asked = await Promise.all([1, 2, 3].map(() => LangiumDocuments.getOrCreateDocument(uri)));
    expect(asked[0]!.textDocument.getText()).toContain('topology ');
    for (const each of asked) expect(each).toBe(LangiumDocuments.getDocument(uri));
});
