import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inProcess } from './in-process.js';
import { commandLine } from './run.js';

const estate = `topology demo
region us
management cluster mgmt in us
workload cluster east in us { gateway ingress }
service shop on east { exposed "shop.example.com" }
`;

const cluster = 'apiVersion: api.tsb.tetrate.io/v2\nkind: Cluster\nmetadata: { organization: acme, name: east }\n';

const { run, path } = commandLine({
    'demo.tsbtopo': estate,
    'less.tsbtopo': estate.replace('in us { gateway ingress }', 'in us'),
    'broken.tsbtopo': `${estate}service cart on wesst\n`,
    'messy.tsbtopo': 'region   us\n',
    'tsb/cluster.yaml': cluster,
});
const { run: runInProcess } = inProcess();

/** Most tests call the program without a process: a process does the same. */
describe('the process says, and ends with, what the program does', () => {
    test.each([
        ['--help', 0],
        ['--version', 0],
        ['-V', 0],
        ['', 2],
        ['destroy', 2],
        ['help simulate', 0],
        ['check demo.tsbtopo', 0],
        ['check broken.tsbtopo', 1],
        ['check nowhere', 2],
        ['check demo.tsbtopo --format sarif', 0],
        ['diff demo.tsbtopo less.tsbtopo', 1],
        ['elements demo.tsbtopo', 0],
        ['simulate demo.tsbtopo --fail east', 0],
        ['simulate broken.tsbtopo --fail east', 2],
        ['path demo.tsbtopo --to shop.example.com', 0],
        ['path demo.tsbtopo --to shop.example.com --fail east', 1],
        ['picture demo.tsbtopo --fail east', 0],
        ['import tsb', 0],
        ['import tsb --check tsb', 2],
        ['matrix demo.tsbtopo', 0],
        ['report demo.tsbtopo', 0],
        ['format --check messy.tsbtopo', 1],
        ['explain failover', 0],
        ['completion bash', 0],
        ['complete -- --fail simulate demo.tsbtopo --fail', 0],
    ])('%s: %i', async (args, exit) => {
        const ran = await run(args);
        expect(ran).toEqual(await runInProcess(args, path('')));
        expect(ran.exit).toBe(exit);
        expect(ran.out + ran.err).not.toBe('');
    });

    test('and writes the same files', async () => {
        await run('picture demo.tsbtopo -o bundle.svg');
        await runInProcess('picture demo.tsbtopo -o program.svg', path(''));
        expect(readFileSync(path('bundle.svg'), 'utf8')).toBe(readFileSync(path('program.svg'), 'utf8'));
        await run('format messy.tsbtopo');
        expect(readFileSync(path('messy.tsbtopo'), 'utf8')).toBe('region us\n');
    });
});

describe('standard input', () => {
    test('is formatted', async () => {
        const messy = 'region   a{ zones b }';
        expect(await run('format -', undefined, messy)).toEqual({ exit: 0, out: 'region a { zones b }\n', err: '' });
        expect(await run('format - --check', undefined, messy)).toEqual({ exit: 1, out: '', err: '' });
        expect(await run('format -', undefined, 'region { ')).toEqual({
            exit: 2,
            out: '',
            err: 'tsbtopo: standard input: has a mistake in line 1, and is left as it is\n',
        });
    });

    test('is imported', async () => {
        const { out } = await run('import - --topology other', undefined, cluster);
        expect(out).toContain('topology other\n');
        expect(out).toContain('workload cluster east // standard input:1');
    });
});
