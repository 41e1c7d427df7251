import { describe, expect, test } from 'vitest';
import { whatCanWait, whatToBringBack } from '../../server/impact/bring-back.js';
import { plain } from '../../server/encoding/markdown.js';
import { simulated } from '../failure/check.js';

const estate = `topology back
region us
region eu
management cluster mgmt in us { management plane { postgres external in eu } }
workload cluster east in us { gateway ingress }
workload cluster west in us { gateway ingress }
service shop { on east exposed "shop.example.com" through east.ingress }
service ids on west
network { east <-> west }`;

const backAfter = async (failures: string, text = estate) =>
    whatToBringBack(await simulated(text, failures.split(' '))).map(({ what, why }) => plain(`${what}: ${why}`));

describe('what to bring back, and for whom', () => {
    test('users before operators, whatever comes back by itself first', async () => {
        expect(await backAfter('mgmt east')).toEqual([
            'east: for shop.example.com and shop',
            'mgmt: for local cluster operations, metrics collection and management operations',
        ]);
    });

    test('what hurts more comes first, in whatever order it was said', async () => {
        const alone = `${estate}\nservice more on west\nservice most on west`;
        expect((await backAfter('east west', alone))[0]).toMatch(/^west: for ids, more and most$/);
        expect(await backAfter('west east', alone)).toEqual(await backAfter('east west', alone));
    });

    test('what cannot start without it comes later, and the reason says so', async () => {
        expect(await backAfter('mgmt postgres')).toEqual([
            expect.stringMatching(/^Postgres: mgmt cannot come back before/),
            expect.stringMatching(/^mgmt: for /),
        ]);
    });

    test('what waits for others with a part that users do not miss does not come later', async () => {
        const order = await backAfter('mgmt elasticsearch east');
        expect(order[0]).toMatch(/^east: /);
    });

    test('of a region, what stands in it', async () => {
        expect((await backAfter('region:us')).map((line) => line.split(':')[0])).toEqual(['east', 'west', 'mgmt']);
    });

    test('of what users do not miss, the operations', async () => {
        const spare = estate.replace('service ids on west', 'service ids on east, west');
        expect(await backAfter('west', spare)).toEqual([
            'west: for running workloads, local cluster operations and metrics collection',
        ]);
    });
});

describe('what nobody notices is no order to act', () => {
    test.each(['root-ca', 'iam-signing-key'])('%s: for what it will be needed', async (failure) => {
        const outcome = await simulated(estate, [failure]);
        expect(whatToBringBack(outcome)).toEqual([]);
        expect(whatCanWait(outcome).map(plain).join(' ')).toMatch(
            /^Not urgent: .* needed when the management plane is rebuilt\.$/,
        );
    });

    test('whatever else fails is brought back', async () => {
        expect(whatCanWait(await simulated(estate, ['east']))).toEqual([]);
    });

    test('nothing waits where nothing is down', async () => {
        expect(whatCanWait(await simulated(estate, []))).toEqual([]);
    });
});
