import { expect, test } from 'vitest';
import { estate } from '../fixture.js';
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
