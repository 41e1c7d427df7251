import { describe, expect, test } from 'vitest';
import { explainer } from '../../server/failure/explain.js';
import { isAlive } from '../../server/failure/outcome.js';
import { heldClauses } from '../../server/impact/held.js';
import { simulated } from './check.js';

const regions = 'region us { zones a, b, c }  region eu { zones x, y }  region one { zones z }  region none';

async function isThere(db: string, failures: string): Promise<boolean> {
    const text = `${regions}  management cluster mgmt  workload cluster east
        service shop on east { requires db }  external service db ${db}`;
    const names = failures.split(' ').map((name) => (name.includes('/') ? `zone:${name}` : `region:${name}`));
    const outcome = await simulated(text, names);
    expect(isAlive(outcome, 'external:db')).toBe(outcome.operations.runningWorkloads === 'unaffected');
    return isAlive(outcome, 'external:db');
}

describe('an external service in several places is lost', () => {
    test.each([
        // with all of them
        ['in us/a, us/b', 'us/a us/c', true],
        ['in us/a, us/b', 'us/a us/b', false],
        ['in us/a, us/b', 'us', false],
        ['in us/a, eu/x', 'us', true],
        ['in us/a, eu/x', 'us eu', false],
        ['in us/a, us/a', 'us/a', false],
        // in a region it survives one zone, not more
        ['in us, eu', 'us', true],
        ['in us, eu', 'us eu/x', true],
        ['in us, eu', 'us/a us/b eu', false],
        ['in us, one', 'us one/z', false],
        ['in none, eu', 'none', true],
        ['in none, eu', 'none eu/x eu/y', false],
        ['in us/a, eu/x { replicas 4 }', 'us/a', true],
        // as soon as too few copies are left
        ['in us/a, us/b { replicas 1 of 2 }', 'us/a', true],
        ['in us/a, us/b { replicas 1 of 2 }', 'us/a us/b', false],
        ['in us/a, us/b { replicas 2 of 2 }', 'us/b', false],
        ['in us/a, us/b, us/c { replicas 2 of 3 }', 'us/a', true],
        ['in us/a, us/b, us/c { replicas 2 of 3 }', 'us/a us/c', false],
        // two of the three stand in one of the places, and nobody knows in which
        ['in us/a, eu/x { replicas 2 of 3 }', 'us/a', false],
        ['in us/a, eu/x { replicas 1 of 3 }', 'eu', true],
        ['in us/a, us/b, us/c { replicas 1 of 4 }', 'us/a us/b', true],
        ['in us/a, us/b, us/c { replicas 2 of 4 }', 'us/a us/b', false],
        // each copy stands in one zone of its region
        ['in us, eu { replicas 1 of 2 }', 'us', true],
        ['in us, eu { replicas 1 of 2 }', 'us/a', true],
        ['in us, eu { replicas 1 of 2 }', 'us/a eu/y', false],
        ['in us, eu { replicas 2 of 2 }', 'us/b', false],
        ['in us, eu { replicas 4 of 6 }', 'us/a', true],
        ['in us, eu { replicas 5 of 6 }', 'eu/x', false],
        ['in us, eu { replicas 4 of 6 }', 'us/a us/b', true],
        ['in us, eu { replicas 4 of 6 }', 'us', false],
        ['in us, eu, none { replicas 2 of 3 }', 'none', true],
        ['in us, eu, none { replicas 2 of 3 }', 'none us/c', false],
        ['in one, none { replicas 1 of 2 }', 'one/z', true],
        // more than are told apart: nobody can say that they are enough
        ['in us, eu { replicas 1 of 500 }', 'us/a', false],
    ])('%s, %s is gone: there %s', async (db, failures, expected) => {
        expect(await isThere(db, failures)).toBe(expected);
    });

    test('in one place as any store outside', async () => {
        expect(await isThere('in us { replicas 3 of 3 }', 'us/a')).toBe(false);
        expect(await isThere('in us { replicas 2 of 3 }', 'us/a')).toBe(true);
        expect(await isThere('in us { replicas 3 across zones a, b }', 'us/a us/c')).toBe(true);
        expect(await isThere('in us/a { replicas 2 of 3 }', 'us/b')).toBe(true);
        expect(await isThere('in us/a { replicas 1 of 3 }', 'us/a')).toBe(false);
        expect(await isThere('in us', 'us/a')).toBe(true);
        expect(await isThere('in us', 'us/a us/b')).toBe(false);
    });

    test('and copies may be said elsewhere', async () => {
        expect(await isThere('in us/a, us/b\nabout db { replicas 2 of 2 }', 'us/a')).toBe(false);
    });
});

describe('what is told of it', () => {
    const text = (db: string) => `${regions}  management cluster mgmt  workload cluster east
        service shop on east { requires db }  external service db ${db}`;

    test.each([
        ['in us/a, us/b', ['zone:us/a', 'zone:us/b'], 'it stands in these places'],
        ['in us/a, us/b { replicas 2 of 2 }', ['zone:us/a'], 'fewer copies are left there than it needs'],
        ['in us, eu { replicas 2 of 2 }', ['zone:us/a'], 'copies of it stand there'],
    ])('%s: the chain', async (db, failures, expected) => {
        const outcome = await simulated(text(db), failures);
        const { node } = outcome.effects.find(({ facet }) => facet.flow === 'instances-serve')!;
        expect(JSON.stringify(explainer(outcome)(node))).toContain(expected);
    });

    test('what held', async () => {
        const held = async (db: string) => heldClauses(await simulated(text(db), ['zone:us/a']));
        expect(await held('in us/a, us/b')).toEqual(['`db` thanks to zone `us/b`']);
        expect(await held('in us, eu { replicas 1 of 2 }')).toEqual([
            '`db` thanks to zone `us/b`, zone `us/c`, zone `eu/x` and 1 more',
        ]);
    });
});
