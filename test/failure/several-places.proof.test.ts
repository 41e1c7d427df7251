import { expect, test } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import { isAlive, simulate } from '../../server/failure/outcome.js';
import { asElementName } from '../../server/topology/element-name.js';
import type { Locality } from '../../server/topology/topology.js';
import { share, shareOf } from '../share.js';
import { estate, externalService, place, region } from './by-hand.js';
import { somewhere } from './random-traffic.js';

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
