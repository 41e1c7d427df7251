import { expect, test } from 'vitest';
import { jointKey } from '../../server/topology/joint-key.js';
import { simulated } from '../failure/check.js';

test('where one name ends is told, whatever stands in names', () => {
    expect(jointKey('a', 'b c')).not.toBe(jointKey('a b', 'c'));
    expect(jointKey('a', 'b.c')).not.toBe(jointKey('a.b', 'c'));
    expect(jointKey('a')).not.toBe(jointKey('a', ''));
});

test('ways between clusters whose names have spaces are not taken for each other', async () => {
    // from `a` to `b c`, and from `a b` to `c`: written beside each other they are the same
    const estate = (space: string) => `management cluster m
workload cluster "a" { gateway tier1 one }
workload cluster "a${space}b" { gateway tier1 two }
workload cluster "b${space}c" { gateway ingress gate }
workload cluster "c" { gateway ingress gate }
service shop on "b${space}c", "c" {
    exposed "shop.example.com" via one, two through "b${space}c".gate, "c".gate
}
network { "a" -> "b${space}c"  "a${space}b" -> "c" }`;
    for (const failed of ['c.gate', 'b c.gate', 'c', 'a b']) {
        const [spaced, joined] = [
            await simulated(estate(' '), [failed]),
            await simulated(estate('_'), [failed.replace(' ', '_')]),
        ];
        expect(spaced.hosts.map(({ severity }) => severity)).toEqual(joined.hosts.map(({ severity }) => severity));
        expect(joined.hosts).toHaveLength(1);
    }
});
