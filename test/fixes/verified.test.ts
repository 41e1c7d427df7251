import { Cancellation } from 'langium';
import { describe, expect, test } from 'vitest';
import { problemsIn } from '../../server/estate/problem.js';
import { surroundingsIn } from '../../server/fixes/surroundings.js';
import { tryOut } from '../../server/fixes/trial.js';
import { VerifiedFixes } from '../../server/fixes/verified.js';
import { estate } from '../fixture.js';
import { after, titles } from './fixes.js';

const { None } = Cancellation.CancellationToken;

async function opened(text: string) {
    const fixture = await estate(text);
    const around = surroundingsIn(fixture.services)(fixture.document)!;
    const problems = problemsIn(fixture.document, fixture.services);
    return { fixture, around, problems };
}

describe('what is not offered', () => {
    test('what brings a new error', async () => {
        // `m` has one already
        const text = `management cluster m { central control plane }
workload cluster a { central control plane }`;
        expect(await titles(text, 'misplaced-item')).toEqual(['* Take it out']);
    });

    test('what mends one name and breaks another', async () => {
        // with a name of its own the gateway would not be `a.ingress` any more
        const text = `workload cluster a { gateway ingress }
service s on a { exposed "a.io" via a.ingress }
service t on a { exposed "t.io" via front }`;
        expect(await titles(text, 'unknown-gateway')).toEqual(['* Declare ingress gateway `front` on `a`']);
    });

    test('what leaves the problem there', async () => {
        // one zone is all that the region has, so no other place is better
        const text = `management cluster m  region r { zones a }
workload cluster a in r/a { gateway east-west ga }  workload cluster b in r/a { gateway east-west gb }
service s on a, b { failover east-west  outlier detection }`;
        expect(await titles(text, 'failover-same-zone')).toEqual([]);
    });

    test('changes that touch each other', async () => {
        const { fixture, around } = await opened('workload cluster a\n');
        const uri = fixture.document.uri.toString();
        const change = { uri, start: 0, end: 8, text: 'management' };
        expect(await tryOut([change, { ...change, start: 4 }], around)).toBeUndefined();
        expect(await tryOut([change], around)).toMatchObject({
            gone: new Map([['no-management-cluster', 1]]),
        });
    });
});

test('a trial leaves no trace in the workspace', async () => {
    const { fixture, around, problems } = await opened('workload cluster east\nservice s on eats\n');
    const before = fixture.services.workspace.Topologies.of(fixture.document.uri);
    const verified = new VerifiedFixes();
    for (const problem of problems) await verified.of(problem, around, None);
    expect(fixture.services.workspace.Topologies.of(fixture.document.uri)).toBe(before);
    expect(problemsIn(fixture.document, fixture.services)).toEqual(problems);
    expect(fixture.services.shared.workspace.LangiumDocuments.all.count()).toBe(1);
});

test('an estate is tried out once, however often somebody asks', async () => {
    const { around, problems } = await opened('workload cluster east\nservice s on eats\n');
    const verified = new VerifiedFixes();
    const unknown = problems.find(({ code }) => code === 'unknown-cluster')!;
    const first = await verified.of(unknown, around, None);
    expect(await verified.of(unknown, around, None)).toBe(first);
});

test('a cancelled request ends, and nothing half-done is kept', async () => {
    const { around, problems } = await opened('workload cluster east\nservice s on eats\n');
    const verified = new VerifiedFixes();
    const unknown = problems.find(({ code }) => code === 'unknown-cluster')!;
    await expect(verified.of(unknown, around, Cancellation.CancellationToken.Cancelled)).rejects.toBeDefined();
    expect(await verified.of(unknown, around, None)).toHaveLength(2);
});

describe('several problems at once', () => {
    test('the same misspelt name everywhere in a file', async () => {
        const text = 'workload cluster east\nservice s on eats\nservice t on eats\nservice u on eats\n';
        const { fixture, around, problems } = await opened(text);
        const verified = new VerifiedFixes();
        const unknown = problems.find(({ code }) => code === 'unknown-cluster')!;
        const [fix, declare] = await verified.of(unknown, around, None);
        const all = await verified.alike(unknown, fix!, problems, around);
        expect(all?.title).toBe('Change `eats` to `east` (all 3 in this file)');
        expect(after(fixture, all!.changes)).toBe(text.replaceAll('eats', 'east'));
        // one declaration is enough for all, so there is nothing more to do
        expect(await verified.alike(unknown, declare!, problems, around)).toBeUndefined();
    });

    test('whatever has one remedy only', async () => {
        const text = 'workload cluster 2-a\nworkload cluster b\nservice s on b, b { calls s\n owner x.y }\n';
        const { fixture, around, problems } = await opened(text);
        const fix = await new VerifiedFixes().safe(problems, around);
        expect(after(fixture, fix!.changes)).toBe(
            'workload cluster "2-a"\nworkload cluster b\nservice s on b {\n owner "x.y" }\n',
        );
    });
});
