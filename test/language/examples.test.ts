import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../server/findings/findings.js';
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

describe('what is found in an example is meant', () => {
    const intended: Readonly<Record<string, readonly string[]>> = {
        'single-cluster.tsbtopo': ['single-homed-exposed-service'],
        'two-regions.tsbtopo': [],
        'hub-and-spoke.tsbtopo': ['homes-in-one-place'],
        'dmz-tier1.tsbtopo': ['telemetry-through-front-envoy'],
        'standby-management-plane.tsbtopo': ['standby-assumed'],
        'hosted-management-plane.tsbtopo': [],
        'hundred-clusters.tsbtopo': ['links-unlisted', 'homes-in-one-place'],
        'reference.tsbtopo': [],
    };
    test.each(Object.entries(intended))('%s', async (name, codes) => {
        const { topologies } = await estate(filesOf(name));
        expect(topologies.flatMap(findingsOf).map(({ code }) => code)).toEqual(codes);
    });
});

test('the plan of the standby breaks when nothing keeps its key, as its comment says', async () => {
    const name = 'standby-management-plane.tsbtopo';
    const text = filesOf(name)[name]!.replace(/^( +)backup in south/m, '$1no backup');
    const { topology } = await estate(text);
    const found = findingsOf(topology).map(({ code, severity }) => [code, severity]);
    expect(found).toContainEqual(['standby-cannot-take-over', 'error']);
});

test('a hundred clusters are a hundred', async () => {
    const { topology } = await estate(filesOf('hundred-clusters.tsbtopo'));
    expect(topology.clusters.filter(({ kind }) => kind === 'workload')).toHaveLength(100);
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
