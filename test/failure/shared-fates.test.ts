import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../server/findings/findings.js';
import { wholeGraph } from '../../server/failure/build.js';
import { isAlive, simulate } from '../../server/failure/outcome.js';
import { fateName } from '../../server/topology/element-name.js';
import { estate } from '../fixture.js';
import { problems } from '../language/tell.js';
import { promised } from '../promises/judged.js';
import { simulated } from './check.js';

const text = (fates: string, more = '') => `topology t
region us { zones a, b }
region eu
management cluster mgmt in eu
workload cluster east in us/a { gateway ingress e-gw { labels image old } }
workload cluster west in us/b { gateway ingress w-gw { labels image old } }
workload cluster north in eu { gateway ingress n-gw }
service shop on east, west { exposed "shop.example.com" via e-gw, w-gw { gslb ttl 30s }  labels tier gold }
service cart on north { labels tier gold }
${fates}
${more}`;

const downWith = async (fates: string, ...names: string[]) => {
    const outcome = await simulated(text(fates), ['x']);
    return names.filter((name) => !isAlive(outcome, name));
};

describe('a shared fate', () => {
    test('takes its members along, with all that is part of them', async () => {
        const down = ['east', 'east.istiod', 'west', 'north', 'shop@east'];
        expect(await downWith('shared fate x of east', ...down)).toEqual(['east', 'east.istiod', 'shop@east']);
        expect(await downWith('shared fate x of east, north', ...down)).toEqual([
            'east',
            'east.istiod',
            'north',
            'shop@east',
        ]);
        expect(
            await downWith(
                'shared fate x of every gateway with image old',
                'east.e-gw',
                'west.w-gw',
                'north.n-gw',
                'east',
            ),
        ).toEqual(['east.e-gw', 'west.w-gw']);
        expect(await downWith('shared fate x of every workload cluster in us', ...down)).toEqual([
            'east',
            'east.istiod',
            'west',
            'shop@east',
        ]);
        expect(await downWith('shared fate x of shop on east, region eu', 'shop@east', 'shop@west', 'north')).toEqual([
            'shop@east',
            'north',
        ]);
        expect(
            await downWith(
                'shared fate x of every service with tier gold in us',
                'shop@east',
                'shop@west',
                'cart@north',
            ),
        ).toEqual(['shop@east', 'shop@west']);
    });

    test('of links cuts them, listed or not', async () => {
        const outcome = await simulated(text('shared fate x of link east/mgmt, link west -> mgmt'), ['x']);
        const freshness = outcome.clusters.map(({ name, freshness }) => [name, freshness]);
        expect(freshness).toEqual([
            ['mgmt', undefined],
            ['east', 'queued'],
            ['west', 'queued'],
            ['north', 'live'],
        ]);
        const calls = 'service web on east { calls cart through e-gw2 }\nworkload cluster dmz { gateway tier1 e-gw2 }';
        const unlisted = await simulated(text('shared fate x of link east/north', calls), ['x']);
        const { topology } = await estate(text('shared fate x of link east/north', calls));
        const whole = simulate(wholeGraph(topology), [fateName('x')]);
        expect(unlisted.services).toEqual(whole.services);
    });

    test('is told where it voids a redundancy, and where a name means nothing', async () => {
        const told = async (fates: string) => {
            const { topology } = await estate(text(fates));
            return findingsOf(topology)
                .filter(({ at, code }) => at.range.start.line >= 9 && code !== 'required-in-one-place')
                .map(({ code, message }) => `${code}: ${message}`);
        };
        expect(await told('shared fate x of east, west')).toEqual([
            'redundancy-shares-fate: shop.example.com survives the loss of each thing that shares the fate x, and is lost when all of them go: they are no spare of each other. Add one that does not share it.',
        ]);
        expect(await told('shared fate x of east, north')).toEqual([]);
        expect(await told('shared fate x of eats, every gateway with image new')).toEqual([
            'unknown-thing: Nothing here is called eats. Did you mean east?',
            'nothing-to-judge: Nothing in this estate is meant by it, so nothing fails with it.',
        ]);
    });

    test('means what its names mean in the whole estate', async () => {
        const both = text('shared fate x of a', 'service a on north');
        const outcome = await simulated(both, ['x']);
        expect(['a@north', 'east'].map((name) => isAlive(outcome, name))).toEqual([false, true]);
        const component = await simulated(text('shared fate x of every component in north'), ['x']);
        expect(['north', 'cart@north', 'east', 'shop@east'].map((name) => isAlive(component, name))).toEqual([
            true,
            false,
            true,
            true,
        ]);
        const home = await simulated(text('shared fate x of every component in east'), ['x']);
        expect(['shop@east', 'shop@west'].map((name) => isAlive(home, name))).toEqual([false, true]);
    });

    test('is in a place where all of it is', async () => {
        const judged = async (fate: string, promise: string) =>
            (await promised(`${text(fate)}\nobjective shop.example.com ${promise}`)).filter((each) =>
                /objective-broken/.test(each),
            ).length;
        expect(await judged('shared fate x of east.e-gw, west.w-gw', 'survives any failure in us')).toBe(1);
        expect(await judged('shared fate x of north, west.w-gw', 'survives any component failure in us')).toBe(0);
    });

    test('of which a member is unknown keeps no promise', async () => {
        const [found] = await promised(`${text('shared fate x of east, wst')}\nobjective shop.example.com survives x`);
        expect(found).toMatch(/unknown-thing error: Nothing here is called wst/);
    });

    test('has a name of its own, and all of its members', async () => {
        expect(await problems(text('shared fate east of west'))).toEqual([
            'duplicate-declaration «east» Something else is called `east`, too. Give one of them another name.',
        ]);
        expect(await problems(text('shared fate x of any 2 cluster'))).toEqual([
            'odd-choice «any» What fails together is all of it: say `every`.',
        ]);
    });

    test('is declared once; its words are names elsewhere', async () => {
        expect(await problems(text('shared fate x of east\nshared fate x of west'))).toEqual([
            'duplicate-declaration «x» The shared fate `x` is already declared.',
        ]);
        const names =
            'topology t\nregion shared\nmanagement cluster fate\nworkload cluster a in shared\nservice shared/fate on a\nservice shared on a { calls fate }';
        expect(await problems(names)).toEqual([]);
        expect(await problems('shared fate x of\nservice a\n')).toHaveLength(1);
    });
});
