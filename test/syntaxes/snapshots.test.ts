import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { renderSnap } from 'vscode-tmgrammar-test/dist/snapshot/index.js';
import { describe, expect, test } from 'vitest';
import { tokenLines } from './tokens.js';

const folder = resolve(import.meta.dirname, 'snapshots');

describe('the TextMate grammar colours', () => {
    test.each(readdirSync(folder).filter((name) => name.endsWith('.tsbtopo')))('%s', async (name) => {
        const file = resolve(folder, name);
        const tokens = await tokenLines(readFileSync(file, 'utf8'));
        await expect(renderSnap(tokens)).toMatchFileSnapshot(`${file}.snap`);
    });
});
