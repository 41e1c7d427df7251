import { describe, expect, test } from 'vitest';
import { recoverySteps, restorationSteps } from '../../server/impact/recovery.js';
import type { RecoveryStep } from '../../server/impact/recovery-step.js';
import { plain } from '../../server/encoding/markdown.js';
import { publishedArchitecture, scenario, simulated } from '../failure/check.js';
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
        const [first, ...further] = await recovery(publishedArchitecture, failure);
        expect(first).toMatch(pattern);
        for (const step of further) expect(step).toMatch(newTokens);
    });
});

/** What comes after it, if it has lasted longer than a token. */
const newTokens =
    /^If it has lasted longer than 1 h, the agents of .* connect once their operator has asked for new tokens/;

describe('new tokens', () => {
    test.each([
        ['east', 'east'],
        ['east.edge', 'east'],
        ['link:east/mgmt', 'east'],
        ['iam', 'east and west'],
        ['mp', 'east and west'],
        ['mgmt', 'east and west'],
    ])('where the way to the management plane is cut: %s', async (failure, clusters) => {
        const steps = await recovery(publishedArchitecture, failure);
        expect(steps.filter((step) => newTokens.test(step))).toEqual([
            `If it has lasted longer than 1 h, the agents of ${clusters} connect once their operator has asked for new tokens. | up to 15 min`,
        ]);
    });

    test.each(['central', 'east.istiod', 'east.kubernetes-api', 'mpc', 'postgres', 'shop'])(
        'and not where it is whole: %s',
        async (failure) => {
            const steps = await recovery(publishedArchitecture, failure);
            expect(steps.filter((step) => newTokens.test(step))).toEqual([]);
        },
    );

    test('once they have run out there is no "if"', async () => {
        const steps = async (at: number) =>
            recoverySteps((await scenario(publishedArchitecture, ['link:east/mgmt'], { at })).outcome).map(inWords);
        expect((await steps(3_599)).at(-1)).toMatch(newTokens);
        expect((await steps(3_600)).at(-1)).toMatch(
            /^The agents of east get new tokens as soon as their operator asks again, and connect\. \| up to 15 min$/,
        );
    });

    test('how one sees it, for one cluster and for several', async () => {
        const checkOf = async (failure: string) =>
            plain(recoverySteps(await simulated(publishedArchitecture, [failure])).at(-1)!.check!);
        expect(await checkOf('link:east/mgmt')).toBe('tctl x status cluster east says READY XCP_ACCEPTED');
        expect(await checkOf('mp')).toBe('tctl x status cluster NAME says READY XCP_ACCEPTED for each of them');
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

test.each([
    ['backup restored within 2h', 'Restore Postgres from its last backup.', ' | 2 h, as the file says'],
    ['backup', 'Restore Postgres from its last backup.', ''],
])('how long a restoration takes, where the file says so: %s', async (backup, begins, takes) => {
    const text = `management cluster mgmt { management plane { postgres external { ${backup} } } }\nworkload cluster east`;
    const steps = await restoration(text, 'postgres');
    const step = steps.find((each) => each.startsWith(begins));
    expect(step?.includes('as the file says')).toBe(takes !== '');
    expect(step).toContain(takes);
});

describe('what this estate has of it', () => {
    test.each([
        ['', 'mp', /✓ the Postgres database: it stands outside and keeps its data/],
        ['', 'mgmt', /✓ the Postgres database: it stands outside and keeps its data/],
        ['postgres internal', 'mp', /✓ the Postgres database: it keeps its data/],
        ['postgres internal { backup every 6h }', 'mgmt', /✓ the Postgres database: from the backup made every 6 h/],
        ['postgres internal { backup restored within 2h }', 'mgmt', /from the backup; it takes 2 h, as the file says/],
        ['postgres internal { no backup }', 'mgmt', /✗ the Postgres database: there is no backup; without it, the con/],
        ['postgres internal', 'mgmt', /\? the Postgres database: the file does not say whether there is a backup/],
        ['', 'mp', /✓ the iam-signing-key: it is still in the cluster/],
        ['', 'mgmt', /\? the iam-signing-key: the file does not say whether there is a backup; without one, 4 secrets/],
        ['iam-signing-key { backup }', 'mgmt', /✓ the iam-signing-key: from the backup \|/],
        ['iam-signing-key { backup every 7d }', 'mgmt', /✓ the iam-signing-key: from the backup made every 7 d/],
        ['iam-signing-key { no backup }', 'mgmt', /✗ the iam-signing-key: there is no backup; without it, 4 secrets/],
        ['', 'mp', /✓ the same root CA: it is still in the cluster/],
        ['', 'mgmt', /\? the same root CA: the file does not say whether there is a backup/],
        ['root-ca { no backup }', 'mgmt', /✗ the same root CA: there is no backup; without it, no cluster trusts/],
        ['root-ca { backup }', 'mgmt', /✓ the same root CA: from the backup/],
        ['', 'mgmt', /\? the Helm values, .*\? a DNS name of the management plane that can be moved$/],
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
            expect.stringMatching(newTokens),
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
            expect.stringMatching(newTokens),
        ]);
    });

    test('of a zone, what went with it and not what held', async () => {
        const text = `region us { zones a, b }
            management cluster mgmt
            workload cluster pinned in us/a
            workload cluster free in us`;
        expect(await recovery(text, 'zone:us/a')).toEqual([
            expect.stringMatching(/^Once pinned/),
            expect.stringMatching(/^If it has lasted longer than 1 h, the agents of pinned connect/),
        ]);
    });

    test('the same step is told once', async () => {
        const steps = await recovery(publishedArchitecture, 'link:east/mgmt link:west/mgmt');
        expect(steps.filter((step) => step.startsWith('Once the link is back'))).toHaveLength(1);
        expect(steps).toHaveLength(2);
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
