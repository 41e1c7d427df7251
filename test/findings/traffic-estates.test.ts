import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../server/findings/findings.js';
import { estate } from '../fixture.js';
import { shareOf } from '../share.js';
import { codesOf } from './traffic-check.js';

const examples = join(import.meta.dirname, '../../examples');

/** The files of an example: one file, or all of a folder. */
function filesOf(name: string): Record<string, string> {
    const path = join(examples, name);
    if (!statSync(path).isDirectory()) return { [name]: readFileSync(path, 'utf8') };
    return Object.fromEntries(readdirSync(path).map((file) => [file, readFileSync(join(path, file), 'utf8')]));
}

test.each(readdirSync(examples))('nothing in examples/%s is an error', async (name) => {
    const { topologies } = await estate(filesOf(name));
    const errors = topologies.flatMap(findingsOf).filter(({ severity }) => severity === 'error');
    expect(errors.map(({ message }) => message)).toEqual([]);
});

test('five lines stay quiet', async () => {
    const text = readFileSync(join(examples, 'five-lines.tsbtopo'), 'utf8');
    expect(await codesOf(text)).toEqual(['telemetry-path-assumed']);
    expect(await codesOf(`${text}\nservice web on east { calls shop }`)).toEqual(['telemetry-path-assumed']);
});

/** Everything that the findings about traffic read, good and bad. */
const everything = `
    region us { zones a, b }
    management cluster mgmt in us/a { gateway tier1 front }
    workload cluster dmz { gateway tier1 other }
    workload cluster east in us/a { gateway ingress, east-west east-gw }
    workload cluster west in us/a { edge control plane { token ttl 5m gitops } gateway ingress west-in gateway egress out }
    network { dmz -> east; east -> west; west <-> mgmt }
    service shop/web on east, west {
        on mgmt { namespace elsewhere }
        exposed "a.b" via front, other through east-gw, out through west-in to east weight 1, west weight 2 { gslb }
        exposed "b.b" to west, dmz
        calls api, stripe
        requires web
        failover east-west
        no outlier detection
        external authorization by api fails closed
        rate limit by stripe fails closed
    }
    service api on west { exposed "a.b" requires web }
    external service stripe in us`;

describe('a file that is being written', () => {
    const words = [...everything.matchAll(/\S+\s*/g)];
    const ends = words.map(({ index, 0: word }) => [index, index + word.length] as const);
    const isRead = async (text: string) => expect(findingsOf((await estate(text)).topology)).toBeDefined();

    test('is read at every second word', async () => {
        for (const [start] of shareOf(ends.filter((_, index) => index % 2 === 0)))
            await isRead(everything.slice(0, start));
    });

    test('is read without any one of the other words', async () => {
        for (const [start, end] of shareOf(ends.filter((_, index) => index % 2 === 1))) {
            await isRead(everything.slice(0, start) + everything.slice(end));
        }
    });
});

test('no place is told the same thing twice', async () => {
    const { topology } = await estate(everything);
    const found = findingsOf(topology).map(({ code, at, message }) => JSON.stringify([code, at, message]));
    expect(new Set(found).size).toBe(found.length);
});
