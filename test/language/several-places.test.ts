import { describe, expect, test } from 'vitest';
import { externalCard } from '../../server/diagram/cards.js';
import { estate } from '../fixture.js';
import { problems } from './tell.js';

const around = 'topology t  management cluster m  workload cluster c  region us { zones a, b }  region eu\n';

describe('an external service in several places', () => {
    test('is sound', async () => {
        for (const text of [
            'in us/a, us/b { replicas 1 of 2 }',
            'in us, eu { replicas 3  owner "them" }',
            'in us { replicas 2 across zones a, b }',
            '\n in us/a,\n eu',
        ])
            expect(await problems(`${around}external service db ${text}`)).toEqual([]);
    });

    test.each([
        ['in us/a, us/a', 'repeated-name «us/a» `us/a` is already listed.'],
        ['in us, us', 'repeated-name «us» `us` is already listed.'],
        [
            'in us/a, us',
            'repeated-name «us/a» `us/a` is a zone of `us`, which is listed, too: say either the region or its zones.',
        ],
        [
            'in us, us/b',
            'repeated-name «us/b» `us/b` is a zone of `us`, which is listed, too: say either the region or its zones.',
        ],
        [
            'in us, eu { replicas 2 across zones a, b }',
            'unknown-zone «a» It stands in several places, and its copies are spread over these: leave `across zones` out.',
        ],
        ['in us/a, us/b, eu { replicas 1 of 2 }', 'odd-number «2» 2 replicas cannot stand in 3 places.'],
        ['in us/a, eu { replicas 1 }', 'odd-number «1» 1 replica cannot stand in 2 places.'],
        [
            'in us, eu { replicas 1 of 101 }',
            'odd-number «101» More than 100 copies in several places are not told apart: say fewer, in the same proportion.',
        ],
        ['in us, ue', 'unknown-region «ue»'],
        ['in us,', 'missing-name'],
        ['in us { replicas majority }', 'missing-value «majority» How many copies'],
    ])('%s', async (text, expected) => {
        expect((await problems(`${around}external service db ${text}`)).join('\n')).toContain(expected);
    });

    test('eats no line behind it', async () => {
        const said = await problems(`${around}external service db in us,\nservice x on c`);
        expect(said.join('\n')).toContain('missing-name');
        expect(said).toHaveLength(1);
    });

    test('is in a place that holds all of it', async () => {
        const { topology } = await estate(
            `${around}external service db in us/a, us/b\nexternal service dns in us, eu\nshared fate f of every external in us`,
        );
        expect(topology.sharedFates[0]?.takes).toEqual(['external:db']);
    });

    test.each([
        ['', 'anywhere'],
        ['in us', 'outside the mesh'],
        ['in us/a', 'zone a'],
        ['in us/a, us/b', 'zones a, b'],
        ['in us/a, us/b { replicas 1 of 2 }', 'zones a, b, 1 of 2'],
        ['in us/a, eu', 'us/a, eu'],
        ['in us, eu, r1, r2', 'us, eu, …'],
    ])('the picture says where: %s', async (text, expected) => {
        const { topology } = await estate(`${around}region r1 region r2 external service db ${text}`);
        expect(externalCard(topology.externalServices[0]!).detail).toBe(expected);
    });
});
