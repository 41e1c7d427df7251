import { describe, expect, test } from 'vitest';
import { runbookOf } from '../../server/impact/runbook.js';
import { scenario } from '../failure/check.js';
import { twoClusters } from './tell.js';

const text = twoClusters(
    'elasticsearch via front-envoy  iam-signing-key { backup }',
    '',
    'service cart on east { owner "team-cart" }',
);

const runbook = async (failures: string) => runbookOf(await scenario(text, failures.split(' ').filter(Boolean)));

/** The sections of a page, by title. */
function sections(page: string): Map<string, string> {
    const [head = '', ...rest] = page.split(/^## /m);
    return new Map([
        ['', head],
        ...rest.map((part): [string, string] => [part.split('\n')[0]!, part.slice(part.indexOf('\n')).trim()]),
    ]);
}

test('what failed, what it does, and the way back, in this order', async () => {
    const page = await runbook('mp east');
    expect([...sections(page).keys()]).toEqual([
        '',
        'What it does',
        'Services',
        'Clusters',
        'When',
        'What can still be done',
        'What held',
        'What would hurt next',
        'What is assumed',
        'Where the published material says two things',
        'Why',
        'Coming back',
        'If something is gone for good',
        'Take care',
        'Lost for good',
    ]);
    expect(page).toMatch(
        /^# If the management plane and `east` fail\n\nTopology `demo`\. Made to fail: management plane `mgmt\.management-plane`, workload cluster `east`\.\n/,
    );
});

test.each([
    ['east', '# If `east` fails'],
    ['link:east/mgmt', '# If the link between `east` and `mgmt` fails'],
    ['', '# If nothing fails'],
])('the title of %s', async (failures, title) => {
    expect((await runbook(failures)).split('\n')[0]).toBe(title);
});

test.each([
    [{ at: 7_200 }, '# If `east` fails, after 2 h'],
    [{ at: 7_200, duration: 3_600 }, '# If `east` fails, after 2 h'],
    [{ given: ['west'] }, '# If `east` fails while `west` is down'],
    [{ restarts: ['mp'], at: 60 }, '# If `east` fails and the management plane restarts, after 60 s'],
])('the title in time: %o', async (options, title) => {
    const page = runbookOf(await scenario(text, ['east'], options));
    expect(page.split('\n')[0]).toBe(title);
    expect(page).toContain('Made to fail: workload cluster `east`.');
    expect(page.includes('Repaired after 1 h.')).toBe('duration' in options);
});

describe('the sections', () => {
    test('the four operations as a table with all sentences', async () => {
        const does = sections(await runbook('mp')).get('What it does')!;
        expect(does.split('\n')).toHaveLength(6);
        expect(does).toMatch(
            /^\| Metrics collection \| ❌ lost, if no metrics buffer is declared \(assumed\) \| No metrics arrive from any cluster\. .*\|$/m,
        );
    });

    test('services with their owners, and clusters with their marks', async () => {
        const page = sections(await runbook('east'));
        expect(page.get('Services')).toContain('| `cart` | ❌ | down: no instance is left | team-cart |');
        expect(page.get('Clusters')).toContain('| `east` | gone | ❌ | ❌ | ❌ |');
        expect(page.get('Clusters')).toContain('| `west` | live | ✅ | ✅ | ✅ |');
    });

    test('chains of causes with rule and source', async () => {
        const why = sections(await runbook('mp')).get('Why')!;
        expect(why).toContain(
            '- **Application metrics of `east`** lost\n  - Application metrics of `east` cannot do without requests',
        );
        expect(why).toMatch(
            /^ {6}- `front-envoy` went with the management plane \(failed\): it is part of it\. \*\(R1, .*\)\*$/m,
        );
    });

    test('what to have at hand, as a list to tick off', async () => {
        const back = sections(await runbook('mgmt')).get('If something is gone for good')!;
        expect(back).toMatch(/^1\. \*\*By hand\.\*\* Rebuild the management plane .*\(\[source\]\(https:/);
        expect(back.match(/^ {3}- \[ \] /gm)!.length).toBeGreaterThan(4);
        expect(back).toContain('   - [ ] ✓ the iam-signing-key: from the backup');
        expect(back).toMatch(/^ {3}- Done when `GET \/v2\/organizations\/ORG\/status` answers/m);
    });

    test('where the page says otherwise', async () => {
        expect(sections(await runbook('mp')).get('Where the published page says otherwise')).toMatch(
            /^- Metrics collection: ❌ here, ⚠️ on the published page/,
        );
    });

    test('a failure without effect has no section about it', async () => {
        const titles = [...sections(await runbook('iam-signing-key')).keys()];
        expect(titles).toEqual([
            '',
            'What it does',
            'Clusters',
            'When',
            'Coming back',
            'If something is gone for good',
        ]);
    });

    test('of many effects the first twenty are explained', async () => {
        const many = Array.from({ length: 12 }, (_, index) => `workload cluster c${index}`).join('\n');
        const page = runbookOf(await scenario(`management cluster mgmt\n${many}`, ['mgmt']));
        expect(page).toMatch(/^- and \d+ more effects of the same kind$/m);
    });
});

test('the page is Markdown in which nothing is left to fill in', async () => {
    for (const failures of ['mgmt east west', 'central', 'postgres', 'east.istiod']) {
        expect(await runbook(failures)).not.toMatch(/undefined|\[object|\{name\}|\n\n\n/);
    }
});
