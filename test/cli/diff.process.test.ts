import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { commandLine } from './run.js';

vi.setConfig({ testTimeout: 60_000 });

const head = `topology shop
region us-east
region eu-west
management cluster mgmt in us-east { management plane { postgres external in eu-west { backup } } }
workload cluster east in us-east { gateway ingress }
workload cluster west in eu-west { gateway ingress }
`;
const service = (homes: string) =>
    `service checkout on ${homes} { exposed "shop.example.com" { gslb ttl 30s }  outlier detection }\n`;

const promised = (homes: string, cause: string) => `${head}${service(homes)}scenario "west <b>" {
    at 0m  fail west
    expect checkout not lost
}
objective checkout survives ${cause}
objective checkout survives any cluster failure for 1h { accept east, west because "none" }
`;

const { run, path } = commandLine({
    'old.tsbtopo': head + service('east, west'),
    'new.tsbtopo': head + service('east'),
    'tokens.tsbtopo':
        head.replace('{ gateway ingress }', '{ gateway ingress  edge control plane { token ttl 30m } }') +
        service('east, west'),
    'promised.tsbtopo': promised('east, west', 'any cluster failure'),
    'unpromised.tsbtopo': promised('east', 'any cluster failure'),
    'vague.tsbtopo': promised('east, west', 'any 3 failures'),
    'renamed.tsbtopo': promised('east, west', 'any cluster failure').replaceAll('checkout', 'till'),
    'broken.tsbtopo': `${head}service checkout on nowhere, east\n`,
    'latin.tsbtopo': '',
    'repo/estates/clusters.tsbtopo': head,
    'repo/estates/services.tsbtopo': `topology shop\n${service('east, west')}`,
    'repo/elsewhere/x.tsbtopo': 'topology other\nmanagement cluster m\nworkload cluster w\n',
});

describe('what got worse', () => {
    test('the first line says it in a sentence, and the command fails', async () => {
        const { out, exit, err } = await run('diff old.tsbtopo new.tsbtopo');
        expect({ exit, err }).toEqual({ exit: 1, err: '' });
        expect(out.split('\n')[0]).toBe('This change makes checkout depend on east alone.');
        expect(out).toContain('\nNew single points of failure\n   checkout now depends on east alone.\n');
        expect(out).toMatch(
            /✖ Region us-east or east: shop\.example\.com down \(was served after a failover, down for /,
        );
        expect(out).toMatch(/\nNew findings\n {3}warning new\.tsbtopo:7 .* single-homed-exposed-service\n/);
        expect(out).toContain('\nRemoved\n   checkout on west\n');
    });

    test('the other way round nothing is worse', async () => {
        const { out, exit } = await run('diff new.tsbtopo old.tsbtopo');
        expect(exit).toBe(0);
        expect(out.split('\n')[0]).toBe('This change makes nothing worse: checkout no longer depends on east alone.');
        expect(out).not.toContain('\nWorse\n');
        expect(out).toContain('\nBetter\n');
        expect(out).toMatch(
            /\nIn return for a spare\n.*Region eu-west or west: shop\.example\.com served after a failover/s,
        );
    });

    test('with itself there is nothing', async () => {
        const { out, exit } = await run('diff old.tsbtopo old.tsbtopo');
        expect({ out, exit }).toEqual({ out: 'This change makes no difference to what failures do.\n', exit: 0 });
    });

    test('what happens sooner is worse', async () => {
        const { out, exit } = await run('diff old.tsbtopo tokens.tsbtopo');
        expect(exit).toBe(1);
        expect(out).toMatch(/after 30 min \(were? so after 1 h\)/);
    });

    test('as Markdown for a comment, and as annotations', async () => {
        const markdown = await run('diff old.tsbtopo new.tsbtopo --format markdown');
        expect(markdown.out).toMatch(
            /^\*\*This change makes `checkout` depend on `east` alone\.\*\*\n\n#### New single/,
        );
        const github = await run('diff old.tsbtopo new.tsbtopo --format github');
        expect(github.out).toMatch(/^::error title=shop::This change makes checkout depend on east alone\.\n/);
        expect(github.out).toMatch(/^::warning file=new\.tsbtopo,line=2::Region us-east or east: .*checkout down/m);
        expect([markdown.exit, github.exit]).toEqual([1, 1]);
    });

    test('errors in the files are told, and end with 2', async () => {
        const { out, exit } = await run('diff old.tsbtopo broken.tsbtopo');
        expect(exit).toBe(2);
        expect(out).toContain(
            'This may be incomplete: 1 error in the files of the new side.\n   new: broken.tsbtopo:7:21',
        );
        writeFileSync(path('latin.tsbtopo'), Buffer.from('topology \xe4', 'latin1'));
        expect((await run('diff latin.tsbtopo old.tsbtopo')).exit).toBe(2);
    });
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
        ['diff nothing', 'tsbtopo: nothing is neither a file or folder here, nor a revision of git.\n'],
        ['diff main:nowhere', 'tsbtopo: No .tsbtopo file in nowhere at main.\n'],
        ['diff v1..main', 'tsbtopo: v1..main is neither a file or folder here, nor a revision of git.\n'],
    ])('%s is refused', async (args, message) => {
        expect(await run(args, path('repo'))).toEqual({ exit: 2, out: '', err: message });
    });

    test('outside of a repository a message says so', async () => {
        const { err, exit } = await run('diff main', '/');
        expect(exit).toBe(2);
        expect(err).toMatch(/^tsbtopo: A revision is asked for, and the current folder is in no git repository\.\n$/);
    });

    test('no option can be smuggled in', async () => {
        const { exit, err } = await run('diff -- --output=x main', path('repo'));
        expect({ exit, err }).toMatchObject({ exit: 2, err: expect.stringContaining('neither a file') as string });
    });
});

