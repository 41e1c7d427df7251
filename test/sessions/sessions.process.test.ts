import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as esbuild from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sessions } from './sessions.js';

/** As many as take some seconds; `npm run sessions` plays more of them. */
const runs = 3;

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'tsbtopo-sessions-'));
const program = join(folder, 'server.cjs');

beforeAll(async () => {
    await esbuild.build({
        entryPoints: [join(root, 'server/main.ts')],
        outfile: program,
        bundle: true,
        platform: 'node',
        format: 'cjs',
        mainFields: ['module', 'main'],
        logLevel: 'error',
    });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('after any session the server shows what a fresh one shows', async () => {
    expect(await sessions(root, program, { runs, seed: 1 })).toEqual([]);
});
