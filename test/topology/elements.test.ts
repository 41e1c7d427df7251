import { describe, expect, test } from 'vitest';
import type { ElementName } from '../../server/topology/element-name.js';
import type { Element } from '../../server/topology/element.js';
import { elementsOf } from '../../server/topology/elements.js';
import { estate } from '../fixture.js';

/** The elements of an estate whose names match; all of them if no pattern is given. */
async function elementsIn(text: string, pattern = /^/): Promise<Element[]> {
    const { topology } = await estate(text);
    return elementsOf(topology).all.filter(({ name }) => pattern.test(name));
}

const namesIn = async (text: string, pattern?: RegExp) => (await elementsIn(text, pattern)).map(({ name }) => name);

async function elementIn(text: string, name: string): Promise<Element | undefined> {
    return elementsOf((await estate(text)).topology).byName.get(name as ElementName);
}

const fiveLines = `topology demo
management cluster mgmt
workload cluster east
workload cluster west
service shop on east, west`;

describe('what a line implies', () => {
    test.each([
        [
            'a workload cluster: its API, its edge control plane with parts, its data plane, its links',
            /east(\.|\/|->|$)/,
            [
                'east',
                'east.kubernetes-api',
                'east.edge-control-plane',
                'east.edge-control-plane.xcp-edge',
                'east.edge-control-plane.oap',
                'east.edge-control-plane.otel-collector',
                'east.edge-control-plane.gitops',
                'east.edge-control-plane.operator',
                'east.data-plane',
                'east.istiod',
            ],
        ],
        [
            'a management cluster: the management plane with parts, the central control plane, and no edge',
            /^mgmt/,
            [
                'mgmt',
                'mgmt.kubernetes-api',
                'mgmt.management-plane',
                'mgmt.management-plane.front-envoy',
                'mgmt.management-plane.iam',
                'mgmt.management-plane.tsb',
                'mgmt.management-plane.web',
                'mgmt.management-plane.mpc',
                'mgmt.management-plane.oap',
                'mgmt.management-plane.otel-collector',
                'mgmt.management-plane.teamsync',
                'mgmt.management-plane.operator',
                'mgmt.central-control-plane',
            ],
        ],
        [
            'stores and secrets',
            /^store:/,
            ['store:postgres', 'store:elasticsearch', 'store:iam-signing-key', 'store:root-ca'],
        ],
        ['a service: itself and its instances in each home', /shop/, ['service:shop', 'shop@east', 'shop@west']],
        [
            'links, both as pairs and in each direction',
            /^link:/,
            [
                'link:east/mgmt',
                'link:east->mgmt',
                'link:mgmt->east',
                'link:west/mgmt',
                'link:west->mgmt',
                'link:mgmt->west',
                'link:east/west',
                'link:east->west',
                'link:west->east',
            ],
        ],
    ])('%s', async (_, pattern, expected) => {
        expect(await namesIn(fiveLines, pattern)).toEqual(expect.arrayContaining(expected));
    });

    test('containers come before their parts, and every parent exists', async () => {
        const seen = new Set<string>();
        for (const { name, parents } of await elementsIn(fiveLines)) {
            for (const parent of parents) expect(seen).toContain(parent);
            seen.add(name);
        }
    });

    test('only what has a line of its own is declared; the rest stands at the line that implies it', async () => {
        const declared = (await elementsIn(fiveLines)).filter((element) => element.declared);
        expect(declared.map(({ name, at }) => `${name} ${at.range.start.line}`)).toEqual([
            'mgmt 1',
            'east 2',
            'west 3',
            'service:shop 4',
            'shop@east 4',
            'shop@west 4',
        ]);
        const istiod = await elementIn(fiveLines, 'west.istiod');
        expect(istiod).toMatchObject({ declared: false, at: { range: { start: { line: 3 } } } });
    });

    test('a plane that is mentioned stands at its own line', async () => {
        const text = 'management cluster mgmt {\n  central control plane { listener own }\n}';
        const central = await elementIn(text, 'mgmt.central-control-plane');
        expect(central).toMatchObject({ declared: true, at: { range: { start: { line: 1 } } } });
    });
});

describe('what is there only if something else is', () => {
    const onManagement = 'management cluster mgmt { gateway tier1 }';
    const defined = 'management cluster mgmt';
    test.each([
        [
            'GitOps of the management plane',
            `management cluster m { management plane { gitops } }`,
            'm.management-plane.gitops',
            true,
        ],
        ['no GitOps of the management plane', defined, 'mgmt.management-plane.gitops', false],
        [
            'an identity provider',
            'management cluster m { management plane { identity-provider } }',
            'identity-provider',
            true,
        ],
        ['no identity provider', defined, 'identity-provider', false],
        [
            'BanyanDB in place of Elasticsearch',
            'management cluster m { management plane { banyandb } }',
            'store:elasticsearch',
            false,
        ],
        ['an edge on a management cluster with a gateway', onManagement, 'mgmt.edge-control-plane', true],
        ['no edge on a plain management cluster', defined, 'mgmt.edge-control-plane', false],
        ['a workload nobody named', 'workload cluster east', 'workload@east', true],
        ['none beside a service', 'workload cluster east\nservice a on east', 'workload@east', false],
        ['none beside a tier1 gateway', 'workload cluster dmz { gateway tier1 }', 'workload@dmz', false],
        ['none on the management cluster', onManagement, 'workload@mgmt', false],
        ['stores need a management cluster', 'workload cluster east', 'store:postgres', false],
    ])('%s', async (_, text, name, there) => {
        expect((await elementIn(text, name)) !== undefined).toBe(there);
    });
});

