import { describe, expect, it } from 'vitest';
import { asElementName } from '../../../server/topology/element-name.js';
import type { NeededWhen } from '../../../server/topology/topology.js';
import { somewhere } from '../random-traffic.js';
import { evaluate } from './index.js';
import { failedAndPromotedBack, failedOncePromoted, promotedWhile } from './promotion.js';
import { fate, marks, read } from './read.js';
import type { Result } from './result.js';
import { mayTakeOver, takenOver } from './store-copies.js';

const vaultNeeded = { kind: 'service', name: 'vault' } as const;

interface Parts {
    /** Where `vault` is, and how calls get to it. */
    readonly vault?: string;
    /** Said by cluster `a`, where it has no home unless that is said. */
    readonly a?: string;
    /** Said by the ingress gateway of `a`. */
    readonly ingress?: string;
    readonly more?: string;
}

/** `a` stands in `r`, `b` and `c` stand in `s`, each with gateways. */
function text({ vault = 'on b failover east-west', a = '', ingress = '', more = '' }: Parts = {}): string {
    return `
        region r { zones x, y }  region s
        external service okta
        workload cluster a in r/x { gateway ingress ${ingress}  gateway east-west ew  ${a} }
        workload cluster b in s { gateway ingress b-gw  gateway east-west ew }
        workload cluster c in s { gateway ingress c-gw  gateway east-west ew }
        service vault { ${vault} }
        service web on a { exposed "h" }
        ${more}`;
}

async function alive(parts: Parts, cluster: string, ...failed: string[]): Promise<boolean | undefined> {
    return (await fate(text(parts), ...failed)).clusters[cluster]?.alive;
}

/** Whether new pods get into `a`. */
async function admits(parts: Parts, ...failed: string[]): Promise<boolean> {
    const { clusters } = await fate(text(parts), ...failed);
    return clusters['a']?.operations.localClusterOperations === 'unaffected';
}

const required = { a: 'requires vault' };

