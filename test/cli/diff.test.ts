import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { head, service } from './diff-estate.js';
import { inProcess } from './in-process.js';

const promised = (homes: string, cause: string) => `${head}${service(homes)}scenario "west <b>" {
    at 0m  fail west
    expect checkout not lost
}
objective checkout survives ${cause}
objective checkout survives any cluster failure for 1h { accept east, west because "none" }
`;

const { run, path } = inProcess({
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
