import { describe, expect, test } from 'vitest';
import { mainNeeds, restorationDangers, whatIsLost } from '../../server/impact/restoration.js';
import { restorationSteps } from '../../server/impact/recovery.js';
import { plain } from '../../server/encoding/markdown.js';
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
            '✗ the Postgres database: its backup is kept in us, which is down too; without it, the configuration cannot be restored',
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
        expect(await needOf('Postgres database', plane, failures)).toBe(expected);
    });

    test.each([
        ['', 'mp', '✓ the iam-signing-key: it is still in the cluster'],
        [
            'iam-signing-key { backup every 7d in eu }',
            'region:us',
            '✓ the iam-signing-key: from the backup made every 7 d, kept in eu',
        ],
        [
            'iam-signing-key { no backup }',
            'mgmt',
            '✗ the iam-signing-key: there is no backup; without it, 4 secrets have to be renewed on each of 2 clusters',
        ],
        [
            'iam-signing-key { backup in us/a }',
            'mgmt zone:us/a',
            '✗ the iam-signing-key: its backup is kept in us/a, which is down too; without it, 4 secrets have to be renewed on each of 2 clusters',
        ],
    ])('the key, %s, without %s', async (plane, failures, expected) => {
        expect(await needOf('iam-signing-key', plane, failures)).toBe(expected);
    });

    test('without a management cluster there is nothing to rebuild', async () => {
        expect(mainNeeds(await simulated('workload cluster east', ['east']))).toEqual([]);
    });
});

describe('what is lost for good', () => {
    const lost = async (failures: string, plane = '', edge = '', lasted?: number) =>
        whatIsLost(await outcomeOf(failures, plane, edge), lasted).map(plain);
    const hour = 3_600;

    test.each([
        ['metrics buffer 3h', undefined, 'Metrics of east, beyond the first 3 h that the buffer holds.'],
        ['metrics buffer 3h', 5 * hour, '2 h of metrics of east: the buffer holds 3 h.'],
        ['metrics buffer 3h', 3 * hour, undefined],
        [
            '',
            5 * hour,
            'Metrics of east, beyond what is held back: for how long is not published, and the file declares no buffer.',
        ],
    ])('metrics: %s, %s s', async (edge, lasted, expected) => {
        expect(await lost('link:east/mgmt', '', edge, lasted)).toEqual(expected === undefined ? [] : [expected]);
    });

    test('a dead cluster has none to lose', async () => {
        expect(await lost('east')).toEqual([]);
    });

    test.each([
        ['postgres { backup every 6h }', 'those since the last backup, up to 6 h'],
        ['postgres { backup }', 'those since the last backup'],
        ['postgres { no backup }', 'all, since there is no backup'],
        [
            'postgres internal',
            'those since the last backup, if there is one; an embedded Postgres is backed up daily unless that was changed, so up to 1 d of them',
        ],
    ])('changes of configuration: %s', async (plane, expected) => {
        expect(await lost('postgres', plane)).toEqual([
            `Changes of TSB configuration, if Postgres does not come back with its data: ${expected}.`,
        ]);
    });

    test('what the telemetry store held', async () => {
        expect((await lost('elasticsearch', 'elasticsearch internal direct { no backup }')).at(-1)).toBe(
            'Metrics and traces that the store held, if it does not come back with its data: all, since there is no backup.',
        );
    });

    test.each(['central', 'east.istiod', 'iam-signing-key'])('nothing: %s', async (failure) => {
        expect(await lost(failure)).toEqual([]);
    });
});

test('the key of central is needed, too', async () => {
    const needs = async (failures: string) =>
        mainNeeds(await outcomeOf(failures))
            .map(plain)
            .join();
    expect(await needs('mp')).toContain('✓ the tsb-iam-jwks, the key of central (from 1.12)');
    expect(await needs('mgmt')).toMatch(/\? the tsb-iam-jwks, .*: the kid of both keys has to be that in the tokens/);
});

describe('what must be at hand to install an edge again', () => {
    test.each([
        ['certificate authority central', 'east', ['✓ central, which provides the CA of the cluster: it is there']],
        [
            'certificate authority central',
            'east.edge mgmt',
            [
                '✗ central, which provides the CA of the cluster: it is down, and without it no edge is installed (likely)',
            ],
        ],
        ['', 'east', []],
        ['certificate authority central', 'west', []],
    ])('%s: %s', async (edge, failures, expected) => {
        const steps = restorationSteps(await outcomeOf(failures, '', edge));
        const edges = steps.filter(
            ({ element }) => /cluster|edge/.test(element?.kind ?? '') && element?.name !== 'mgmt',
        );
        expect(edges.flatMap(({ atHand }) => atHand.map(plain))).toEqual(expected);
    });
});

describe('what goes wrong without care', () => {
    const dangers = async (failures: string, plane = '') =>
        restorationDangers(await outcomeOf(failures, plane)).map(plain);

    test('old configuration is pushed to every cluster', async () => {
        expect(await dangers('postgres')).toEqual([
            'A restored database holds older configuration, and central pushes it to all 2 clusters: compare before the edges connect.',
        ]);
    });

    test('without the key every token is void; with a backup of it none is', async () => {
        expect((await dangers('iam-signing-key')).join()).toMatch(
            /^Once iam starts without the iam-signing-key, every agent token is void\. On each of 2 clusters delete otel-token, oap-token, ngac-token, xcp-edge-central-auth-token, and see/,
        );
        expect(await dangers('iam-signing-key', 'iam-signing-key { backup }')).toEqual([]);
    });

    test('a cluster that is gone is not counted', async () => {
        expect((await dangers('postgres east')).join()).toContain('pushes it to the cluster:');
        expect(await dangers('postgres east west')).toEqual([]);
        expect((await dangers('iam-signing-key east')).join()).toContain('On each of 1 cluster delete');
        expect(await dangers('iam-signing-key east west')).toEqual([]);
    });

    test('edges that are still connected do not follow a name', async () => {
        expect(await dangers('mp')).toEqual([
            'Edges whose stream to central stands do not follow a DNS name that is moved: stop the old side, or restart edge on each of 2 clusters (likely).',
        ]);
        expect((await dangers('mgmt')).join()).not.toContain('DNS name');
    });

    test.each(['central', 'iam', 'east'])('none: %s', async (failure) => {
        expect(await dangers(failure)).toEqual([]);
    });
});
