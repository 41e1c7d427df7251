// npm run compare -- FOLDER: whether this checkout says in every field what another one says.
//
//   git worktree add ../before HEAD~1; npm run compare -- ../before
//   npm run compare -- ../before --estates 2000
//
// Both read the examples and the corpus of this checkout, and the same random estates, and tell all they know of each
// failure: marks, report, runbook, lines, findings. What differs is printed, field by field.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { forNode } from '../../bundles.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const folder = resolve(ROOT, 'out/compare');
const mostDifferences = 5;
const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { estates: { type: 'string', default: '200' } },
});
if (positionals.length !== 1) {
    console.error('Say which checkout to compare with: npm run compare -- ../before');
    process.exit(2);
}

mkdirSync(folder, { recursive: true });
const programs = [];
for (const [name, checkout] of [
    ['before', resolve(positionals[0])],
    ['now', ROOT],
]) {
    const outfile = resolve(folder, `${name}.cjs`);
    // the question is this checkout's, the answer each one's own
    await esbuild.build({
        ...forNode,
        entryPoints: [resolve(ROOT, 'test/compare/results.ts')],
        plugins: [
            {
                name: 'checkout',
                setup: ({ onResolve, resolve: find }) => {
                    onResolve({ filter: /^\.\.\// }, ({ path, importer }) => {
                        if (!importer.endsWith('compare/results.ts') && !importer.endsWith('compare\\results.ts'))
                            return;
                        return find(`./${path.replace(/^\.\.\/\.\.\//, '').replace(/^\.\.\//, 'test/')}`, {
                            resolveDir: checkout,
                            importer: resolve(checkout, 'results.ts'),
                            kind: 'import-statement',
                        });
                    });
                },
            },
        ],
        outfile,
    });
    programs.push(outfile);
}

let isComplete = true;
const lines = programs.map((program) => {
    const child = spawn(process.execPath, [program, ROOT, values.estates], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.on('exit', (code) => (isComplete &&= code === 0));
    return createInterface(child.stdout)[Symbol.asyncIterator]();
});
let same = 0;
const different = [];
for (;;) {
    const [before, now] = await Promise.all(lines.map(async (iterator) => (await iterator.next()).value));
    if (before === undefined && now === undefined) break;
    if (before === now) same++;
    else different.push((now ?? before).split('\t')[0]);
}
for (const number of different.slice(0, mostDifferences)) {
    const [before, now] = programs.map((program) =>
        spawnSync(process.execPath, [program, ROOT, values.estates, number], {
            encoding: 'utf8',
            maxBuffer: 1 << 30,
        }).stdout.split('\n'),
    );
    console.log(`\n── ${now[0] || before[0]}`);
    const at = before.findIndex((line, index) => line !== now[index]);
    console.log(
        before
            .slice(at, at + 8)
            .map((line) => `- ${line}`)
            .join('\n'),
    );
    console.log(
        now
            .slice(at, at + 8)
            .map((line) => `+ ${line}`)
            .join('\n'),
    );
}
console.log(`\n${same} results are the same, ${different.length} differ`);
process.on('exit', () => {
    if (!isComplete) console.error('One of the two ended before it had told everything: see above.');
    process.exitCode = !isComplete ? 2 : different.length > 0 ? 1 : 0;
});