describe('promises', () => {
    test('that a change breaks make it worse, in every format', async () => {
        const text = await run('diff promised.tsbtopo unpromised.tsbtopo');
        expect(text.exit).toBe(1);
        expect(text.out.split('\n')[0]).toBe('This change makes checkout depend on east alone, and breaks 2 promises.');
        expect(text.out).toMatch(
            /\nPromises broken\n {3}objective checkout survives any cluster failure unpromised\.tsbtopo:12: checkout does not survive/,
        );
        const { out } = await run('diff promised.tsbtopo unpromised.tsbtopo --format markdown');
        expect(out).toContain('#### Promises broken\n\n- objective `checkout survives any cluster failure`');
        const github = await run('diff promised.tsbtopo unpromised.tsbtopo --format github');
        expect(github.out).toMatch(/^::error file=unpromised\.tsbtopo,line=12,title=objective checkout survives/m);
        const json = JSON.parse((await run('diff promised.tsbtopo unpromised.tsbtopo --format json')).out) as Report;
        expect(json.topologies[0].promises.broken.map(({ before, now, line }) => [before, now, line])).toEqual([
            ['kept', 'broken', 12],
            ['kept', 'broken', 13],
        ]);
    });

    test('that are kept again, that nobody can judge, and that are gone', async () => {
        const kept = await run('diff unpromised.tsbtopo promised.tsbtopo');
        expect(kept.exit).toBe(0);
        expect(kept.out).toContain(
            '\nPromises kept again\n   objective checkout survives any cluster failure promised',
        );
        const vague = await run('diff promised.tsbtopo vague.tsbtopo');
        expect(vague.exit).toBe(1);
        expect(vague.out.split('\n')[0]).toBe(
            'This change leaves a promise that cannot be judged: objective checkout survives any 3 failures.',
        );
        expect(vague.out).toContain(
            '\nNo longer promised\n   objective checkout survives any cluster failure promised',
        );
    });

    test('that only name something by its new name are the same', async () => {
        const { out, exit } = await run('diff promised.tsbtopo renamed.tsbtopo');
        expect(exit).toBe(0);
        expect(out).not.toMatch(/promise/i);
    });
});

interface Report {
    readonly topologies: readonly [
        {
            readonly promises: {
                readonly broken: readonly { readonly before: string; readonly now: string; readonly line: number }[];
            };
        },
    ];
}