describe('a service that a cluster requires at every moment', () => {
    it('takes it along, and all that is in it', async () => {
        const { clusters, hosts, services } = await fate(text(required), 'vault@b');
        expect(clusters['a']).toMatchObject({ alive: false, freshness: null });
        expect(clusters['b']?.alive).toBe(true);
        expect(hosts['h']?.severity).toBe('total');
        expect(services['web']?.homes).toEqual([{ cluster: 'a', alive: false, serves: false }]);
    });

    it.each([
        ['service:vault', false],
        ['b', false],
        ['b.ew', false],
        ['link:a/b', false],
        ['link:a->b', false],
        ['link:b->a', true],
        ['b.b-gw', true],
        ['b.istiod', true],
        ['c', true],
    ])('is there by the way that a caller would have: %s', async (failed, expected) => {
        expect(await alive(required, 'a', failed)).toBe(expected);
    });

    it('is there in its own cluster, and by failover elsewhere', async () => {
        const parts = { ...required, vault: 'on a, b failover east-west' };
        expect(await alive(parts, 'a', 'link:a/b')).toBe(true);
        expect(await alive(parts, 'a', 'vault@a')).toBe(true);
        expect(await alive(parts, 'a', 'vault@a', 'link:a/b')).toBe(false);
        expect(await alive({ ...required, vault: 'on a, b' }, 'a', 'vault@a')).toBe(false);
    });

    it('is there by a host inside, too', async () => {
        const inside = 'on b exposed inside "vault.in" via c.relay';
        const more = 'about c { owner "them" }';
        const relayed = text({ ...required, vault: inside, more }).replace(
            'gateway ingress c-gw',
            'gateway tier1 relay',
        );
        const isAlive = async (...failed: string[]) => (await fate(relayed, ...failed)).clusters['a']?.alive;
        expect(await isAlive()).toBe(true);
        expect(await isAlive('c.relay')).toBe(false);
        expect(await isAlive('b.b-gw')).toBe(false);
        expect(await isAlive('b.ew', 'link:a/b')).toBe(true);
    });

    it('is lost with what that service cannot do without', async () => {
        const parts = { ...required, vault: 'on b failover east-west requires okta' };
        expect(await alive(parts, 'a', 'external:okta')).toBe(false);
        expect(await alive({ ...required, vault: 'on b failover east-west calls okta' }, 'a', 'external:okta')).toBe(
            true,
        );
    });

    it('is found without names', async () => {
        expect(await alive(required, 'a', 'a.dns')).toBe(true);
        expect(await alive(required, 'a', 'b.dns')).toBe(true);
    });

    it('has no user by that', async () => {
        const [needed, free] = [await fate(text(required), 'link:a/b'), await fate(text(), 'link:a/b')];
        expect(needed.clusters['a']?.alive).toBe(false);
        expect(needed.services['vault']).toEqual(free.services['vault']);
        expect(needed.services['vault']?.severity).toBe('unaffected');
    });

    it('is lost with a share of it', async () => {
        const spread = 'on b, c failover east-west no outlier detection';
        expect(await alive({ ...required, vault: spread }, 'a', 'b')).toBe(false);
        expect(await alive({ ...required, vault: 'on b, c failover east-west' }, 'a', 'b')).toBe(true);
        const either = { a: 'requires vault or okta', vault: spread };
        expect(await alive(either, 'a', 'b')).toBe(true);
        expect(await alive(either, 'a', 'b', 'external:okta')).toBe(false);
    });

    it('is one of several, where one will do', async () => {
        const either = { a: 'requires vault or okta' };
        expect(await alive(either, 'a', 'external:okta')).toBe(true);
        expect(await alive(either, 'a', 'vault@b')).toBe(true);
        expect(await alive(either, 'a', 'vault@b', 'external:okta')).toBe(false);
    });

    it('is nothing without a way in health, and stands in for nothing', async () => {
        const nowhere = { vault: 'on b' };
        expect(await alive({ ...nowhere, a: 'requires vault' }, 'a')).toBe(true);
        expect(await alive({ ...nowhere, a: 'requires vault' }, 'a', 'vault@b')).toBe(true);
        expect(await alive({ ...nowhere, a: 'requires vault or okta' }, 'a', 'external:okta')).toBe(false);
        const broken = { ...required, vault: 'on b failover east-west requires idle', more: 'service idle on c' };
        expect(await alive(broken, 'a', 'vault@b')).toBe(true);
    });

    it('stays up in a circle, and is lost with it', async () => {
        const circle = { ...required, vault: 'on a' };
        expect(await alive(circle, 'a')).toBe(true);
        expect(await alive(circle, 'a', 'c')).toBe(true);
        expect(await alive(circle, 'a', 'link:a/b')).toBe(true);
        expect(await alive(circle, 'a', 'vault@a')).toBe(false);
        const two = {
            a: 'requires vault',
            more: 'service key on a { failover east-west } about b { requires key }',
        };
        expect(await alive(two, 'b', 'b.istiod')).toBe(true);
        expect(await alive(two, 'b', 'key@a')).toBe(false);
        expect(await alive(two, 'a', 'key@a')).toBe(false);
    });

    it('takes others along whose loss takes more ways away', async () => {
        const more = `
            workload cluster d { gateway east-west ew requires web-too }
            service web-too on a { failover east-west }
            workload cluster e { requires deep }
            service deep on d { failover east-west }`;
        const { clusters } = await fate(text({ ...required, more }), 'vault@b');
        expect(['a', 'd', 'e', 'b', 'c'].map((name) => clusters[name]?.alive)).toEqual([
            false,
            false,
            false,
            true,
            true,
        ]);
    });
});

