import { describe, expect, test } from 'vitest';
import type { FindingCode } from '../../server/findings/finding.js';
import { said } from './traffic-check.js';

const estate = (plane: string, place = '') => `region us { zones a, b }
region eu
management cluster mgmt ${place} { management plane { ${plane} } }
workload cluster east`;

/** What is said of that code: severity and the first words. */
const heard = async (code: FindingCode, plane: string, place?: string) =>
    (await said(estate(plane, place), code)).map(({ severity, message }) => `${severity}: ${message}`);

describe('the three recommendations of the published page', () => {
    test.each<[FindingCode, string, boolean]>([
        // redundant, or backed up
        ['postgres-unprotected', 'postgres { no backup }', true],
        ['postgres-unprotected', 'postgres { no backup  replicas 1 }', true],
        ['postgres-unprotected', 'postgres { no backup  replicas 3 }', false],
        ['postgres-unprotected', 'postgres { backup }', false],
        ['postgres-unprotected', 'postgres', false],
        ['postgres-protection-unsaid', 'postgres', true],
        ['postgres-protection-unsaid', '', true],
        ['postgres-protection-unsaid', 'postgres { replicas 2 }', false],
        ['postgres-protection-unsaid', 'postgres { backup every 1h }', false],
        ['postgres-protection-unsaid', 'postgres { no backup }', false],
        ['signing-key-unprotected', 'iam-signing-key { no backup }', true],
        ['signing-key-unprotected', 'iam-signing-key { backup }', false],
        ['signing-key-unprotected', 'iam-signing-key', false],
        ['signing-key-protection-unsaid', 'iam-signing-key', true],
        ['signing-key-protection-unsaid', '', true],
        ['signing-key-protection-unsaid', 'iam-signing-key { no backup }', false],
        ['telemetry-store-unprotected', 'elasticsearch { no backup }', true],
        ['telemetry-store-unprotected', 'banyandb { no backup }', true],
        ['telemetry-store-unprotected', 'elasticsearch { no backup  replicas 3 }', false],
        ['telemetry-store-protection-unsaid', 'elasticsearch', true],
        ['telemetry-store-protection-unsaid', 'elasticsearch { backup }', false],
        ['telemetry-store-protection-unsaid', 'elasticsearch { no backup }', false],
        // the assumption that most often does not hold
        ['telemetry-path-assumed', '', true],
        ['telemetry-path-assumed', 'elasticsearch internal', true],
        ['telemetry-path-assumed', 'elasticsearch direct', false],
        ['telemetry-path-assumed', 'elasticsearch via front-envoy', false],
        ['telemetry-path-assumed', 'banyandb', false],
    ])('%s, with { %s }: %s', async (code, plane, isSaid) => {
        expect((await heard(code, plane)).length > 0).toBe(isSaid);
    });

    test('what is said to be missing is a warning; what is unsaid, a hint', async () => {
        expect(await heard('postgres-unprotected', 'postgres { no backup }')).toEqual([
            expect.stringMatching(/^warning: Postgres has neither replicas nor a backup: .*cannot be rebuilt/),
        ]);
        expect(await heard('postgres-protection-unsaid', '')).toEqual([expect.stringMatching(/^hint: /)]);
        expect(await heard('telemetry-path-assumed', '')).toEqual([expect.stringMatching(/^info: Assumed: /)]);
        expect(await heard('telemetry-store-unprotected', 'banyandb { no backup }')).toEqual([
            expect.stringMatching(/^warning: BanyanDB has neither/),
        ]);
    });

    test('at the line of the thing, or else of the plane, or else of the cluster', async () => {
        const at = async (text: string) => (await said(text, 'postgres-protection-unsaid')).map((each) => each.at);
        expect(await at('management cluster mgmt { management plane { <|postgres external|> } }')).toEqual([0]);
        expect(await at('management cluster mgmt { <|management plane { root-ca }|> }')).toEqual([0]);
        expect(await at('management cluster <|mgmt|>')).toEqual([0]);
        expect(await at('workload cluster east')).toEqual([]);
    });
});

