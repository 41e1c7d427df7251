import { describe, expect, it } from 'vitest';
import { asElementName } from '../../server/topology/element-name.js';
import type { DeclaredNeed, Needed, NeededWhen, Service, Topology } from '../../server/topology/topology.js';
import { externalService, gateway, home, outside, place, region, service } from './by-hand.js';
import { callee, exposure, externalCallee, said, somewhere } from './random-traffic.js';
import {
    alive,
    course,
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

/** Requires `vault`, or one of these; `okta` is outside. */
function serviceNeed(of: string, when: NeededWhen, anyOf: readonly string[] = ['vault']): DeclaredNeed {
    return { of: asElementName(of), anyOf: anyOf.map(needed), when, at: somewhere };
}

function needed(name: string): Needed {
    return name === 'okta' ? outside(name) : { kind: 'service', name };
}

/** `vault` on c2, to which calls from c1 get by an east-west gateway, and `shop` on c1. */
function withVault(
    needs: readonly DeclaredNeed[],
    parts: Partial<Service> = {},
    vault: Partial<Service> = {},
): Topology {
    const { clusters, ...rest } = shopEstate(long);
    return {
        ...rest,
        needs,
        externalServices: [externalService('okta')],
        regions: [region('r', ['x', 'y']), region('s'), region('t')],
        clusters: clusters.map((cluster) =>
            cluster.kind === 'workload'
                ? {
                      ...cluster,
                      gateways: [gateway(cluster.name, ['ingress']), gateway(cluster.name, ['east-west'])],
                      edge: shortEdge(long),
                      locality: cluster.name === 'c1' ? place('r', 'x') : place('s'),
                  }
                : cluster,
        ),
        services: [
            service('shop', [home('c1')], { exposures: [exposure('h')], ...parts }),
            service('vault', [home('c2')], { eastWestFailover: said(true), ...vault }),
        ],
    };
}

const outage = ['10 fail external:okta', '200 recover external:okta'];
const again = { every: 20, ttl: 60 };
const vaultAway = ['10 fail vault@c2', '200 recover vault@c2'];
const wayAway = ['10 fail c2.east-west', '200 recover c2.east-west'];

describe('a service that is required again and again', () => {
    it.each([
        ['its cluster', ['10 fail c2', '200 recover c2']],
        ['its gateway', wayAway],
        ['the link to it', ['10 fail link:c1->c2', '200 recover link:c1->c2']],
    ])('runs out while %s is away', (_, lines) => {
        const topology = withVault([serviceNeed('c1', again)]);
        expect(course(topology, lines, clusterAlive)).toBe('0 true, 50 false, 200 true');
        expect(course(topology, lines, clusterAlive, latest)).toBe('0 true, 70 false, 200 true');
    });

    it.each(['c1', 'c1.istiod', 'c1.kubernetes-api', 'mgmt.central-control-plane'])(
        'is asked anew by %s: what was withdrawn and is back answers, whether anybody tells or not',
        (of) => {
            const topology = withVault([serviceNeed(of, again)]);
            const isDown: Aspect = ({ clusters }) => clusters['c1']?.operations.localClusterOperations !== 'unaffected';
            expect(course(topology, vaultAway, isDown)).toBe('0 false, 50 true, 200 false');
        },
    );

    it('is asked for from where the thing stands', () => {
        const away = ['10 fail link:c2->c1'];
        expect(course(withVault([serviceNeed('c1', again)]), away, clusterAlive)).toBe('0 true');
        const needs = [{ anyOf: [needed('vault')], when: again, at: somewhere }];
        const both = withVault([], { homes: [home('c1'), home('c2')], needs });
        expect(course(both, wayAway, alive('shop'))).toBe('0 2, 50 1, 200 2');
        expect(course(both, vaultAway, alive('shop'))).toBe('0 2, 50 0, 200 2');
    });

    it('is asked for wherever it is by what stands in no cluster, and besides by each cluster there', () => {
        const store = withVault([serviceNeed('store:postgres', again)]);
        expect(course(store, wayAway, managementOperations)).toBe('0 unaffected');
        expect(course(store, vaultAway, managementOperations)).toBe('0 unaffected, 50 total, 200 unaffected');
        for (const place of ['region:r', 'zone:r/x']) {
            const region = withVault([serviceNeed(place, again)]);
            expect(course(region, wayAway, clusterAlive)).toBe('0 true, 50 false, 200 true');
        }
        expect(course(withVault([serviceNeed('region:s', again)]), wayAway, clusterAlive)).toBe('0 true');
    });

    it('is got from any that will do, and from no service without a way in health', () => {
        const either = withVault([serviceNeed('c1', again, ['vault', 'okta'])]);
        expect(course(either, [...wayAway, '30 fail external:okta'], clusterAlive)).toBe('0 true, 70 false, 200 true');
        const nowhere = { eastWestFailover: said(false) };
        expect(course(withVault([serviceNeed('c1', again)], {}, nowhere), vaultAway, clusterAlive)).toBe('0 true');
        const okta = withVault([serviceNeed('c1', again, ['vault', 'okta'])], {}, nowhere);
        expect(course(okta, outage, clusterAlive)).toBe('0 true, 50 false, 200 true');
    });

    it('is still given while a share is lost', () => {
        const spread = { homes: [home('c2'), home('mgmt')], outlierDetection: said(false) };
        const topology = withVault([serviceNeed('c1', again)], {}, spread);
        const clusters = topology.clusters.map((cluster) =>
            cluster.kind === 'management'
                ? {
                      ...cluster,
                      edge: shortEdge(long),
                      gateways: [gateway('mgmt', ['east-west'])],
                      locality: place('s'),
                  }
                : cluster,
        );
        expect(course({ ...topology, clusters }, wayAway, clusterAlive)).toBe('0 true');
        const bothAway = [...wayAway, '10 fail mgmt.east-west', '200 recover mgmt.east-west'];
        expect(course({ ...topology, clusters }, bothAway, clusterAlive)).toBe('0 true, 50 false, 200 true');
        const always = { ...topology, clusters, needs: [serviceNeed('c1', 'always')] };
        expect(course(always, wayAway, clusterAlive)).toBe('0 true, 10 false, 200 true');
    });

    it('that has run out gives nothing itself', () => {
        const needs = [{ anyOf: [needed('okta')], when: again, at: somewhere }];
        const topology = withVault([serviceNeed('c1', again)], {}, { needs });
        expect(course(topology, outage, clusterAlive)).toBe('0 true, 90 false, 200 true');
    });
});

describe('a service that is required at every moment', () => {
    it('is asked anew, too', () => {
        const topology = withVault([serviceNeed('c1.ingress', 'always')]);
        const cut = [...vaultAway, '100 fail link:c1->mgmt'];
        expect(course(topology, cut, host('h'))).toBe('0 unaffected, 10 total, 200 unaffected');
    });

    it('takes along and gives back, whatever takes it', () => {
        const topology = withVault([serviceNeed('c1', 'always')]);
        expect(course(topology, wayAway, clusterAlive)).toBe('0 true, 10 false, 200 true');
        expect(course(topology, wayAway, host('h'))).toBe('0 unaffected, 10 total, 200 unaffected');
        const needs = [{ anyOf: [needed('okta')], when: again, at: somewhere }];
        const expiring = withVault([serviceNeed('c1', 'always')], {}, { needs });
        expect(course(expiring, outage, clusterAlive)).toBe('0 true, 50 false, 200 true');
    });

    it('takes others along in the same second', () => {
        const topology = withVault([serviceNeed('c2', 'always', ['okta']), serviceNeed('c1', 'always')]);
        expect(course(topology, outage, clusterAlive)).toBe('0 true, 10 false, 200 true');
    });
});

describe('a service that is required to start', () => {
    const restart = (element: string) => ['20 restart ' + element];

    it.each([
        ['its cluster', ['10 fail c2', '200 recover c2']],
        ['the way to it', wayAway],
    ])('is waited for by a cluster, and by all in it, while %s is away', (_, lines) => {
        const topology = withVault([serviceNeed('c1', 'start')]);
        expect(course(topology, [...lines, ...restart('c1')], clusterAlive)).toBe('0 true, 20 false, 200 true');
        expect(course(topology, [...lines, ...restart('c1')], host('h'))).toBe(
            '0 unaffected, 20 total, 200 unaffected',
        );
        expect(course(topology, lines, localOperations)).toBe('0 unaffected, 10 limited, 200 unaffected');
    });

    it('is asked by each home of a service from where it starts', () => {
        const needs = [{ anyOf: [needed('vault')], when: 'start' as const, at: somewhere }];
        const topology = withVault([], { homes: [home('c1'), home('c2')], needs });
        const lines = [...restart('shop@c1'), ...restart('shop@c2')];
        expect(course(topology, [...wayAway, ...lines], alive('shop'))).toBe('0 2, 20 1, 200 2');
        expect(course(topology, [...vaultAway, ...lines], alive('shop'))).toBe('0 2, 20 0, 200 2');
    });

    it('is asked from where it starts by what stands in a place that requires it', () => {
        for (const where of ['region:r', 'zone:r/x']) {
            const topology = withVault([serviceNeed(where, 'start')]);
            for (const element of [where, 'c1', 'shop@c1'])
                expect(course(topology, [...wayAway, ...restart(element)], alive('shop'))).toBe('0 1, 20 0, 200 1');
        }
        const elsewhere = withVault([serviceNeed('region:s', 'start')]);
        expect(course(elsewhere, [...wayAway, ...restart('c1')], clusterAlive)).toBe('0 true');
        const there = [...wayAway, '30 fail vault@c2', '40 recover vault@c2'];
        expect(course(withVault([serviceNeed('region:r', 'start')]), there, alive('vault'))).toBe('0 1, 30 0, 40 1');
    });

    it('is waited for by a place, and by what is beside its clusters', () => {
        const { externalServices, ...rest } = withVault([serviceNeed('region:t', 'start')]);
        const front = service('front', [home('c2')], { requires: [externalCallee('saas')] });
        const topology = {
            ...rest,
            externalServices: [...externalServices, externalService('saas', place('t'))],
            services: [...rest.services, front],
        };
        const serves: Aspect = ({ services }) => services['front']?.severity;
        const lines = [...vaultAway, ...restart('region:t')];
        expect(course(topology, lines, serves)).toBe('0 unaffected, 20 total, 200 unaffected');
    });

    it.each(['external:saas', 'region:t'])('is waited for by an external service, required by %s', (of) => {
        const { externalServices, ...rest } = withVault([serviceNeed(of, 'start')]);
        const topology = {
            ...rest,
            externalServices: [...externalServices, externalService('saas', place('t'))],
            services: [...rest.services, service('front', [home('c2')], { requires: [externalCallee('saas')] })],
        };
        const serves: Aspect = ({ services }) => services['front']?.severity;
        const lines = restart('external:saas');
        expect(course(topology, [...vaultAway, ...lines], serves)).toBe('0 unaffected, 20 total, 200 unaffected');
        expect(course(topology, [...wayAway, ...lines], serves)).toBe('0 unaffected');
    });

    it('is waited for by a store outside until a home answers, wherever', () => {
        const topology = withVault([serviceNeed('store:postgres', 'start')]);
        const restarts = restart('store:postgres');
        expect(course(topology, [...wayAway, ...restarts], managementOperations)).toBe('0 unaffected');
        expect(course(topology, [...vaultAway, ...restarts], managementOperations)).toBe(
            '0 unaffected, 20 total, 200 unaffected',
        );
    });

    it('is waited for by a link', () => {
        const away = [...vaultAway, ...restart('link:c2/c1')];
        const caller = { eastWestFailover: said(true) };
        const topology = withVault([serviceNeed('link:c2/c1', 'start')], caller);
        const front = service('front', [home('c2')], { calls: [callee('shop')] });
        const served: Aspect = ({ services }) =>
            services['shop']?.consumers.find(({ name }) => name === 'front')?.severity;
        expect(course({ ...topology, services: [...topology.services, front] }, away, served)).toBe(
            '0 unaffected, 20 total, 200 unaffected',
        );
    });

    it('keeps nothing from starting without a way in health', () => {
        const topology = withVault([serviceNeed('c1', 'start')], {}, { eastWestFailover: said(false) });
        expect(course(topology, [...vaultAway, ...restart('c1')], clusterAlive)).toBe('0 true');
    });

    it('in a circle never comes', () => {
        const topology = withVault([serviceNeed('c2', 'start')]);
        expect(course(topology, ['20 restart c2'], alive('vault'))).toBe('0 1, 20 0');
        expect(course(topology, ['20 restart c2.istiod'], alive('vault'))).toBe('0 1');
    });
});