describe('a service that something else requires', () => {
    it('than a cluster is asked from where that stands', async () => {
        const gateway = text({ ingress: '{ requires vault }' });
        expect((await fate(gateway, 'link:a->b')).hosts['h']?.severity).toBe('total');
        expect((await fate(gateway, 'link:c->b')).hosts['h']?.severity).toBe('unaffected');
        const edge = text({ a: 'edge control plane { requires vault }' });
        expect((await fate(edge, 'link:a->b')).clusters['a']).toMatchObject({ alive: true, freshness: 'queued' });
        const part = text({ more: 'about a.kubernetes-api { requires vault }' });
        expect((await fate(part, 'link:a->b')).clusters['a']?.operations.localClusterOperations).toBe('total');
        const names = text({ vault: 'on b failover east-west', more: 'about a.dns { requires vault }' });
        expect((await fate(names, 'link:a->b')).clusters['a']?.operations.localClusterOperations).toBe('limited');
    });

    it.each([
        ['postgres internal { requires vault }', '✅ ✅ ✅ ❌', '✅ ✅ ✅ ❌'],
        ['postgres external { requires vault }', '✅ ✅ ✅ ✅', '✅ ✅ ✅ ❌'],
        ['elasticsearch internal { requires vault }', '✅ ✅ ❌ ⚠️', '✅ ✅ ❌ ⚠️'],
        ['elasticsearch external { requires vault }', '✅ ✅ ✅ ✅', '✅ ✅ ❌ ⚠️'],
        ['identity-provider internal { requires vault }', '✅ ✅ ✅ ⚠️', '✅ ✅ ✅ ⚠️'],
        ['identity-provider external { requires vault }', '✅ ✅ ✅ ✅', '✅ ✅ ✅ ⚠️'],
        ['requires vault', '✅ ✅ ⚠️ ❌', '✅ ✅ ⚠️ ❌'],
    ])('in the management plane, or beside it: %s', async (item, cut, gone) => {
        const plane = `
            management cluster mgmt { management plane { ${item} } }
            workload cluster b { gateway east-west ew }
            service vault on b { failover east-west }
            service spare on b`;
        expect(marks(await fate(plane))).toBe('✅ ✅ ✅ ✅');
        const workloads = (sign: string, all: string) => all.replace('✅', sign);
        // the cut alone costs service discovery between clusters, and metrics of the store inside
        const withCut = await fate(plane, 'b.ew');
        expect(marks(withCut)).toBe(cut);
        expect(marks(await fate(plane, 'vault@b'))).toBe(workloads('⚠️', gone));
    });

    it('of which a home dies is told to nobody where nobody tells', async () => {
        const plane = (inside: string) => `
            management cluster mgmt { management plane { requires vault } ${inside} }
            workload cluster b { gateway east-west ew }
            workload cluster c { gateway east-west ew }
            service vault on b, c { failover east-west no outlier detection }`;
        const management = async (inside: string) =>
            (await fate(plane(inside), 'vault@b')).operations.managementOperations;
        expect(await management('')).toBe('total');
        expect(await management('gateway ingress')).toBe('unaffected');
    });

    it('by what stands in no cluster is lost where each home that is left loses a share', async () => {
        const plane = (homes: string) => `
            management cluster mgmt { management plane { postgres external { requires vault } } }
            workload cluster a { gateway east-west ew }
            workload cluster b { gateway east-west ew }
            workload cluster c
            workload cluster d
            service vault on ${homes} { requires key }
            service key on a, b { failover east-west no outlier detection }`;
        const management = async (homes: string, ...failed: string[]) =>
            (await fate(plane(homes), ...failed)).operations.managementOperations;
        expect(await management('c')).toBe('unaffected');
        expect(await management('c', 'a.ew')).toBe('total');
        expect(await management('c, d', 'link:c->a')).toBe('unaffected');
        expect(await management('c, d', 'link:c->a', 'link:d->b')).toBe('total');
    });

    it('by what stands in no cluster is there with any home that serves, in whole', async () => {
        const link = { more: 'about link a/c { requires vault }', vault: 'on b, c failover east-west' };
        const reached = async (...failed: string[]) => {
            const caller = `service key on c { failover east-west } service shop on a { requires key exposed "shop" }`;
            const all = text({ ...link, more: `${link.more} ${caller}` });
            return (await fate(all, ...failed)).hosts['shop']?.severity;
        };
        expect(await reached('vault@b')).toBe('unaffected');
        expect(await reached('link:a->b', 'vault@c')).toBe('unaffected');
        expect(await reached('vault@b', 'vault@c')).toBe('total');
        expect(await reached('service:vault')).toBe('total');
    });
});

