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

test('who is hurt, what to do, the way back, and only then details and why', async () => {
    const page = await runbook('mp east');
    expect([...sections(page).keys()]).toEqual([
        '',
        'What to do now',
        'Do not lose these now, too',
        'Recovery',
        'Restoration (lost for good)',
        'Operations',
        'Hosts and services',
        'Clusters',
        'Timeline',
        'What stays up',
        'On what this rests',
        'Why',
        'Sources',
        'Where the published material disagrees',
    ]);
    expect(page).toMatch(
        /^# If the management plane and `east` fail\n\nAt once: .*\.\n\n- ✖ \*\*Down:\*\* service `cart`\n/,
    );
    expect(page).toMatch(/\n- Topology `demo` \(`[^/`]+`\); made to fail: `mgmt.management-plane`, `east`\.\n/);
});

test.each(['mp', 'east', 'mgmt east west', 'east.istiod', 'link:east/mgmt'])(
    'the first lines answer: %s',
    async (failures) => {
        expect((await runbook(failures)).split('\n').indexOf('## What to do now')).toBeLessThan(13);
    },
);

test('a key is out of reach with what keeps it, and not down', async () => {
    const why = sections(await runbook('mgmt')).get('Why')!;
    expect(why).toContain('Out of reach with it: the iam-signing-key');
    expect(why).not.toMatch(/Down with it: .*iam-signing-key/);
});

test('what only may have run out is said to be the worst', async () => {
    const atHour = async (at: number) =>
        sections(runbookOf(await scenario(text, ['east.istiod'], { at: at * 3_600 }))).get('')!;
    const atWorst = 'All this at worst: the workload certificates of `east` may have run out by now.';
    expect(await atHour(11)).not.toContain('at worst');
    expect(await atHour(12)).toContain(`- ⏱ ${atWorst}\n- ⏱ After 1 d: By now the workload certificates`);
    expect(await atHour(24)).not.toContain('at worst');
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
    expect(page).toMatch(/^- Topology `demo` \([^)]*\); made to fail: `east`(; repaired after 1 h)?\.$/m);
    expect(page.includes('repaired after 1 h.')).toBe('duration' in options);
});

describe('the sections', () => {
    test('what can still be done, and what not', async () => {
        const lines = sections(await runbook('east'))
            .get('What to do now')!
            .split('\n');
        expect(lines[0]).toBe('- **Bring back** `east`: for `cart`.');
        expect(lines).toContain('- ❌ **Cannot be done now, so do not try**');
        expect(lines).toContain('  - `east` is down: nothing can be done there until it is back');
        expect(lines).toContain('- ✅ **As usual**');
    });

    test('the four operations with all sentences, each in a line', async () => {
        const does = sections(await runbook('mp')).get('Operations')!;
        expect(does.match(/^- /gm)).toHaveLength(4);
        expect(does).toMatch(
            /^- ❌ \*\*Metrics collection: lost\*\*, if no metrics buffer is declared \(assumed\)\n {2}- No metrics arrive from any cluster\.$/m,
        );
    });

    test('no operation that suffers is left without a line', async () => {
        const does = sections(await runbook('east')).get('Operations')!;
        expect(does).toMatch(/^- ⚠️ \*\*Running workloads: .*\n {2}- Hosts and services: see the table below\.$/m);
        expect(sections(await runbook('iam-signing-key')).get('Operations')).toContain('  - Everything that runs');
    });

    test('whom to call, in the first lines', async () => {
        const [first = ''] = (await runbook('east')).split('\n## ');
        expect(first).toContain('- ☎ **Owners:** team-cart (`cart`)\n');
        const owned = text.replace('workload cluster east', 'workload cluster east { owner "team-east" }');
        expect(runbookOf(await scenario(owned, ['east']))).toContain(
            '**Owners:** team-cart (`cart`), team-east (`east`)',
        );
        expect(await runbook('iam-signing-key')).not.toContain('Owners');
    });

    test('services with their owners, and clusters with their marks', async () => {
        const page = sections(await runbook('east'));
        expect(page.get('Hosts and services')).toContain('| `cart` | ✖ | down: no instance is left | team-cart |');
        expect(page.get('Clusters')).toContain('| `east` | down | ❌ lost | ❌ lost | ❌ lost |');
        expect(page.get('Clusters')).toContain('| `west` | live | ✅ unaffected | ✅ unaffected | ✅ unaffected |');
    });

    test('no table has a head without words', async () => {
        const heads = (await runbook('mgmt east')).match(/^\|.*\|(?=\n\| :--)/gm)!;
        expect(heads.length).toBeGreaterThan(1);
        for (const head of heads) expect(head).not.toMatch(/\| *\|/);
    });

    test('why, with what is between and the number of a source', async () => {
        const page = sections(await runbook('mp'));
        const [, number] = /Application metrics of `east`, `west` lost: .* \(← `front-envoy`\) \[(\d+)\]/.exec(
            page.get('Why')!,
        )!;
        expect(page.get('Sources')).toMatch(new RegExp(`^${number}\\. \\[.*ports.*\\]\\(https://`, 'm'));
    });

    test('every source that is cited is listed, and no other', async () => {
        const page = await runbook('mgmt east');
        const cited = new Set([...page.matchAll(/ \[(\d+)\]/g)].map(([, number]) => number));
        const listed = sections(page).get('Sources')!.match(/^\d+/gm);
        expect([...cited].sort()).toEqual([...listed!].sort());
    });

    test('what to have at hand, as a list to tick off', async () => {
        const back = sections(await runbook('mgmt')).get('Restoration (lost for good)')!;
        expect(back).toMatch(/^- \*\*By hand\.\*\* Rebuild the management plane .* \[\d+\]$/m);
        expect(back.match(/^ {2}- \[[ x]\] /gm)!.length).toBeGreaterThan(4);
        expect(back).toContain('  - [ ] find out: the Helm values');
        expect(back).not.toMatch(/\[ \] [✓✗?]/);
        expect(back).toContain('  - [x] the iam-signing-key: from the backup');
        expect(back).toMatch(/^ {2}- Done when `GET \/v2\/organizations\/ORG\/status` answers/m);
    });

    test('what is to be done for several things alike is said once', async () => {
        const back = sections(await runbook('east west')).get('Recovery')!;
        expect(back).toMatch(/Once `east` is available again .* The same for `west`\./);
        expect(back).not.toContain('Once `west`');
    });

    test('where the page says otherwise', async () => {
        expect(sections(await runbook('mp')).get('On what this rests')).toMatch(
            /^- Metrics collection: ❌ here, ⚠️ on the published page/m,
        );
    });

    test('a failure without effect has no section about it', async () => {
        const titles = [...sections(await runbook('iam-signing-key')).keys()];
        expect(titles).toEqual([
            '',
            'What to do now',
            'Recovery',
            'Restoration (lost for good)',
            'Operations',
            'Clusters',
            'Timeline',
            'Sources',
        ]);
    });

    test('every name is told, however many there are', async () => {
        const names = Array.from({ length: 12 }, (_, index) => `c${index}`);
        const clusters = names.map((name) => `workload cluster ${name}`).join('\n');
        const page = runbookOf(
            await scenario(`management cluster mgmt\nworkload cluster other\n${clusters}`, ['mgmt']),
        );
        expect(page).not.toMatch(/\b(and|or) \d+ more\b/);
        const why = sections(page).get('Why')!.split('\n');
        expect(why.filter((line) => line.startsWith('  - Application metrics of'))).toHaveLength(1);
        for (const name of names) expect(sections(page).get('Why')).toContain(`\`${name}\``);
    });
});

