import { describe, expect, test } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import { timelineOf } from '../../server/failure/timeline.js';
import { annotationsOf } from '../../server/impact/annotations.js';
import { enduranceSentences } from '../../server/impact/endurance.js';
import { factsOf } from '../../server/impact/facts.js';
import { operationStories } from '../../server/impact/operations.js';
import { timelineTable } from '../../server/impact/pages.js';
import type { ScenarioView } from '../../server/impact/scenario.js';
import { marks } from '../../server/impact/summary.js';
import { timelineEntries } from '../../server/impact/timeline.js';
import { plain } from '../../server/encoding/markdown.js';
import { asElementName } from '../../server/topology/element-name.js';
import { scenario, simulated } from '../failure/check.js';
import { estate } from '../fixture.js';

const estateOf = (edge = '', more = '') => `topology when
management cluster mgmt
workload cluster east { gateway ingress  edge control plane { ${edge} } }
workload cluster west { gateway ingress }
service shop on east, west { exposed "shop.example.com" { gslb ttl 30s } }
${more}`;

type Options = Parameters<typeof scenario>[2];

/** Each entry as a line: the time in seconds, whether it is certain, its sentences. */
async function entries(failures: string, options: Options = {}, text = estateOf()): Promise<string[]> {
    const { timeline } = await scenario(text, failures.split(' ').filter(Boolean), options);
    return timelineEntries(timeline).map(
        ({ at, certain, sentences }) => `${at}${certain ? '' : '?'} ${plain(sentences.join(' '))}`,
    );
}

describe('what happens when', () => {
    test('what fails, and what that does', async () => {
        expect((await entries('mgmt'))[0]).toBe(
            '0 mgmt fails. Local cluster operations ⚠️, Metrics collection ❌, Management operations ❌.',
        );
    });

    test('what runs out, where, and why that matters; a fact without a source is labelled', async () => {
        expect((await entries('iam'))[1]).toBe(
            '3600 The agent tokens of east and west have run out: an agent whose token has run out is refused when it reconnects (inferred). Local cluster operations ⚠️, Metrics collection ❌.',
        );
    });

    test('what may run out is possible first, and certain in the end', async () => {
        expect((await entries('east.istiod')).slice(1)).toEqual([
            '43200? From now on the workload certificates of east may run out, all of them by 1 d: nobody accepts a workload whose certificate has run out (likely). Running workloads ⚠️.',
            '43230? By now the clients of shop.example.com may have failed over to west.',
            '86400 By now the workload certificates of east have run out.',
        ]);
    });

    test('both readings of the marks', async () => {
        const { timeline } = await scenario(estateOf(), ['east.istiod']);
        const [, possible] = timelineEntries(timeline);
        expect([marks(possible!.operations), marks(possible!.atBest)]).toEqual(['⚠️ ⚠️ ✅ ✅', '✅ ⚠️ ✅ ✅']);
    });

    test('what is repaired, what is renewed, what takes its time to start', async () => {
        expect((await entries('mgmt', { duration: 7_200 })).slice(2)).toEqual([
            "7200? mgmt is available again. The agent tokens of east and west are renewed within 15 min, without anybody's help. The central control plane starts, and is back in 60 s to 120 s. Management operations ✅.",
            expect.stringMatching(/^7320\?? The central control plane has started\.$/),
            '8100 By now the agent tokens of east and west are renewed. Local cluster operations ✅, Metrics collection ✅.',
        ]);
    });

    test('clients that move, once they have', async () => {
        expect(await entries('east')).toContain(
            '30 By now the clients of shop.example.com have failed over, and are served from west.',
        );
    });

    test('nobody has moved where the repair comes first', async () => {
        expect((await entries('east', { duration: 20 })).join()).not.toContain('have failed over');
    });

    test('what cannot start, and why', async () => {
        const [, restarted] = await entries('east.kubernetes-api', { restarts: ['shop@east'], at: 60 });
        expect(restarted).toMatch(
            /^60 shop on east restarts\. shop on east cannot start without the Kubernetes API of east: Kubernetes starts it\./,
        );
    });

    test('void tokens have not run out', async () => {
        const [, restarted] = await entries('iam-signing-key', { restarts: ['iam'], at: 60 });
        expect(restarted).toMatch(
            /Every agent token is void: iam has started without the iam-signing-key \(inferred\)\./,
        );
        expect(restarted).not.toContain('run out');
    });

    test('hosts and services that go and come back', async () => {
        const lines = await entries('east west', { duration: 60 });
        expect(lines[0]).toMatch(/shop\.example\.com is down.*\. shop is down\./);
        expect(lines[1]).toMatch(/shop\.example\.com is served again\. shop serves again\./);
    });

    test('what runs out in a cluster that is gone is no news', async () => {
        expect((await entries('east')).join()).not.toContain('run out');
    });

    test('a full buffer, and one that drains', async () => {
        const lines = await entries('elasticsearch', { duration: 7_200 }, estateOf('metrics buffer 1h'));
        expect(lines.slice(1)).toEqual([
            '3600 The metrics buffer of east is full: what no longer fits is lost. Metrics collection ❌.',
            '7200 Elasticsearch is available again. The metrics buffer of east drains. Metrics collection ✅, Management operations ✅.',
        ]);
    });

    test('of a buffer that drains, nothing where its cluster fails at that moment', async () => {
        const { topology } = await estate(estateOf('metrics buffer 1h'));
        const timeline = timelineOf(buildFailureGraph(topology), [
            { at: 0, action: 'fail', element: asElementName('store:elasticsearch') },
            { at: 7_200, action: 'recover', element: asElementName('store:elasticsearch') },
            { at: 7_200, action: 'fail', element: asElementName('east') },
        ]);
        const told = timelineEntries(timeline).map(({ sentences }) => plain(sentences.join(' ')));
        expect(told.at(1)).toContain('The metrics buffer of east is full');
        expect(told.at(2)).toContain('east fails');
        expect(told.at(2)).not.toContain('drains');
    });

    test('without anything that fails, nothing', async () => {
        expect(await entries('')).toEqual([]);
    });

    test('as a table, with the entry in force in bold', async () => {
        const { timeline } = await scenario(estateOf(), ['iam']);
        const rows = timelineTable(timeline, 4_000).split('\n');
        expect(rows.slice(2, 4).map((row) => row.split(' | ')[0])).toEqual(['| at once', '| **1 h**']);
    });
});