describe('what a place requires', () => {
    /** The place requires `vault`. */
    async function clustersOf(
        vault: string,
        of: string,
        when: NeededWhen,
        ...failed: string[]
    ): Promise<Result['clusters']> {
        const topology = await read(text({ vault }));
        const need = {
            of: asElementName(of),
            anyOf: [vaultNeeded],
            when,
            at: somewhere,
        };
        return evaluate({ ...topology, needs: [need] }, failed).clusters;
    }
    const alive = (clusters: Result['clusters']) => ['a', 'b', 'c'].filter((name) => clusters[name]?.alive);

    it('takes it along once no home answers', async () => {
        expect(alive(await clustersOf('on a', 'region:s', 'always'))).toEqual(['a', 'b', 'c']);
        expect(alive(await clustersOf('on a', 'region:s', 'always', 'vault@a'))).toEqual(['a']);
        expect(alive(await clustersOf('on b', 'zone:r/x', 'always', 'vault@b'))).toEqual(['b', 'c']);
    });

    it('each of its clusters requires by itself', async () => {
        const vault = 'on a failover east-west';
        expect(alive(await clustersOf(vault, 'region:s', 'always', 'link:b->a'))).toEqual(['a', 'c']);
        expect(alive(await clustersOf(vault, 'region:s', 'always', 'link:c->a'))).toEqual(['a', 'b']);
        expect(alive(await clustersOf(vault, 'region:s', 'always', 'a.ew'))).toEqual(['a']);
        const other = 'on b failover east-west';
        expect(alive(await clustersOf(other, 'region:r', 'always', 'link:a->b'))).toEqual(['b', 'c']);
        expect(alive(await clustersOf(other, 'zone:r/x', 'always', 'link:a->b'))).toEqual(['b', 'c']);
        expect(alive(await clustersOf(other, 'zone:r/y', 'always', 'link:a->b'))).toEqual(['a', 'b', 'c']);
    });

    it('to start is what lets pods in there', async () => {
        const local = async (of: string, ...failed: string[]) =>
            (await clustersOf('on b failover east-west', of, 'start', ...failed))['a']?.operations
                .localClusterOperations;
        expect(await local('region:r', 'b.ew')).toBe('limited');
        expect(await local('zone:r/x', 'b.ew')).toBe('limited');
        expect(await local('region:r', 'c.ew')).toBe('unaffected');
        expect(await local('region:s', 'b.ew')).toBe('unaffected');
    });
});

describe('a service that a cluster requires to start', () => {
    const start = { a: 'requires vault to start' };

    it('lets no new pod in, and stops nothing that runs', async () => {
        expect(await admits(start)).toBe(true);
        for (const failed of ['vault@b', 'b.ew']) {
            expect(await admits(start, failed)).toBe(false);
            const { clusters, hosts } = await fate(text(start), failed);
            expect(clusters['a']?.alive).toBe(true);
            expect(hosts['h']?.severity).toBe('unaffected');
        }
    });

    it('is still there with a share of it', async () => {
        const spread = { ...start, vault: 'on b, c failover east-west no outlier detection' };
        expect(await admits(spread, 'b.ew')).toBe(true);
        expect(await admits(spread, 'b.ew', 'c.ew')).toBe(false);
    });

    it('is nothing without a way in health, and stands in for nothing', async () => {
        expect(await admits({ ...start, vault: 'on b' }, 'vault@b')).toBe(true);
        const either = { a: 'requires vault or okta to start', vault: 'on b' };
        expect(await admits(either, 'external:okta')).toBe(false);
        expect(await admits({ a: 'requires vault or okta to start' }, 'external:okta')).toBe(true);
    });
});

