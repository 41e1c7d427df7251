import { describe, expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import type { Reading } from '../../server/failure/reading.js';
import type { Step } from '../../server/failure/run.js';
import { pointAt, timelineOf } from '../../server/failure/timeline.js';
import { isAlive } from '../../server/failure/outcome.js';
import { marks } from '../../server/impact/summary.js';
import { asElementName } from '../../server/topology/element-name.js';
import { estate } from '../fixture.js';
import { scenario } from './check.js';

const minute = 60;
const hour = 3_600;

const text = `topology starts
region us
management cluster mgmt in us
workload cluster east in us { gateway ingress }
workload cluster west
service shop on east, west`;

type Scenario = Parameters<typeof scenario>[2];

/** Whether an element is up at each of these times. */
async function upAt(
    element: string,
    times: readonly number[],
    failures: string,
    { reading = 'earliest', ...options }: Scenario & { reading?: Reading } = {},
): Promise<boolean[]> {
    const { timeline } = await scenario(text, failures.split(' ').filter(Boolean), options);
    return times.map((at) => isAlive(pointAt(timeline, at)[reading].outcome, element));
}

async function marksAt(times: readonly number[], failures: string, options: Scenario): Promise<string[]> {
    const { timeline } = await scenario(text, failures.split(' ').filter(Boolean), options);
    return times.map((at) => marks(pointAt(timeline, at).outcome.operations));
}

const central = 'mgmt.central-control-plane';

describe('central', () => {
    test('takes 1 to 2 minutes to restore its cache', async () => {
        const times = [599, 600, 659, 660, 719, 720];
        const up = (reading: Reading) => upAt(central, times, 'central', { reading, duration: 600 });
        expect(await up('earliest')).toEqual([false, false, false, false, false, true]);
        expect(await up('latest')).toEqual([false, false, false, true, true, true]);
    });

    test('takes the same after a restart, and with its whole cluster', async () => {
        expect(await upAt(central, [59, 60, 179, 180], '', { restarts: ['central'], at: 60 })).toEqual([
            true,
            false,
            false,
            true,
        ]);
        expect(await upAt(central, [179, 180], '', { restarts: ['mgmt'], at: 60 })).toEqual([false, true]);
    });

    test('does not start without the Kubernetes API of its cluster', async () => {
        const options = { restarts: ['central'], at: 60 };
        expect(await upAt(central, [180, 10 * hour], 'mgmt.kubernetes-api', options)).toEqual([false, false]);
    });
});

describe('what is needed to start, and not to run', () => {
    test.each([
        ['shop@east', 'east.kubernetes-api'],
        ['shop@east', 'east.istiod'],
        ['east.ingress', 'east.istiod'],
        ['east.istiod', 'east.kubernetes-api'],
        ['mgmt.management-plane.iam', 'postgres'],
        ['mgmt.management-plane.oap', 'elasticsearch'],
        ['east.edge-control-plane.oap', 'elasticsearch'],
        ['mgmt.management-plane.web', 'mgmt.kubernetes-api'],
    ])('%s without %s: runs on, and does not come back from a restart', async (element, need) => {
        expect(await upAt(element, [60], need)).toEqual([true]);
        expect(await upAt(element, [59, 60, hour], need, { restarts: [element], at: 60 })).toEqual([
            true,
            false,
            false,
        ]);
    });

    test.each([
        ['shop@west', 'east.istiod'],
        ['mgmt.management-plane.web', 'postgres'],
        ['east', 'east.kubernetes-api'],
    ])('%s comes back without %s', async (element, down) => {
        expect(await upAt(element, [60], down, { restarts: [element], at: 60 })).toEqual([true]);
    });

    test('it comes up in the second in which its need does', async () => {
        const { timeline } = await scenario(text, ['east.istiod'], { restarts: ['shop@east'], at: 60, duration: 600 });
        const up = [599, 600].map((at) => isAlive(pointAt(timeline, at).earliest.outcome, 'shop@east'));
        expect(up).toEqual([false, true]);
    });

    test('a machine needs no Kubernetes to start, and istiod', async () => {
        const machines = `management cluster mgmt
            workload cluster east { gateway vm machines }
            service legacy { on east { virtual machines } }`;
        const up = async (failure: string) => {
            const { outcome } = await scenario(machines, [failure], { restarts: ['legacy@east'], at: 60 });
            return isAlive(outcome, 'legacy@east');
        };
        expect(await up('east.kubernetes-api')).toBe(true);
        expect(await up('east.istiod')).toBe(false);
    });

    test('a whole cluster, and a whole region, come back in order within the second, central aside', async () => {
        for (const whole of ['east', 'region:us'])
            expect(await upAt('shop@east', [599, 600], whole, { duration: 600 })).toEqual([false, true]);
        expect(await marksAt([599, 600], 'east', { duration: 600 })).toEqual(['⚠️ ⚠️ ⚠️ ✅', '✅ ✅ ✅ ✅']);
    });
});

describe('a restart', () => {
    test('of what can start at once changes nothing', async () => {
        expect(await marksAt([0, 60, hour], '', { restarts: ['east'], at: 60 })).toEqual(Array(3).fill('✅ ✅ ✅ ✅'));
    });

    test('ends a failure, too', async () => {
        const times = [59, 60];
        expect(await upAt('east.istiod', times, 'east.istiod', { restarts: ['east.istiod'], at: 60 })).toEqual([
            false,
            true,
        ]);
    });

    test('of a part does not bring it back while its whole is down', async () => {
        expect(await upAt('east.istiod', [60], 'east', { restarts: ['east.istiod'], at: 60 })).toEqual([false]);
    });

    test('resets no clock: istiod was not away', async () => {
        const { timeline } = await scenario(text, [], { restarts: ['east.istiod'], at: 60 });
        expect(timeline.points.flatMap(({ earliest }) => earliest.expired)).toEqual([]);
    });
});

describe('the iam-signing-key', () => {
    test('an iam that runs on without it changes nothing', async () => {
        expect(await marksAt([0, 30 * 24 * hour], 'iam-signing-key', {})).toEqual(['✅ ✅ ✅ ✅', '✅ ✅ ✅ ✅']);
    });

    test.each(['iam', 'mp', 'mgmt'])('a restart of %s without it voids every agent token', async (whole) => {
        const { outcome, timeline } = await scenario(text, ['iam-signing-key'], { restarts: [whole], at: 60 });
        const tokens = pointAt(timeline, 60).earliest.expired.filter(({ clock }) => clock === 'agent-token');
        expect(tokens.map(({ scope }) => scope.cluster)).toEqual(['east', 'west']);
        expect(outcome.operations.metricsCollection).toBe('total');
    });

    test.each(['front-envoy', 'central', 'east'])('a restart of %s does not', async (other) => {
        const { timeline } = await scenario(text, ['iam-signing-key'], { restarts: [other], at: 60 });
        expect(pointAt(timeline, 60).earliest.state.tokensVoid).toBe(false);
    });

    test('once it is recovered they are renewed within 15 minutes', async () => {
        const options = { restarts: ['mp'], at: minute, duration: hour };
        const times = [0, minute, hour - 1, hour, hour + 15 * minute - 1, hour + 15 * minute];
        expect(await marksAt(times, 'iam-signing-key', options)).toEqual([
            '✅ ✅ ✅ ✅',
            '✅ ⚠️ ❌ ✅',
            '✅ ⚠️ ❌ ✅',
            '✅ ⚠️ ❌ ✅',
            '✅ ⚠️ ❌ ✅',
            '✅ ✅ ✅ ✅',
        ]);
    });
});

describe('stale', () => {
    /** Since when clusters have missed something, at a time. */
    const stale = async (failures: string, options: Scenario) =>
        Object.fromEntries((await scenario(text, failures.split(' '), options)).staleSince);

    test('not as long as nothing changes elsewhere', async () => {
        expect(await stale('link:west/mgmt', { at: 10 * hour })).toEqual({});
    });

    test('not by what happens in the same moment', async () => {
        expect(await stale('link:west/mgmt shop@east', { at: hour })).toEqual({});
    });

    test('since the first change of endpoints elsewhere, after it was cut off', async () => {
        const options = { given: ['link:west/mgmt', 'east.istiod'] };
        expect(await stale('shop@east', { ...options, duration: 2 * hour, at: 2 * hour - 1 })).toEqual({});
        expect(await stale('east', { given: ['link:west/mgmt'], duration: 2 * hour, at: 3 * hour })).toEqual({
            west: 2 * hour,
        });
    });

    test('what runs out elsewhere is a change, too', async () => {
        const since = 12 * hour;
        expect(await stale('link:west/mgmt east.istiod', { at: since - 1 })).toEqual({});
        expect(await stale('link:west/mgmt east.istiod', { at: 20 * hour })).toEqual({ west: since });
    });

    test('not by what changes in the cluster itself', async () => {
        expect(await stale('link:west/mgmt west.istiod', { at: 20 * hour })).toEqual({});
    });

    test.each(['mpc', 'mp', 'postgres'])('not while endpoints still arrive: %s', async (failure) => {
        const { outcome, staleSince } = await scenario(text, ['east.istiod'], {
            given: [failure],
            at: 20 * hour,
        });
        expect(outcome.clusters.find(({ name }) => name === 'west')?.freshness).toMatch(/queued|frozen/);
        expect([...staleSince]).toEqual(failure === 'mp' ? [['west', 12 * hour]] : []);
    });

    test('not while it is gone, and again when it is back and has still not heard', async () => {
        const steps: readonly Step[] = [
            { at: 0, action: 'fail', element: asElementName('link:west/mgmt') },
            { at: 10, action: 'fail', element: asElementName('shop@east') },
            { at: 20, action: 'fail', element: asElementName('west') },
            { at: 30, action: 'recover', element: asElementName('west') },
        ];
        const { graph } = analysisOf((await estate(text)).topology);
        const { points } = timelineOf(graph, steps);
        expect(points.slice(0, 4).map(({ at, staleSince }) => [at, staleSince.get('west')])).toEqual([
            [0, undefined],
            [10, 10],
            [20, undefined],
            [30, 10],
        ]);
        expect(points[2]!.outcome.clusters.map(({ freshness }) => freshness)).toEqual([undefined, 'live', undefined]);
    });

    test('no longer once it hears again', async () => {
        const options = { at: 30 * hour, duration: 29 * hour };
        expect(await stale('link:west/mgmt east.istiod', options)).toEqual({});
    });
});
