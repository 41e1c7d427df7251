import { describe, expect, test } from 'vitest';
import { mainNeeds, restorationDangers, whatIsLost } from '../../server/impact/restoration.js';
import { plain } from '../../server/impact/wording.js';
import { simulated } from '../failure/check.js';

/** Two regions; `plane` fills the management plane, `edge` the edge control plane of `east`. */
const estateOf = (plane = '', edge = '') => `topology restore
region us { zones a, b }
region eu
management cluster mgmt in us { management plane { ${plane} } }
workload cluster east in us { edge control plane { ${edge} } }
workload cluster west in eu`;

const outcomeOf = (failures: string, plane = '', edge = '') => simulated(estateOf(plane, edge), failures.split(' '));

describe('what must be at hand', () => {
    const needOf = async (what: string, plane: string, failures: string) =>
        mainNeeds(await outcomeOf(failures, plane))
            .map(plain)
            .find((need) => need.includes(what))!;
    const plainNeed = plain;

    test.each([
        ['postgres external', 'mgmt', '✓ the Postgres database: it stands outside and keeps its data'],
        ['postgres external in us', 'mgmt', '✓ the Postgres database: it stands outside and keeps its data'],
        [
            'postgres external in us { backup in eu }',
            'region:us',
            '✓ the Postgres database: from the backup, kept in eu',
        ],
        [
            'postgres external in us { backup every 1h in us }',
            'region:us',
            '✗ the Postgres database: its backup is, kept in us, which is down too; without it, the configuration cannot be restored',
        ],
        [
            'postgres internal { no backup }',
            'mgmt',
            '✗ the Postgres database: there is no backup; without it, the configuration cannot be restored',
        ],
        [
            'postgres internal',
            'mgmt',
            '? the Postgres database: the file does not say whether there is a backup; without one, the configuration cannot be restored',
        ],
    ])('Postgres, %s, without %s', async (plane, failures, expected) => {
        expect(plainNeed(await needOf('Postgres database', plane, failures))).toBe(expected);
    });
});
