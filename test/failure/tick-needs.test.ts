import { describe, expect, it } from 'vitest';
import { asElementName } from '../../server/topology/element-name.js';
import type { DeclaredNeed, NeededWhen, Secret, Service, Topology } from '../../server/topology/topology.js';
import { externalService, gateway, home, managementPlane, outside, service } from './by-hand.js';
import { callee, exposure, said, somewhere } from './random-traffic.js';
import {
    alive,
    course,
    freshness,
    host,
    managementOperations,
    operation,
    shopEstate,
    shortEdge,
    type Aspect,
} from './tick-course.js';

const latest = { reading: 'latest' } as const;
const long = { tokenTtl: 10_000, leafCertificateTtl: 100_000 };
const localOperations = operation('localClusterOperations', 'c1');
const clusterAlive: Aspect = ({ clusters }) => clusters['c1']?.alive;

/** Requires `okta`, or one of these. */
function need(of: string, when: NeededWhen, anyOf: readonly string[] = ['okta']): DeclaredNeed {
    return { of: asElementName(of), anyOf: anyOf.map(outside), when, at: somewhere };
}

/** `shop` on c1 and c2, each with an ingress gateway in front of it; `okta` and `other` outside. */
function needing(needs: readonly DeclaredNeed[], parts: Partial<Service> = {}, rootLife?: number): Topology {
    const rootCa: Secret = { backup: said({ kind: 'unknown' }), ...(rootLife !== undefined && { life: rootLife }) };
    const estate = shopEstate(long, { managementPlane: managementPlane({ rootCa }) }, [
        service('shop', [home('c1'), home('c2')], { exposures: [exposure('h')], ...parts }),
    ]);
    return {
        ...estate,
        clusters: estate.clusters.map((cluster) =>
            cluster.kind === 'workload'
                ? { ...cluster, gateways: [gateway(cluster.name, ['ingress'])], edge: shortEdge(long) }
                : cluster,
        ),
        externalServices: [externalService('okta'), externalService('other')],
        needs,
    };
}

const outage = ['10 fail external:okta', '200 recover external:okta'];

describe('what is required again and again', () => {
    it('runs out at the earliest after what is left of it, and at the latest after all of it', () => {
        const topology = needing([need('c1', { every: 20, ttl: 60 })]);
        expect(course(topology, outage, clusterAlive)).toBe('0 true, 50 false, 200 true');
        expect(course(topology, outage, clusterAlive, latest)).toBe('0 true, 70 false, 200 true');
    });

    it('runs out at the earliest after a second', () => {
        const topology = needing([need('c1', { every: 60, ttl: 60 })]);
        expect(course(topology, outage, clusterAlive)).toBe('0 true, 11 false, 200 true');
        expect(course(topology, ['10 fail external:okta', '11 recover external:okta'], clusterAlive)).toBe('0 true');
    });

    it('is renewed at once, and begins anew after each break', () => {
        const topology = needing([need('c1', { every: 20, ttl: 60 })]);
        const twice = ['10 fail external:okta', '40 recover external:okta', '45 fail external:okta'];
        expect(course(topology, twice, clusterAlive)).toBe('0 true, 85 false');
    });

    it('is got from any that will do', () => {
        const topology = needing([need('c1', { every: 20, ttl: 60 }, ['okta', 'other'])]);
        expect(course(topology, [...outage, '30 fail external:other'], clusterAlive)).toBe(
            '0 true, 70 false, 200 true',
        );
    });

    it('by a service takes all of its instances', () => {
        const needs = [{ anyOf: [outside('okta')], when: { every: 20, ttl: 60 }, at: somewhere }];
        expect(course(needing([], { needs }), outage, host('h'))).toBe('0 unaffected, 50 total, 200 unaffected');
        expect(course(needing([], { needs }), outage, alive('shop'))).toBe('0 2, 50 0, 200 2');
    });

    it('by a service: nobody is told that they serve no more, nor has to be told that they do again', () => {
        const needs = [{ anyOf: [outside('okta')], when: { every: 20, ttl: 60 }, at: somewhere }];
        const shop = service('shop', [home('c1')], { needs, eastWestFailover: said(true) });
        const { clusters, ...rest } = needing([]);
        const topology = {
            ...rest,
            clusters: clusters.map((one) =>
                one.name === 'c1' ? { ...one, gateways: [gateway('c1', ['east-west'])] } : one,
            ),
            services: [shop, service('front', [home('c2')], { calls: [callee('shop')] })],
        };
        const served: Aspect = ({ services }) => services['shop']?.consumers[0]?.severity;
        const cut = [...outage, '60 fail link:c1/mgmt'];
        expect(course(topology, cut, served)).toBe('0 unaffected, 50 total, 200 unaffected');
        const dies = ['50 fail shop@c1', '60 fail link:c1/mgmt', '200 recover shop@c1'];
        expect(course(topology, dies, served)).toBe('0 unaffected, 50 total');
    });
});

