import { describe, expect, test } from 'vitest';
import { isColoured } from '../../server/cli/colours.js';
import { commands } from './commands.js';
import { inProcess } from './in-process.js';

const { run } = inProcess({
    'demo.tsbtopo':
        'topology demo\nregion us\nmanagement cluster mgmt\nworkload cluster east in us { gateway ingress }\nservice shop on east { exposed "shop.example.com" }',
});

test('help names every command', async () => {
    const { out } = await run('--help');
    const [, list = ''] = /^Commands:\n(.*?)\n\n/ms.exec(out) ?? [];
    expect([...list.matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name)).toEqual([...commands, 'help']);
});

test('the help of simulate says that a deployment alone is no question', async () => {
    expect((await run('simulate --help')).out).toMatch(
        /^It needs --fail, --given, --restart or --promote, or a --scenario of the files:/m,
    );
});

describe('completion', () => {
    test('the names are those that the commands take, and nothing else comes', async () => {
        const { out, err, exit } = await run('complete -- --fail simulate demo.tsbtopo --fail');
        expect({ err, exit }).toEqual({ err: '', exit: 0 });
        for (const name of out.trim().split('\n').slice(0, 5))
            expect((await run(`simulate demo.tsbtopo --fail ${name} --format json`)).exit).toBe(0);
        expect((await run('--help')).out).not.toMatch(/^ {2}complete /m);
    });

    test.each(['bash', 'zsh', 'fish'])('%s knows every option of every command', async (shellName) => {
        const { out } = await run(`completion ${shellName}`);
        for (const command of commands) {
            const { out: help } = await run(`${command} --help`);
            const options = [...help.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm)].map(([, name]) => name!);
            expect(options.length).toBeGreaterThan(0);
            for (const option of options) expect(out).toMatch(new RegExp(`(--|-l )${option}\\b`));
        }
    });
});

describe('colours', () => {
    test.each([
        [{ isTerminal: true, term: 'xterm' }, true],
        [{ isTerminal: true, term: 'dumb' }, false],
        [{ isTerminal: false, term: 'xterm' }, false],
        [{ isTerminal: true, noColor: '1' }, false],
        [{ isTerminal: true, noColor: '' }, true],
        [{ isTerminal: false, forceColor: '1' }, true],
        [{ isTerminal: true, forceColor: '0' }, false],
        [{ isTerminal: true, noColor: '1', forceColor: '1' }, false],
    ])('%j: %s', (looked, expected) => {
        expect(isColoured(looked)).toBe(expected);
    });
});
