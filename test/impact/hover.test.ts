import { describe, expect, test } from 'vitest';
import { failureMarkdown } from '../../server/impact/hover.js';
import { simulated } from '../failure/check.js';
import { twoClusters } from './tell.js';

const text = twoClusters(
    'elasticsearch via front-envoy',
    '',
    `region us { zones a, b }
external service stripe
workload cluster far in us { gateway ingress { replicas 2 across zones a, b } }
service cart on east, far`,
);

async function hover(failure: string, of = text): Promise<string> {
    const outcome = await simulated(of, [failure]);
    return failureMarkdown(outcome.failures[0]!, outcome);
}

describe('the first line names the thing as the file does', () => {
    test.each([
        ['east', '**workload cluster `east`** — if it fails'],
        ['mgmt', '**management cluster `mgmt`** — if it fails'],
        ['region:us', '**region `us`** — if it fails'],
        ['zone:us/a', '**zone `us/a`** — if it fails'],
        ['shop', '**service `shop`** — if it fails'],
        ['stripe', '**external service `stripe`** — if it fails'],
        ['postgres', '**Postgres** — if it fails'],
        ['iam-signing-key', '**iam-signing-key** — if it fails'],
        ['far.ingress', '**gateway `far.ingress`** — if it fails'],
    ])('%s', async (failure, title) => {
        expect((await hover(failure)).split('\n')[0]).toBe(title);
    });
});

describe('what stands where', () => {
    test('a table of what suffers first, then a rule, then the rest', async () => {
        const [title, glance, table, rule, ...rest] = (await hover('east')).split('\n\n');
        expect(title).toContain('if it fails');
        expect(glance).toBe(
            '**⚙ 2 services in fewer clusters · local cluster operations and metrics collection limited**',
        );
        expect(table!.split('\n').slice(0, 4)).toEqual([
            '| | | |',
            '|:--|:-:|:--|',
            expect.stringMatching(/^\| `shop` \| ◌ \| runs in 1 of 2 clusters: `west` \|$/),
            expect.stringMatching(/^\| `cart` \| ◌ \| runs in 1 of 2 clusters: `far` \|$/),
        ]);
        expect(
            table!
                .split('\n')
                .slice(4)
                .map((row) => row.split(' | ').slice(0, 2).join(' | ')),
        ).toEqual([
            '| Running workloads | ⚠️',
            '| Local cluster operations | ⚠️',
            '| Metrics collection | ⚠️',
            '| Management operations | ✅',
        ]);
        expect(rule).toBe('---');
        expect(rest.at(-1)).toBe('*A Kubernetes cluster in which services run.*');
    });

    test.each([
        [
            'east',
            /^\*\*Stays up thanks to\*\* `west` \(`shop`\), `far` \(`cart`\)\. \*\*Next\*\* one more failure of `cart` on `far`/m,
        ],
        [
            'mp',
            /^\*\*How long\*\* Harmless to local cluster operations for 1 h; then the agent tokens of `east`, `west` and `far` have run out/m,
        ],
        ['east', /^\*\*How long\*\* It does not get worse with time\.$/m],
        ['iam-signing-key', /^\*\*How long\*\* It harms nothing, however long it lasts\.$/m],
        ['east.istiod', /^\*\*Can I still…\*\* deploy, scale, roll back, restart a pod ❌ on `east` · all else ✅\.$/m],
        ['iam-signing-key', /^\*\*Can I still…\*\* everything\.$/m],
        [
            'east',
            /^\*\*Why\*\* .*Metrics collection ← the OAP of `east` ← the edge control plane of `east` ← `east`\.$/m,
        ],
        ['east', /^\*\*Recovery\*\* Once `east` is available again .* \[↗\]\(https:/m],
        ['east', /^\*\*Restoration, if it is lost for good\*\* Reinstall the edge control plane of `east`/m],
        ['mp', /^\*\*Configuration\*\* frozen on `east`, `west` and `far`\.$/m],
        ['mp', /^\*\*Not as published\.\*\* Metrics collection: ❌ here, ⚠️ on the published page, because/m],
        [
            'mp',
            /^\*\*Restoration, if it is lost for good\*\* Rebuild .* At hand: ✓ the Postgres database: it stands outside and keeps its data; /m,
        ],
        ['central', /\(1 to 2 minutes, typically\)/],
        ['zone:us/b', /^\*\*Stays up thanks to\*\* zone `us\/a` \(`far`, gateway `far\.ingress`\)\./m],
    ])('%s: %s', async (failure, pattern) => {
        expect(await hover(failure)).toMatch(pattern);
    });

    test('nothing of what stays up, or why, where nothing is lost', async () => {
        expect(await hover('iam-signing-key')).not.toMatch(/\*\*(Stays up|Why|Configuration|Not as published)/);
    });
});

describe('short, however large the estate', () => {
    const large = `region us
management cluster mgmt
${Array.from({ length: 12 }, (_, index) => `workload cluster c${index} in us`).join('\n')}
${Array.from({ length: 6 }, (_, index) => `service s${index} on c0, c1`).join('\n')}
service t on c0`;

    test('the gravest services are named, the others counted', async () => {
        const [, , table] = (await hover('c0', large)).split('\n\n');
        expect(table!.split('\n')[2]).toMatch(/^\| `t` \| ✖/);
        expect(table).toContain('| … | | and 3 more services |');
    });

    test('of a region, the first steps back', async () => {
        const markdown = await hover('region:us', large);
        expect(markdown).toMatch(/\*\*Recovery\*\* .* And 10 more steps: see the runbook\./);
        expect(markdown.length).toBeLessThan(6_000);
    });

    test('what would hurt next is left to its page where finding it takes long', async () => {
        const clusters = (count: number) =>
            Array.from({ length: count }, (_, index) => `workload cluster c${index}`).join('\n');
        const estateOf = (count: number) => `management cluster mgmt\n${clusters(count)}\nservice s on c0, c1`;
        expect(await hover('c0', estateOf(10))).toMatch(/\*\*Next\*\* one more failure of /);
        expect(await hover('c0', estateOf(250))).not.toContain('**Next**');
    });
});

test('every element has a hover without gaps', async () => {
    const { graph } = await simulated(text, []);
    for (const { name } of graph.elements.all) {
        const markdown = await hover(name);
        expect(markdown).not.toMatch(/undefined|\[object|\{name\}|\{cluster\}|``|\| \. \|/);
        expect(markdown).toMatch(/^\*\*[^\n]+\*\* — if it fails\n\n\*\*[✖⚠◐⚙◌✓] \S.*\n\n\| \| \| \|\n/);
    }
});
