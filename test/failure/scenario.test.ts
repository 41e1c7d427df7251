import { describe, expect, test } from 'vitest';
import {
    durationOf,
    failing,
    failuresOf,
    nothingHappens,
    restartsOf,
    runIn,
    scenarioOf,
    withoutSteps,
    withSteps,
} from '../../server/failure/scenario.js';
import { asElementName } from '../../server/topology/element-name.js';
import type { Step } from '../../server/failure/run.js';
import { estate } from '../fixture.js';

const [east, west] = [asElementName('east'), asElementName('west')];
const restart: Step = { at: 60, action: 'restart', element: west };

describe('a scenario', () => {
    test('has its steps in order of time; of one time first what fails, then what is repaired, then restarts', () => {
        const steps: Step[] = [restart, { at: 60, action: 'recover', element: east }, ...failing([east]).steps];
        expect(scenarioOf(steps).steps.map(({ at, action }) => [at, action])).toEqual([
            [0, 'fail'],
            [60, 'recover'],
            [60, 'restart'],
        ]);
        expect(scenarioOf([...steps].reverse())).toEqual(scenarioOf(steps));
    });

    test('tells what fails, what is restarted and how long it lasts', () => {
        const scenario = withSteps(failing([east, west], 600), [restart]);
        expect(failuresOf(scenario)).toEqual([east, west]);
        expect(restartsOf(scenario)).toEqual([restart]);
        expect(durationOf(scenario)).toBe(600);
        expect([failuresOf(nothingHappens), durationOf(nothingHappens)]).toEqual([[], undefined]);
    });

    test('lasts for no one time where something stays down, or is repaired at another time', () => {
        const one = failing([east], 600);
        expect(durationOf(withSteps(one, failing([west]).steps))).toBeUndefined();
        expect(durationOf(withSteps(one, failing([west], 900).steps))).toBeUndefined();
    });

    test('what is taken out of it is not in it any more', () => {
        const left = withoutSteps(failing([east, west], 600), ({ element }) => element === east);
        expect(left).toEqual(failing([west], 600));
    });
});

describe('in a topology', () => {
    test('what it does not have does nothing, and is named once', async () => {
        const { topology } = await estate('topology t\nmanagement cluster m\nworkload cluster west');
        const { timeline, missing } = runIn(topology, failing([east, west], 600));
        expect(missing).toEqual([east]);
        expect(timeline.points[0]!.outcome.failures.map(({ name }) => name)).toEqual([west]);
    });

    test('a link that only a list of the network names becomes an element when something names it', async () => {
        const clusters = Array.from({ length: 30 }, (_, at) => `c${at}`);
        const text = `topology t\nmanagement cluster m\n${clusters.map((name) => `workload cluster ${name}`).join('\n')}
network { ${clusters.join(', ')} <-> ${clusters.join(', ')} }`;
        const { topology } = await estate(text);
        expect(runIn(topology, failing([asElementName('link:c1/c2')])).missing).toEqual([]);
    });
});
