import { describe, expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import { explainer } from '../../server/failure/explain.js';
import { nextFailures } from '../../server/failure/residual.js';
import type { StepAction } from '../../server/failure/run.js';
import { scenarioOf } from '../../server/failure/scenario.js';
import { simulate } from '../../server/failure/outcome.js';
import { pointAt } from '../../server/failure/timeline.js';
import { findingsOf } from '../../server/findings/findings.js';
import { overlayOf } from '../../server/diagram/overlay.js';
import { sceneOf } from '../../server/diagram/scene.js';
import { annotationsOf } from '../../server/impact/annotations.js';
import { failureMarkdown } from '../../server/impact/hover.js';
import { causeLine } from '../../server/impact/causes.js';
import { promotionReports } from '../../server/impact/promotion.js';
import { restorationSteps } from '../../server/impact/recovery.js';
import { runbookOf } from '../../server/impact/runbook.js';
import { scenarioView } from '../../server/impact/scenario.js';
import { marks } from '../../server/impact/summary.js';
import { timelineEntries } from '../../server/impact/timeline.js';
import { asElementName } from '../../server/topology/element-name.js';
import { estate } from '../fixture.js';
import { topologyOf } from './check.js';
import { problems } from '../language/tell.js';
import { promised } from '../promises/judged.js';

const half = 30 * 60;

const text = ({
    plane = 'postgres internal { backup every 1h in eu }  root-ca { backup in eu }  iam-signing-key { backup in eu }',
    standby = 'standby management cluster dr in eu { copy every 15m promoted within 30m  requires dns to start }',
    more = '',
} = {}) => `topology t for tsb 1.12
region us
region eu
external service dns
management cluster mgmt in us { management plane { ${plane} } }
${standby}
workload cluster east in us { gateway ingress e-gw }
workload cluster west in eu { gateway ingress w-gw }
service shop on east, west { exposed "shop.example.com" via e-gw, w-gw { gslb ttl 30s } }
${more}`;

/** "30m promote dr": what happens, and when in seconds. */
type Happening = readonly [at: number, action: StepAction, element: string];

async function viewAt(at: number, happenings: readonly Happening[], input = text()) {
    const topology = await topologyOf(input);
    const steps = happenings.map(([when, action, element]) => ({ at: when, action, element: asElementName(element) }));
    return scenarioView(topology, scenarioOf(steps), { at });
}

const marksAt = async (at: number, happenings: readonly Happening[], input?: string) =>
    marks((await viewAt(at, happenings, input)).outcome.operations);

describe('a service that a plane requires', () => {
    const requiring = (plane: string) =>
        text({
            plane: `postgres external  root-ca { backup in eu }  iam-signing-key { backup in eu } ${plane}`,
            more: 'service policy on mgmt, dr',
        });

    test('is required by the standby from where that stands, from its promotion on', async () => {
        const after = (...away: Happening[]) =>
            marksAt(half + 60, [...away, [0, 'fail', 'mgmt'], [half, 'promote', 'dr']], requiring('requires policy'));
        const management = async (...away: Happening[]) => (await after(...away)).split(' ').at(-1);
        expect(await management()).toBe('✅');
        expect(await management([0, 'fail', 'policy@mgmt'])).toBe('✅');
        expect(await management([0, 'fail', 'policy@dr'])).toBe('❌');
    });

    test('runs out for the standby, too, once it was promoted', async () => {
        const plane = requiring('requires policy every 20m ttl 1h');
        const at = async (seconds: number, ...away: Happening[]) =>
            (await marksAt(seconds, [...away, [0, 'fail', 'mgmt'], [half, 'promote', 'dr']], plane)).split(' ').at(-1);
        expect(await at(half + 60)).toBe('✅');
        expect(await at(half + 60, [0, 'fail', 'policy@dr'])).toBe('❌');
        expect(await at(half + 60, [60, 'fail', 'policy@mgmt'])).toBe('✅');
    });
});

describe('what stands by', () => {
    test('takes no part before it is promoted: every failure is as without it', async () => {
        const [one, other] = await Promise.all([estate(text()), estate(text({ standby: '' }))]);
        const [withIt, without] = [one, other].map(({ topology }) => analysisOf(topology).graph);
        for (const { name } of without!.elements.all) {
            const [now, before] = [withIt!, without!].map((graph) => simulate(graph, [name]));
            expect([name, now!.operations]).toEqual([name, before!.operations]);
            expect(now!.clusters.filter((cluster) => cluster.name !== 'dr')).toEqual(before!.clusters);
            const told = [now!, before!].map(({ effects }) => effects.map(({ facet, state }) => [facet.flow, state]));
            expect(told[0]).toEqual(told[1]);
        }
        expect(marks(simulate(withIt!, [asElementName('dr')]).operations)).toBe('✅ ✅ ✅ ✅');
        expect(marks(simulate(withIt!, [asElementName('link:east/dr')]).operations)).toBe('✅ ✅ ✅ ✅');
    });

    test('does what the other did once it is promoted; edges are connected within 60 s', async () => {
        const happenings: Happening[] = [
            [0, 'fail', 'mgmt'],
            [half, 'promote', 'dr'],
        ];
        expect(await marksAt(half - 1, happenings)).toBe('✅ ⚠️ ❌ ❌');
        expect(await marksAt(half, happenings)).toBe('✅ ⚠️ ✅ ✅');
        expect(await marksAt(half + 60, happenings)).toBe('✅ ✅ ✅ ✅');
        const { timeline } = await viewAt(half, happenings);
        // at the earliest they are connected at once
        expect(marks(pointAt(timeline, half).latest.outcome.operations)).toBe('✅ ✅ ✅ ✅');
        expect(pointAt(timeline, half).outcome.clusters.find(({ name }) => name === 'west')?.freshness).toBe('queued');
        expect(pointAt(timeline, half + 60).outcome.clusters.find(({ name }) => name === 'west')?.freshness).toBe(
            'live',
        );
    });

    test.each<[string, string, string]>([
        ['the standby', 'dr', '✅ ⚠️ ❌ ❌'],
        ['the way of a cluster to it', 'link:west/dr', '✅ ⚠️ ⚠️ ✅'],
        ['the old side again', 'mgmt', '✅ ✅ ✅ ✅'],
        ['the DNS of the old side', 'mgmt.dns', '✅ ✅ ✅ ✅'],
        ['the database of the old side', 'store:postgres', '✅ ✅ ✅ ✅'],
        ['the way to the old side', 'link:west/mgmt', '✅ ✅ ✅ ✅'],
    ])('from then on the failure of %s is judged like this', async (_, element, expected) => {
        const happenings: Happening[] = [
            [0, 'fail', 'mgmt'],
            [half, 'promote', 'dr'],
            [7_200, 'recover', 'mgmt'],
            [10_800, 'fail', element],
        ];
        expect(await marksAt(10_800, happenings)).toBe(expected);
    });

    test('while it does so, nobody needs the other side, and everybody needs the standby', async () => {
        const { outcome } = await viewAt(half + 60, [[0, 'promote', 'dr']]);
        const now = nextFailures(outcome.graph, outcome.state);
        const taken = (name: string) => {
            const found = now.find(({ elements }) => elements.some((element) => element.name === name));
            return found?.harms.told.map(({ kind, what }) => `${kind} ${what}`) ?? [];
        };
        expect(taken('mgmt')).toEqual([]);
        expect(taken('store:postgres')).toEqual([]);
        expect(taken('dr')).toContain('operation-total managementOperations');
        const { outcome: without } = await viewAt(half, [
            [0, 'promote', 'dr'],
            [60, 'fail', 'dr'],
        ]);
        const write = without.effects.find(({ facet }) => facet.flow === 'write')!;
        expect(causeLine(explainer(without)(write.node))).toBe('`dr`');
    });

    test('a move is no failure: it may be planned, and go back', async () => {
        const planned: Happening[] = [
            [0, 'promote', 'dr'],
            [3_600, 'promote', 'mgmt'],
            [7_200, 'fail', 'dr'],
        ];
        expect(await marksAt(120, planned)).toBe('✅ ✅ ✅ ✅');
        expect(await marksAt(7_200, planned)).toBe('✅ ✅ ✅ ✅');
        const { timeline } = await viewAt(0, planned);
        const back = timelineEntries(timeline).find(({ at }) => at === 3_600);
        expect(back?.sentences.join(' ')).toContain('`mgmt` is promoted: it does what `dr` did');
        expect(back?.sentences.join(' ')).toContain('Nothing goes back by itself');
    });

    test('whoever shares the database needs it on', async () => {
        const shared = text({
            plane: 'postgres external { backup }  root-ca { backup }  iam-signing-key { backup }',
            standby: 'standby management cluster dr in eu',
        });
        const happenings: Happening[] = [
            [0, 'fail', 'mgmt'],
            [60, 'promote', 'dr'],
        ];
        expect(await marksAt(120, happenings, shared)).toBe('✅ ✅ ✅ ✅');
        // as on the active side: only configuration is kept there
        expect(await marksAt(120, [...happenings, [120, 'fail', 'store:postgres']], shared)).toBe('✅ ✅ ✅ ❌');
        expect(await marksAt(120, [[0, 'fail', 'store:postgres']], shared)).toBe('✅ ✅ ✅ ❌');
        const own = text({ plane: 'postgres external { backup }  root-ca { backup }  iam-signing-key { backup }' });
        expect(await marksAt(120, [...happenings, [120, 'fail', 'store:postgres']], own)).toBe('✅ ✅ ✅ ✅');
    });

    test('what a plane requires, the standby requires from then on, and not before', async () => {
        const plane = 'root-ca { backup }  iam-signing-key { backup }  postgres internal  requires vault';
        const input = text({ plane, more: 'external service vault' });
        const promoted: Happening[] = [
            [0, 'fail', 'mgmt'],
            [60, 'promote', 'dr'],
        ];
        expect(await marksAt(120, promoted, input)).toBe('✅ ✅ ✅ ✅');
        const without: Happening[] = [...promoted, [120, 'fail', 'external:vault']];
        expect(await marksAt(120, without, input)).toMatch(/❌$/);
        const either = text({
            plane: plane.replace('requires vault', 'requires vault or spare'),
            more: 'external service vault\nexternal service spare',
        });
        expect(await marksAt(120, without, either)).toBe('✅ ✅ ✅ ✅');
        expect(await marksAt(120, [...without, [120, 'fail', 'external:spare']], either)).toMatch(/❌$/);
    });

    test('what a plane requires again and again, the standby asks for from then on, and has nothing before', async () => {
        const plane =
            'root-ca { backup }  iam-signing-key { backup }  postgres internal  requires vault or spare every 10m ttl 1h';
        const input = text({ plane, more: 'external service vault\nexternal service spare' });
        const promoted: Happening[] = [
            [0, 'fail', 'mgmt'],
            [3_600, 'promote', 'dr'],
        ];
        const away = (at: number): Happening[] => [
            [at, 'fail', 'external:vault'],
            [at, 'fail', 'external:spare'],
        ];
        // away once it has been asked: what it got then lasts on
        const later = [...promoted, ...away(7_200)];
        expect(await marksAt(7_200 + 49 * 60, later, input)).toBe('✅ ✅ ✅ ✅');
        expect(await marksAt(7_200 + 51 * 60, later, input)).toMatch(/❌$/);
        const { timeline } = await viewAt(7_200 + 51 * 60, later, input);
        expect(marks(pointAt(timeline, 7_200 + 51 * 60).latest.outcome.operations)).toBe('✅ ✅ ✅ ✅');
        expect(marks(pointAt(timeline, 7_200 + 61 * 60).latest.outcome.operations)).toMatch(/❌$/);
        // away when it is promoted, however shortly: it has nothing, until one of them is back
        for (const since of [3_599, 3_600]) {
            const before = [...promoted, ...away(since)];
            expect(await marksAt(3_700, before, input)).toMatch(/❌$/);
            const { timeline: nothing } = await viewAt(3_700, before, input);
            expect(marks(pointAt(nothing, 3_700).latest.outcome.operations)).toMatch(/❌$/);
            const back: Happening[] = [...before, [4_000, 'recover', 'external:spare']];
            expect(await marksAt(4_000, back, input)).toBe('✅ ✅ ✅ ✅');
            expect(await marksAt(86_400, back, input)).toBe('✅ ✅ ✅ ✅');
        }
        expect(await marksAt(86_400, [...promoted, away(3_600)[0]!], input)).toBe('✅ ✅ ✅ ✅');
        // what the old side got last is no matter then
        const old: Happening[] = [...away(0), [7_200, 'recover', 'external:vault'], [7_200, 'promote', 'dr']];
        expect(await marksAt(7_100, old, input)).toMatch(/❌$/);
        expect(await marksAt(7_300, old, input)).toMatch(/✅$/);
    });

    test('promoted back, the other side has asked all the time', async () => {
        const plane =
            'root-ca { backup }  iam-signing-key { backup }  postgres internal  requires vault every 10m ttl 1h';
        const input = text({ plane, more: 'external service vault' });
        const happenings: Happening[] = [
            [0, 'promote', 'dr'],
            [600, 'fail', 'external:vault'],
            [700, 'promote', 'mgmt'],
            [800, 'promote', 'dr'],
        ];
        expect(await marksAt(790, happenings, input)).toBe('✅ ✅ ✅ ✅');
        expect(await marksAt(900, happenings, input)).toMatch(/❌$/);
    });

    test('what a plane requires is needed for what that plane does, and what the database requires for the data', async () => {
        const secrets = 'root-ca { backup }  iam-signing-key { backup }';
        const marksWithout = (plane: string) =>
            marksAt(
                120,
                [
                    [0, 'promote', 'dr'],
                    [120, 'fail', 'external:vault'],
                ],
                text({ plane: `${secrets}  ${plane}`, more: 'external service vault' }),
            );
        expect(await marksWithout('postgres internal  requires vault')).toBe('✅ ✅ ⚠️ ❌');
        expect(await marksWithout('postgres internal { requires vault }')).toBe('✅ ✅ ✅ ❌');
        expect(await marksWithout('postgres external { requires vault }')).toBe('✅ ✅ ✅ ❌');
    });

    test.each([
        ['link:mgmt/dr', 'link:west/dr', '✅ ⚠️ ⚠️ ✅'],
        ['link:mgmt->dr', 'link:west->dr', '✅ ⚠️ ⚠️ ✅'],
        ['link:dr->mgmt', 'link:dr->west', '✅ ✅ ✅ ✅'],
    ])('gateways on the old side need %s then, as any other cluster needs %s', async (link, other, expected) => {
        const input = text().replace('mgmt in us {', 'mgmt in us { gateway ingress m-gw ');
        const promoted: Happening[] = [
            [0, 'promote', 'dr'],
            [120, 'fail', link],
        ];
        expect(await marksAt(120, promoted, input)).toBe(expected);
        expect(await marksAt(120, [promoted[0]!, [120, 'fail', other]], input)).toBe(expected);
        expect(await marksAt(120, [[120, 'fail', link]], input)).toBe('✅ ✅ ✅ ✅');
    });

    test('a store outside stays what it is; one inside is replaced', async () => {
        const happenings: Happening[] = [
            [0, 'fail', 'mgmt'],
            [60, 'promote', 'dr'],
            [120, 'fail', 'store:elasticsearch'],
        ];
        const plane = 'root-ca { backup }  iam-signing-key { backup }  postgres internal';
        expect(await marksAt(120, happenings, text({ plane: `${plane}  elasticsearch external` }))).toBe('✅ ✅ ❌ ⚠️');
        expect(await marksAt(120, happenings, text({ plane: `${plane}  elasticsearch internal` }))).toBe('✅ ✅ ✅ ✅');
    });
});

describe('a promotion is refused', () => {
    const refusedAt = async (happenings: readonly Happening[], input?: string) =>
        promotionReports(await viewAt(3_600, happenings, input)).map(({ refused }) => refused);

    test.each<[string, Happening[], string]>([
        ['while the standby is down', [[0, 'fail', 'dr']], 'it is down itself'],
        ['while its region is down', [[0, 'fail', 'region:eu']], 'it is down itself'],
        [
            'while something is down that it requires to start',
            [[0, 'fail', 'external:dns']],
            'dns is down, without which it does not start, as the file says',
        ],
    ])('%s', async (_, failures, why) => {
        const happenings: Happening[] = [[0, 'fail', 'mgmt'], ...failures, [60, 'promote', 'dr']];
        expect(await refusedAt(happenings)).toEqual([why]);
        expect(await marksAt(120, happenings)).toMatch(/❌$/);
        const again: Happening[] = [...happenings, [1_800, 'recover', failures[0]![2]], [1_900, 'promote', 'dr']];
        expect(await refusedAt(again)).toEqual([why, null]);
        expect(await marksAt(1_960, again)).toMatch(/✅$/);
    });

    test('of what it stands by for nothing, and of the old side while that is down', async () => {
        expect(await refusedAt([[0, 'promote', 'east']])).toEqual(['it stands by for nothing']);
        expect(await refusedAt([[0, 'promote', 'mgmt']])).toEqual(['it stands by for nothing']);
        expect(
            await refusedAt([
                [0, 'fail', 'mgmt'],
                [60, 'promote', 'dr'],
                [120, 'promote', 'mgmt'],
            ]),
        ).toEqual([null, 'it is down itself']);
    });

    test.each([
        ['iam-signing-key { no backup }  root-ca { backup }', 'nothing keeps the iam-signing-key but mgmt'],
        ['iam-signing-key { backup }  root-ca { no backup }', 'nothing keeps the root CA but mgmt'],
    ])('for good with %s, which is an error', async (secrets, why) => {
        const input = text({ plane: `postgres internal { backup }  ${secrets}` });
        const { topology } = await estate(input);
        const [finding] = findingsOf(topology).filter(({ code }) => code === 'standby-cannot-take-over');
        expect(finding?.severity).toBe('error');
        expect(await refusedAt([[0, 'promote', 'dr']], input)).toEqual([expect.stringContaining(why)]);
    });

    test('for good without any data, and where the vendor runs the other side', async () => {
        const empty = text({ standby: 'standby management cluster dr in eu' });
        expect(await refusedAt([[0, 'promote', 'dr']], empty)).toEqual([
            'Postgres stands inside mgmt, and dr has no copy of it',
        ]);
        const hosted = `topology t\nhosted management cluster v\nstandby management cluster dr { copy }\nworkload cluster east`;
        expect(await refusedAt([[0, 'promote', 'dr']], hosted)).toEqual([
            'the vendor runs v, and whatever stands by for it',
        ]);
    });
});

describe('the runbook', () => {
    test('has the steps of the guide, with their sources, where it can be promoted', async () => {
        const view = await viewAt(0, [[0, 'fail', 'mgmt']]);
        const steps = restorationSteps(view.outcome);
        expect(steps.map(({ source }) => source)).toEqual([
            'active-standby',
            'active-standby',
            'active-standby-overview',
            'active-standby-troubleshoot',
            'active-standby',
        ]);
        expect(steps[1]!.text).toContain('Changes of the last 15 min may be lost');
        expect(steps[1]!.takes).toBe('30 min, as the file says');
        expect(steps[1]!.atHand[0]).toContain('tsb-iam-jwks');
        const page = runbookOf(view);
        expect(page).toContain('**Bring back** `mgmt`, or promote `dr`');
        expect(page).not.toContain('Rebuild the management plane');
    });

    test('says why not, and has the plan without it, where it cannot', async () => {
        const page = runbookOf(
            await viewAt(0, [
                [0, 'fail', 'mgmt'],
                [0, 'fail', 'external:dns'],
            ]),
        );
        expect(page).toContain('`dr` stands by, and cannot be promoted: `dns` is down');
        expect(page).toContain('Rebuild the management plane');
    });

    test('does not bring back what was replaced', async () => {
        const page = runbookOf(
            await viewAt(120, [
                [0, 'fail', 'mgmt'],
                [60, 'promote', 'dr'],
            ]),
        );
        expect(page).toContain('Once `mgmt` is available again it takes no part');
        expect(page).not.toContain('**Bring back** `mgmt`');
        expect(page).not.toContain('Rebuild the management plane');
    });
});

test('a name with quotes in it is no Markdown where it is said why a standby cannot take over', async () => {
    const name = "a' [x](http://evil.example) 'b";
    const { topology } = await estate(`topology t
management cluster "${name}" { management plane { postgres internal } }
standby management cluster dr`);
    const { graph } = analysisOf(topology);
    const element = graph.elements.byName.get(asElementName('dr'))!;
    const found = failureMarkdown(element, simulate(graph, [element.name]));
    expect(found).toContain(`It cannot take over: Postgres stands inside \`${name}\``);
    expect(found.replaceAll(`\`${name}\``, '')).not.toContain('[x](http');
});

describe('stores of the side that was replaced, which stand outside of it', () => {
    const plane = `postgres external in us { backup every 1h in eu }  elasticsearch external in us direct
        root-ca { backup in eu }  iam-signing-key { backup in eu }`;

    test('are neither brought back nor restored once the standby was promoted, and no danger', async () => {
        const failed: Happening = [0, 'fail', 'region:us'];
        const before = runbookOf(await viewAt(60, [failed], text({ plane })));
        expect(before).toMatch(/Postgres is back/);
        expect(before).toMatch(/restored database/);
        const after = runbookOf(await viewAt(120, [failed, [60, 'promote', 'dr']], text({ plane })));
        expect(after).toContain('Once `mgmt` is available again it takes no part');
        expect(after).not.toMatch(/Postgres is back|Restore Postgres|restored database/);
    });
});

describe('who looks at it', () => {
    test('reads at the standby for whom it waits, how old its data is, and why it cannot take over', async () => {
        const hover = async (input: string) => {
            const { graph } = analysisOf((await estate(input)).topology);
            const element = graph.elements.byName.get(asElementName('dr'))!;
            return failureMarkdown(element, simulate(graph, [element.name]));
        };
        const found = await hover(text());
        expect(found).toContain('**Stands by** `dr` takes no part until somebody promotes it');
        expect(found).toContain('Changes of the last 15 min may be lost');
        expect(found).toContain('A promotion takes 30 min, as the file says');
        expect(await hover(text({ standby: 'standby management cluster dr' }))).toContain(
            'It cannot take over: Postgres stands inside `mgmt`, and `dr` has no copy of it.',
        );
    });

    test('sees in the file and in the picture which side does it now', async () => {
        const { outcome } = await viewAt(120, [[0, 'promote', 'dr']]);
        const told = annotationsOf(outcome).map(({ text: says }) => says);
        expect(told).toContain('promoted: does what mgmt did');
        expect(told).toContain('takes no part: dr does what it did');
        const scene = sceneOf(outcome.graph);
        const { branches, boxes } = overlayOf(scene, outcome);
        const side = scene.branches.filter(({ from }) => from.startsWith('mgmt'));
        expect(side.length).toBeGreaterThan(0);
        expect(side.map(({ id }) => branches.get(id))).toEqual(side.map(() => 'idle'));
        expect(boxes.get('dr')?.text).toBe('promoted: does what mgmt did');
    });
});

describe('promises', () => {
    const promise = (line: string, input: Parameters<typeof text>[0] = {}) => promised(text({ ...input, more: line }));

    test('a scenario promotes, and expects that it can', async () => {
        const lines = (more: string) => `scenario "x" {
    at 0m   fail mgmt${more}
    at 30m  promote dr
    at 40m  expect management operations unaffected
}`;
        expect(await promise(lines(''))).toEqual([]);
        const [first] = await promise(lines(', dns'));
        expect(first).toContain('Expected: promotion of dr possible after 30 min. Found: impossible');
        expect(first).toContain('dns is down');
    });

    test.each([
        ['management operations recover within 2h from any region failure', undefined],
        ['management operations recover within 31m from any region failure', undefined],
        ['management operations recover within 30m from any region failure', 'may be away for 31 min'],
        ['postgres loses at most 15m from any region failure', undefined],
        ['postgres loses at most 14m from any region failure', 'up to 15 min of Postgres are lost'],
    ])('%s', async (objective, broken) => {
        const found = await promise(`objective ${objective}`);
        if (broken === undefined) expect(found).toEqual([]);
        else expect(found).toEqual([expect.stringContaining(broken)]);
    });

    test('nobody knows when it is back, where nobody says how long a promotion takes, or it is refused', async () => {
        const objective = 'objective management operations recover within 2h from region us';
        for (const standby of [
            'standby management cluster dr in eu { copy every 15m }',
            'standby management cluster dr in us { copy every 15m promoted within 30m }',
        ])
            expect(await promise(objective, { standby })).toEqual([
                expect.stringContaining('how long it takes to restore that cannot be told from the file'),
            ]);
    });

    test('a copy that follows all the time has no age, so that its loss is not known', async () => {
        const standby = 'standby management cluster dr in eu { copy }';
        expect(await promise('objective postgres loses at most 15m from region us', { standby })).toEqual([
            expect.stringContaining('Cannot be judged'),
        ]);
    });
});

describe('the language', () => {
    test.each([
        ['central control plane', 'that is said there'],
        ['gateway ingress', 'that is said there'],
        ['management plane', 'that is said there'],
        ['no workloads', 'that is said there'],
    ])('%s is not said of a standby', async (item, why) => {
        const found = await problems(text({ standby: `standby management cluster dr in eu { copy  ${item} }` }));
        expect(found).toEqual([expect.stringContaining(why)]);
    });

    test.each(['management cluster x { copy every 1h }', 'workload cluster x { copy every 1h }'])(
        '%s has none',
        async (declaration) => {
            const found = await problems(`topology t\n${declaration}`);
            expect(found.filter((each) => each.startsWith('misplaced-item'))).toEqual([
                expect.stringContaining('A copy is one of a store, or of a'),
            ]);
        },
    );

    test('odd amounts are told', async () => {
        const standby = 'standby management cluster dr in eu { copy every 15 promoted within 0s }';
        const found = await problems(text({ standby }));
        expect(found.map((each) => each.split(' ')[0])).toEqual(['odd-duration', 'odd-duration']);
    });

    test.each([
        'service copy on east',
        'service standby on east { requires promoted }\nexternal service promoted',
        'workload cluster standby',
        'workload cluster copy\nnetwork {\n copy -> east\n}',
        'region copy\nregion promoted\nworkload cluster x in copy',
        'external service copy\nabout east.istiod { requires copy every 20m }',
        'service a on east {\n labels copy yes\n}',
        'workload cluster x { gateway ingress copy }',
    ])('the words are names elsewhere: %s', async (lines) => {
        expect((await estate(text({ more: lines }))).diagnostics).toEqual([]);
    });

    test('what stands by is told once, at one place', async () => {
        const two = text({ more: 'standby management cluster dr-2 in us { copy }' });
        const { topology } = await estate(two);
        expect(findingsOf(topology).map(({ code }) => code)).toContain('several-standbys');
        const beside = text({ standby: 'standby management cluster dr in us { copy }' });
        expect(findingsOf((await estate(beside)).topology).map(({ code }) => code)).toContain('standby-shares-place');
        const lost = text({
            plane: 'postgres external in us { backup }',
            standby: 'standby management cluster dr in eu',
        });
        expect(findingsOf((await estate(lost)).topology).map(({ code }) => code)).toContain('standby-shares-place');
    });
});
