import { expect, test } from 'vitest';
import { driftOf, readImported } from '../../server/estate/imported.js';
import { sealed } from '../../server/import/writing/seal.js';
import { scratch } from '../drift/drift.js';
import { estate } from '../fixture.js';
import { files } from './estate-files.js';
import { importFiles } from './imported.js';

/** What a second file, which is nobody's but the user's, can say beside the one that import writes. */
const byHand = `topology retail

region lab-region
workload cluster lab in lab-region { edge control plane { metrics buffer 1h } }
external service bank in us-east
service lab/probe on lab, east {
    owner "us"
    calls shop/cart
    requires bank
    no failover
}
network { lab <-> east }
`;

/** The same estate half a year later. */
const later = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
        name,
        text.replaceAll('"replicas": 4', '"replicas": 6').replaceAll('"replicas":4', '"replicas":6'),
    ]),
);

test('import, changes by hand in a file beside it, import again: nothing of the hand is lost', async () => {
    const before = importFiles(files, { name: 'retail', withSources: true });
    const now = importFiles(later, { name: 'retail', withSources: true });
    expect(now.text).not.toBe(before.text);
    for (const { text, estate: found } of [before, now]) {
        const both = await estate({ 'retail.import.tsbtopo': sealed(text), 'retail.tsbtopo': byHand });
        expect(both.diagnostics.filter(({ severity }) => severity === 1)).toEqual([]);
        const [topology, ...others] = both.topologies;
        expect(others).toEqual([]);
        const probe = topology!.services.find(({ name }) => name === 'probe')!;
        expect(probe.owner).toBe('us');
        expect([...probe.calls, ...probe.requires].map(({ name }) => name)).toEqual(['cart', 'bank']);
        expect(topology!.network.lines.some(({ from }) => from.includes('lab'))).toBe(true);
        // of what only people know nothing is told but that the estate has no such cluster
        const imported = (await readImported(scratch, text, found.covered))!;
        const told = driftOf(topology!, imported, both.services).map(({ subject }) => subject);
        expect(told).toEqual(['workload cluster lab']);
    }
});
