import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inProcess } from './in-process.js';

const { run, path } = inProcess({
    'shop.tsbtopo':
        'topology shop\nregion us\nmanagement cluster mgmt in us\nworkload cluster east in us { gateway ingress }\nservice web on east { exposed "shop.example.com" }\nservice "=cmd" on east',
    'broken.tsbtopo': 'topology broken\nmanagement cluster mgmt\nworkload cluster\n',
    'empty.tsbtopo': 'topology empty\n',
    'promised.tsbtopo':
        'topology promised\nmanagement cluster mgmt\nworkload cluster east\nservice web on east\nscenario quiet { at 0m fail mgmt expect web unaffected }\nobjective web survives any cluster failure',
});

describe('tsbtopo matrix', () => {
    test('is a table for a terminal, the gravest first, with the names of its columns', async () => {
        const { exit, out, err } = await run('matrix shop.tsbtopo --declared');
        expect({ exit, err }).toEqual({ exit: 0, err: '' });
        expect(
            out
                .split('\n')
                .slice(0, 3)
                .map((line) => line.trimEnd()),
        ).toEqual([
            '                   1   2   3   4   5   6   7',
            '✖ region:us        ✖   ✖   ✖   ✖   ✖   ✖   ✖',
            '✖ east             ✖   ✖   ✖   ·   ✖   ✖   ✖',
        ]);
        expect(out).toContain('   5 host shop.example.com\n   6 service web\n');
    });

    test('is a spreadsheet that calculates nothing', async () => {
        const { exit, out } = await run('matrix shop.tsbtopo --format csv --group kind');
        expect(exit).toBe(0);
        const [head, ...lines] = out.split('\r\n');
        expect(head).toBe(
            'group,failure,kind,region,cluster,file,line,who notices,what happens,worse from,Running workloads,Local cluster operations,Metrics collection,Management operations,host shop.example.com,service web,service =cmd',
        );
        expect(lines[0]).toMatch(
            /^Region,region:us,region,us,,shop\.tsbtopo,2,something is down,.*,down: no instance is left$/,
        );
        expect(lines.find((line) => line.includes(',mgmt.management-plane.teamsync,'))).toMatch(
            /,nobody notices,.*,unaffected,unaffected,unaffected,unaffected,,,$/,
        );
        expect(out).not.toMatch(/(^|,)"?[=+@-]/m);
        expect(lines.at(-1)).toBe('');
    });

    test('is a page of Markdown, with a table for each group', async () => {
        const { out } = await run('matrix shop.tsbtopo --format markdown --group gravity --declared');
        expect(out).toMatch(/^# What each failure takes, in `shop`\n/);
        expect(out).toContain('## Something is down\n\n| failure |');
        expect(out).toMatch(/^\| `east` \| ✖ .* \| ❌ lost \| .* \| ✖ down \|/m);
    });

    test('has promises beside it, in each format', async () => {
        const written = (format: string) => run(`matrix promised.tsbtopo --declared --limit 1 --format ${format}`);
        expect((await written('text')).out).toMatch(
            /\nPromises\n✓ scenario quiet\n✖ web survives any cluster failure\n {4}web does not survive the failure of east: .*\n1 broken, 1 kept\.\n$/,
        );
        const [, ...lines] = (await written('csv')).out.trimEnd().split('\r\n');
        expect(lines).toHaveLength(3);
        expect(lines[1]).toBe('quiet,scenario,,,promised.tsbtopo,5,kept,,,,,,,');
        expect(lines[2]).toMatch(
            /^web survives any cluster failure,objective,,,promised\.tsbtopo,6,broken,"?web does not survive .*,,,,,,$/,
        );
        expect((await written('markdown')).out).toMatch(
            /\n## Promises\n\n1 broken, 1 kept\.\n\n.*\n.*\n\| ✓ kept \| scenario `quiet` \| {2}\|\n\| ✖ broken \| `web survives any cluster failure` \| web does not/,
        );
        const { promises } = JSON.parse((await written('json')).out) as { promises: unknown[] };
        expect(promises).toMatchObject([
            { kind: 'scenario', name: 'quiet', state: 'kept', reasons: [], counterexample: null },
            { kind: 'objective', state: 'broken', counterexample: { failures: ['east'], at: 0 }, line: 6 },
        ]);
    });

    test('is written into a file', async () => {
        const onScreen = await run('matrix shop.tsbtopo --format csv');
        expect(await run('matrix shop.tsbtopo --format csv -o fmea.csv')).toEqual({ exit: 0, out: '', err: '' });
        expect(readFileSync(path('fmea.csv'), 'utf8')).toBe(onScreen.out);
    });

    test('shows thirty rows unless somebody asks for more', async () => {
        expect((await run('matrix shop.tsbtopo')).out).toMatch(/\d more elements \(--limit 0 for all\)\n$/);
        expect((await run('matrix shop.tsbtopo --limit 0')).out).not.toContain('more element');
    });

    test('of nothing is no table', async () => {
        expect((await run('matrix empty.tsbtopo')).out).toBe('Nothing that can fail is declared yet.\n');
    });

    test.each([
        ['matrix shop.tsbtopo --format html', 'Allowed choices are text, csv, markdown, json.'],
        ['matrix shop.tsbtopo --group owner', 'Allowed choices are gravity, kind, region, cluster.'],
        ['matrix shop.tsbtopo -o nowhere/fmea.csv', 'nowhere/fmea.csv cannot be written'],
    ])('%s is refused', async (args, says) => {
        const { exit, out, err } = await run(args);
        expect({ exit, out }).toEqual({ exit: 2, out: '' });
        expect(err).toContain(says);
        expect(existsSync(path('nowhere'))).toBe(false);
    });

    test('says that it has what can be read, where files have errors', async () => {
        const { exit, out, err } = await run('matrix broken.tsbtopo');
        expect(exit).toBe(2);
        expect(out).toContain('mgmt');
        expect(err).toContain('the matrix has what can be read');
    });
});
