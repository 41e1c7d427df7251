/** Something restarts while what it needs to start is away, in estates of `random-needs.ts`. */

import fc from 'fast-check';
import type { Element } from '../../server/topology/element.js';
import { elementsOf } from '../../server/topology/elements.js';
import type { Topology } from '../../server/topology/topology.js';
import { startNeedsIn, type StartNeed } from './evaluator/needs.js';
import { estateWithNeeds } from './random-needs.js';
import type { Scenario } from './random-scenario.js';
import { publishedClocks } from './tick-clocks.js';
import type { Step } from './tick-simulator.js';

/** Of a need, the thing that has it, or any part of that. */
export const randomRestart: fc.Arbitrary<Scenario> = estateWithNeeds
    .filter((topology) => startNeedsIn(topology).length > 0)
    .chain((topology) => fc.constantFrom(...startNeedsIn(topology)).chain((need) => restartIn(topology, need)));

function restartIn(topology: Topology, { of, anyOf }: StartNeed): fc.Arbitrary<Scenario> {
    const away = anyOf.map(({ name }) => `external:${name}`);
    return fc.constantFrom(...partsOf(topology, of)).map((element) => {
        const steps: Step[] = [
            ...away.map((one) => ({ at: 0, action: 'fail', element: one }) as const),
            { at: 10, action: 'restart', element },
            ...away.map((one) => ({ at: 100, action: 'recover', element: one }) as const),
        ];
        return { topology, steps, clocks: publishedClocks, until: 300 };
    });
}

/** Itself, and all that goes along with it. */
function partsOf(topology: Topology, of: string): string[] {
    const { all, byName } = elementsOf(topology);
    const isPart = ({ name, parents }: Element): boolean =>
        name === of ||
        parents.some((parent) => {
            const whole = byName.get(parent);
            return whole !== undefined && isPart(whole);
        });
    return all.filter(isPart).map(({ name }) => name);
}
