import { expect, test } from 'vitest';
import { judgePromises, knownPromiseProblems } from '../../server/estate/promises.js';
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

const places = [
    'topology shop\nmanagement cluster mgmt\nworkload cluster east',
    ...['a', 'b', 'c'].map((name) => `service ${name} on east`),
].join('\n');

const scenario = (name: string, service: string) => `scenario "${name}" {
    fail east
    at 1m  expect ${service} unaffected
}`;
const [one, two, three] = [scenario('one', 'a'), scenario('two', 'b'), scenario('three', 'c')];
const all = [places, one, two, three].join('\n');

test.each([
    ['lines are added above', all.replace('service a', '\n\nservice a'), ['10: a', '14: b', '18: c']],
    ['the first one is gone', [places, two, three].join('\n'), ['8: b', '12: c']],
    ['one is gone, and lines are added', [`\n\n${places}`, one, three].join('\n'), ['10: a', '14: c']],
    ['one is replaced by something else', [places, one, 'service d on east', three].join('\n'), ['8: a', '13: c']],
    ['one has another name', all.replace('"two"', '"2"'), ['8: a', '12: b', '16: c']],
    ['another one comes', [places, 'scenario "none" {}', one, two, three].join('\n'), ['9: a', '13: b', '17: c']],
    ['all are gone but one, and elsewhere', [two, places.replace('topology shop', '')].join('\n'), []],
])('until promises are judged anew, what was found stands where it stood: %s', async (_, text, expected) => {
    const opened = await estate(all);
    const { services } = opened;
    const shown = () =>
        knownPromiseProblems(services.workspace.Estates.all()[0]!, services).map(
            ({ at, message }) => `${at.range.start.line}: ${/Expected: (\w+)/.exec(message)?.[1]}`,
        );
    judgePromises(services.workspace.Estates.all()[0]!, services);
    expect(shown()).toEqual(['8: a', '12: b', '16: c']);
    await opened.change({ 'main.tsbtopo': text });
    expect(shown()).toEqual(expected);
});
