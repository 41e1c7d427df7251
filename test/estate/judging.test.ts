import { expect, test } from 'vitest';
import { judgePromises } from '../../server/estate/promises.js';
import { estate } from '../fixture.js';

test.each([
    ['nothing', '', false],
    ['a risk that is accepted', 'accept never-starts-again because "known"', false],
    ['an objective', 'objective shop survives any cluster failure', true],
    ['a scenario', 'scenario "east" { fail east }', true],
])('only what has to be judged is, which takes a graph of the estate: %s', async (_, promise, isJudged) => {
    const { services } = await estate(`workload cluster east\nservice shop on east\n${promise}`);
    const judged = judgePromises(services.workspace.Estates.all()[0]!, services);
    expect(judged !== undefined).toBe(isJudged);
});
