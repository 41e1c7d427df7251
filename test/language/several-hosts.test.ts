import { describe, expect, test } from 'vitest';
import { said } from '../findings/traffic-check.js';
import { simulated } from '../failure/check.js';
import { estate } from '../fixture.js';
import { labels } from './completion/complete.js';
import { problems } from './tell.js';

const around = (exposed: string) => `topology t
    management cluster mgmt
    workload cluster edge { gateway tier1 front  gateway tier1 back }
    workload cluster east { gateway ingress }
    service shop on east { ${exposed} }`;

const two = around('exposed "shop.example.com", "www.example.com" via front to east');

describe('several names in one `exposed`', () => {
    test('are hosts that go the same ways, each with a result of its own', async () => {
        const apart = around(
            'exposed "shop.example.com" via front to east  exposed "www.example.com" via front to east',
        );
        for (const failed of ['edge.front', 'east.ingress', 'shop@east', 'edge.back']) {
            const { hosts, operations } = await simulated(two, [failed]);
            const other = await simulated(apart, [failed]);
            expect(hosts).toEqual(other.hosts);
            expect(hosts.map(({ host }) => host)).toEqual(['shop.example.com', 'www.example.com']);
            expect(operations).toEqual(other.operations);
        }
    });

    test('stand where each is written', async () => {
        const { topology } = await estate(two);
        const [first, second] = topology.services[0]!.exposures;
        expect(first).toMatchObject({ host: 'shop.example.com', aliases: ['www.example.com'] });
        expect(second).toMatchObject({ host: 'www.example.com', aliasOf: 'shop.example.com', at: first!.at });
        expect(second!.hostAt).not.toEqual(first!.hostAt);
    });

    test('are told of once', async () => {
        expect((await said(two, 'single-entry-gateway')).map(({ message }) => message)).toEqual([
            "Clients of 'shop.example.com' (and 'www.example.com') enter by 'front' alone: when 'edge' fails, 'shop.example.com' (and 'www.example.com') is down, whatever stands behind. Add an entry gateway on another cluster, with `gslb`.",
        ]);
        expect((await said(two, 'single-homed-exposed-service')).map(({ message }) => message)).toEqual([
            "Clients outside reach 'shop', and it runs in one cluster only: when 'east' fails, 'shop.example.com' and 'www.example.com' are down. Run it in a second cluster, with a way there.",
        ]);
    });

    test('may not repeat a name, of the same line or of another service', async () => {
        expect(await problems(around('exposed "a.b", "a.b"'))).toContainEqual(
            'repeated-name «"a.b"» `a.b` is already exposed.',
        );
        const other = `${two}\n service api on east { exposed "x.y", "www.example.com" }`;
        expect((await said(other, 'host-exposed-twice')).map(({ message }) => message)).toEqual([
            "'www.example.com' is already exposed by 'shop', so nothing says which of the two services answers. Expose it at the one that requests reach first, and let that one call the other.",
        ]);
    });

    test('each have to be a host, in quotes', async () => {
        expect(await problems(around('exposed "a.b", c.d, "e f"'))).toEqual([
            'needs-quotes «c.d» Write this in quotes: "c.d".',
            'odd-host «"e f"» `e f` is no host name, such as shop.example.com or *.example.com.',
        ]);
    });

    test('a name that is missing leaves the next line alone', async () => {
        expect(await problems(around('exposed "a.b",\n owner "x"'))).toEqual([
            expect.stringContaining('needs a host name in quotes'),
        ]);
    });

    test('are proposed', async () => {
        expect(await labels(around('exposed "shop.example.com", <|>'))).toBe('');
        expect(await labels(`${two} service api on east { exposed "x.y", <|> }`)).toContain('"api.example.com"');
    });
});
