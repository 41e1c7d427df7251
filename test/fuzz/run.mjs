// npm run fuzz: changed examples and corpus files through every feature and every format of output.
//
//   npm run fuzz                             a thousand inputs, the same each time
//   npm run fuzz -- --runs 100000 --seed 7   others, and more of them
//
// An input that never ends leaves itself in out/fuzz/last.tsbtopo.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';

const ROOT = resolve(import.meta.dirname, '../..');
const folder = resolve(ROOT, 'out/fuzz');
const { values } = parseArgs({
    options: { runs: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
});

mkdirSync(folder, { recursive: true });
await esbuild.build({
    entryPoints: { fuzz: resolve(ROOT, 'test/fuzz/main.ts') },
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

const args = ['--enable-source-maps', resolve(folder, 'fuzz.cjs'), ROOT, resolve(folder, 'last.tsbtopo')];
const { status } = spawnSync(process.execPath, [...args, values.runs, values.seed], { stdio: 'inherit' });
process.exitCode = status ?? 1;