describe('a backup that stands where the original stands', () => {
    test.each([
        ['postgres external in us { backup in us }', '', 1],
        ['postgres external in us/a { backup in us }', '', 1],
        ['postgres external in us/a { backup in us/a }', '', 1],
        ['postgres external in us/a { backup in us/b }', '', 0],
        ['postgres external in us { backup in eu }', '', 0],
        ['postgres external in us { backup }', '', 0],
        ['postgres external { backup in us }', '', 0],
        ['postgres internal { backup in us }', 'in eu', 0],
        ['elasticsearch internal { backup in us }', 'in us', 1],
        ['elasticsearch external in eu { backup in eu }', 'in us', 1],
        ['iam-signing-key { backup in eu }', 'in us/a', 0],
        ['elasticsearch external in us { backup in us }  postgres external in us { backup in us }', 'in eu', 2],
    ])('{ %s } %s: %i', async (plane, place, count) => {
        expect(await said(estate(plane, place), 'backup-shares-fate')).toHaveLength(count);
    });

    test('names both places', async () => {
        const text = `region us { zones a }
            management cluster mgmt { management plane { <|postgres external in us/a { backup every 1h in us/a }|> } }`;
        const [finding] = await said(text, 'backup-shares-fate');
        expect(finding).toMatchObject({ severity: 'warning', at: 'us/a', related: [[0, 'Postgres stands here']] });
        expect(finding!.message).toBe(
            'The backup of Postgres is kept in the same place as Postgres itself (us/a): one failure takes both. Keep it in another region.',
        );
    });
});

describe('what is needed to rebuild the management plane', () => {
    test.each([
        ['postgres internal { backup in us }', 'in us', 'region us'],
        ['postgres external in us { backup in us }', 'in us', 'region us'],
        ['postgres external in us { backup in us }', 'in eu', undefined],
        ['postgres external in eu { backup in us }', 'in us', undefined],
        ['postgres internal { backup in us/a }', 'in us/a', 'zone us/a'],
        ['postgres internal { backup in us/b }', 'in us/a', 'region us'],
        ['postgres internal { backup in eu }', 'in us', undefined],
        ['postgres internal { backup }', 'in us', undefined],
        ['postgres internal { replicas 3  no backup }', 'in us', 'mgmt'],
        ['postgres external in us { replicas 3  no backup }', 'in us', 'region us'],
        ['postgres external { replicas 3  no backup }', 'in us', undefined],
        ['iam-signing-key { backup in us }', 'in us/a', 'region us'],
        ['root-ca { backup in us }', 'in us', 'region us'],
        ['root-ca { backup in eu }', 'in us', undefined],
    ])('{ %s } %s: lost with %s', async (plane, place, disaster) => {
        const found = await said(estate(plane, place), 'not-restorable');
        expect(found.map(({ message }) => /^If (.*?) is lost/.exec(message)?.[1])).toEqual(disaster ? [disaster] : []);
        expect(await said(estate(plane, place), 'backup-shares-fate')).toHaveLength(
            plane === 'postgres external in us { backup in us }' && place === 'in eu' ? 1 : 0,
        );
    });

    test('says what is down together, and where the management plane stands', async () => {
        const text = `region us
            management cluster <|mgmt|> in us { management plane { iam-signing-key { backup in us } } }`;
        const [finding] = await said(text, 'not-restorable');
        expect(finding).toMatchObject({
            severity: 'warning',
            at: 'us',
            related: [[0, 'the management plane stands here, on mgmt']],
        });
        expect(finding!.message).toBe(
            'If region us is lost, the management plane has to be rebuilt, and the iam-signing-key is lost together with its backup. Keep the backup in another region.',
        );
    });
});
