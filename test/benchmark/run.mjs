// How long things take, with the real server and on generated estates, and how that grows. See docs/benchmarks.md.
//
//   npm run bench                 prints the figures
//   npm run bench -- --only=WORD  of those sections that have this word in their titles
//   npm run bench -- --peers      beside a silent server, a bare Langium, and LikeC4 where the folder of the call has it
//   npm run scaling               prints how time grows with each construct
//   npm run scaling -- --only=WORD   of those constructs that have this word in their names
//   npm run … -- --write          writes them into docs/benchmarks.md, too
//   npm run keys                  prints what one typed letter costs, in time of the processor: --only=WORD, --what=WORD
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as esbuild from 'esbuild';
import { forCommandLine, forNode } from '../../bundles.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'tsbtopo-bench-'));

// as the extension ships it
const minified = { minifyWhitespace: true, minifySyntax: true };
await esbuild.build({
    ...forNode,
    entryPoints: {
        server: join(ROOT, 'server/main.ts'),
        'bare-server': join(ROOT, 'test/benchmark/bare-server.ts'),
        'silent-server': join(ROOT, 'test/benchmark/silent-server.ts'),
        bench: join(ROOT, 'test/benchmark/bench.ts'),
        scaling: join(ROOT, 'test/benchmark/scaling.ts'),
        keys: join(ROOT, 'test/benchmark/keys.ts'),
    },
    outdir: folder,
    ...minified,
});
for (const bundle of forCommandLine('0.0.0')) await esbuild.build({ ...bundle, outdir: folder, ...minified });

const [program, ...options] =
    process.argv[2] === 'scaling' || process.argv[2] === 'keys'
        ? process.argv.slice(2)
        : ['bench', ...process.argv.slice(2)];
const args = [join(folder, `${program}.cjs`), join(folder, 'server.cjs'), ROOT, ...options];
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
rmSync(folder, { recursive: true, force: true });
process.exitCode = status ?? 1;
