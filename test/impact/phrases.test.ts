import { expect, test } from 'vitest';
import { componentKinds } from '../../server/knowledge/components.js';
import { elementsOf } from '../../server/topology/elements.js';
import { plain } from '../../server/encoding/markdown.js';
import { elementPhrase } from '../../server/impact/phrases.js';
import { capitalized, count, listing } from '../../server/words/english.js';
import { duration } from '../../server/words/times.js';
import { blastRadiusOf } from '../../server/failure/blast-radius.js';
import { headline, marks, marksInWords } from '../../server/impact/summary.js';
import { estate } from '../fixture.js';
import { simulated } from '../failure/check.js';
import { estateOf } from './tell.js';

test.each([
    [[], ''],
    [['a'], '`a`'],
    [['a', 'b'], '`a` and `b`'],
    [['a', 'b', 'c'], '`a`, `b` and `c`'],
    [['a', 'b', 'c', 'd'], '`a`, `b` and 2 more'],
])('a list of %j', (names, expected) => {
    expect(listing(names)).toBe(expected);
});

test.each([
    [0, '0 s'],
    [45, '45 s'],
    [90, '90 s'],
    [3_600, '1 h'],
    [5_400, '1 h 30 min'],
    [86_400, '1 d'],
    [90_061, '1 d 1 h'],
])('%i seconds', (seconds, expected) => {
    expect(duration(seconds)).toBe(expected);
});

test('one and many, capitals, and sentences without Markdown', () => {
    expect([count(1, 'cluster'), count(0, 'cluster'), count(2, 'cluster')]).toEqual([
        '1 cluster',
        '0 clusters',
        '2 clusters',
    ]);
    expect([capitalized('the edge'), capitalized('`east` is'), capitalized('')]).toEqual(['The edge', '`east` is', '']);
    expect(plain('**Why** `east`')).toBe('Why east');
});

test('every element has a phrase that fits into a sentence, and tells it from all others', async () => {
    const { topology } = await estate(`
        region us { zones a, b }
        management cluster mgmt { management plane { postgres { copy }  gitops  identity-provider } }
        workload cluster east { gateway ingress, east-west gw }
        workload cluster west
        standby management cluster dr
        service blue/cart on east, west
        service green/cart on east
        external service stripe
        shared fate line of east, west`);
    const { all } = elementsOf(topology);
    const phrases = all.map(elementPhrase);
    for (const phrase of phrases) expect(phrase).toMatch(/^\S.*[\w`]$/);
    expect(new Set(phrases).size).toBe(phrases.length);
    // whoever adds a kind of component adds it above
    const kinds = new Set(all.map(({ kind }) => kind));
    expect(Object.keys(componentKinds).filter((kind) => !kinds.has(kind as never))).toEqual([
        'hosted-management-cluster',
        'banyandb',
    ]);
});

const text = estateOf('a b c', 'service shop on a, b\nservice cart on a, b\nservice solo on a\nservice last on c');

test.each([
    ['b', '2 services in fewer clusters · local cluster operations and metrics collection limited'],
    ['a', 'solo down'],
    ['a c', 'solo and last down'],
    ['a b c', '4 services down · local cluster operations and metrics collection lost'],
    ['mp', 'management operations lost · configuration of 3 clusters frozen'],
    ['central', 'changes for 3 clusters queued'],
    ['link:a/mgmt', 'changes for 1 cluster queued'],
    ['shop@a', 'shop in 1 of 2 clusters'],
    ['shop@a cart@a', '2 services in fewer clusters'],
    ['iam-signing-key', 'nobody notices'],
    ['mp c', 'last down · management operations lost · configuration of 2 clusters frozen'],
])('the headline of %s', async (failures, expected) => {
    expect(headline(blastRadiusOf(await simulated(text, failures.split(' '))))).toBe(expected);
});

test('the headline of workloads that nobody named', async () => {
    expect(headline(blastRadiusOf(await simulated(estateOf('a b'), ['a'])))).toBe('workloads of 1 cluster down');
});

test('marks, and the same in words', async () => {
    const { operations } = await simulated(estateOf('a b'), ['mgmt']);
    expect(marks(operations)).toBe('✅ ⚠️ ❌ ❌');
    expect(marksInWords(operations)).toBe(
        'Running workloads: unaffected; Local cluster operations: limited; Metrics collection: lost; Management operations: lost',
    );
});
