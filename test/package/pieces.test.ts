import { readFileSync } from 'node:fs';
import { matchesGlob, resolve } from 'node:path';
import * as esbuild from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { forCommandLine } from '../../bundles.mjs';

const root = resolve(import.meta.dirname, '../..');

let outputs: esbuild.Metafile['outputs'] = {};

beforeAll(async () => {
    const [program] = forCommandLine('0.0.0');
    const built = await esbuild.build({
        ...program,
        outdir: 'dist',
        absWorkingDir: root,
        write: false,
        metafile: true,
    });
    outputs = built.metafile.outputs;
});

/** The sources that Node reads before what is in one of them can begin. */
function readFor(source: string): string[] {
    const pieces = new Set<string>();
    const add = (piece: string | undefined) => {
        if (piece === undefined || pieces.has(piece) || !outputs[piece]) return;
        pieces.add(piece);
        for (const { path, kind } of outputs[piece].imports) if (kind === 'import-statement') add(path);
    };
    add(Object.keys(outputs).find((piece) => outputs[piece]!.entryPoint === source));
    expect(pieces.size, source).toBeGreaterThan(0);
    return [...pieces].flatMap((piece) =>
        Object.entries(outputs[piece]!.inputs).flatMap(([input, { bytesInOutput }]) =>
            bytesInOutput > 0 ? input : [],
        ),
    );
}

const other = /^(node_modules\/yaml\/|docs\/|server\/(import|diagram|report|matrix|comparison|fixes)\/)/;

test('check reads no code of other commands, and no documentation', () => {
    const read = readFor('server/cli/check.ts');
    expect(read).toContain('server/findings/findings.ts');
    expect(read.filter((source) => other.test(source))).toEqual([]);
    expect(readFor('server/cli/import.ts').some((source) => other.test(source))).toBe(true);
});

test('help and versions need nothing of the language', () => {
    const read = readFor('server/cli.ts');
    expect(read).toContain('server/cli/program.ts');
    expect(read.filter((source) => /^(node_modules\/langium|server\/(failure|estate))\//.test(source))).toEqual([]);
});

test('the extension ships every piece', () => {
    const lines = readFileSync(resolve(root, '.vscodeignore'), 'utf8').split('\n');
    const shipped = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    const pieces = Object.keys(outputs);
    expect(pieces.length).toBeGreaterThan(10);
    expect(pieces.filter((piece) => !shipped.some((line) => matchesGlob(piece, line)))).toEqual([]);
});
