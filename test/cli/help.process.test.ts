import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { commands } from './commands.js';
import { inProcess } from './in-process.js';
import { commandLine, root } from './run.js';

const { run, shell, path } = commandLine({
    'demo.tsbtopo':
        'topology demo\nregion us\nmanagement cluster mgmt\nworkload cluster east in us { gateway ingress }\nservice shop on east { exposed "shop.example.com" }',
});

const { run: runInProcess } = inProcess();

/** A repository with all that the examples of `tsbtopo diff` name. */
function repository(): string {
    const folder = mkdtempSync(resolve(tmpdir(), 'tsbtopo-repository-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    cpSync(resolve(root, 'examples/acme'), resolve(folder, 'examples/acme'), { recursive: true });
    const alone = 'topology alone\nmanagement cluster mgmt\n';
    for (const name of ['before', 'after']) writeFileSync(resolve(folder, `${name}.tsbtopo`), alone);
    writeFileSync(resolve(folder, '.gitignore'), '/*.tsbtopo\n');
    const git = (...args: string[]) =>
        execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder });
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-q', '-m', 'one');
    git('tag', 'v1.2');
    return folder;
}

const shellQuoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The examples at the end of a help, without what stands behind them as a comment. */
function examplesIn(help: string): string[] {
    const [, examples = ''] = /^Examples:\n((?: {2}.*\n?)+)/m.exec(help) ?? [];
    return examples
        .trim()
        .split('\n')
        .map((line) => line.trim().replace(/ {3,}.*$/, ''));
}

test.each(['', ...commands])('the examples of tsbtopo %s do what they say', async (command) => {
    const examples = examplesIn((await runInProcess(`${command} --help`)).out);
    expect(examples.length).toBeGreaterThan(1);
    const ownFolder = command === 'diff' ? repository() : undefined;
    for (const example of examples.filter((each) => each.startsWith('tsbtopo '))) {
        // what goes into a file or to a shell is left out
        const [words = '', input] = example.replace(/ [>|].*$/, '').split(' < ');
        const cwd = ownFolder ?? (/ examples\b/.test(words) ? root : resolve(root, 'examples/acme'));
        const args = words.replace(/^tsbtopo format$/, 'tsbtopo format --check').replace('tsbtopo ', '');
        const { exit, err } = input ? await run(args, cwd, 'topology demo\n') : await runInProcess(args, cwd);
        expect({ example, exit: exit === 2, err }).toEqual({ example, exit: false, err: '' });
    }
});

describe('completion', () => {
    beforeAll(async () => writeFileSync(path('completion.bash'), (await run('completion bash')).out));

    /** What bash proposes at the end of a command line; it takes the last word apart where it breaks words. */
    const completed = async (typed: string, script = 'completion.bash') => {
        const line = `tsbtopo ${typed}`;
        writeFileSync(
            path('ask.sh'),
            [
                'tsbtopo() { node .bundle/cli.cjs "$@"; }',
                `source ${script}`,
                `COMP_LINE=${shellQuoted(line)}; COMP_POINT=\${#COMP_LINE}; _tsbtopo; printf '%s\\n' "\${COMPREPLY[@]}"`,
            ].join('\n'),
        );
        return (await shell('bash ask.sh')).out.trim().split('\n');
    };

    test('a shell takes the script from the command', async () => {
        expect(await completed('sim', '<(tsbtopo completion bash)')).toEqual(['simulate']);
    });

    test.each([
        ['', [...commands, 'help', '--help', '--version']],
        ['sim', ['simulate']],
        ['check --f', ['--format', '--fail-on']],
        ['check --format ', ['text', 'json', 'sarif', 'junit', 'github', 'markdown']],
        ['simulate demo.tsbtopo --format m', ['markdown']],
        ['completion ', ['bash', 'zsh', 'fish']],
        ['check ', ['']],
        [
            'simulate demo.tsbtopo --fail eas',
            expect.arrayContaining(['east', 'east.istiod', 'east.ingress']) as string[],
        ],
        // what stands before `:` is kept, and what a shell would read is quoted
        ['simulate demo.tsbtopo --fail link:east-', ['east-\\>mgmt']],
        ['simulate demo.tsbtopo --fail link:east-\\>m', ['east-\\>mgmt']],
        ["simulate demo.tsbtopo --fail 'link:east-", ['link:east->mgmt']],
        ['simulate demo.tsbtopo --given region:', ['us']],
        ['path demo.tsbtopo --to sh', ['shop.example.com', 'shop']],
        ['path demo.tsbtopo --to shop --from ', ['mgmt', 'east']],
        ['simulate demo.tsbtopo --fail east --deploy ', ['shop']],
        ['simulate --topology ', ['demo']],
        ['simulate demo.tsbtopo --topology other --fail ea', ['']],
        ['simulate nowhere --fail ea', ['']],
        ['explain spar', ['spare']],
    ])('bash: %s', async (typed, expected) => {
        expect(await completed(typed)).toEqual(expected);
    });
});

test('a pipe gets no colours, in CI either', async () => {
    const simulate = 'node .bundle/cli.cjs simulate demo.tsbtopo --fail east';
    const coloured = async (env: string) => (await shell(`env -u NO_COLOR ${env} ${simulate}`)).out.includes('\u001b');
    expect([await coloured('CI=1'), await coloured('FORCE_COLOR=1'), await coloured('FORCE_COLOR=0')]).toEqual([
        false,
        true,
        false,
    ]);
});
