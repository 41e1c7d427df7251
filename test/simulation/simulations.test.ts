import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Simulations } from '../../server/simulation/simulations.js';
import { asElementName } from '../../server/topology/elements.js';
import { marks } from '../../server/impact/summary.js';
import { estate } from '../fixture.js';

const east = asElementName('east');
const west = asElementName('west');
const text = 'management cluster mgmt\nworkload cluster east\nworkload cluster west';

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
        ];
        for (const [step, times] of steps) {
            step();
            expect(listener).toHaveBeenCalledTimes(times);
        }
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
