import { describe, expect, test } from 'vitest';
import { compareInTime } from './compare-time.js';
import { randomScenario } from './random-scenario.js';
import { share } from '../share.js';

/**
 * Without services that require themselves: what one of their homes loses while another one has died of its certificate
 * is judged otherwise by the two (limited by the engine, not at all by the simulator), and the text decides it for neither.
 */
const scenarios = randomScenario.filter(
    ({ topology }) =>
        !topology.services.some(({ shortName, requires }) => requires.some(({ name }) => name === shortName)),
);

describe('the engine and a simulator that ticks second by second agree', () => {
    test('on when what begins and ends, in 500 random scenarios', { timeout: 1_200_000 }, () => {
        expect(compareInTime({ count: share(500), seed: 1, scenarios })).toBeGreaterThan(share(2_500));
    });
});
