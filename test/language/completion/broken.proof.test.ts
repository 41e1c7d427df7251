import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { estate } from '../../fixture.js';
import { shareOf } from '../../share.js';

test('wherever one stops in a file, there is an answer, and nothing twice', async () => {
    const text = readFileSync(resolve(import.meta.dirname, '../../../examples/reference.tsbtopo'), 'utf8');
    const { services, change } = await estate(text);
    const provider = services.lsp.CompletionProvider!;
    for (const { index } of shareOf([...text.matchAll(/(?<=\s)\S/g)])) {
        const { document } = await change({ 'main.tsbtopo': text.slice(0, index) });
        const { items } = (await provider.getCompletion(document, {
            textDocument: { uri: document.uri.toString() },
            position: document.textDocument.positionAt(index),
        }))!;
        const shown = items.map(({ label, kind }) => `${label} ${kind}`);
        expect(new Set(shown).size).toBe(shown.length);
        expect(items.every(({ textEdit }) => textEdit)).toBe(true);
    }
});
