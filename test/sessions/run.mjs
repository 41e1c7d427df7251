// npm run sessions: a hundred random sessions with the built server, each compared with a fresh one after every few steps.
//
//   npm run sessions                          the same hundred each time
//   npm run sessions -- --runs 1000 --seed 7  others, and more of them
//   npm run sessions -- --memory              what the server holds after 1,000, 2,000, … 10,000 edits
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { forNode } from '../../bundles.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const folder = resolve(ROOT, 'out/sessions');
const { values } = parseArgs({
    options: {
        runs: { type: 'string', default: '100' },
        seed: { type: 'string', default: '1' },
        memory: { type: 'boolean' },
    },
});
const bundle = (name) => resolve(folder, `${name}.cjs`);

mkdirSync(folder, { recursive: true });
await esbuild.build({
    ...forNode,
    entryPoints: {
        sessions: resolve(ROOT, 'test/sessions/main.ts'),
        server: resolve(ROOT, 'server/main.ts'),
        measured: resolve(ROOT, 'test/sessions/measured-server.ts'),
    },
    outdir: folder,
    sourcemap: 'inline',
});

const kind = values.memory ? ['memory', bundle('measured')] : ['sessions', bundle('server')];
const args = ['--enable-source-maps', bundle('sessions'), ROOT, ...kind, values.runs, values.seed];
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
process.exitCode = status ?? 1;
