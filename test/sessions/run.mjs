// npm run sessions: a hundred random sessions with the built server, each compared with a fresh one after every few steps.
//
//   npm run sessions                          the same hundred each time
//   npm run sessions -- --runs 1000 --seed 7  others, and more of them
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';

const ROOT = resolve(import.meta.dirname, '../..');
const folder = resolve(ROOT, 'out/sessions');
const { values } = parseArgs({
    options: { runs: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});

mkdirSync(folder, { recursive: true });
await esbuild.build({
    entryPoints: { sessions: resolve(ROOT, 'test/sessions/main.ts'), server: resolve(ROOT, 'server/main.ts') },
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    keepNames: true,
    sourcemap: 'inline',
    logLevel: 'warning',
});

const args = ['--enable-source-maps', resolve(folder, 'sessions.cjs'), ROOT, resolve(folder, 'server.cjs')];
const { status } = spawnSync(process.execPath, [...args, values.runs, values.seed], { stdio: 'inherit' });
process.exitCode = status ?? 1;
