import { expect, test } from 'vitest';
import { estate } from '../fixture.js';
import { after, fixesOf } from '../fixes/fixes.js';
import { format } from './formatting/format.js';

const file = (backup: string) => `region us
management cluster mgmt { management plane { postgres { ${backup} } } }
`;

test.each([
    ['backup restored within 2h', { kind: 'kept', within: 7_200 }],
    ['backup every 1h in us restored within 30m', { kind: 'kept', every: 3_600, within: 1_800 }],
    ['backup every 1h in us', { kind: 'kept', every: 3_600 }],
])('%s', async (backup, expected) => {
    const { topology, diagnostics } = await estate(file(backup));
    expect(diagnostics.filter(({ severity }) => severity === 1)).toEqual([]);
    const [management] = topology.clusters;
    expect(management).toMatchObject({ managementPlane: { postgres: { backup: { value: expected } } } });
    expect(await format(file(backup))).toContain(backup);
});

test('a restoration takes some time', async () => {
    const { diagnostics } = await estate(file('backup restored within 0s'));
    expect(diagnostics.map(({ code }) => code)).toContain('odd-duration');
});

test.each([
    ['backup restored within 2h in us', '`in` stands before `restored`', 'backup in us restored within 2h'],
    ['backup in us every 1h', '`every` stands before `in`', 'backup every 1h in us'],
    [
        'backup restored within 2h every 1h in "us"',
        '`every` stands before `restored`',
        'backup every 1h in "us" restored within 2h',
    ],
    ['copy promoted within 30m in us', '`in` stands before `promoted`', 'copy in us promoted within 30m'],
    ['copy promotes itself within 2m in us', '`in` stands before `promotes`', 'copy in us promotes itself within 2m'],
    ['backup in us every 1h // here', '`every` stands before `in`', 'backup every 1h in us // here'],
])('parts in another order are told, and put right: %s', async (written, told, right) => {
    const lines = (item: string) => file(`\n${item}\n`);
    const { diagnostics } = await estate(lines(written));
    expect(diagnostics.filter(({ severity }) => severity === 1).map(({ message }) => message)).toEqual([
        expect.stringContaining(told),
    ]);
    const [fix, ...others] = await fixesOf(lines(written), 'unknown-word');
    expect(others).toEqual([]);
    expect(after(await estate(lines(written)), fix!.changes)).toBe(lines(right));
});

test.each(['backup in us in us', 'backup every 1h { in us', 'backup 1h in us'])(
    'what is wrong otherwise is no question of order: %s',
    async (written) => {
        const { diagnostics } = await estate(file(`\n${written}\n`));
        const messages = diagnostics
            .filter(({ severity }) => severity === 1)
            .map(({ message }) => (typeof message === 'string' ? message : message.value));
        expect(messages.length).toBeGreaterThan(0);
        expect(
            messages.filter(
                (message) => message.includes('stands before `every`') || message.includes(', as in `backup'),
            ),
        ).toEqual([]);
    },
);

test('`restored` is a name anywhere else', async () => {
    const text = `region restored
workload cluster restored in restored { gateway ingress restored }
service restored on restored { calls within }
service within on restored { requires restored }
external service copied
scenario "restored" { fail restored on restored }
`;
    const { diagnostics } = await estate(text);
    expect(diagnostics.filter(({ severity }) => severity === 1).map(({ message }) => message)).toEqual([]);
});
