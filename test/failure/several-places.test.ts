import { describe, expect, test } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import { explainer } from '../../server/failure/explain.js';
import { isAlive, simulate } from '../../server/failure/outcome.js';
import { heldClauses } from '../../server/impact/held.js';
import { asElementName } from '../../server/topology/element-name.js';
import type { Locality } from '../../server/topology/topology.js';
import { share, shareOf } from '../share.js';
import { estate, externalService, place, region } from './by-hand.js';
import { simulated } from './check.js';
import { somewhere } from './random-traffic.js';

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

test('copies in several places are lost as whoever counts all ways to spread them would say', () => {
    const zones = { us: ['a', 'b', 'c'], eu: ['x', 'y'], one: ['z'] };
    const all = Object.entries(zones).flatMap(([name, each]) => each.map((zone) => `${name}/${zone}`));
    const subsets = Array.from({ length: 2 ** all.length }, (_, set) => all.filter((__, at) => set & (1 << at)));
    const candidates = [place('us'), place('eu'), place('one'), place('us', 'a'), place('eu', 'y')];
    let differing = 0;
    for (const places of choicesOf(candidates).filter((each) => each.length > 1)) {
        for (let count = 1; count <= 7; count++) {
            for (let needed = 1; needed <= count; needed++) {
                const db = {
                    ...externalService('db', ...places),
                    replicas: { count, needed, zones: [], at: somewhere },
                };
                const topology = estate({
                    regions: Object.entries(zones).map(([name, each]) => region(name, each)),
                    externalServices: [db],
                });
                const graph = buildFailureGraph(topology);
                for (const gone of shareOf(subsets)) {
                    const outcome = simulate(
                        graph,
                        gone.map((zone) => asElementName(`zone:${zone}`)),
                    );
                    const left =
                        count - mostLost(places, count, (of) => zonesOf(of).map((zone) => gone.includes(zone)));
                    if (left < needed && left > 0) differing++;
                    if (isAlive(outcome, 'external:db') !== left >= needed)
                        expect.fail(`${JSON.stringify({ places, count, needed, gone })}: ${left} are left`);
                }
            }
        }
    }
    expect(differing).toBeGreaterThan(share(1_000));

    function zonesOf({ region: name, zone }: Locality): string[] {
        return zone === undefined
            ? zones[name as keyof typeof zones].map((each) => `${name}/${each}`)
            : [`${name}/${zone}`];
    }
});

/** All ways to spread things as evenly as they go over so many places. */
function spreads(things: number, places: number): number[][] {
    const [each, more] = [Math.floor(things / places), things % places];
    return choicesOf(Array.from({ length: places }, (_, at) => at))
        .filter((chosen) => chosen.length === more)
        .map((chosen) => Array.from({ length: places }, (_, at) => each + (chosen.includes(at) ? 1 : 0)));
}

/** How many copies are lost in the worst of all spreads. */
function mostLost(places: readonly Locality[], count: number, goneIn: (place: Locality) => readonly boolean[]): number {
    const lostIn = (at: Locality, copies: number) => {
        const gone = goneIn(at);
        const lost = spreads(copies, gone.length).map((held) =>
            held.reduce((sum, each, zone) => sum + (gone[zone] ? each : 0), 0),
        );
        return Math.max(...lost);
    };
    const lost = spreads(count, places.length).map((held) =>
        held.reduce((sum, copies, at) => sum + lostIn(places[at]!, copies), 0),
    );
    return Math.max(...lost);
}

function choicesOf<T>(of: readonly T[]): T[][] {
    return of.reduce<T[][]>((all, one) => [...all, ...all.map((each) => [...each, one])], [[]]);
}

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
