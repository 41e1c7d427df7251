import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { estate } from '../fixture.js';

const examples = join(import.meta.dirname, '../../examples');

/** The files of an example: one file, or all of a folder. */
function filesOf(name: string): Record<string, string> {
    const path = join(examples, name);
    if (!statSync(path).isDirectory()) {
        return { [name]: readFileSync(path, 'utf8') };
    }
    return Object.fromEntries(readdirSync(path).map((file) => [file, readFileSync(join(path, file), 'utf8')]));
}

describe('every example is without mistakes', () => {
    test.each(readdirSync(examples))('%s', async (name) => {
        const { diagnostics } = await estate(filesOf(name));
        expect(diagnostics.map(({ message }) => message)).toEqual([]);
    });
});

test('the files of acme are one estate', async () => {
    const { topology, topologies } = await estate(filesOf('acme'));
    expect(topologies.map(({ name }) => name)).toEqual(['acme']);
    expect(topology.clusters.map(({ name }) => name)).toEqual(['mgmt', 'dmz-us', 'dmz-eu', 'east', 'west', 'legacy']);
    expect(topology.services.map(({ shortName }) => shortName)).toEqual([
        'checkout',
        'payments',
        'entitlements',
        'catalog',
        'bank/ledger',
        'audit/ledger',
    ]);
});

test('two topologies of one folder are two estates', async () => {
    const { topologies } = await estate(filesOf('two-topologies'));
    expect(topologies.map(({ name, clusters }) => [name, clusters.map((cluster) => cluster.name)])).toEqual([
        ['production', ['mgmt', 'east', 'west']],
        ['staging', ['mgmt', 'east']],
    ]);
});
