import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { head, service } from './diff-estate.js';
import { commandLine } from './run.js';

const { run, path } = commandLine({
    'repo/estates/clusters.tsbtopo': head,
    'repo/estates/services.tsbtopo': `topology shop\n${service('east, west')}`,
    'repo/elsewhere/x.tsbtopo': 'topology other\nmanagement cluster m\nworkload cluster w\n',
});

describe('revisions of git', () => {
    const git = (...args: string[]) =>
        execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: path('repo') });

    beforeAll(() => {
        git('init', '-q', '-b', 'main');
        git('add', '.');
        git('commit', '-q', '-m', 'one');
        git('tag', 'v1');
        // renamed, split, reordered, and worse
        renameSync(path('repo/estates/clusters.tsbtopo'), path('repo/estates/all.tsbtopo'));
        git('add', '.');
        git('commit', '-q', '-m', 'two');
        writeFileSync(path('repo/estates/services.tsbtopo'), `topology shop\n${service('east')}`);
        mkdirSync(path('repo/main-like'));
    });

    test('a file that only has another name makes no difference', async () => {
        const { out, exit } = await run('diff v1 HEAD', path('repo'));
        expect({ out, exit }).toEqual({ out: 'No difference in 2 topologies.\n', exit: 0 });
    });

    test.each([
        ['diff main', 'repo/estates'],
        ['diff v1 .', 'repo/estates'],
        ['diff v1:estates .', 'repo/estates'],
        ['diff HEAD~1:./estates estates', 'repo'],
        ['diff main estates', 'repo'],
    ])('%s in %s', async (args, folder) => {
        const { out, exit, err } = await run(args, path(folder));
        expect({ exit, err }).toEqual({ exit: 1, err: '' });
        expect(out.split('\n')[0]).toBe('This change makes checkout depend on east alone.');
    });

    test.each([
        ['diff nothing', 'tsbtopo: nothing is neither a file nor a folder here, and no revision of git.\n'],
        ['diff main:nowhere', 'tsbtopo: No .tsbtopo file in nowhere at main.\n'],
        ['diff v1..main', 'tsbtopo: v1..main is neither a file nor a folder here, and no revision of git.\n'],
    ])('%s is refused', async (args, message) => {
        expect(await run(args, path('repo'))).toEqual({ exit: 2, out: '', err: message });
    });

    test('outside of a repository a message says so', async () => {
        const { err, exit } = await run('diff main', '/');
        expect(exit).toBe(2);
        expect(err).toMatch(
            /^tsbtopo: main is neither a file nor a folder, and no revision: the current folder is in no git repository\.\n$/,
        );
    });

    test('no option can be smuggled in', async () => {
        const { exit, err } = await run('diff -- --output=x main', path('repo'));
        expect({ exit, err }).toMatchObject({ exit: 2, err: expect.stringContaining('neither a file') as string });
    });
});
