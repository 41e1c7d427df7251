import { describe, expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import { simulate } from '../../server/failure/outcome.js';
import type { StepAction } from '../../server/failure/run.js';
import { scenarioOf } from '../../server/failure/scenario.js';
import { pointAt } from '../../server/failure/timeline.js';
import { overlayOf } from '../../server/diagram/overlay.js';
import { sceneOf } from '../../server/diagram/scene.js';
import { findingsOf } from '../../server/findings/findings.js';
import { factsOf } from '../../server/impact/facts.js';
import { failureMarkdown } from '../../server/impact/hover.js';
import { operationStories } from '../../server/impact/operations.js';
import { promotionReports } from '../../server/impact/promotion.js';
import { recoverySteps, restorationSteps } from '../../server/impact/recovery.js';
import { runbookOf } from '../../server/impact/runbook.js';
import { scenarioView } from '../../server/impact/scenario.js';
import { marks } from '../../server/impact/summary.js';
import { timelineEntries } from '../../server/impact/timeline.js';
import { asElementName } from '../../server/topology/element-name.js';
import { estate } from '../fixture.js';
import { topologyOf } from './check.js';
import { problems } from '../language/tell.js';
import { promised } from '../promises/judged.js';

const byHand = 'copy every 15m in eu promoted within 10m';
const byItself = 'copy every 15m in eu promotes itself within 2m';

const text = ({ copy = byHand, postgres = '', plane = '', cluster = '', more = '' } = {}) => `topology t for tsb 1.12
region us { zones a, b }
region eu
external service vault
management cluster mgmt in us {
    ${cluster}
    management plane {
        postgres external in us {
            backup every 1h in eu
            ${postgres}
            ${copy}
        }
        ${plane}
        root-ca { backup in eu }
        iam-signing-key { backup in eu }
    }
}
workload cluster east in us { gateway ingress e-gw }
workload cluster west in eu { gateway ingress w-gw }
service shop on east, west { exposed "shop.example.com" via e-gw, w-gw { gslb ttl 30s } }
${more}`;

type Happening = readonly [at: number, action: StepAction, element: string];

async function viewAt(at: number, happenings: readonly Happening[], input = text()) {
    const topology = await topologyOf(input);
    const steps = happenings.map(([when, action, element]) => ({ at: when, action, element: asElementName(element) }));
    return scenarioView(topology, scenarioOf(steps), { at });
}

const marksAt = async (at: number, happenings: readonly Happening[], input?: string) =>
    marks((await viewAt(at, happenings, input)).outcome.operations);

/** How it is at best at that time. */
async function bestAt(at: number, happenings: readonly Happening[], input: string) {
    const { timeline } = await viewAt(at, happenings, input);
    return marks(pointAt(timeline, at).latest.outcome.operations);
}

const store = 'store:postgres';
const copy = 'store:postgres.copy';
const well = '✅ ✅ ✅ ✅';
const noConfiguration = '✅ ✅ ✅ ❌';
const divided = '✅ ✅ ✅ ⚠️';

describe('the copy of a store', () => {
    test.each([byHand, byItself])('takes no part before it is promoted: %s', async (line) => {
        const [one, other] = await Promise.all([estate(text({ copy: line })), estate(text({ copy: '' }))]);
        const [withIt, without] = [one, other].map(({ topology }) => analysisOf(topology).graph);
        for (const { name } of without!.elements.all) {
            const [now, before] = [withIt!, without!].map((graph) => simulate(graph, [name]));
            expect([name, now!.operations]).toEqual([name, before!.operations]);
            expect(now!.clusters).toEqual(before!.clusters);
        }
        expect(marks(simulate(withIt!, [asElementName(copy)]).operations)).toBe(well);
    });

    test('is the store once it is promoted', async () => {
        const happenings: Happening[] = [
            [0, 'fail', store],
            [600, 'promote', copy],
        ];
        expect(await marksAt(599, happenings)).toBe(noConfiguration);
        expect(await marksAt(600, happenings)).toBe(well);
        expect(await marksAt(600, [...happenings, [600, 'fail', copy]])).toBe(noConfiguration);
        // a region takes the management cluster, which nobody replaces
        expect(
            await marksAt(600, [
                [0, 'fail', 'region:us'],
                [600, 'promote', copy],
            ]),
        ).toMatch(/❌$/);
    });

    test('nobody needs the original then, and it may be promoted back', async () => {
        const planned: Happening[] = [
            [0, 'promote', copy],
            [60, 'fail', store],
            [120, 'recover', store],
            [180, 'promote', store],
            [240, 'fail', copy],
        ];
        for (const at of [0, 60, 120, 180, 240]) expect(await marksAt(at, planned)).toBe(well);
        expect(await marksAt(300, [...planned, [300, 'fail', store]])).toBe(noConfiguration);
    });

    test('what starts finds the copy', async () => {
        const restarted: Happening[] = [
            [0, 'fail', store],
            [60, 'promote', copy],
            [120, 'restart', 'mgmt.management-plane'],
        ];
        expect(await marksAt(86_400, restarted)).toBe(well);
        expect(await marksAt(86_400, [restarted[0]!, restarted[2]!])).toMatch(/❌$/);
    });

    test('what the store requires, its copy requires from then on', async () => {
        const input = text({ postgres: 'requires vault' });
        const moved: Happening[] = [[0, 'promote', copy]];
        expect(await marksAt(60, moved, input)).toBe(well);
        expect(await marksAt(60, [...moved, [60, 'fail', 'external:vault']], input)).toBe(noConfiguration);
        expect(await marksAt(60, [...moved, [60, 'fail', 'external:vault']])).toBe(well);
    });

    test.each([
        ['', '✅ ✅ ✅ ❌'],
        ['copy every 15m', well],
    ])('a standby with %j shares what is the store now, or has its own', async (own, expected) => {
        const input = text({ more: `standby management cluster dr in eu { ${own} }` });
        const moved: Happening[] = [
            [0, 'fail', 'mgmt'],
            [0, 'fail', store],
            [60, 'promote', copy],
            [61, 'promote', 'dr'],
        ];
        expect(await marksAt(200, moved, input)).toBe(well);
        expect(await marksAt(200, [...moved, [150, 'fail', copy]], input)).toBe(expected);
    });

    test('a standby without a copy takes over where its database inside has one', async () => {
        const input = text({ more: 'standby management cluster dr in eu' }).replace(
            'postgres external in us',
            'postgres internal',
        );
        const moved: Happening[] = [
            [0, 'fail', 'mgmt'],
            [60, 'promote', copy],
            [61, 'promote', 'dr'],
        ];
        expect(await marksAt(200, moved, input)).toBe(well);
        const early = await viewAt(200, [moved[0]!, moved[2]!], input);
        expect(promotionReports(early).map(({ refused }) => refused)).toEqual([
            'Postgres is down: it shares the database',
        ]);
    });

    test('metrics need what is their store now, by the way that the file says', async () => {
        const moved: Happening[] = [
            [0, 'fail', 'store:elasticsearch'],
            [60, 'promote', 'store:elasticsearch.copy'],
        ];
        const outside = text({
            plane: 'elasticsearch external in us direct { copy every 1m in eu promoted within 10m }',
        });
        expect(await marksAt(59, moved, outside)).toBe('✅ ✅ ❌ ⚠️');
        expect(await marksAt(60, moved, outside)).toBe(well);
        const through = outside.replace('in us direct', 'in us via front-envoy');
        const [, promotion] = moved;
        const door: Happening = [0, 'fail', 'mgmt.management-plane.front-envoy'];
        expect(await marksAt(60, [door, promotion!], outside)).toBe('✅ ✅ ⚠️ ❌');
        expect(await marksAt(60, [door, promotion!], through)).toMatch(/❌ ❌$/);
    });
});

describe('a promotion is refused', () => {
    const refusedAt = async (happenings: readonly Happening[], input?: string) =>
        promotionReports(await viewAt(3_600, happenings, input)).map(({ refused }) => refused);

    test.each<[string, Happening, string]>([
        ['the copy is down', [0, 'fail', copy], 'it is down itself'],
        ['its region is down', [0, 'fail', 'region:eu'], 'it is down itself'],
        [
            'something is down that the store requires to start',
            [0, 'fail', 'external:vault'],
            'vault is down, without which it does not start, as the file says',
        ],
    ])('while %s', async (_, failure, why) => {
        const input = text({ postgres: 'requires vault to start' });
        const happenings: Happening[] = [[0, 'fail', store], failure, [60, 'promote', copy]];
        expect(await refusedAt(happenings, input)).toEqual([why]);
        const again: Happening[] = [...happenings, [70, 'recover', failure[2]], [80, 'promote', copy]];
        expect(await refusedAt(again, input)).toEqual([why, null]);
    });

    test('of a store of which nothing was promoted, and back while the store is down', async () => {
        expect(await refusedAt([[0, 'promote', store]])).toEqual(['it stands by for nothing']);
        expect(
            await refusedAt([
                [0, 'fail', store],
                [60, 'promote', copy],
                [120, 'promote', store],
            ]),
        ).toEqual([null, 'it is down itself']);
    });
});

describe('what promotes itself', () => {
    const own = text({ copy: byItself });
    const lost: Happening[] = [[0, 'fail', store]];

    test('has taken over after the time that is said, and not before', async () => {
        expect(await marksAt(119, lost, own)).toBe(noConfiguration);
        expect(await marksAt(120, lost, own)).toBe(well);
        expect(await bestAt(0, lost, own)).toBe(noConfiguration);
        expect(await bestAt(1, lost, own)).toBe(well);
        expect(await marksAt(3_600, [...lost, [3_600, 'fail', copy]], own)).toBe(noConfiguration);
    });

    test('does so only where it is left, as soon as it is back or has what it requires to start', async () => {
        const both: Happening[] = [...lost, [0, 'fail', copy], [600, 'recover', copy]];
        expect(await marksAt(719, both, own)).toBe(noConfiguration);
        expect(await marksAt(720, both, own)).toBe(well);
        const waiting: Happening[] = [...lost, [0, 'fail', 'external:vault'], [600, 'recover', 'external:vault']];
        const input = text({ copy: byItself, postgres: 'requires vault to start' });
        expect(await marksAt(599, waiting, input)).toBe(noConfiguration);
        expect(await marksAt(600, waiting, input)).toBe(well);
    });

    test('in a time that nobody knows: nothing gets better, and it may do harm', async () => {
        const input = text({ copy: 'copy in eu promotes itself' });
        expect(await marksAt(864_000, lost, input)).toBe(noConfiguration);
        expect(await marksAt(60, [...lost, [5, 'recover', store]], input)).toBe(divided);
        expect(await bestAt(60, [...lost, [5, 'recover', store]], input)).toBe(well);
    });

    test('and what it took the place of is back: there are two, until somebody decides', async () => {
        const back: Happening[] = [...lost, [3_600, 'recover', store]];
        expect(await marksAt(3_599, back, own)).toBe(well);
        expect(await marksAt(3_600, back, own)).toBe(divided);
        expect(await bestAt(3_600, back, own)).toBe(divided);
        expect(await marksAt(864_000, back, own)).toBe(divided);
        for (const [chosen, other] of [
            [store, copy],
            [copy, store],
        ] as const) {
            const decided: Happening[] = [...back, [7_200, 'promote', chosen]];
            expect(await marksAt(7_200, decided, own)).toBe(well);
            expect(await marksAt(7_300, [...decided, [7_300, 'fail', other]], own)).toBe(well);
            expect(await marksAt(7_300, [...decided, [7_300, 'fail', chosen]], own)).toBe(noConfiguration);
        }
    });

    test.each([
        ['', divided],
        ['copy every 15m', well],
    ])('of two, nobody uses either while a standby with %j does without them', async (its, expected) => {
        const input = text({ copy: byItself, more: `standby management cluster dr in eu { ${its} }` });
        const back: Happening[] = [
            ...lost,
            [3_000, 'fail', 'mgmt'],
            [3_060, 'promote', 'dr'],
            [3_600, 'recover', store],
        ];
        expect(await marksAt(7_200, back, input)).toBe(expected);
        const { outcome } = await viewAt(7_200, back, input);
        const { sentences } = operationStories(factsOf(outcome)).managementOperations;
        expect(sentences.some((each) => each.includes('both take themselves for the store'))).toBe(
            expected === divided,
        );
        const again: Happening[] = [...back, [7_300, 'recover', 'mgmt'], [7_400, 'promote', 'mgmt']];
        expect(await marksAt(90_000, again, input)).toBe(divided);
    });

    test('a break in which it need not have taken over may leave two, and need not', async () => {
        const short: Happening[] = [...lost, [30, 'recover', store]];
        expect(await marksAt(30, short, own)).toBe(divided);
        expect(await bestAt(30, short, own)).toBe(well);
        // it was in time then: the clock begins anew
        const again: Happening[] = [...short, [60, 'fail', store]];
        expect(await bestAt(61, again, own)).toBe(well);
    });

    test.each<[string, Happening[], string]>([
        ['of its place', [[0, 'fail', 'region:eu']], divided],
        ['by a shared fate', [[0, 'fail', 'fate:line']], divided],
        ['of itself: it is dead', [[0, 'fail', copy]], well],
        [
            'of its place, while it is dead itself',
            [
                [0, 'fail', 'region:eu'],
                [0, 'fail', copy],
            ],
            well,
        ],
        ['that takes both: nothing is between them', [[0, 'fail', 'fate:both']], well],
    ])('after the loss %s', async (_, failures, expected) => {
        const input = text({
            copy: byItself,
            more: `shared fate line of postgres.copy, west\nshared fate both of postgres, postgres.copy`,
        });
        const ended = failures.map(([, , element]): Happening => [43, 'recover', element]);
        expect(await marksAt(600, [...failures, ...ended], input)).toBe(expected);
    });

    test('a promotion by hand leaves one', async () => {
        const happenings: Happening[] = [...lost, [60, 'promote', copy], [3_600, 'recover', store]];
        expect(await marksAt(3_600, happenings, own)).toBe(well);
        // also of what has taken over already
        const later: Happening[] = [...lost, [300, 'promote', copy], [3_600, 'recover', store]];
        expect(await marksAt(3_600, later, own)).toBe(well);
    });

    test('two metrics stores are told of metrics', async () => {
        const input = text({
            plane: 'elasticsearch external in us direct { copy every 1m in eu promotes itself within 2m }',
        });
        const happenings: Happening[] = [
            [0, 'fail', 'store:elasticsearch'],
            [600, 'recover', 'store:elasticsearch'],
        ];
        expect(await marksAt(120, happenings, input)).toBe(well);
        expect(await marksAt(600, happenings, input)).toBe('✅ ✅ ⚠️ ✅');
    });
});

describe('what is told', () => {
    test('the hover says for what it waits, how old it may be and how soon it is there', async () => {
        const hover = async (input: string) => {
            const { topology } = await estate(input);
            const { graph } = analysisOf(topology);
            const element = graph.elements.byName.get(asElementName(copy))!;
            return failureMarkdown(element, simulate(graph, [element.name]));
        };
        const hand = await hover(text());
        expect(hand).toContain('**Stands by** `postgres.copy` takes no part until somebody promotes it');
        expect(hand).toContain('Changes of the last 15 min may be lost: so old is `postgres.copy`, at most.');
        expect(hand).toContain('A promotion takes 10 min, as the file says.');
        expect(hand).toContain('*(inferred)*');
        const itself = await hover(text({ copy: 'copy in eu promotes itself' }));
        expect(itself).toContain('in a time that the file does not say: nothing is taken to get better by it');
        expect(itself).toContain('both take themselves for the store, until somebody decides');
    });

    test('the runbook promotes it instead of a restoration, and keeps what comes back out', async () => {
        const view = await viewAt(0, [[0, 'fail', store]]);
        const page = runbookOf(view);
        expect(page).toContain('**Bring back** Postgres, or promote `postgres.copy`');
        expect(restorationSteps(view.outcome).map(({ source, confidence }) => `${source} ${confidence}`)).toEqual(
            Array(4).fill('design inferred'),
        );
        expect(page).not.toContain('Restore Postgres from its last backup');
        expect(page).toContain('Changes of the last 15 min may be lost');
        const { outcome } = await viewAt(60, [
            [0, 'fail', store],
            [60, 'promote', copy],
        ]);
        expect(recoverySteps(outcome).map(({ text }) => text)).toEqual([
            expect.stringContaining('make it the copy of `postgres.copy`'),
        ]);
        expect(runbookOf(await viewAt(0, [[0, 'fail', store]], text({ copy: '' })))).toContain('Restore Postgres');
        const refused = await viewAt(0, [
            [0, 'fail', store],
            [0, 'fail', copy],
        ]);
        expect(runbookOf(refused)).toContain('`postgres.copy` stands by, and cannot be promoted: it is down itself');
    });

    test('the timeline tells what happens without a hand, and how certain that is', async () => {
        const told = async (at: number, input: string, end: number) => {
            const view = await viewAt(
                0,
                [
                    [0, 'fail', store],
                    [end, 'recover', store],
                ],
                input,
            );
            const entry = timelineEntries(view.timeline).find((each) => each.at === at);
            return entry?.sentences.join(' ');
        };
        const own = text({ copy: byItself });
        expect(await told(120, own, 600)).toContain('`postgres.copy` has promoted itself: it does what Postgres did.');
        expect(await told(600, own, 600)).toContain('Postgres and `postgres.copy` both take themselves for the store');
        expect(await told(30, own, 30)).toContain(
            'Postgres and `postgres.copy` may both take themselves for the store',
        );
        const { outcome, ...view } = await viewAt(
            600,
            [
                [0, 'fail', store],
                [600, 'recover', store],
            ],
            own,
        );
        expect(runbookOf({ outcome, ...view })).toContain('Stop one of them, keep what only that one has');
    });

    test('the picture has a card for it, and says at both sides which of them does what', async () => {
        const view = await viewAt(60, [[0, 'promote', copy]]);
        const scene = sceneOf(view.outcome.graph);
        const { boxes } = overlayOf(scene, view.outcome);
        expect(boxes.get(copy)).toMatchObject({ text: 'promoted: does what postgres did' });
        expect(boxes.get(store)).toMatchObject({ text: 'takes no part: postgres.copy does what it did' });
        const two = await viewAt(
            600,
            [
                [0, 'fail', store],
                [600, 'recover', store],
            ],
            text({ copy: byItself }),
        );
        const overlay = overlayOf(sceneOf(two.outcome.graph), two.outcome);
        expect(overlay.boxes.get(store)).toMatchObject({ text: 'may be one of two: postgres.copy takes changes, too' });
    });
});

describe('promises', () => {
    const promise = (line: string, options: Parameters<typeof text>[0] = {}) =>
        promised(text({ ...options, more: `${options.more ?? ''}\n${line}` }));

    test.each<[string, string | undefined, Parameters<typeof text>[0]?]>([
        ['postgres loses at most 15m from any region failure', undefined],
        ['postgres loses at most 14m from any region failure', 'up to 15 min of Postgres are lost'],
        ['postgres loses at most 1h from any region failure', undefined, { copy: 'copy in eu' }],
        [
            'postgres loses at most 30m from any region failure',
            'how old the copy of Postgres may be',
            { copy: 'copy in eu' },
        ],
        ['postgres loses at most 30m from any region failure', 'up to 1 h', { copy: 'copy every 5m in us' }],
        ['postgres loses at most 30m from any region failure', 'up to 1 h', { copy: 'copy every 5m' }],
        ['postgres loses at most 15m from region us', undefined, { copy: byItself }],
        ['postgres loses at most 15m from region eu', 'may be cut off rather than dead', { copy: byItself }],
        ['management operations recover within 10m from postgres', undefined],
        ['management operations recover within 9m from postgres', 'may be away for 10 min'],
        ['postgres recovers within 10m from region us', undefined],
        ['management operations recover within 2m from postgres', undefined, { copy: byItself }],
        ['management operations recover within 1m from postgres', 'may be away for 120 s', { copy: byItself }],
        [
            'management operations recover within 1d from postgres',
            'Cannot be judged',
            { copy: 'copy in eu promotes itself' },
        ],
        ['management operations recover within 1d from postgres', 'Cannot be judged', { copy: 'copy every 15m in eu' }],
        ['management operations survive postgres', 'are lost', { copy: byItself }],
    ])('%s', async (objective, broken, options) => {
        const found = await promise(`objective ${objective}`, options);
        if (broken === undefined) expect(found).toEqual([]);
        else expect(found).toEqual([expect.stringContaining(broken)]);
    });

    test('a region may be survived by a standby and a copy together', async () => {
        const more = 'standby management cluster dr in eu { promoted within 30m }';
        expect(await problems(text({ more }))).not.toEqual([]);
        const shared = `standby management cluster dr in eu\n`;
        const objective = 'objective management operations recover within 2h from region us';
        // nobody says how long the promotion of a standby takes that shares the database
        expect(await promise(objective, { more: shared })).toEqual([expect.stringContaining('Cannot be judged')]);
        const own = 'standby management cluster dr in eu { copy every 15m promoted within 30m }\n';
        expect(await promise(objective, { more: own })).toEqual([]);
    });

    test('a step of a scenario, and what is judged as the store', async () => {
        const scenario = `scenario "lost" {
    fail postgres
    at 9m expect postgres lost
    at 10m promote postgres.copy
    at 10m expect postgres, management operations unaffected
    at 20m fail postgres.copy
    at 20m expect postgres lost
}`;
        expect(await promise(scenario)).toEqual([]);
        expect(await promise('scenario "early" {\n at 10m promote postgres\n}')).toEqual([
            expect.stringContaining('It stands by for nothing'),
        ]);
        expect(await promise('scenario "none" {\n at 10m promote banyandb.copy\n}')).toEqual([
            expect.stringContaining('Nothing here is called `banyandb.copy`'),
        ]);
    });
});

describe('findings', () => {
    const codes = async (input: string) =>
        findingsOf((await estate(input)).topology)
            .map(({ code }) => code)
            .filter((code) => code.startsWith('copy-') || code.startsWith('postgres-') || code === 'not-restorable');

    test.each<[string, string[]]>([
        [byHand, []],
        ['copy every 15m in us promoted within 10m', ['copy-shares-place']],
        ['copy every 15m in us/b promoted within 10m', ['copy-shares-place']],
        ['copy every 15m promoted within 10m', ['copy-shares-place']],
        ['copy every 15m in nowhere promoted within 10m', []],
        [byItself, ['copy-may-divide']],
        ['copy in eu promotes itself', ['copy-may-divide', 'copy-unsaid']],
        ['copy in eu promoted within 10m', ['copy-unsaid']],
        ['copy every 15m in eu', ['copy-unsaid']],
    ])('%s', async (line, expected) => {
        expect(await codes(text({ copy: line }))).toEqual(expected);
    });

    test('of an internal store the place is that of its cluster; another zone survives one', async () => {
        const inside = (line: string) => text({ copy: line }).replace('postgres external in us', 'postgres internal');
        expect(await codes(inside('copy every 15m in us promoted within 10m'))).toEqual(['copy-shares-place']);
        expect(await codes(inside(byHand))).toEqual([]);
        const pinned = text({ copy: 'copy every 15m in us/b promoted within 10m' }).replace(
            'external in us',
            'external in us/a',
        );
        expect(await codes(pinned)).toEqual([]);
    });

    test('what has a copy is not asked for a backup', async () => {
        const bare = (line: string) => text({ copy: line }).replace('backup every 1h in eu', 'no backup');
        expect(await codes(bare(''))).toEqual(['postgres-unprotected']);
        expect(await codes(bare(byHand))).toEqual([]);
    });
});

describe('the language', () => {
    const mistakes = async (line: string) =>
        (await problems(text({ copy: line }))).filter((each) => !/^(copy|no)-/.test(each));

    test.each([
        ['copy foo', '`copy` does not go on like this. It reads `copy every 15m'],
        ['copy promoted 10m', 'said by `promoted within 30m`'],
        ['copy promotes within 10m', 'says `promotes itself`'],
        ['standby in eu', 'What takes over from a store is a copy'],
        ['replica in eu', 'What takes over from a store is a copy'],
        ['copy every 15 in eu', 'odd-duration'],
        ['copy in eu promoted within 0s', 'odd-duration'],
        ['copy in eu\ncopy in us', 'repeated-item'],
    ])('%s', async (line, message) => {
        const found = await mistakes(line);
        expect(found.length).toBeGreaterThan(0);
        expect(found[0]).toContain(message);
        for (const each of found) expect(each).not.toMatch(/«(.*)».*Did you mean `\1`/);
    });

    test('a word is never answered with itself', async () => {
        // read as a name, since nothing that a copy goes on with follows on its line
        const found = await problems(text({ copy: 'backup copy foo' }));
        expect(found.length).toBeGreaterThan(0);
        for (const each of found) expect(each).not.toMatch(/«(.*)».*Did you mean `\1`/);
        expect(await problems(text({ copy: 'copy, promoted' }))).toEqual(
            expect.arrayContaining([
                expect.stringContaining('`copy` does not go on like this. It reads `copy every 15m'),
            ]),
        );
    });

    test('a key has a backup, and a standby a copy that stands where it does and waits for people', async () => {
        const key = text().replace('root-ca { backup in eu }', 'root-ca {\n copy in eu\n}');
        expect(await problems(key)).toEqual(
            expect.arrayContaining([expect.stringContaining('Of a key there is a backup')]),
        );
        const standby = (line: string) => problems(text({ more: `standby management cluster dr in eu { ${line} }` }));
        expect(await standby('copy in us')).toEqual(
            expect.arrayContaining([expect.stringContaining('stands where `dr` stands')]),
        );
        expect(await standby('copy promotes itself')).toEqual(
            expect.arrayContaining([expect.stringContaining('Nothing promotes a management cluster by itself')]),
        );
    });

    test.each([
        'service promotes on east { requires itself }\nexternal service itself',
        'region itself\nworkload cluster promotes in itself',
        'workload cluster copy in us\nservice a on copy',
        'about postgres.copy { requires vault to start }',
        'about postgres { requires vault }',
    ])('the words are names elsewhere, and the copy has one: %s', async (lines) => {
        expect((await estate(text({ more: lines }))).diagnostics).toEqual([]);
    });

    test('what `about` says of a copy holds for it alone', async () => {
        const input = text({ more: 'about postgres.copy { requires vault to start }' });
        const happenings: Happening[] = [
            [0, 'fail', store],
            [0, 'fail', 'external:vault'],
            [60, 'promote', copy],
        ];
        expect(promotionReports(await viewAt(60, happenings, input)).map(({ refused }) => refused)).toEqual([
            'vault is down, without which it does not start, as the file says',
        ]);
    });
});