describe('by whom and since when', () => {
    test('what is down later says since when', async () => {
        const page = runbookOf(await scenario(text, ['east.istiod'], { at: 86_400 }));
        expect(page).toMatch(/^- ✖ \*\*Down:\*\* service `cart` \(since 12 h\)$/m);
    });

    test('two roots have a story each', async () => {
        const why = sections(await runbook('mp east')).get('Why')!;
        expect(why.match(/^- .*$/gm)).toEqual(['- **The management plane**', '- **`east`**']);
    });

    test('the reason is the one that holds: what is missed, and not one of several ways', async () => {
        const ways = `region us { zones a, b }
management cluster mgmt
workload cluster east in us {
  gateway ingress
  gateway east-west
}
workload cluster west {
  gateway ingress
  gateway east-west
}
service shop {
  on east, west
  exposed "shop.example.com"
  requires ids
  calls more
}
service ids { on east failover east-west }
service more on west`;
        const why = sections(runbookOf(await scenario(ways, ['region:us']))).get('Why')!;
        expect(why).toContain(
            '`shop.example.com`; calls of `shop` on `west` to `more` lost: `shop` cannot serve without `ids` [',
        );
        expect(why).not.toMatch(/← zone/);
    });

    test('what fails only together goes back to both', async () => {
        const zones = 'region us { zones a, b, c }\nmanagement cluster mgmt\nworkload cluster east in us';
        const page = runbookOf(await scenario(zones, ['zone:us/a', 'zone:us/c']));
        expect(sections(page).get('Why')).toMatch(/^- \*\*Zone `us\/a` and zone `us\/c`\*\*$/m);
    });
});

test('the page is Markdown in which nothing is left to fill in', async () => {
    for (const failures of ['mgmt east west', 'central', 'postgres', 'east.istiod']) {
        expect(await runbook(failures)).not.toMatch(/undefined|\[object|\{name\}|\n\n\n/);
    }
});
