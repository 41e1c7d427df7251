import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Simulations } from '../../server/simulation/simulations.js';
import { asElementName } from '../../server/topology/element-name.js';
import { marks } from '../../server/impact/summary.js';
import { estate } from '../fixture.js';
import { mesh } from '../mesh.js';

const east = asElementName('east');
const west = asElementName('west');
const text = 'management cluster mgmt\nworkload cluster east\nworkload cluster west';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let simulations: Simulations;
beforeEach(() => void (simulations = new Simulations()));

describe('what fails', () => {
    test('in the order in which it was added, each once', () => {
        for (const element of [west, east, west]) simulations.fail('a', element);
        expect(simulations.failuresOf('a')).toEqual([west, east]);
    });

    test('each estate has its own scenario', () => {
        simulations.fail('a', east);
        simulations.fail('b', west);
        simulations.recover('a', west);
        expect([simulations.failuresOf('a'), simulations.failuresOf('b')]).toEqual([[east], [west]]);
        expect(simulations.running()).toEqual(['a', 'b']);
    });

    test('ends with the last recovery, or when it is cleared', () => {
        simulations.fail('a', east);
        simulations.recover('a', east);
        simulations.fail('b', east);
        simulations.fail('c', east);
        simulations.clear('b');
        expect(simulations.running()).toEqual(['c']);
        simulations.clear();
        expect(simulations.running()).toEqual([]);
        expect(simulations.failuresOf('never')).toEqual([]);
    });
});

describe('who listens', () => {
    test('is told of every change, and of nothing else', () => {
        const listener = vi.fn();
        simulations.onChange(listener);
        const steps: [() => void, number][] = [
            [() => simulations.fail('a', east), 1],
            [() => simulations.fail('a', east), 1],
            [() => simulations.recover('a', west), 1],
            [() => simulations.recover('a', east), 2],
            [() => simulations.clear(), 2],
            [() => simulations.lookAt('a', 60), 2],
            [() => simulations.lastFor('a', 60), 2],
            [() => simulations.restart('a', east), 2],
            [() => simulations.fail('a', east), 3],
            [() => simulations.lookAt('a', 60), 4],
            [() => simulations.lookAt('a', 60), 4],
            [() => simulations.lastFor('a', 3600), 5],
            [() => simulations.lastFor('a', 3600), 5],
            [() => simulations.restart('a', west), 6],
            [() => simulations.restart('a', west), 6],
            [() => simulations.cancelRestart('a', west, 0), 6],
            [() => simulations.cancelRestart('a', west, 60), 7],
            [() => simulations.lastFor('a', undefined), 8],
        ];
        for (const [step, times] of steps) {
            step();
            expect(listener).toHaveBeenCalledTimes(times);
        }
    });
});

describe('time', () => {
    test('each time has its outcome; a scenario that ends takes its time along', async () => {
        const { topology } = await estate(text);
        const now = () => simulations.simulationOf('a', topology)!;
        simulations.fail('a', asElementName('east.istiod'));
        simulations.lastFor('a', 129_600);
        const marksAt = (at: number) => {
            simulations.lookAt('a', at);
            return marks(now().outcome.operations);
        };
        expect([0, 43_199, 43_200, 129_599, 129_600].map(marksAt)).toEqual([
            '✅ ⚠️ ✅ ✅',
            '✅ ⚠️ ✅ ✅',
            '⚠️ ⚠️ ✅ ✅',
            '⚠️ ⚠️ ✅ ✅',
            '✅ ✅ ✅ ✅',
        ]);
        simulations.recover('a', asElementName('east.istiod'));
        simulations.fail('a', asElementName('east.istiod'));
        expect(now()).toMatchObject({ at: 0, restarts: [] });
        expect(now().duration).toBeUndefined();
    });

    test('restarts stand in order of time; one that an edit took away does nothing', async () => {
        const { topology, change } = await estate(text);
        simulations.fail('a', asElementName('east.istiod'));
        for (const [at, element] of [
            [60, west],
            [30, east],
        ] as const) {
            simulations.lookAt('a', at);
            simulations.restart('a', element);
        }
        const restarts = simulations.simulationOf('a', topology)!.restarts;
        expect(restarts.map(({ at, element }) => `${at} ${element}`)).toEqual(['30 east', '60 west']);
        const { topology: edited } = await change({ 'main.tsbtopo': text.replace('\nworkload cluster west', '') });
        const { timeline } = simulations.simulationOf('a', edited)!;
        expect(timeline.steps.map(({ action, element }) => `${action} ${element}`)).toEqual([
            'fail east.istiod',
            'restart east',
        ]);
    });
});

describe('what it does', () => {
    test('is computed once for a topology, and anew for the next', async () => {
        const { topology, change } = await estate(text);
        simulations.fail('a', east);
        const before = simulations.simulationOf('a', topology);
        expect(simulations.simulationOf('a', topology)).toBe(before);
        const { topology: edited } = await change({ 'main.tsbtopo': text.replace('\nworkload cluster west', '') });
        const after = simulations.simulationOf('a', edited);
        expect([before, after].map((simulation) => marks(simulation!.outcome.operations))).toEqual([
            '⚠️ ⚠️ ⚠️ ✅',
            '❌ ❌ ❌ ✅',
        ]);
    });

    test('is computed anew when the scenario changes', async () => {
        const { topology } = await estate(text);
        simulations.fail('a', east);
        expect(simulations.simulationOf('a', topology)?.outcome.failures).toHaveLength(1);
        simulations.fail('a', west);
        expect(simulations.simulationOf('a', topology)?.outcome.failures).toHaveLength(2);
        simulations.clear('a');
        expect(simulations.simulationOf('a', topology)).toBeUndefined();
    });

    test('names that the topology does not have are kept, and do nothing', async () => {
        const { topology } = await estate(text);
        simulations.fail('a', asElementName('north'));
        simulations.fail('a', east);
        const simulation = simulations.simulationOf('a', topology)!;
        expect(simulation.failures).toEqual(['north', 'east']);
        expect(simulation.missing).toEqual(['north']);
        expect(simulation.outcome.failures.map(({ name }) => name)).toEqual(['east']);
    });
});

describe('an estate that is gone', () => {
    test('is not held by what was computed of it', async () => {
        const { topology: kept } = await estate(text);
        simulations.fail('a', east);
        const gone = (() => {
            const topology = { ...kept };
            expect(simulations.simulationOf('a', topology)).toBeDefined();
            return new WeakRef(topology);
        })();
        // a WeakRef holds what it was made for until the end of the turn
        await new Promise((resolve) => setTimeout(resolve, 0));
        collectGarbage();
        expect(gone.deref()).toBeUndefined();
        expect(simulations.failuresOf('a')).toEqual([east]);
    });

    test('while it is there, the answer is computed once', async () => {
        const { topology } = await estate(text);
        simulations.fail('a', east);
        expect(simulations.simulationOf('a', topology)).toBe(simulations.simulationOf('a', topology));
    });
});

test('a link that is not listed can be made to fail, and recovers', async () => {
    const { topology } = await estate(mesh(52));
    const link = asElementName('link:c30->c40');
    simulations.fail('a', link);
    const simulation = simulations.simulationOf('a', topology);
    expect(simulation?.missing).toEqual([]);
    expect(simulation?.outcome.failures.map(({ name }) => name)).toEqual([link]);
    simulations.recover('a', link);
    expect(simulations.simulationOf('a', topology)).toBeUndefined();
});