describe('a standby', () => {
    const estate = (plane: string, standby = '', copy = 'copy every 15m') => `
        management cluster mgmt { management plane { ${plane} } gateway east-west ew }
        standby management cluster dr { ${copy} ${standby} }
        workload cluster b { gateway ingress gateway east-west ew }
        network { dr -> b }
        service vault on b { failover east-west }`;

    it('is not promoted without a way from where it stands', async () => {
        for (const needed of ['requires vault', 'requires vault to start']) {
            const topology = await read(estate('', needed));
            expect(promotedWhile(topology, ['mgmt'])).toBeDefined();
            expect(promotedWhile(topology, ['mgmt', 'link:dr->b'])).toBeUndefined();
            expect(promotedWhile(topology, ['mgmt', 'link:mgmt->b'])).toBeDefined();
        }
    });

    it('requires what the plane did, from where it stands', async () => {
        const topology = await read(estate('requires vault'));
        // the network leads from the active side to nobody: no need there
        expect(marks(await fate(estate('requires vault'), 'vault@b'))).toBe('❌ ✅ ✅ ✅');
        expect(marks(failedOncePromoted(topology, ['b.ew'])!)).toBe('✅ ✅ ⚠️ ❌');
        expect(marks(failedAndPromotedBack(topology, ['b.ew'])!)).toBe('✅ ✅ ✅ ✅');
    });

    it('requires what a store inside did', async () => {
        const topology = await read(estate('postgres internal { requires vault }'));
        expect(marks(failedOncePromoted(topology, ['b.ew'])!)).toBe('✅ ✅ ✅ ❌');
    });
});

describe('the copy of a store', () => {
    const estate = (store: string) => `
        region r  region s
        management cluster mgmt in r { management plane { ${store} } }
        workload cluster b in s { gateway ingress gateway east-west ew }
        service vault on b { failover east-west }`;

    it('is promoted by what its store requires to start, from where it starts', async () => {
        const inside = await read(estate('postgres internal { copy every 15m requires vault to start }'));
        const beside = await read(estate('postgres internal { copy every 15m in s requires vault to start }'));
        const failed = ['store:postgres', 'b.ew'];
        expect(mayTakeOver(inside, 'postgres', ['store:postgres'])).toBe(true);
        expect(mayTakeOver(inside, 'postgres', failed)).toBe(false);
        expect(mayTakeOver(beside, 'postgres', failed)).toBe(true);
        expect(mayTakeOver(beside, 'postgres', ['store:postgres', 'vault@b'])).toBe(false);
    });

    it('is promoted by what its place requires to start', async () => {
        const topology = await read(estate('postgres internal { copy every 15m in s }'));
        const need = { of: asElementName('region:s'), anyOf: [vaultNeeded], when: 'start' as const, at: somewhere };
        const needing = { ...topology, needs: [need] };
        expect(mayTakeOver(needing, 'postgres', ['store:postgres', 'b.ew'])).toBe(true);
        expect(mayTakeOver(needing, 'postgres', ['store:postgres', 'vault@b'])).toBe(false);
    });

    it('requires from where it stands what its store required', async () => {
        const topology = await read(estate('postgres internal { copy every 15m in s requires vault }'));
        expect(marks(takenOver(topology, 'postgres', ['b.ew']))).toBe('✅ ✅ ✅ ✅');
        expect(marks(takenOver(topology, 'postgres', ['vault@b']))).toBe('❌ ✅ ✅ ❌');
        expect(marks(await fate(estate('postgres internal { copy every 15m in s requires vault }'), 'b.ew'))).toBe(
            '✅ ✅ ✅ ❌',
        );
    });
});
