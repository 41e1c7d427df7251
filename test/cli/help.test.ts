import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isColoured } from '../../server/cli/colours.js';
import { commandLine, root } from './run.js';

const { run, shell } = commandLine({ 'demo.tsbtopo': 'topology demo\nmanagement cluster mgmt\nworkload cluster east' });

const commands = ['check', 'elements', 'simulate', 'path', 'format', 'explain', 'completion'];

/** The examples at the end of a help, without what stands behind them as a comment. */
function examplesIn(help: string): string[] {
    const [, examples = ''] = /^Examples:\n((?: {2}.*\n?)+)/m.exec(help) ?? [];
    return examples
        .trim()
        .split('\n')
        .map((line) => line.trim().replace(/ {3,}.*$/, ''));
}

describe('help', () => {
    test('names every command', async () => {
        const { out } = await run('--help');
        const [, list = ''] = /^Commands:\n(.*?)\n\n/ms.exec(out) ?? [];
        expect([...list.matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name)).toEqual([...commands, 'help']);
    });

    test.each(['', ...commands])(
        'the examples of tsbtopo %s do what they say',
        async (command) => {
            const examples = examplesIn((await run(`${command} --help`)).out);
            expect(examples.length).toBeGreaterThan(1);
            for (const example of examples.filter((each) => each.startsWith('tsbtopo '))) {
                // what goes into a file or to a shell is left out
                const [words = '', input] = example.replace(/ [>|].*$/, '').split(' < ');
                const cwd = / examples\b/.test(words) ? root : resolve(root, 'examples/acme');
                const args = words.replace(/^tsbtopo format$/, 'tsbtopo format --check').replace('tsbtopo ', '');
                const { exit, err } = await run(args, cwd, input && 'topology demo\n');
                expect({ example, exit: exit === 2, err }).toEqual({ example, exit: false, err: '' });
            }
        },
        120_000,
    );
});

test('the help of simulate says that a deployment alone is no question', async () => {
    expect((await run('simulate --help')).out).toMatch(/^It needs --fail, --given or --restart:/m);
});

describe('completion', () => {
    const completed = async (words: string) => {
        const script = 'node .bundle/cli.cjs completion bash';
        const ask = `COMP_WORDS=(tsbtopo ${words}); COMP_CWORD=$((\${#COMP_WORDS[@]}-1)); _tsbtopo; echo "\${COMPREPLY[@]}"`;
        return (await shell(`bash -c 'source <(${script}); ${ask}'`)).out.trim();
    };

    test.each([
        ['""', [...commands, 'help', '--help', '--version'].join(' ')],
        ['sim', 'simulate'],
        ['check --f', '--format --fail-on'],
        ['check --format ""', 'text json'],
        ['simulate demo.tsbtopo --format m', 'markdown'],
        ['completion ""', 'bash zsh fish'],
        ['simulate --fail ""', ''],
        ['check ""', ''],
    ])('bash: %s', async (words, expected) => {
        expect(await completed(words)).toBe(expected);
    });

    test.each(['bash', 'zsh', 'fish'])(
        '%s knows every option of every command',
        async (shellName) => {
            const { out } = await run(`completion ${shellName}`);
            for (const command of commands) {
                const { out: help } = await run(`${command} --help`);
                const options = [...help.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm)].map(([, name]) => name!);
                expect(options.length).toBeGreaterThan(0);
                for (const option of options) expect(out).toMatch(new RegExp(`(--|-l )${option}\\b`));
            }
        },
        60_000,
    );
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

    test('a pipe gets none, in CI either', async () => {
        const simulate = 'node .bundle/cli.cjs simulate demo.tsbtopo --fail east';
        const coloured = async (env: string) =>
            (await shell(`env -u NO_COLOR ${env} ${simulate}`)).out.includes('\u001b');
        expect([await coloured('CI=1'), await coloured('FORCE_COLOR=1'), await coloured('FORCE_COLOR=0')]).toEqual([
            false,
            true,
            false,
        ]);
    });
});
