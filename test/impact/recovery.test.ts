import { describe, expect, test } from 'vitest';
import { recoverySteps, restorationSteps, type RecoveryStep } from '../../server/impact/recovery.js';
import { plain } from '../../server/impact/wording.js';
import { publishedArchitecture, simulated } from '../failure/check.js';
import { twoClusters } from './tell.js';

const inWords = ({ text, takes, atHand }: RecoveryStep) => plain([text, takes ?? '', ...atHand].join(' | '));

async function recovery(text: string, failures: string): Promise<string[]> {
    return recoverySteps(await simulated(text, failures.split(' '))).map(inWords);
}

async function restoration(text: string, failures: string): Promise<string[]> {
    return restorationSteps(await simulated(text, failures.split(' '))).map(inWords);
}

describe('what the page says of recovery', () => {
    test.each([
        [
            'east',
            /^Once east is available again its configuration is brought up to date quickly, and metrics flow again/,
        ],
        ['east.edge', /^Once the edge control plane of east is available again/],
        [
            'link:east/mgmt',
            /^Once the link is back, configuration is brought up to date quickly and metrics flow again/,
        ],
        [
            'central',
            /restores its configuration cache by itself.*No change and no data is lost\. \| 1 to 2 minutes, typically/,
        ],
        ['mp', /^If the management plane comes back without loss of data.*no configuration is lost/],
        ['mgmt', /^If mgmt comes back without loss of data.*no configuration is lost/],
    ])('%s', async (failure, pattern) => {
        const steps = await recovery(publishedArchitecture, failure);
        expect(steps).toEqual([expect.stringMatching(pattern)]);
    });
});

describe('what the page says of restoration', () => {
    const rebuild = /^Rebuild the management plane from the Postgres data and the iam-signing-key/;
    test.each([
        ['east', /^Reinstall the edge control plane of east.*syncs to the right configuration/],
        ['east.edge', /^Reinstall the edge control plane of east.*no backup is needed/],
        ['central', /^Reinstall the central control plane, with the help of Tetrate support\. No backup is needed/],
        ['mp', rebuild],
        ['mgmt', rebuild],
    ])('%s', async (failure, pattern) => {
        expect(await restoration(publishedArchitecture, failure)).toEqual([expect.stringMatching(pattern)]);
    });

    test('a link is not reinstalled', async () => {
        expect(await restoration(publishedArchitecture, 'link:east/mgmt')).toEqual([]);
    });

    test.each(['mp', 'mgmt'])('what must be at hand to rebuild: %s', async (failure) => {
        const [step] = restorationSteps(await simulated(publishedArchitecture, [failure]));
        const items = step!.atHand.join('\n');
        for (const item of [/Postgres/, /iam-signing-key/, /same root CA/, /Helm values/, /credentials/, /DNS name/]) {
            expect(items).toMatch(item);
        }
    });
});

describe('what this estate has of it', () => {
    test.each([
        ['', 'mp', /Postgres stands outside and keeps its data/],
        ['', 'mgmt', /Postgres stands outside and keeps its data/],
        ['postgres internal', 'mp', /Postgres stands outside/],
        [
            'postgres internal { backup every 6h }',
            'mgmt',
            /Postgres is lost too; a backup is made every 6 h; changes since then are lost/,
        ],
        ['postgres internal { no backup }', 'mgmt', /Postgres is lost too; there is no backup/],
        ['postgres internal', 'mgmt', /Postgres is lost too; the file does not say whether there is a backup/],
        ['', 'mgmt', /of the iam-signing-key, the file does not say whether there is a backup/],
        ['iam-signing-key { backup }', 'mgmt', /of the iam-signing-key, a backup is made/],
        ['iam-signing-key { backup every 7d }', 'mgmt', /of the iam-signing-key, a backup is made every 7 d/],
        ['iam-signing-key { no backup }', 'mgmt', /of the iam-signing-key, there is no backup/],
    ])('%s: %s is lost', async (plane, failure, pattern) => {
        expect((await restoration(twoClusters(plane), failure)).join()).toMatch(pattern);
    });
});

describe('the order in which things come back', () => {
    test('stores, management plane, central, edge, data plane, services', async () => {
        const failures = 'service:shop east.istiod east.edge central mp postgres';
        expect(await recovery(publishedArchitecture, failures)).toEqual([
            expect.stringMatching(/^When Postgres is back/),
            expect.stringMatching(/^If the management plane/),
            expect.stringMatching(/^Central restores/),
            expect.stringMatching(/^Once the edge control plane of east/),
            expect.stringMatching(/^Proxies reconnect to istiod of east/),
            expect.stringMatching(/^Service shop serves again/),
        ]);
    });

    test('of a region, what stands in it', async () => {
        const text = `region us
            management cluster mgmt in us { management plane { postgres external in us } }
            workload cluster east in us
            workload cluster west`;
        expect(await recovery(text, 'region:us')).toEqual([
            expect.stringMatching(/^When Postgres is back/),
            expect.stringMatching(/^If mgmt/),
            expect.stringMatching(/^Once east/),
        ]);
    });

    test('of a zone, what went with it and not what held', async () => {
        const text = `region us { zones a, b }
            management cluster mgmt
            workload cluster pinned in us/a
            workload cluster free in us`;
        expect(await recovery(text, 'zone:us/a')).toEqual([expect.stringMatching(/^Once pinned/)]);
    });

    test('the same step is told once', async () => {
        expect(await recovery(publishedArchitecture, 'link:east/mgmt link:west/mgmt')).toHaveLength(1);
    });
});

test('the OAP of the management plane starts before those of the clusters', async () => {
    expect(await recovery(publishedArchitecture, 'mp.oap')).toEqual([
        expect.stringMatching(/^Start the OAP of the management plane before the OAPs of the clusters/),
    ]);
});

test('every single failure of the published architecture has a way back, with a source', async () => {
    const { graph } = await simulated(publishedArchitecture, []);
    for (const { name } of graph.elements.all) {
        const outcome = await simulated(publishedArchitecture, [name]);
        const steps = [...recoverySteps(outcome), ...restorationSteps(outcome)];
        expect(steps.length).toBeGreaterThan(0);
        for (const { text, source } of steps) {
            expect(text).not.toMatch(/[{}]|undefined/);
            expect(source).toBeTruthy();
        }
    }
});
