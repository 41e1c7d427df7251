import { expect, it } from 'vitest';
import { read } from './read.js';
import { clusterWhere, clustersWithin, placesAround } from './stands-in.js';

const text = (placement: string) => `
    region r { zones x, y }  region s
    external service okta in s
    external service everywhere in r, s
    management cluster mgmt in r/x {
        management plane {
            postgres ${placement} { copy every 15m }
            banyandb ${placement} { copy every 15m in s }
            identity-provider ${placement}
        }
    }
    standby management cluster dr in s
    workload cluster a in r { gateway ingress }
    workload cluster b
    service web on a`;

const [inMgmt, inA, nowhere] = [['mgmt', 'region:r', 'zone:r/x'], ['a', 'region:r'], [undefined]];

it.each([
    ['mgmt', inMgmt],
    ['mgmt.management-plane.iam', inMgmt],
    ['store:iam-signing-key', inMgmt],
    ['store:root-ca', inMgmt],
    ['store:postgres', inMgmt],
    ['store:postgres.copy', inMgmt],
    ['store:banyandb', inMgmt],
    ['store:banyandb.copy', [undefined, 'region:s']],
    ['identity-provider', inMgmt],
    ['dr', ['dr', 'region:s']],
    ['a', inA],
    ['a.ingress', inA],
    ['a.dns', inA],
    ['web@a', inA],
    ['workload@b', ['b']],
    ['link:a/b', nowhere],
    ['link:a->b', nowhere],
    ['region:r', nowhere],
    ['zone:r/x', [undefined, 'region:r']],
    ['external:okta', [undefined, 'region:s']],
    ['external:everywhere', nowhere],
])('%s stands in this cluster, and in these places', async (name, [cluster, ...places]) => {
    const topology = await read(text('internal'));
    expect(clusterWhere(topology, name)).toBe(cluster);
    expect(placesAround(topology, name)).toEqual(places);
});

it.each([
    ['external', [undefined]],
    ['external in r/y', [undefined, 'region:r', 'zone:r/y']],
])('stores that are %s stand in no cluster', async (placement, [cluster, ...places]) => {
    const topology = await read(text(placement));
    for (const name of ['store:postgres', 'store:postgres.copy', 'store:banyandb', 'identity-provider']) {
        expect(clusterWhere(topology, name)).toBe(cluster);
        expect(placesAround(topology, name)).toEqual(places);
    }
    expect(placesAround(topology, 'store:banyandb.copy')).toEqual(['region:s']);
});

it('a region has the clusters that stand there, a zone those that are pinned to it', async () => {
    const topology = await read(text('internal'));
    const within = (name: string) => clustersWithin(topology, name).map((cluster) => cluster.name);
    expect(['region:r', 'zone:r/x', 'zone:r/y', 'region:s', 'a'].map(within)).toEqual([
        ['mgmt', 'a'],
        ['mgmt'],
        [],
        ['dr'],
        [],
    ]);
});
