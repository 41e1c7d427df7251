import { expect, test } from 'vitest';
import { bothStates, type Sparing } from '../../server/comparison/both-states.js';
import { compareTopologies } from '../../server/comparison/compare.js';
import { differencesOf } from '../../server/comparison/differences.js';
import { inCommon } from '../../server/comparison/in-common.js';
import { clustersNamedBy } from '../../server/topology/named-clusters.js';
import { clusterName, partName, type ElementName } from '../../server/topology/element-name.js';
import { partsOf, share } from '../../server/topology/neighbourhoods.js';
import type { Topology } from '../../server/topology/topology.js';
import { withSame } from '../../server/topology/unchanged.js';
import { estate } from '../fixture.js';

const text = `topology shop
management cluster mgmt
workload cluster east { gateway ingress, east-west gw }
workload cluster west { gateway ingress, east-west gw }
workload cluster south { gateway ingress }
service till on east, west { exposed "till.example.com" }
service desk on south { exposed "desk.example.com" via west.gw }
service shop on south
service alone on east
service more on west
`;

/** Both states, the earlier one with the objects of the later one wherever it says the same. */
async function states(changed: string, change = (topology: Topology) => topology, first = text) {
    const later = change((await estate(changed)).topology);
    const before = withSame(later, change((await estate(first)).topology));
    share(before, later);
    return [before, later] as const;
}

async function commonAfter(changed: string, first = text): Promise<string[]> {
    return inCommon(...(await states(changed, undefined, first))).map(([, { services }]) => services[0]!.shortName);
}

test('services name clusters as homes and by their gateways', async () => {
    const { neighbourhoods } = partsOf((await estate(text)).topology);
    expect(neighbourhoods.map((each) => [...clustersNamedBy(each)].sort())).toEqual([
        ['east', 'west'],
        ['south', 'west'],
        ['south'],
        ['east'],
        ['west'],
    ]);
});

test('where the world is the same, all but what has changed is common', async () => {
    expect(await commonAfter(text.replace('on east, west {', 'on east {'))).toEqual(['desk', 'shop', 'alone', 'more']);
});

test('where a cluster is otherwise, only what does not name it is common', async () => {
    const changed = text.replace('west { gateway ingress, east-west gw }', 'west { gateway ingress gw }');
    expect(await commonAfter(changed)).toEqual(['shop', 'alone']);
    // nobody runs there any more, so that it has a workload that nobody names
    const few = text.replace('service more on west\n', '');
    expect(await commonAfter(few.replace('on east, west {', 'on east {'), few)).toEqual(['shop', 'alone']);
});

test('another cluster concerns nobody who does not name it, and another line of the network only whoever names one of its ends', async () => {
    const all = ['till', 'desk', 'shop', 'alone', 'more'];
    expect(await commonAfter(text.replace('cluster south', 'cluster more\nworkload cluster south'))).toEqual(all);
    const lines = (...pairs: string[]) =>
        text.replace('topology shop', `topology shop\nnetwork { ${pairs.join('  ')} }`);
    const one = lines('east <-> west');
    expect(await commonAfter(lines('east <-> west', 'south <-> mgmt'), one)).toEqual(['till', 'alone', 'more']);
});

test('nothing is common where a change concerns others than those who name a cluster', async () => {
    for (const changed of [
        text.replace('cluster mgmt', 'cluster mgmt { gateway ingress }'),
        text.replace('topology shop', 'topology shop\nnetwork { east <-> west }'),
        text.replace('topology shop', 'topology shop\nregion us { zones a }'),
        text
            .replace('cluster east', 'cluster south')
            .replace('cluster south { gateway ingress }', 'cluster east { gateway ingress }'),
    ])
        expect(await commonAfter(changed)).toEqual([]);
    const asks = (replicas: number) =>
        `topology shop\nmanagement cluster mgmt\nworkload cluster east\nworkload cluster south { gateway ingress { replicas ${replicas}  external authorization by alone } }\nservice alone on east\nservice till on east\nservice desk on east\n`;
    expect(await commonAfter(asks(2), asks(3))).toEqual([]);
});

test('whatever may rest on what fails otherwise is looked at, too', async () => {
    const [before, now] = await states(text.replace('on east, west {', 'on east {'));
    const servicesIn = (otherwise: readonly ElementName[]) =>
        bothStates(before, now, {
            inCommon,
            differencesOf(one, other) {
                const above = [new Uint8Array(one.nodes.length), new Uint8Array(other.nodes.length)] as const;
                for (const name of otherwise) above[1][other.nodeOfElement.get(name)!] = 1;
                return { ...differencesOf(one, other), above };
            },
        }).now.graph.topology.services.map(({ shortName }) => shortName);
    expect(servicesIn([])).toEqual(['till']);
    expect(servicesIn([partName('south', 'istiod')])).toEqual(['till', 'desk', 'shop']);
    expect(servicesIn([clusterName('mgmt')])).toEqual(['till', 'desk', 'shop', 'alone', 'more']);
});

const sameHost = (topology: Topology): Topology => ({
    ...topology,
    services: topology.services.map((service) => ({
        ...service,
        exposures: service.exposures.map((each) => ({ ...each, host: 'a.example.com' })),
    })),
});

const nothing: Sparing = {
    inCommon: () => [],
    differencesOf: (one, other) => ({
        mayGoOtherwise: () => true,
        mayFareOtherwise: () => true,
        own: [undefined, undefined],
        above: [new Uint8Array(one.nodes.length), new Uint8Array(other.nodes.length)],
    }),
};

test('where two services say the same host, both are looked at', async () => {
    const [before, now] = await states(text.replace('on east, west {', 'on east {'), sameHost);
    expect(inCommon(before, now).length).toBeGreaterThan(0);
    expect(bothStates(before, now, { inCommon, differencesOf }).now.graph.parts!.all.length).toBe(5);
    expect(compareTopologies(before, now)).toEqual(compareTopologies(before, now, nothing));
});

test('where what one of them takes down is down for the other one already, nothing is told of the host', async () => {
    const stateWith = (homes: string) => `topology shop
management cluster mgmt
workload cluster east { gateway ingress }
workload cluster west { gateway ingress }
service till on ${homes} { exposed "till.example.com" { gslb ttl 30s } }
service desk on west { exposed "desk.example.com" }
`;
    const [before, now] = await states(stateWith('east'), sameHost, stateWith('east, west'));
    const found = compareTopologies(before, now);
    const aboutHost = found.better.filter(({ changes }) => changes.some(({ of }) => of.kind === 'host'));
    expect(aboutHost).toEqual([]);
    expect(found.better.length).toBeGreaterThan(0);
    expect(found).toEqual(compareTopologies(before, now, nothing));
});
