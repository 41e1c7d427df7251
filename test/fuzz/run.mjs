// npm run fuzz: changed examples and corpus files through every feature and every format of output.
//
//   npm run fuzz                             a thousand inputs, the same each time
//   npm run fuzz -- --runs 100000 --seed 7   others, and more of them
//   npm run fuzz -- --import                 changed YAML and JSON, with secrets planted in it, through import
//
// Faults are printed as they are found. An input that never ends, or ends the process, leaves itself in out/fuzz, and the
// run goes on behind it.
import { fork } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { forNode } from '../../bundles.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const folder = resolve(ROOT, 'out/fuzz');
const { values } = parseArgs({
    options: {
        runs: { type: 'string', default: '1000' },
        seed: { type: 'string', default: '1' },
        import: { type: 'boolean' },
    },
});

mkdirSync(folder, { recursive: true });
await esbuild.build({
    ...forNode,
    entryPoints: { fuzz: resolve(ROOT, values.import ? 'test/fuzz/import-main.ts' : 'test/fuzz/main.ts') },
    outdir: folder,
    sourcemap: 'inline',
});

/** An input that takes longer, with the search for a smaller one that does the same, never ends. */
const patience = 600_000;
const tellEvery = 500;
/** Of a process that has come to the end; see main.ts. */
const statusOfFaults = 2;
const first = Number(values.seed);
const end = first + Number(values.runs);

/** Runs the inputs from a seed on in one process. @returns the seed to go on with, and whether nothing went wrong */
function runFrom(seed) {
    const args = [ROOT, resolve(folder, 'last.tsbtopo'), String(end - seed), String(seed)];
    const child = fork(resolve(folder, 'fuzz.cjs'), args, {
        execArgv: ['--enable-source-maps', '--max-semi-space-size=64'],
    });
    return new Promise((done) => {
        let now = end; // where nothing begins, there is nothing to go on with
        const hangs = () => child.kill('SIGKILL');
        let timer = setTimeout(hangs, patience);
        child.on('message', (begun) => {
            now = begun;
            clearTimeout(timer);
            timer = setTimeout(hangs, patience);
            if (now > first && (now - first) % tellEvery === 0) console.log(`${now - first} inputs`);
        });
        child.on('exit', (status, signal) => {
            clearTimeout(timer);
            if (status === 0 || status === statusOfFaults) return done({ next: end, sound: status === 0 });
            if (now < end) copyFileSync(resolve(folder, 'last.tsbtopo'), resolve(folder, `${now}.tsbtopo`));
            const how = signal === 'SIGKILL' ? 'never ends' : `ends the process (${signal ?? status})`;
            console.log(`\n── --seed ${now}: ${how}; the input is out/fuzz/${now}.tsbtopo`);
            done({ next: now + 1, sound: false });
        });
    });
}

let isSound = true;
for (let seed = first; seed < end;) {
    const { next, sound } = await runFrom(seed);
    isSound &&= sound;
    seed = next;
}
console.log(`${end - first} inputs from seed ${first}: ${isSound ? 'nothing' : 'something'} went wrong`);
process.exitCode = isSound ? 0 : 1;
