import fc from 'fast-check';
import { expect } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import { standardModel, type Model } from '../../server/failure/construction.js';
import type { Reading } from '../../server/failure/reading.js';
import { run, type Step } from '../../server/failure/run.js';
import { clocks, type Clock, type Range } from '../../server/knowledge/clocks.js';
import { comparable, resultOf } from './comparable.js';
import { randomScenario, type Scenario } from './random-scenario.js';
import type { ClockSettings } from './tick-clocks.js';
import { simulateTicks, type Entry } from './tick-simulator.js';

/** The engine's clocks with other lives. */
function modelWith({ clusterCa, tsbCertificates, tokenRenewal, leafRenewal }: ClockSettings): Model {
    const range = (clock: Clock, [least, most]: Range): Clock => ({ ...clock, life: most, leastLeft: least / most });
    return {
        ...standardModel,
        clocks: {
            ...clocks,
            'agent-token': { ...clocks['agent-token'], renewal: tokenRenewal },
            'leaf-certificate': { ...clocks['leaf-certificate'], leastLeft: leafRenewal },
            'machine-certificate': { ...clocks['machine-certificate'], leastLeft: leafRenewal },
            'cluster-ca': { ...clocks['cluster-ca'], life: clusterCa },
            'tsb-certificates': range(clocks['tsb-certificates'], tsbCertificates),
        },
    };
}

/** What the engine says, as the simulator says it: a result for each second at which it differs from the one before. */
function engineEntries({ topology, steps, clocks: settings, until }: Scenario, reading: Reading): Entry[] {
    const graph = buildFailureGraph(topology, modelWith(settings));
    const entries: Entry[] = [];
    for (const { at, outcome } of run(graph, steps as readonly Step[], reading)) {
        if (at > until) break;
        const result = resultOf(outcome);
        if (JSON.stringify(result) !== JSON.stringify(entries.at(-1)?.result)) entries.push({ at, result });
    }
    return entries;
}

interface Comparison {
    readonly count: number;
    readonly seed: number;
    readonly scenarios?: fc.Arbitrary<Scenario>;
}

/**
 * Compares the engine with the second-by-second simulator on random scenarios, in both readings: the times at which
 * anything changes, and the whole result at each of them.
 *
 * @returns how many changes were compared
 */
export function compareInTime({ count, seed, scenarios = randomScenario }: Comparison): number {
    let compared = 0;
    fc.assert(
        fc.property(scenarios, (scenario) => {
            const { topology, steps, clocks: settings, until } = scenario;
            for (const reading of ['earliest', 'latest'] as const) {
                const expected = simulateTicks(topology, steps, { clocks: settings, reading, until });
                const said = engineEntries(scenario, reading);
                compared += expected.length;
                const times = (entries: readonly Entry[]) => entries.map(({ at }) => at);
                expect({ reading, steps, times: times(said) }).toEqual({ reading, steps, times: times(expected) });
                for (const [index, { at, result }] of said.entries()) {
                    const engine = { at, ...result };
                    const ticks = { at, ...comparable(expected[index]!.result) };
                    if (JSON.stringify(engine) !== JSON.stringify(ticks)) expect(engine).toEqual(ticks);
                }
            }
        }),
        { numRuns: count, seed },
    );
    return compared;
}
