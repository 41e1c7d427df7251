import { expect, test } from 'vitest';
import { promiseLens } from '../../server/features/promise-lens.js';
import { scenarioFrom } from '../../server/features/scenario-argument.js';
import { estate, mainUri } from '../fixture.js';

const text = `management cluster mgmt
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
service shop on east, west { exposed "shop.example.com" { gslb ttl 30s } }
scenario "x" { at 0m fail east  at 1h recover east  at 2h fail west }
objective shop survives any 2 cluster failures
objective shop survives any cluster failure
objective shop survives any 3 failures`;

test('a scenario and a counterexample run into the file, by their steps', async () => {
    const { services } = await estate(text);
    const lensAt = (line: number) => promiseLens(mainUri, { line, character: 0 }, services);
    const stepsOf = (line: number) => {
        const [argument] = lensAt(line).arguments as [{ readonly scenario: unknown }];
        return scenarioFrom(argument.scenario).scenario.steps.map(
            ({ at, action, element }) => `${at} ${action} ${element}`,
        );
    };
    expect(lensAt(4).title).toBe('▷ Simulate');
    expect(stepsOf(4)).toEqual(['0 fail east', '3600 recover east', '7200 fail west']);
    expect(lensAt(5).title).toBe('▷ Simulate the counterexample');
    expect(stepsOf(5)).toEqual(['0 fail east', '0 fail west']);
    expect(lensAt(6)).toEqual({ title: '✓ as promised', command: '' });
    expect(lensAt(7)).toEqual({ title: '', command: '' });
});
