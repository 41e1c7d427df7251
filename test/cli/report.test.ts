import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inProcess } from './in-process.js';

const { run, path } = inProcess({
    'shop.tsbtopo':
        'topology shop\nmanagement cluster mgmt\nworkload cluster east { gateway ingress }\nservice web on east { exposed "shop.example.com" }',
    'broken.tsbtopo': 'topology broken\nmanagement cluster mgmt\nworkload cluster\n',
});

describe('tsbtopo report', () => {
    test('writes a page, on standard output or into a file', async () => {
        const { exit, out, err } = await run('report shop.tsbtopo');
        expect({ exit, err }).toEqual({ exit: 0, err: '' });
        expect(out).toMatch(/^<!DOCTYPE html>\n.*<h1>shop<\/h1>.*<\/html>\n$/s);
        expect(await run('report shop.tsbtopo -o shop.html')).toEqual({ exit: 0, out: '', err: '' });
        expect(readFileSync(path('shop.html'), 'utf8')).toBe(out);
    });

    test('cannot write everywhere', async () => {
        const { exit, err } = await run('report shop.tsbtopo -o nowhere/shop.html');
        expect({ exit, err: err.slice(0, 49) }).toEqual({
            exit: 2,
            err: 'tsbtopo: nowhere/shop.html cannot be written: no ',
        });
        expect(existsSync(path('nowhere'))).toBe(false);
    });

    test('says, in the page too, that it has what can be read', async () => {
        const { exit, out, err } = await run('report broken.tsbtopo');
        expect(exit).toBe(2);
        expect(out).toContain('This may be incomplete:');
        expect(err).toContain('the report has what can be read');
    });
});
