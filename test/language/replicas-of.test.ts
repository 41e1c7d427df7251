import { describe, expect, test } from 'vitest';
import { codesOf, said } from '../findings/traffic-check.js';
import { labels } from './completion/complete.js';
import { problems } from './tell.js';

const estate = (replicas: string) =>
    `topology t  management cluster mgmt  workload cluster east { gateway ingress { ${replicas} } }`;

const inNumbers = 'How many copies of how many are needed is said in numbers: `replicas 3 of 5`.';

describe('replicas N of M', () => {
    test.each([
        ['replicas 3 of 2', 'odd-number «3» Of 2 copies 3 cannot be needed.'],
        ['replicas 2 of', 'missing-value «}» `of` needs a whole number.'],
        [
            'replicas 0 of 2',
            'odd-number «0» Without a replica there is nothing: say at least 1, or leave the whole thing out.',
        ],
        ['replicas 2 of 3.5', 'odd-number «3.5» `3.5` is no whole number.'],
        ['replicas majority of 5', `missing-value «majority» ${inNumbers}`],
        ['replicas 5 majority', `unknown-word «majority» ${inNumbers}`],
        ['replicas 5 { majority }', `unknown-word «{» ${inNumbers}`],
        ['replicas 2/3', `unknown-word «/» ${inNumbers}`],
        ['\nquorum 3\n', `unknown-word «quorum» ${inNumbers}`],
    ])('%s', async (replicas, expected) => {
        expect((await problems(estate(replicas))).join('\n')).toContain(expected);
    });

    test('is sound, and `of` a name elsewhere', async () => {
        expect(await problems(estate('replicas 2 of 3'))).toEqual([]);
        expect(
            await problems('topology of  management cluster of  service of on of { calls of2 } service of2 on of'),
        ).toEqual([]);
    });

    test('protects nothing where all are needed', async () => {
        const store = (replicas: string) =>
            `management cluster mgmt { management plane { postgres { ${replicas}  no backup } } } workload cluster east`;
        expect(await codesOf(store('replicas 3 of 3'))).toContain('postgres-unprotected');
        expect(await codesOf(store('replicas 2 of 3'))).not.toContain('postgres-unprotected');
        expect(await said(store('replicas 3'), 'postgres-unprotected')).toEqual([]);
    });

    test('of what elects by a majority has a hint where it is less than one', async () => {
        const store = (kind: string, replicas: string) =>
            `management cluster mgmt { management plane { ${kind} { ${replicas} } } } workload cluster east`;
        const half = 'replicas-no-majority';
        expect(await said(store('elasticsearch internal direct', '<|replicas 2 of 4|>'), half)).toMatchObject([
            {
                severity: 'hint',
                message:
                    'Elasticsearch elects its leader by a majority, and 2 of 4 are none: parts of it that are cut off from each other may both go on. Say `replicas 3 of 4`, unless it is known to do with fewer.',
                at: 0,
            },
        ]);
        for (const sound of ['replicas 3 of 4', 'replicas 4', 'replicas 1 of 1'])
            expect(await codesOf(store('elasticsearch internal direct', sound))).not.toContain(half);
        for (const kind of ['postgres', 'banyandb internal direct'])
            expect(await codesOf(store(kind, 'replicas 2 of 4'))).not.toContain(half);
    });

    test('proposes totals above what is needed', async () => {
        expect(await labels(estate('replicas 3 of <|>'))).toBe('5');
        expect((await labels(estate('replicas 3 <|>'))).split(', ')).toContain('of');
    });
});
