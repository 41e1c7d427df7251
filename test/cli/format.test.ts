import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inProcess } from './in-process.js';

const messy = 'region   a{ zones b }';
const tidy = 'region a { zones b }\n';

const { run, path } = inProcess({
    'one.tsbtopo': messy,
    'two/messy.tsbtopo': messy,
    'two/deep/tidy.tsbtopo': tidy,
    'broken/broken.tsbtopo': 'region   a\nregion b { zonse }\n',
    'broken/end.tsbtopo': 'region   a {',
    'broken/messy.tsbtopo': messy,
    'check/messy.tsbtopo': messy,
    'windows.tsbtopo': '\uFEFFregion   a {\r\nzones b }\r\n',
    'script.tsbtopo': messy,
    'target.tsbtopo': messy,
    'latin.tsbtopo': '',
});

const text = (name: string) => readFileSync(path(name), 'utf8');

describe('format', () => {
    test('formats a file in place', async () => {
        expect(await run('format one.tsbtopo')).toEqual({
            exit: 0,
            out: 'one.tsbtopo\n1 file formatted, 0 fine already\n',
            err: '',
        });
        expect(text('one.tsbtopo')).toBe(tidy);
    });

    test('formats all of a folder, and names what it changed', async () => {
        expect(await run('format two')).toEqual({
            exit: 0,
            out: 'two/messy.tsbtopo\n1 file formatted, 1 fine already\n',
            err: '',
        });
        expect(text('two/messy.tsbtopo')).toBe(tidy);
        expect(readdirSync(path('two')).sort()).toEqual(['deep', 'messy.tsbtopo']);
        expect((await run('format two')).out).toBe('0 files formatted, 2 fine already\n');
    });

    test('leaves files with mistakes alone, and goes on', async () => {
        const { exit, out, err } = await run('format broken');
        expect({ exit, out }).toEqual({ exit: 2, out: 'broken/messy.tsbtopo\n1 file formatted, 0 fine already\n' });
        expect(err).toBe(
            'tsbtopo: broken/broken.tsbtopo: has a mistake in line 2, and is left as it is\n' +
                'tsbtopo: broken/end.tsbtopo: has a mistake at its end, and is left as it is\n',
        );
        expect(text('broken/broken.tsbtopo')).toBe('region   a\nregion b { zonse }\n');
    });

    test('changes nothing with --check', async () => {
        expect(await run('format --check check')).toEqual({
            exit: 1,
            out: 'check/messy.tsbtopo\n1 file would change, 0 fine already\n',
            err: '',
        });
        expect(text('check/messy.tsbtopo')).toBe(messy);
        expect(await run('format --check two/deep')).toMatchObject({ exit: 0 });
    });

    test('keeps what belongs to the file and not to its layout', async () => {
        chmodSync(path('script.tsbtopo'), 0o754);
        symlinkSync(path('target.tsbtopo'), path('link.tsbtopo'));
        await run('format windows.tsbtopo script.tsbtopo link.tsbtopo');
        expect(text('windows.tsbtopo')).toBe('\uFEFFregion a {\r\n    zones b\r\n}\r\n');
        expect(statSync(path('script.tsbtopo')).mode & 0o777).toBe(0o754);
        expect(lstatSync(path('link.tsbtopo')).isSymbolicLink()).toBe(true);
        expect(text('target.tsbtopo')).toBe(tidy);
    });

    test('does not touch what is not UTF-8', async () => {
        const latin = Buffer.from('region   a { owner "Gr\xfc\xdfe" }', 'latin1');
        writeFileSync(path('latin.tsbtopo'), latin);
        expect(await run('format latin.tsbtopo')).toMatchObject({
            exit: 2,
            err: expect.stringMatching(/latin\.tsbtopo: it is written in another encoding, such as Latin-1/) as string,
        });
        expect(readFileSync(path('latin.tsbtopo'))).toEqual(latin);
    });

    test.each([
        ['format nowhere', /There is no file or folder nowhere/],
        ['format - one.tsbtopo', /cannot be mixed with files/],
    ])('%s: 2, and says why', async (args, message) => {
        expect(await run(args)).toMatchObject({ exit: 2, out: '', err: expect.stringMatching(message) as string });
    });
});