describe('whose part it is', () => {
    const text = `
        region us-east { zones a, b }
        management cluster mgmt in us-east {
            management plane { postgres internal  elasticsearch external in us-east/b }
        }
        workload cluster east in us-east/a { gateway ingress, east-west gw { replicas 2 across zones a, b } }
        workload cluster west in us-east { gateway ingress, east-west gw { replicas 2 across zones a, b } }
        service shop {
            on east, west { replicas 3 across zones a, b }
        }
        service legacy {
            on east { virtual machines }
        }
        external service stripe in us-east`;
    test.each([
        ['region:us-east', []],
        ['zone:us-east/a', ['region:us-east']],
        ['mgmt.management-plane.iam', ['mgmt.management-plane']],
        ['east.istiod', ['east.data-plane']],
        ['east.gw', ['east.data-plane']],
        ['store:postgres', ['mgmt']],
        ['store:elasticsearch', []],
        ['store:iam-signing-key', ['mgmt']],
        ['shop@east', ['east', 'service:shop']],
        ['legacy@east', ['service:legacy']],
        ['link:east->mgmt', ['link:east/mgmt']],
        ['external:stripe', []],
    ])('%s', async (name, parents) => {
        expect((await elementIn(text, name))?.parents).toEqual(parents);
    });

    test.each([
        ['east', { locality: { region: 'us-east', zone: 'a' } }],
        ['store:elasticsearch', { locality: { region: 'us-east', zone: 'b' } }],
        ['external:stripe', { locality: { region: 'us-east' } }],
        ['legacy@east', { locality: { region: 'us-east', zone: 'a' } }],
        ['west.gw', { spread: { region: 'us-east', zones: ['a', 'b'], lostWith: 2 } }],
        ['shop@west', { spread: { region: 'us-east', zones: ['a', 'b'], lostWith: 2 } }],
    ])('%s has a place of its own', async (name, place) => {
        expect(await elementIn(text, name)).toMatchObject(place);
    });

    test.each(['east.gw', 'shop@east'])(
        '%s claims zones that its cluster is not in: the cluster decides',
        async (name) => {
            expect(await elementIn(text, name)).not.toHaveProperty('spread');
        },
    );

    test('instances have no place but their cluster', async () => {
        expect((await elementIn(text, 'shop@east'))?.locality).toBeUndefined();
    });
});

describe('links', () => {
    const clusters = 'management cluster mgmt\nworkload cluster a\nworkload cluster b\nworkload cluster c\n';
    const pairs = /^link:.*\//;

    test('without a network block all clusters are linked', async () => {
        expect((await namesIn(clusters, pairs)).sort()).toEqual([
            'link:a/b',
            'link:a/c',
            'link:a/mgmt',
            'link:b/c',
            'link:b/mgmt',
            'link:c/mgmt',
        ]);
    });

    test('with one, those that it names, and the control links', async () => {
        expect((await namesIn(`${clusters} network { b -> a  c <-> a }`, pairs)).sort()).toEqual([
            'link:a/b',
            'link:a/c',
            'link:a/mgmt',
            'link:b/mgmt',
            'link:c/mgmt',
        ]);
    });

    test('with an empty one, the control links alone', async () => {
        expect((await namesIn(`${clusters} network { }`, pairs)).sort()).toEqual([
            'link:a/mgmt',
            'link:b/mgmt',
            'link:c/mgmt',
        ]);
    });

    test('of many clusters only the control links, or their number would grow with the square', async () => {
        const many = Array.from({ length: 60 }, (_, index) => `workload cluster c${index}`).join('\n');
        expect(await namesIn(`management cluster mgmt\n${many}`, pairs)).toHaveLength(60);
    });
});

test('a service whose name is not unique is called with its namespace', async () => {
    const text = 'workload cluster east\nservice blue/cart on east\nservice green/cart on east';
    expect(await namesIn(text, /@/)).toEqual(['blue/cart@east', 'green/cart@east']);
});

test.each(['', 'topology empty', 'service a', 'workload cluster', 'region'])(
    '%j has elements, or none',
    async (text) => {
        expect(Array.isArray(await namesIn(text))).toBe(true);
    },
);

test('links between all clusters are listed up to 50 clusters, and only those to the management cluster beyond', async () => {
    const linksOf = async (clusters: number) => {
        const declared = Array.from({ length: clusters - 1 }, (_, index) => `workload cluster c${index}`);
        const { topology } = await estate(['management cluster mgmt', ...declared].join('\n'));
        return elementsOf(topology).all.filter(({ kind }) => kind === 'link').length;
    };
    expect(await linksOf(13)).toBe((13 * 12) / 2);
    expect(await linksOf(50)).toBe((50 * 49) / 2);
    expect(await linksOf(51)).toBe(50);
});
