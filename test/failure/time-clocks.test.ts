import { describe, expect, test } from 'vitest';
import type { Reading } from '../../server/failure/reading.js';
import { pointAt } from '../../server/failure/timeline.js';
import type { ClockId } from '../../server/knowledge/clocks.js';
import { marks } from '../../server/impact/summary.js';
import { scenario } from './check.js';

const minute = 60;
const hour = 3_600;
const day = 24 * hour;

/** Two clusters that share a service; `edge` fills the edge control plane of `east`, `plane` the management plane. */
function estateOf(edge = '', plane = ''): string {
    return `topology clocks
management cluster mgmt { management plane { ${plane} } }
workload cluster east { edge control plane { ${edge} } }
workload cluster west
service shop on east, west`;
}

/** When a clock of a cluster runs out and is renewed, in turn, in seconds. */
async function turnsOf(
    clock: ClockId,
    text: string,
    failures: string,
    { cluster, reading = 'earliest', ...times }: { cluster?: string; reading?: Reading; duration?: number } = {},
): Promise<number[]> {
    const { timeline } = await scenario(text, failures.split(' '), times);
    const turns: number[] = [];
    let was = false;
    for (const { at, [reading]: moment } of timeline.points) {
        const is = moment.expired.some((timer) => timer.clock === clock && timer.scope.cluster === cluster);
        if (is !== was) turns.push(at);
        was = is;
    }
    return turns;
}

/** The four marks at a time. */
async function marksAt(text: string, failures: string, at: number, reading: Reading = 'earliest'): Promise<string> {
    const { timeline } = await scenario(text, failures.split(' '));
    return marks(pointAt(timeline, at)[reading].outcome.operations);
}

const east = { cluster: 'east' };

describe('agent tokens', () => {
    test.each([
        ['without a word in the file, after an hour', '', hour],
        ['after the time that the file says', 'token ttl 24h', day],
        ['to the second', 'token ttl 90s', 90],
    ])('%s', async (_, edge, expected) => {
        expect(await turnsOf('agent-token', estateOf(edge), 'mp', east)).toEqual([expected]);
        expect(await turnsOf('agent-token', estateOf(edge), 'mp', { ...east, reading: 'latest' })).toEqual([expected]);
    });

    test.each([
        ['front-envoy', [hour]],
        ['iam', [hour]],
        ['link:east/mgmt', [hour]],
        ['link:east->mgmt', [hour]],
        ['link:mgmt->east', []],
        ['link:west/mgmt', []],
        ['east.edge-control-plane.operator', [hour]],
        ['central', []],
        ['postgres', []],
    ])('run out without their source, and only then: %s', async (failure, expected) => {
        expect(await turnsOf('agent-token', estateOf(), failure, east)).toEqual(expected);
    });

    test('what they serve is lost then: the control stream and metrics', async () => {
        expect(await marksAt(estateOf(), 'iam', hour - 1)).toBe('✅ ✅ ⚠️ ❌');
        expect(await marksAt(estateOf(), 'iam', hour)).toBe('✅ ⚠️ ❌ ❌');
    });

    test('of the cluster that is cut only', async () => {
        const { outcome } = await scenario(estateOf(), ['link:east/mgmt'], { at: hour });
        const tokens = outcome.clusters.map(({ name, freshness }) => `${name} ${freshness}`);
        expect(tokens).toEqual(['mgmt undefined', 'east queued', 'west live']);
    });

    test('are renewed by themselves within 15 minutes', async () => {
        const turns = (reading: Reading) =>
            turnsOf('agent-token', estateOf(), 'iam', { ...east, reading, duration: 2 * hour });
        expect(await turns('earliest')).toEqual([hour, 2 * hour + 15 * minute]);
        expect(await turns('latest')).toEqual([hour, 2 * hour]);
    });

    test.each([hour - 1, hour])(
        'a repair within their life is in time, even in its last second: %i s',
        async (duration) => {
            expect(await turnsOf('agent-token', estateOf(), 'iam', { ...east, duration })).toEqual([]);
        },
    );
});

