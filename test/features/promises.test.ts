import { CancellationToken } from 'vscode-jsonrpc';
import { expect, test } from 'vitest';
import { judgedPromises, promisingEstates } from '../../server/features/promises.js';
import { editor } from './editor.js';

const estate = `topology shops
management cluster mgmt
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
service shop on east, west { exposed "shop.example.com" { gslb ttl 30s } }
service till on east { exposed "till.example.com" }
`;

/** `state id` of each promise, and its messages as `line text | expected | found`. */
async function judged(text: string) {
    const opened = await editor(`${estate}${text}`);
    const { tsbtopo } = opened.services;
    const verdicts = await judgedPromises({ uri: opened.uri() }, tsbtopo, CancellationToken.None);
    const [listed] = promisingEstates(tsbtopo);
    expect(verdicts.map(({ id }) => id)).toEqual(listed!.promises.map(({ id }) => id));
    return { verdicts, listed: listed!, states: verdicts.map(({ state, id }) => `${state}: ${id}`) };
}

test('each promise is listed at its name, and is kept, broken, accepted, idle, or nobody knows', async () => {
    const { states, listed, verdicts } = await judged(`scenario "east" { fail east  expect shop not lost }
scenario "both" { fail east, west  expect shop not lost }
scenario "later" { move shop  expect shop unaffected }
scenario "nothing" { fail east }
scenario "a name" { fail esat  expect shop lost }
objective shop survives any cluster failure
objective till survives any cluster failure
objective till survives any cluster failure
objective shop survives any 3 failures
objective every service with tier gold survives any cluster failure
`);
    expect(listed.topology).toBe('shops');
    expect(listed.promises.map(({ at }) => at.range.start.line)).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    expect(states).toEqual([
        'kept: scenario east',
        'broken: scenario both',
        'not-judged: scenario later',
        'idle: scenario nothing',
        'not-judged: scenario a name',
        'kept: objective shop survives any cluster failure',
        'broken: objective till survives any cluster failure',
        'broken: objective till survives any cluster failure (2)',
        'not-judged: objective shop survives any 3 failures',
        'idle: objective every service with tier gold survives any cluster failure',
    ]);
    const unexplained = verdicts.filter(({ state, messages }) => state !== 'kept' && messages.length === 0);
    expect(unexplained).toEqual([]);
});

test('a broken promise tells what was expected and found, and what breaks it', async () => {
    const { verdicts } = await judged(`scenario "both" { at 0m fail east  at 1h fail west  expect shop not lost }
objective till survives any cluster failure
`);
    const [scenario, objective] = verdicts;
    expect(scenario!.messages[0]!.difference).toEqual({ expected: 'shop not lost', found: 'shop lost, from 1 h on' });
    expect(scenario!.counterexample?.scenario).toMatchObject({ at: 3600, steps: [{ at: 0 }, { at: 3600 }] });
    expect(objective!.messages[0]!.difference).toEqual({
        expected: 'till survives any cluster failure',
        found: 'till does not survive the failure of east: nobody who uses it is served.',
    });
    expect(objective!.counterexample?.scenario.steps).toEqual([{ at: 0, action: 'fail', element: 'east' }]);
});

test('a risk that somebody takes is told as accepted, with the reason, and not as kept', async () => {
    const { verdicts } = await judged(`objective till survives any cluster failure
accept objective-broken because "the till is paper"
`);
    expect(verdicts.map(({ state }) => state)).toEqual(['accepted']);
    expect(verdicts[0]!.messages[0]!.text).toContain('Accepted: the till is paper');
});

test('a file of no topology is refused', async () => {
    const { services } = await editor(estate);
    await expect(
        judgedPromises({ uri: 'file:///none.tsbtopo' }, services.tsbtopo, CancellationToken.None),
    ).rejects.toThrow('is not a topology file');
});
