import { describe, expect, test } from 'vitest';
import { problemsOf } from '../../../server/estate/problem.js';
import { estate } from '../../fixture.js';

const imported = `topology shop
region us-east { zones a, b }
management cluster mgmt in us-east { management plane { postgres external in us-east } }
workload cluster east in us-east { gateway ingress gw { owner "imported" }  edge control plane { token ttl 24h } }
workload cluster west in us-east
service shop/web on east { exposed "shop.example.com"  labels tier silver }
service shop/cart { on east, west { replicas 2 } }
external service stripe
`;

/** An imported file, and a file by hand beside it: `LINE CODE MESSAGE` of what is told of the two. */
async function beside(byHand: string, name = 'b.tsbtopo', generated = imported) {
    const files = { 'a.import.tsbtopo': generated, [name]: `topology shop\n${byHand}` };
    const { topology, services } = await estate(files);
    const [own] = services.workspace.Estates.all();
    const problems = problemsOf(own!, services).filter(({ finding }) => !finding);
    const told = problems.map(
        ({ code, message, at }) =>
            `${at.uri.endsWith('import.tsbtopo') ? 'a:' : ''}${at.range.start.line} ${code} ${message}`,
    );
    return { topology, told };
}

test('what is said by hand joins what is imported', async () => {
    const { topology, told } = await beside(`
about shop/web { owner "team web"  calls cart, stripe  labels wave 1 }
about gateway east.gw { replicas 3 across zones a, b }
about shop.example.com { gslb ttl 60s }
about shop/cart { on mgmt  calls stripe }
about west.edge { token ttl 2h }
about postgres { backup every 1h }
about stripe, region us-east { owner "vendor desk" }
about central control plane { listener front-envoy }
`);
    expect(told).toEqual([]);
    const [web, cart] = topology.services;
    expect(web).toMatchObject({
        owner: 'team web',
        labels: new Map([
            ['wave', '1'],
            ['tier', 'silver'],
        ]),
    });
    expect(web!.calls.map(({ name }) => name)).toEqual(['cart', 'stripe']);
    expect(web!.exposures).toMatchObject([{ host: 'shop.example.com', gslbTtl: { value: 60 } }]);
    expect(cart!.homes.map(({ cluster, replicas }) => [cluster, replicas?.count])).toEqual([
        ['east', 2],
        ['west', 2],
        ['mgmt', undefined],
    ]);
    const [mgmt, east, west] = topology.clusters;
    expect(mgmt).toMatchObject({
        managementPlane: {
            postgres: { locality: { region: 'us-east' }, backup: { value: { kind: 'kept', every: 3600 } } },
        },
        central: { listener: { value: 'front-envoy' } },
    });
    expect(east!.gateways).toMatchObject([{ owner: 'imported', replicas: { count: 3, zones: ['a', 'b'] } }]);
    expect(west!.edge).toMatchObject({ tokenTtl: { value: 7200 }, at: { uri: 'file:///b.tsbtopo' } });
    expect([topology.externalServices[0]!.owner, topology.regions[0]!.owner]).toEqual(['vendor desk', 'vendor desk']);
});

test('by hand holds over imported, with a hint while the two differ', async () => {
    const byHand = `about east.gw { owner "platform" }
about shop/web { labels tier gold }
about shop/cart on west { replicas 5 }
about east.edge { token ttl 24h }`;
    const { topology, told } = await beside(byHand);
    expect(topology.clusters[1]!.gateways[0]!.owner).toBe('platform');
    expect(topology.services[0]!.labels.get('tier')).toBe('gold');
    expect(topology.services[1]!.homes.map(({ replicas }) => replicas?.count)).toEqual([2, 5]);
    expect(told.sort()).toEqual([
        '1 overrules-import The import says `owner "imported"`; what is said here holds.',
        '2 overrules-import The import says `tier silver`; what is said here holds.',
        '3 overrules-import The import says `replicas 2`; what is said here holds.',
    ]);
});

test('two by hand are an error at both places', async () => {
    const { told } = await beside('about west { owner "a" }\nabout west { owner "b" }');
    const message = 'said-twice `owner` is said twice of the same thing.';
    expect(told).toEqual([`1 ${message}`, `2 ${message}`]);
});

describe('what cannot be meant is told in plain words', () => {
    test.each([
        ['about shop/weby { owner "x" }', '1 about-nothing Nothing is called `shop/weby`. Did you mean `shop/web`?'],
        ['about shop/payments { owner "x" }', '1 about-nothing Nothing is called `shop/payments` any more.'],
        ['about shop/web on west { replicas 2 }', '1 about-nothing `web` does not run on `west`.'],
        ['about east { calls cart }', '1 misplaced-item A cluster calls nobody; services do.'],
        [
            'about cart { namespace x }',
            '1 misplaced-item The namespace is a part of the name: it is said where the service is declared.',
        ],
        ['about shop.example.com { rate limit }', '1 misplaced-item `rate limit` is not said of a host.'],
        [
            'about east.istiod { owner "x" }',
            '1 later-version Of `east.istiod` only what it `requires` can be said yet: the rest comes in a later version.',
        ],
        [
            'about link east/mgmt { owner "x" }',
            '1 later-version Of `link east/mgmt` only what it `requires` can be said yet: the rest comes in a later version.',
        ],
        [
            'about rack { owner "x" }\nshared fate rack of east, west',
            '1 later-version What is said of the shared fate `rack` stands in its own block.',
        ],
        [
            'about every cluster { owner "x" }',
            '1 later-version Of `every cluster` only what it `requires` can be said yet: the rest comes in a later version.',
        ],
        [
            'service shop/east on east\nabout east { owner "x" }',
            '2 ambiguous-name `east` can mean 2 things: say `cluster east` or `service shop/east`.',
        ],
        ['service shop/east on east\nabout cluster east { owner "x" }\nabout service east { owner "y" }', ''],
        ['about shop/cart', '1 missing-brace What is said of `cart` stands in a block: `{ owner "…" }`.'],
        [
            'about shop/cart\nservice x on east',
            '1 missing-brace What is said of `cart` stands in a block: `{ owner "…" }`.',
        ],
        [
            'about { owner "x" }',
            '1 missing-name After `about` stands what it is about, such as `shop/web` or `east.ingress`.',
        ],
        [
            'workload cluster about',
            '1 missing-name `about` is a word of the language. To use it as a name, write it in quotes: "about".',
        ],
        [
            'about east { zones a }',
            '1 unknown-word `zones` cannot stand in the block of `about`. It belongs into the block of a region.',
        ],
    ])('%s', async (byHand, expected) => {
        expect((await beside(byHand)).told.join('\n')).toBe(expected);
    });
});

test('an edit of the one file is seen in the other', async () => {
    const files = { 'a.import.tsbtopo': imported, 'b.tsbtopo': 'topology shop\nabout shop/cart { calls web }' };
    const first = await estate(files);
    const callees = ({ topology }: typeof first) => topology.services[1]!.calls.map(({ name }) => name);
    expect(callees(first)).toEqual(['web']);
    const without = await first.change({ 'b.tsbtopo': 'topology shop' });
    expect(callees(without)).toEqual([]);
    const again = await without.change({ 'b.tsbtopo': 'topology shop\nabout cart { requires web }\n' });
    expect(again.topology.services[1]!.requires.map(({ name }) => name)).toEqual(['web']);
});
