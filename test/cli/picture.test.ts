import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inProcess, root } from './in-process.js';

const { run, path } = inProcess({
    'shop.tsbtopo':
        'topology shop\nregion us\nmanagement cluster mgmt in us\nworkload cluster east in us { gateway ingress }\nservice web on east { exposed "shop.example.com" }',
    'standby.tsbtopo':
        'topology s\nregion us\nregion eu\nmanagement cluster mgmt in us { management plane { postgres internal  root-ca { backup }  iam-signing-key { backup } } }\nstandby management cluster dr in eu { copy every 15m }\nworkload cluster east in us',
    'broken.tsbtopo': 'topology broken\nmanagement cluster mgmt\nworkload cluster\n',
});

describe('tsbtopo picture', () => {
    test('draws on standard output, or into a file', async () => {
        const { exit, out, err } = await run('picture shop.tsbtopo');
        expect({ exit, err }).toEqual({ exit: 0, err: '' });
        expect(out).toMatch(/^<svg [^>]*role="img"/);
        const written = await run('picture shop.tsbtopo --output shop.svg');
        expect(written).toEqual({ exit: 0, out: '', err: '' });
        expect(readFileSync(path('shop.svg'), 'utf8')).toBe(out);
    });

    test('draws failures, at a time, with layers, details and themes', async () => {
        const { out } = await run(
            'picture shop.tsbtopo --fail east --at 1d --layer traffic --detail clusters --theme dark',
        );
        expect(out).toContain('failed 1 d ago');
        expect(out).not.toContain('prefers-color-scheme');
        expect(out).not.toContain('<g class="metrics');
    });

    test('draws what was promoted, and says why something was not', async () => {
        const fails = 'picture standby.tsbtopo --format mermaid --fail mgmt --at 30m';
        const [waiting, promoted] = [await run(fails), await run(`${fails} --promote dr`)];
        expect(promoted).toMatchObject({ exit: 0, err: '' });
        expect(promoted.out).not.toBe(waiting.out);
        expect(promoted.out).toContain('promoted: does what mgmt did');
        expect(waiting.out).not.toContain('promoted: ');
        const refused = await run(`${fails} --fail dr --promote dr`);
        expect(refused).toMatchObject({ exit: 0, err: 'tsbtopo: dr is not promoted: it is down itself.\n' });
        // nothing fails, and all the same it is another picture
        const moved = await run('picture standby.tsbtopo --format mermaid --promote dr');
        expect(moved.out).toContain('promoted: does what mgmt did');
    });

    test('draws for Mermaid and for Graphviz', async () => {
        expect((await run('picture shop.tsbtopo --fail east --format mermaid')).out).toMatch(
            /^flowchart TB\n.*shop\.example\.com: down.*:::total$/ms,
        );
        expect((await run('picture shop.tsbtopo --format dot')).out).toMatch(/^digraph "shop" \{\n/);
    });

    test.each([
        ['picture shop.tsbtopo --at 1d', '--at and --for are about a failure'],
        ['picture shop.tsbtopo --fail nobody', "'nobody'"],
        ['picture shop.tsbtopo --layer all', 'Allowed choices are traffic, configuration, metrics.'],
        ['picture shop.tsbtopo --format png', 'Allowed choices are svg, mermaid, dot.'],
        ['picture shop.tsbtopo -o nowhere/shop.svg', 'nowhere/shop.svg cannot be written'],
    ])('%s is refused', async (args, says) => {
        const { exit, out, err } = await run(args);
        expect({ exit, out }).toEqual({ exit: 2, out: '' });
        expect(err).toContain(says);
        expect(err).toMatch(/^tsbtopo: /);
        expect(existsSync(path('nowhere'))).toBe(false);
    });

    test('says that it shows what can be read, where files have errors', async () => {
        const { exit, out, err } = await run('picture broken.tsbtopo');
        expect(exit).toBe(2);
        expect(out).toContain('</svg>');
        expect(err).toContain('the picture shows what can be read');
    });

    test('the picture of the documentation is what it draws (UPDATE_DOCS=1 writes it anew)', async () => {
        const file = join(root, 'docs/pictures/acme-us-east.svg');
        const { out } = await run('picture examples/acme --fail us-east --at 1d', root);
        if (process.env['UPDATE_DOCS']) writeFileSync(file, out);
        expect(readFileSync(file, 'utf8')).toBe(out);
    });
});