describe('how long it may be down', () => {
    const endures = async (failures: string, text = estateOf()) =>
        enduranceSentences(await simulated(text, failures.split(' ').filter(Boolean))).map(plain);

    test('a range, with what runs out and how well that is known', async () => {
        expect(await endures('east.istiod')).toEqual([
            'Harmless to running workloads for 12 h to 1 d; then the workload certificates of east have run out (likely): running workloads limited.',
        ]);
    });

    test.each([
        [
            'promotes itself within 2m',
            [
                'postgres.copy promotes itself, after 120 s at the latest, which helps management operations.',
                'It does not get worse with time.',
            ],
        ],
        ['promotes itself', ['It does not get worse with time.']],
        ['promoted within 10m', ['It does not get worse with time.']],
    ])('what helps by itself: a copy that %s', async (promotion, sentences) => {
        const management = (where: string) =>
            `region us\nregion eu\nmanagement cluster mgmt in eu { management plane { postgres external in us { copy in ${where} ${promotion} } } }\nworkload cluster east in eu`;
        expect(await endures('postgres', management('eu'))).toEqual(sentences);
        // with the copy gone as well nothing helps
        expect((await endures('region:us', management('us'))).join()).not.toContain('promotes itself');
    });

    test('an exact time', async () => {
        expect(await endures('iam')).toEqual([
            'No worse for 1 h; then the agent tokens of east and west have run out (inferred): local cluster operations limited and metrics collection lost.',
            'After 7 d 1 h the stored metrics of east and west are forgotten.',
        ]);
    });

    test('by what the file says', async () => {
        expect(await endures('iam', estateOf('token ttl 24h'))).toEqual([
            expect.stringMatching(/^Harmless to local cluster operations for 1 h; then the agent tokens of west /),
            expect.stringMatching(/^No worse for 1 d; then the agent tokens of east .*: metrics collection lost\.$/),
            'After 7 d 1 h the stored metrics of west are forgotten.',
            'After 8 d the stored metrics of east are forgotten.',
        ]);
    });

    test('several, in order of time', async () => {
        const sentences = await endures('link:east/mgmt', estateOf('metrics buffer 2h  certificate authority central'));
        expect(sentences.map((sentence) => /(?:for|After) ([^;]+?)(?:;| the)/.exec(sentence)?.[1])).toEqual([
            '2 h',
            '7 d 2 h',
            '365 d',
        ]);
        const both = await endures('east.istiod west.istiod iam');
        expect(both.map((sentence) => /for ([^;]+);/.exec(sentence)?.[1])).toEqual(['1 h', '12 h to 1 d', undefined]);
    });

    test('hosts, too', async () => {
        expect((await endures('east.istiod west.istiod'))[0]).toMatch(
            /^Harmless to running workloads and shop\.example\.com for .*shop\.example\.com down\.$/,
        );
    });

    test.each([
        [
            'a cluster, where the estate is no worse',
            'link:east/mgmt west',
            'metrics buffer 2h',
            /^No worse for 2 h.*metrics collection of east lost\.$/,
        ],
        ['the dead are left out', 'west.istiod east', '', /the workload certificates of west have run out/],
        [
            'what runs out and harms nothing',
            'mgmt',
            '',
            /^After 1 h the agent tokens of east, west and south have run out \(inferred\); no mark gets worse\.$/,
        ],
    ])('%s', async (_, failures, edge, expected) => {
        expect((await endures(failures, estateOf(edge, 'workload cluster south')))[0]).toMatch(expected);
    });

    test('a host that was limited is not called unharmed', async () => {
        const weighted = `management cluster mgmt
            workload cluster dmz { gateway tier1 front }
            workload cluster east { gateway ingress }
            workload cluster west { gateway ingress }
            service shop on east, west { exposed "shop.example.com" via front to east weight 50, west weight 50 }`;
        expect(await endures('west dmz.istiod', weighted)).toEqual([
            'No worse for 12 h to 1 d; then the workload certificates of dmz have run out (likely): running workloads lost and shop.example.com down.',
        ]);
    });

    test('a share that grows', async () => {
        const weighted = `management cluster mgmt
            workload cluster dmz { gateway tier1 front }
            workload cluster east { gateway ingress }
            workload cluster west { gateway ingress }
            workload cluster south { gateway ingress }
            service shop on east, west, south {
                exposed "shop.example.com" via front to east weight 50, west weight 30, south weight 20
            }`;
        expect(await endures('west south.istiod', weighted)).toEqual([
            expect.stringMatching(/^No worse for 12 h to 1 d; .*: shop\.example\.com degraded\.$/),
        ]);
    });

    test.each([
        ['east', 'It does not get worse with time.'],
        ['iam-signing-key', 'It harms nothing, however long it lasts.'],
        ['', 'It harms nothing, however long it lasts.'],
    ])('where time changes nothing: %s', async (failures, expected) => {
        expect(await endures(failures)).toEqual([expected]);
    });
});