describe('what is required to start', () => {
    const wait = ['0 fail external:okta', '20 restart c1', '100 recover external:okta'];

    it('is waited for by a cluster, and by all in it', () => {
        const topology = needing([need('c1', 'start')]);
        expect(course(topology, wait, clusterAlive)).toBe('0 true, 20 false, 100 true');
        expect(course(topology, wait, alive('shop'))).toBe('0 2, 20 1, 100 2');
        expect(course(topology, wait, localOperations)).toBe('0 limited, 20 total, 100 unaffected');
    });

    it('is waited for by what stopped with what contains it', () => {
        const topology = needing([need('c1.edge-control-plane', 'start')]);
        expect(course(topology, wait, clusterAlive)).toBe('0 true');
        expect(course(topology, wait, freshness('c1'))).toBe('0 live, 20 queued, 100 live');
    });

    it('is waited for by each home of a service', () => {
        const topology = needing([], { needs: [{ anyOf: [outside('okta')], when: 'start', at: somewhere }] });
        const restarts = ['0 fail external:okta', '20 restart c1', '30 restart shop@c2', '100 recover external:okta'];
        expect(course(topology, restarts, alive('shop'))).toBe('0 2, 20 1, 30 0, 100 2');
    });

    it('is waited for by what is part of a cluster and no pod', () => {
        const api = ['0 fail external:okta', '20 restart c1.kubernetes-api', '100 recover external:okta'];
        expect(course(needing([need('c1', 'start')]), api, localOperations)).toBe(
            '0 limited, 20 total, 100 unaffected',
        );
        const root = ['0 fail external:okta', '20 restart store:root-ca', '100 recover external:okta'];
        expect(course(needing([need('mgmt', 'start')], {}, 60), root, alive('shop'))).toBe('0 2, 21 0, 100 2');
    });

    it('is waited for by a store outside, too', () => {
        const topology = needing([need('store:postgres', 'start')]);
        const restarts = ['0 fail external:okta', '20 restart store:postgres', '100 recover external:okta'];
        expect(course(topology, restarts, managementOperations)).toBe('0 unaffected, 20 total, 100 unaffected');
    });

    it('is not waited for by what runs, nor by what was only lost for want of something', () => {
        expect(course(needing([need('c1', 'start')]), outage, clusterAlive)).toBe('0 true');
        const both = needing([need('c1', 'start'), need('c1', 'always', ['other'])]);
        const lines = ['0 fail external:okta', '20 fail external:other', '40 recover external:other'];
        expect(course(both, lines, clusterAlive)).toBe('0 true, 20 false, 40 true');
    });

    it('is over with the first that is back', () => {
        const topology = needing([need('c1', 'start', ['okta', 'other'])]);
        const lines = ['0 fail external:other', ...wait];
        expect(course(topology, [...lines, '50 recover external:other'], clusterAlive)).toBe(
            '0 true, 20 false, 50 true',
        );
    });
});

describe('the root of trust', () => {
    const lost = ['10 fail store:root-ca', '200 recover store:root-ca'];

    it.each<[string, Aspect, string]>([
        ['each proxy', alive('shop'), '0 2, 11 0, 200 2'],
        ['hosts', host('h'), '0 unaffected, 11 total, 200 unaffected'],
        ['the front door', managementOperations, '0 unaffected, 11 total, 200 unaffected'],
        ['each stream to central', localOperations, '0 unaffected, 11 limited, 200 unaffected'],
    ])('that has run out takes along %s', (_, aspect, expected) => {
        expect(course(needing([], {}, 60), lost, aspect)).toBe(expected);
        expect(course(needing([], {}, 60), lost, aspect, latest)).toBe(expected.replace('11', '70'));
    });

    it('is lost with the management cluster', () => {
        expect(course(needing([], {}, 60), ['10 fail mgmt'], alive('shop'))).toBe('0 2, 11 0');
    });

    it('of which nobody says how long it lives does not run out', () => {
        expect(course(needing([]), lost, alive('shop'))).toBe('0 2');
    });
});
