import { describe, expect, test } from 'vitest';
import { findElement } from '../../server/topology/element-names.js';
import { elementsOf } from '../../server/topology/elements.js';
import { estate } from '../fixture.js';

const names = `
topology names
region us-east { zones a, b }
management cluster mgmt in us-east { management plane { identity-provider external } }
workload cluster east { gateway ingress, east-west east-gw }
workload cluster west { gateway ingress }
network { east -> west }
service shop on east, west
service blue/cart on east
service green/cart on east
service web/till on east, west
external service stripe`;

const elements = estate(names).then(({ topology }) => elementsOf(topology));

/** What a text names: the element, `several: …`, or `none`, with what could have been meant. */
async function named(text: string): Promise<string> {
    const naming = findElement(await elements, text);
    if (naming.found) return naming.found.name;
    const candidates = naming.candidates.map(({ name }) => name).join(', ');
    return naming.ambiguous ? `several: ${candidates}` : `none; close: ${candidates}`;
}

test('every element is found by its full name', async () => {
    const { all } = await elements;
    expect(all.length).toBeGreaterThan(50);
    for (const { name } of all) expect(await named(name)).toBe(name);
});

describe('what a text names', () => {
    test.each([
        // short forms
        ['mp', 'mgmt.management-plane'],
        ['central', 'mgmt.central-control-plane'],
        ['east.edge', 'east.edge-control-plane'],
        ['mgmt.mp', 'mgmt.management-plane'],
        ['mgmt.mp.oap', 'mgmt.management-plane.oap'],
        ['east.edge.oap', 'east.edge-control-plane.oap'],
        // without the kind
        ['postgres', 'store:postgres'],
        ['iam-signing-key', 'store:iam-signing-key'],
        ['us-east', 'region:us-east'],
        ['cluster:east', 'east'],
        ['us-east/a', 'zone:us-east/a'],
        ['shop', 'service:shop'],
        ['blue/cart', 'service:blue/cart'],
        ['stripe', 'external:stripe'],
        ['identity-provider', 'identity-provider'],
        ['east/mgmt', 'link:east/mgmt'],
        // from the other end; one direction stays what it is
        ['link:mgmt/east', 'link:east/mgmt'],
        ['link:mgmt->east', 'link:mgmt->east'],
        // parts left out
        ['front-envoy', 'mgmt.management-plane.front-envoy'],
        ['mgmt.front-envoy', 'mgmt.management-plane.front-envoy'],
        ['mp.oap', 'mgmt.management-plane.oap'],
        ['east.oap', 'east.edge-control-plane.oap'],
        ['east-gw', 'east.east-gw'],
        ['west.ingress', 'west.ingress'],
        ['east.istiod', 'east.istiod'],
        ['blue/cart@east', 'blue/cart@east'],
        // with a namespace that need not be said, as the file says it
        ['web/till@west', 'till@west'],
        ['web/till', 'service:till'],
        ['service:web/till', 'service:till'],
        ['default/shop@east', 'shop@east'],
        // what stands before it is clear
        ['a', 'zone:us-east/a'],
        ['mgmt/east', 'link:east/mgmt'],
    ])('%s is %s', async (text, expected) => {
        expect(await named(text)).toBe(expected);
    });

    test.each([
        ['edge', 'several: east.edge-control-plane, west.edge-control-plane'],
        ['edge.oap', 'several: east.edge-control-plane.oap, west.edge-control-plane.oap'],
        ['istiod', 'several: east.istiod, west.istiod'],
        ['cart', 'several: service:blue/cart, service:green/cart'],
        ['cart@east', 'several: blue/cart@east, green/cart@east'],
    ])('%s is not one element', async (text, expected) => {
        expect(await named(text)).toBe(expected);
    });

    test.each([
        ['postgress', 'store:postgres'],
        ['us-est', 'region:us-east'],
        ['EAST', 'east'],
        ['web/tyll@east', 'till@east'],
        ['east.front-envoy', 'mgmt.management-plane.front-envoy'],
    ])('%s is nothing, but reminds of %s', async (text, expected) => {
        expect(await named(text)).toContain(expected);
    });

    test.each([
        ['estx', 'none; close: east, west'],
        ['East', 'none; close: east'],
        ['SHOP', 'none; close: service:shop'],
        ['eats', 'none; close: east'],
        ['us', 'none; close: region:us-east'],
    ])('%s: the likeliest first, whatever the case', async (text, expected) => {
        expect((await named(text)).startsWith(expected)).toBe(true);
    });

    test.each(['', '   ', 'zürich', 'east.', '.', 'link:east/east', '__proto__', 'toString'])(
        '%j names nothing and breaks nothing',
        async (text) => {
            expect(await named(text)).toMatch(/^none/);
        },
    );

    test('at most three suggestions', async () => {
        const naming = findElement(await elements, 'edge-control plane of east');
        expect(naming.found ?? naming.candidates.length).toBe(3);
    });
});

test('a short form gives way to an element that is really called so', async () => {
    const { topology } = await estate('management cluster mgmt\nworkload cluster central\nservice mp on central');
    const found = (text: string) => findElement(elementsOf(topology), text).found?.name;
    expect([found('central'), found('mp')]).toEqual(['central', 'service:mp']);
});

test('in an estate of one workload cluster, its parts need no cluster', async () => {
    const { topology } = await estate('management cluster mgmt\nworkload cluster east');
    expect(findElement(elementsOf(topology), 'edge').found?.name).toBe('east.edge-control-plane');
});