describe('workload certificates', () => {
    test('last between half of their life and the whole of it', async () => {
        const turns = (reading: Reading, edge = '') =>
            turnsOf('leaf-certificate', estateOf(edge), 'east.istiod', { ...east, reading });
        expect(await turns('earliest')).toEqual([12 * hour]);
        expect(await turns('latest')).toEqual([day]);
        expect(await turns('earliest', 'leaf certificate ttl 12h')).toEqual([6 * hour]);
        expect(await turns('latest', 'leaf certificate ttl 12h')).toEqual([12 * hour]);
    });

    test('a half that is no whole second is rounded down', async () => {
        expect(await turnsOf('leaf-certificate', estateOf('leaf certificate ttl 99s'), 'east.istiod', east)).toEqual([
            49,
        ]);
    });

    test('are renewed at once when istiod is back', async () => {
        const duration = 2 * day;
        expect(await turnsOf('leaf-certificate', estateOf(), 'east.istiod', { ...east, duration })).toEqual([
            12 * hour,
            duration,
        ]);
    });

    test('a fallen data plane takes istiod along, an edge control plane does not', async () => {
        expect(await turnsOf('leaf-certificate', estateOf(), 'east.data-plane', east)).toHaveLength(1);
        expect(await turnsOf('leaf-certificate', estateOf(), 'east.edge', east)).toEqual([]);
    });

    test('every gateway and every instance of the cluster is down then', async () => {
        const gone = async (at: number) => {
            const { outcome } = await scenario(estateOf(), ['east.istiod'], { at });
            return outcome.services.flatMap(({ homes }) =>
                homes.filter(({ alive }) => !alive).map(({ cluster }) => cluster),
            );
        };
        expect(await gone(11 * hour)).toEqual([]);
        expect(await gone(13 * hour)).toEqual(['east']);
    });

    test('a gateway of the cluster goes with them', async () => {
        const text = `management cluster mgmt
            workload cluster dmz { gateway tier1 front }
            workload cluster east { gateway ingress }
            service shop on east { exposed "shop.example.com" via front }`;
        const severity = async (at: number) =>
            (await scenario(text, ['dmz.istiod'], { at })).outcome.hosts[0]!.severity;
        expect(await severity(11 * hour)).toBe('unaffected');
        expect(await severity(13 * hour)).toBe('total');
    });
});

describe('certificates of virtual machines', () => {
    const text = (edge = '') => `management cluster mgmt
        workload cluster east { gateway vm machines  edge control plane { ${edge} } }
        service legacy { on east { virtual machines } }`;

    test('last as long as those of workloads, without their gateway or without istiod', async () => {
        for (const failure of ['east.machines', 'east.istiod']) {
            expect(await turnsOf('machine-certificate', text(), failure, east)).toEqual([12 * hour]);
            expect(
                await turnsOf('machine-certificate', text('leaf certificate ttl 10h'), failure, {
                    ...east,
                    reading: 'latest',
                }),
            ).toEqual([10 * hour]);
        }
    });

    test('without one of them the machines run on, until then', async () => {
        expect(await marksAt(text(), 'east.machines', 11 * hour)).toBe('✅ ✅ ✅ ✅');
        expect(await marksAt(text(), 'east.machines', 13 * hour)).toBe('❌ ✅ ✅ ✅');
        expect(await marksAt(text(), 'east.machines', 13 * hour, 'latest')).toBe('✅ ✅ ✅ ✅');
    });
});

