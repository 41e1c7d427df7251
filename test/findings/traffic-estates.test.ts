import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findingsOf } from '../../server/findings/findings.js';
import { estate } from '../fixture.js';
import { everything } from './everything.js';
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

test('no place is told the same thing twice', async () => {
    const { topology } = await estate(everything);
    const found = findingsOf(topology).map(({ code, at, message }) => JSON.stringify([code, at, message]));
    expect(new Set(found).size).toBe(found.length);
});