describe('what the operations say of it', () => {
    const estateText = `management cluster mgmt
        workload cluster east {
            gateway ingress
        }
        workload cluster west
        service shop on east, west`;
    const localOperations = ({ outcome }: ScenarioView) =>
        operationStories(factsOf(outcome)).localClusterOperations.sentences.join(' ');

    test('tokens that have run out, and tokens that are void', async () => {
        expect(localOperations(await scenario(estateText, ['mp'], { at: 3600 }))).toContain(
            'The agent tokens of `east` and `west` have run out: ',
        );
        const restarted = await scenario(estateText, ['iam-signing-key'], { restarts: ['mp'], at: 60 });
        expect(localOperations(restarted)).toContain(
            'The agent tokens of `east` and `west` are void: `iam` has started',
        );
    });

    test('what has run out in one cluster for sure, and perhaps in another', async () => {
        const lives = `management cluster mgmt
            workload cluster east {
                edge control plane { leaf certificate ttl 1h }
                gateway ingress
            }
            workload cluster west {
                gateway ingress
            }`;
        const { outcome } = await scenario(lives, ['east.istiod', 'west.istiod'], { at: 13 * 3600 });
        const said = operationStories(factsOf(outcome)).runningWorkloads.sentences.join(' ');
        expect(said).toContain('The workload certificates of `east` have run out: ');
        expect(said).toContain('The workload certificates of `west` may have run out by now: ');
        const lines = annotationsOf(outcome).map(({ text }) => text);
        expect(lines).toContain('workload certificates have run out, without istiod of east');
        expect(lines).toContain('workload certificates may have run out, without istiod of west');
    });

    test('a line says "may" only of what may have run out itself', async () => {
        const after = async (at: number) => {
            const { outcome } = await scenario(estateText, ['east.istiod', 'west.edge.operator'], { at });
            return annotationsOf(outcome).map(({ text }) => text);
        };
        expect((await after(13 * 3600)).join()).toMatch(
            /workload certificates may have run out, without istiod of east/,
        );
        expect((await after(13 * 3600)).join()).toMatch(/agent tokens have run out/);
        expect((await after(24 * 3600)).join()).toMatch(/workload certificates have run out, without istiod of east/);
    });
});