describe('the intermediate CA of a cluster', () => {
    const byCentral = estateOf('certificate authority central');

    test.each(['central', 'link:east/mgmt', 'east.edge', 'mgmt'])(
        'runs out after a year without %s',
        async (failure) => {
            expect(await turnsOf('cluster-ca', byCentral, failure, east)).toEqual([365 * day]);
        },
    );

    test('an expired token cuts it off, too', async () => {
        expect(await turnsOf('cluster-ca', byCentral, 'iam', east)).toEqual([365 * day + hour]);
    });

    test('only where central issues it', async () => {
        expect(await turnsOf('cluster-ca', estateOf(), 'central', east)).toEqual([]);
        expect(await turnsOf('cluster-ca', byCentral, 'central', { cluster: 'west' })).toEqual([]);
    });

    test('takes the workloads of the cluster', async () => {
        expect(await marksAt(byCentral, 'central', 365 * day - 1)).toBe('✅ ⚠️ ✅ ✅');
        expect(await marksAt(byCentral, 'central', 365 * day)).toBe('⚠️ ⚠️ ✅ ✅');
    });
});

describe("TSB's own certificates", () => {
    test('last between 30 and 90 days without the operator of the management plane', async () => {
        const turns = (reading: Reading) => turnsOf('tsb-certificates', estateOf(), 'mgmt.mp.operator', { reading });
        expect(await turns('earliest')).toEqual([30 * day]);
        expect(await turns('latest')).toEqual([90 * day]);
    });

    test('front-envoy is gone then, and an hour later the tokens', async () => {
        expect(await marksAt(estateOf(), 'mgmt.mp.operator', 30 * day - 1)).toBe('✅ ✅ ✅ ✅');
        expect(await marksAt(estateOf(), 'mgmt.mp.operator', 30 * day)).toBe('✅ ✅ ⚠️ ❌');
        expect(await turnsOf('agent-token', estateOf(), 'mgmt.mp.operator', east)).toEqual([30 * day + hour]);
    });
});

describe('a metrics buffer', () => {
    test('is full after the time that the file says; without one metrics are lost at once', async () => {
        expect(await turnsOf('metrics-buffer', estateOf('metrics buffer 3h'), 'elasticsearch', east)).toEqual([
            3 * hour,
        ]);
        expect(await turnsOf('metrics-buffer', estateOf(), 'elasticsearch', east)).toEqual([]);
    });

    test('drains at once', async () => {
        const text = estateOf('metrics buffer 3h');
        expect(await turnsOf('metrics-buffer', text, 'elasticsearch', { ...east, duration: 4 * hour })).toEqual([
            3 * hour,
            4 * hour,
        ]);
        expect(await turnsOf('metrics-buffer', text, 'elasticsearch', { ...east, duration: 3 * hour })).toEqual([]);
    });

    test('metrics are limited until then, lost from then on', async () => {
        const only = estateOf('metrics buffer 3h').replace('workload cluster west', '').replace('east, west', 'east');
        expect(await marksAt(only, 'elasticsearch', 3 * hour - 1)).toBe('✅ ✅ ⚠️ ⚠️');
        expect(await marksAt(only, 'elasticsearch', 3 * hour)).toBe('✅ ✅ ❌ ⚠️');
    });

    test('fills after the token has run out, too', async () => {
        expect(await turnsOf('metrics-buffer', estateOf('metrics buffer 3h'), 'iam', east)).toEqual([4 * hour]);
    });
});

describe('stored metrics and user sessions', () => {
    test('a store forgets after a week without metrics; that changes no mark', async () => {
        expect(await turnsOf('metrics-retention', estateOf(), 'link:east/mgmt', east)).toEqual([7 * day]);
        expect(await turnsOf('metrics-retention', estateOf('metrics buffer 3h'), 'link:east/mgmt', east)).toEqual([
            7 * day + 3 * hour,
        ]);
        expect(await marksAt(estateOf(), 'link:east/mgmt', 7 * day)).toBe(
            await marksAt(estateOf(), 'link:east/mgmt', 7 * day - 1),
        );
    });

    test('who is logged in stays so for 30 days without the identity provider', async () => {
        const text = estateOf('', 'identity-provider');
        expect(await turnsOf('user-session', text, 'identity-provider')).toEqual([30 * day]);
        expect(await turnsOf('user-session', text, 'central')).toEqual([]);
    });
});
