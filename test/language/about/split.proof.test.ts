import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { snapshotsOf } from '../../../server/estate/snapshot.js';
import type { Topology } from '../../../server/topology/topology.js';
import { estate, type Fixture } from '../../fixture.js';
import { estatesIn } from '../../fuzz/fuzz.js';
import { randomOf } from '../../fuzz/random.js';
import { share } from '../../share.js';
import { splitIntoAbouts } from './split.js';

const rounds = Math.max(2, share(10));

/** Where something is said is another place afterwards. */
const places: ReadonlySet<string> = new Set(['at', 'nameAt', 'hostAt', 'dataPlaneAt', 'files']);

/** Without places; lists are in no order, as nothing depends on it. */
function plain(value: unknown): unknown {
    if (value instanceof Map) return plain([...value].map(([key, each]) => ({ key: String(key), each: plain(each) })));
    if (Array.isArray(value)) return value.map((each) => JSON.stringify(plain(each))).sort();
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).filter(([key, each]) => !places.has(key) && each !== undefined);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, plain(each)]));
}

/** What the failure of each element comes to. */
function weights({ services }: Fixture, { name }: Topology): unknown {
    const own = snapshotsOf(services)
        .all()
        .find(({ topology }) => topology.name === name)!;
    return Object.fromEntries(
        own.elements.all
            .map((element) => [element.name, JSON.stringify(own.blasts.weightOf(element.name))])
            .sort(([a], [b]) => (a! < b! ? -1 : 1)),
    );
}

test('items moved into any `about` of any other file say what they said', { timeout: 600_000 }, async () => {
    let moved = 0;
    for (const files of estatesIn(resolve(import.meta.dirname, '../../..'))) {
        const before = await estate(files);
        const errors = before.diagnostics.filter(({ severity }) => severity === 1);
        if (errors.length > 0 || before.topologies.length !== 1) continue;
        for (let seed = 1; seed <= rounds; seed++) {
            const random = randomOf(seed);
            const header = `topology "${before.topology.name}"\n`;
            const others = [header, header];
            const split = Object.entries(files).map(([name, text]) => {
                const { text: left, abouts } = splitIntoAbouts(text, () => random.below(2) === 0);
                for (const about of abouts) others[random.below(2)] += `${about}\n`;
                moved += abouts.length;
                return [name, left];
            });
            const texts = {
                ...(Object.fromEntries(split) as Record<string, string>),
                'aa.tsbtopo': others[0]!,
                'zz.tsbtopo': others[1]!,
            };
            const after = await estate(texts);
            const own = after.topologies.find(({ name }) => name === before.topology.name)!;
            expect(plain(own), JSON.stringify(texts, null, 1)).toEqual(plain(before.topology));
            expect(weights(after, own)).toEqual(weights(before, before.topology));
        }
    }
    expect(moved).toBeGreaterThan(500);
});
