import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { commandLine, root } from '../cli/run.js';
import { readPage } from './examples.js';

const estate = readFileSync(resolve(root, 'examples/reference.tsbtopo'), 'utf8');
const { shell, path } = commandLine({ 'estates/a.tsbtopo': estate });

beforeAll(() => {
    const git = (...args: string[]) =>
        execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: path('.') });
    writeFileSync(path('.gitignore'), '.bundle\n');
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-q', '-m', 'one');
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
});

/** As a workflow has it: the variables that it sets, and `tsbtopo` in the path. */
const inWorkflow = (line: string) =>
    shell(
        `tsbtopo() { node .bundle/cli.cjs "$@"; }; TSBTOPO=tsbtopo; ESTATES=estates; FAIL_ON=error; BASE=origin/main
        GITHUB_BASE_REF=main; CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main; GITHUB_STEP_SUMMARY=summary.md
        ${line}`,
    );

const lines = [...readPage('ci.md').matchAll(/^ +- (?:run: )?(tsbtopo .*)$/gm)].map(([, line]) => line!);
const hooks = [...readFileSync(resolve(root, '.pre-commit-hooks.yaml'), 'utf8').matchAll(/entry: (.*)$/gm)].map(
    ([, line]) => line!,
);
const action = readFileSync(resolve(root, 'action.yml'), 'utf8');
const steps = [...action.matchAll(/^ +run: (?:\|\n((?: {8}.*\n?)+)|(.*))$/gm)].map(([, block, line]) => block ?? line!);

test('there is something to run', () => {
    expect([lines.length, hooks.length, steps.length]).toEqual([5, 2, 2]);
});

test.each([...lines, ...hooks, ...steps])(
    '%s',
    async (line) => {
        const { exit, err } = await inWorkflow(line);
        expect({ exit, err }).toEqual({ exit: 0, err: '' });
    },
    60_000,
);

test('a change for the worse fails the step that compares, and is told in the summary', async () => {
    writeFileSync(path('estates/a.tsbtopo'), estate.replace(/gslb ttl \w+/, '').replace(/, west\b/, ''));
    expect((await inWorkflow(steps[1]!)).exit).toBe(1);
    expect(readFileSync(path('summary.md'), 'utf8')).toContain('**This change makes ');
});
