import { describe, expect, it } from 'vitest';
import type { ManagementPlane, Placement, Topology } from '../../server/topology/topology.js';
import {
    estate,
    gateway,
    home,
    management,
    managementPlane,
    place,
    region,
    service,
    workloadCluster,
} from './by-hand.js';
import { exposure, said, somewhere } from './random-traffic.js';
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
const localOperations = operation('localClusterOperations', 'c1');
const metrics = operation('metricsCollection', 'c1');

/** Lives so long that nothing runs out. */
const long = { tokenTtl: 10_000, leafCertificateTtl: 100_000 };

/** A store that needs no cluster. */
const external = managementPlane({
    telemetryStore: { ...managementPlane().telemetryStore, placement: said('external') },
});

describe('central', () => {
    const central = 'mgmt.central-control-plane';

    it('takes one to two minutes to start', () => {
        const lines = [`10 fail ${central}`, `20 recover ${central}`];
        expect(course(shopEstate(), lines, freshness('c1'))).toBe('0 live, 10 queued, 140 live');
        expect(course(shopEstate(), lines, freshness('c1'), latest)).toBe('0 live, 10 queued, 80 live');
        expect(course(shopEstate(), [`10 restart ${central}`], freshness('c1'))).toBe('0 live, 10 queued, 130 live');
    });

    it('begins when the Kubernetes API is up, and then runs on', () => {
        const api = 'mgmt.kubernetes-api';
        const waiting = [`0 fail ${api}`, `10 restart ${central}`, `50 recover ${api}`];
        expect(course(shopEstate(long), waiting, localOperations)).toBe('0 unaffected, 10 limited, 170 unaffected');
        const runningOn = [`10 restart ${central}`, `20 fail ${api}`];
        expect(course(shopEstate(long), runningOn, localOperations)).toBe('0 unaffected, 10 limited, 130 unaffected');
    });

    it('begins anew if it is stopped meanwhile', () => {
        const again = [`0 fail ${central}`, `10 recover ${central}`, `50 fail ${central}`, `60 recover ${central}`];
        expect(course(shopEstate(), again, freshness('c1'))).toBe('0 queued, 180 live');
        expect(course(shopEstate(), [`0 restart ${central}`, `100 restart mgmt`], freshness('c1'))).toBe(
            '0 queued, 220 live',
        );
    });
});

const front = 'mgmt.management-plane.front-envoy';
const plane = 'mgmt.management-plane';
const edgePlane = 'c1.edge-control-plane';

/** `shop` in c1 and c2, exposed through the ingress gateway of c1; `db` on virtual machines in c1. */
function exposed(parts: Partial<ManagementPlane> = {}): Topology {
    return estate({
        regions: [region('r')],
        clusters: [
            management('mgmt', {
                locality: place('r'),
                managementPlane: managementPlane({ gitops: said(true), ...parts }),
            }),
            workloadCluster('c1', {
                edge: { ...shortEdge(long), gitops: said('sync') },
                gateways: [gateway('c1', ['ingress'])],
            }),
            workloadCluster('c2', { edge: shortEdge(long) }),
        ],
        services: [
            service('shop', [home('c1'), home('c2')], { exposures: [exposure('h')] }),
            service('db', [home('c1', { virtualMachines: { at: somewhere } })]),
        ],
    });
}

const internalPostgres: ManagementPlane['postgres'] = {
    ...managementPlane().postgres,
    placement: said<Placement>('internal'),
};

describe('what comes back', () => {
    it.each<[string, string, Aspect, string]>([
        [front, 'mgmt.kubernetes-api', managementOperations, '0 unaffected, 10 total, 30 unaffected'],
        [`${plane}.tsb`, 'mgmt.kubernetes-api', managementOperations, '0 unaffected, 10 total, 30 unaffected'],
        [`${plane}.iam`, 'mgmt.kubernetes-api', managementOperations, '0 unaffected, 10 total, 30 unaffected'],
        [`${plane}.web`, 'mgmt.kubernetes-api', managementOperations, '0 unaffected, 10 limited, 30 unaffected'],
        [`${plane}.oap`, 'mgmt.kubernetes-api', managementOperations, '0 unaffected, 10 limited, 30 unaffected'],
        [`${plane}.gitops`, 'mgmt.kubernetes-api', managementOperations, '0 unaffected, 10 limited, 30 unaffected'],
        [`${plane}.otel-collector`, 'mgmt.kubernetes-api', metrics, '0 unaffected, 10 limited, 30 unaffected'],
        [plane, 'mgmt.kubernetes-api', managementOperations, '0 unaffected, 10 total, 30 unaffected'],
        ['mgmt', 'mgmt.kubernetes-api', managementOperations, '0 unaffected, 10 total, 30 unaffected'],
        ['region:r', 'mgmt.kubernetes-api', managementOperations, '0 unaffected, 10 total, 30 unaffected'],
        ['store:elasticsearch', 'mgmt.kubernetes-api', metrics, '0 unaffected, 10 total, 30 unaffected'],
        [`${edgePlane}.oap`, 'c1.kubernetes-api', metrics, '0 unaffected, 10 total, 30 unaffected'],
        [`${edgePlane}.otel-collector`, 'c1.kubernetes-api', metrics, '0 unaffected, 10 limited, 30 unaffected'],
        [edgePlane, 'c1.kubernetes-api', metrics, '0 unaffected, 10 total, 30 unaffected'],
        ['c1.ingress', 'c1.kubernetes-api', host('h'), '0 unaffected, 10 total, 30 unaffected'],
        ['c1.ingress', 'c1.istiod', host('h'), '0 unaffected, 10 total, 30 unaffected'],
        ['c1.data-plane', 'c1.kubernetes-api', host('h'), '0 unaffected, 10 total, 30 unaffected'],
        ['shop@c1', 'c1.kubernetes-api', alive('shop'), '0 2, 10 1, 30 2'],
        ['shop@c1', 'c1.istiod', alive('shop'), '0 2, 10 1, 30 2'],
        ['service:shop', 'c1.istiod', alive('shop'), '0 2, 10 1, 30 2'],
        ['c1', 'c1.kubernetes-api', alive('shop'), '0 2, 10 1, 30 2'],
        ['db@c1', 'c1.istiod', alive('db'), '0 1, 10 0, 30 1'],
        ['db@c1', 'c1.kubernetes-api', alive('db'), '0 1'],
        ['c2', 'c1.kubernetes-api', alive('shop'), '0 2'],
    ])('%s waits for %s', (element, need, aspect, expected) => {
        const lines = [`0 fail ${need}`, `10 restart ${element}`, `30 recover ${need}`];
        expect(course(exposed(), lines, aspect)).toBe(expected);
        // what runs, runs on
        expect(course(exposed(), [lines[0]!, lines[2]!], aspect)).toMatch(/^0 \w+$/);
    });

    it('operators wait, too: the tokens and certificates notice', () => {
        const waiting = (cluster: string, operator: string) => [
            `0 fail ${cluster}.kubernetes-api`,
            `10 restart ${operator}`,
            `60 recover ${cluster}.kubernetes-api`,
        ];
        const lives = { tokenTtl: 50 };
        const [own, of] = ['c1.edge-control-plane.operator', 'mgmt.management-plane.operator'];
        // in time, in the very second
        expect(course(shopEstate(lives), waiting('c1', own), freshness('c1'))).toBe('0 queued, 60 live');
        expect(course(shopEstate({ tokenTtl: 49 }), waiting('c1', own), freshness('c1'))).toBe('0 queued, 960 live');
        const later = waiting('mgmt', of).map((line) => line.replace('60 recover', '70 recover'));
        expect(course(shopEstate(long), later, managementOperations)).toBe('0 unaffected, 60 total, 70 unaffected');
    });

    it('iam waits for Postgres, and Postgres for its Kubernetes API where it is internal', () => {
        const [api, iam] = ['mgmt.kubernetes-api', `${plane}.iam`];
        const lines = ['0 fail store:postgres', `10 restart ${iam}`, '30 recover store:postgres'];
        expect(course(exposed(), lines, metrics)).toBe('0 unaffected, 10 limited, 30 unaffected');
        const stores = [`0 fail ${api}`, '10 restart store:postgres', `30 recover ${api}`];
        expect(course(exposed(), stores, managementOperations)).toBe('0 unaffected');
        expect(course(exposed({ postgres: internalPostgres }), stores, managementOperations)).toBe(
            '0 unaffected, 10 total, 30 unaffected',
        );
    });

    it('an external store waits for nothing', () => {
        const lines = ['0 fail mgmt.kubernetes-api', '10 fail store:elasticsearch', '20 recover store:elasticsearch'];
        expect(course(exposed(), lines, metrics)).toBe('0 unaffected, 10 total');
        expect(course(exposed(external), lines, metrics)).toBe('0 unaffected, 10 total, 20 unaffected');
    });

    it('an OAP waits for the telemetry store', () => {
        const lines = ['0 fail store:elasticsearch', '10 restart c1.edge-control-plane.oap'];
        // limited: held back; total: nobody is there to hold back
        expect(course(shopEstate({ metricsBuffer: 9_000 }), lines, metrics)).toBe('0 limited, 10 total');
    });

    it('need not start if it was not stopped', () => {
        const [postgres, api] = ['store:postgres', 'mgmt.kubernetes-api'];
        const lines = [`0 fail ${postgres}`, `10 fail ${api}`, `20 recover ${postgres}`];
        expect(course(exposed(), lines, managementOperations)).toBe('0 total, 20 unaffected');
        // expired certificates, with no Kubernetes API to start anything
        const expired = ['0 fail c1.istiod', '110 fail c1.kubernetes-api', '120 recover c1.istiod'];
        expect(course(shopEstate(), expired, alive('shop'))).toBe('0 2, 100 1');
        const renewed = ['0 fail c1.istiod', '120 recover c1.istiod', '120 fail c1.kubernetes-api'];
        // istiod itself has to start
        expect(course(shopEstate(), renewed, alive('shop'))).toBe('0 2, 100 1');
        const before = ['0 fail c1.istiod', '120 recover c1.istiod', '121 fail c1.kubernetes-api'];
        expect(course(shopEstate(), before, alive('shop'))).toBe('0 2, 100 1, 120 2');
    });

    it('is stopped as long as anything that contains it is', () => {
        const lines = ['0 fail c1', '10 fail shop@c1', '20 recover c1', '30 recover shop@c1'];
        expect(course(exposed(), lines, alive('shop'))).toBe('0 1, 30 2');
        const other = ['0 fail c1', '10 fail shop@c1', '20 recover shop@c1', '30 recover c1'];
        expect(course(exposed(), other, alive('shop'))).toBe('0 1, 30 2');
    });
});

describe('a restart', () => {
    it('of a whole cluster is over within the second', () => {
        const everything: Aspect = (result) => JSON.stringify(result);
        expect(course(exposed(), ['10 restart c1'], everything)).not.toContain(', 10 {');
    });

    it('of the management cluster takes as long as central', () => {
        expect(course(exposed(), ['10 restart mgmt'], freshness('c1'))).toBe('0 live, 10 queued, 130 live');
        expect(course(exposed({ postgres: internalPostgres }), ['10 restart mgmt'], managementOperations)).toBe(
            '0 unaffected',
        );
    });

    it('of the whole region is over with the last that needs others', () => {
        const lines = ['10 fail region:r', '20 recover region:r'];
        expect(course(exposed(), lines, freshness('c1'))).toBe('0 live, 10 frozen, 20 queued, 140 live');
        expect(course(exposed({ postgres: internalPostgres }), lines, managementOperations)).toBe(
            '0 unaffected, 10 total, 20 unaffected',
        );
    });

    it('starts what needs nothing else, and keeps the rest waiting', () => {
        const lines = ['0 fail c1.istiod', '10 restart c1', '20 recover c1.istiod'];
        expect(course(exposed(), lines, alive('shop'))).toBe('0 2, 10 1, 20 2');
        expect(course(exposed(), lines, metrics)).toBe('0 unaffected');
    });

    it('brings back what was made to fail', () => {
        expect(course(exposed(), ['0 fail shop@c1', '10 restart shop@c1'], alive('shop'))).toBe('0 1, 10 2');
        // but not what contains it
        expect(course(exposed(), ['0 fail c1', '10 restart shop@c1'], alive('shop'))).toBe('0 1');
    });
});

describe('the iam-signing-key', () => {
    const [key, iam] = ['store:iam-signing-key', 'mgmt.management-plane.iam'];
    const started = [`0 fail ${key}`, `10 restart ${iam}`];

    it('is not missed while iam runs', () => {
        expect(course(shopEstate(), [`0 fail ${key}`], freshness('c1'))).toBe('0 live');
        expect(course(shopEstate(), [`10 restart ${iam}`], freshness('c1'))).toBe('0 live');
    });

    it('voids every token if iam starts without it', () => {
        expect(course(shopEstate(), started, freshness('c1'))).toBe('0 live, 10 queued');
        expect(course(shopEstate(), started, freshness('c2'))).toBe('0 live, 10 queued');
        expect(course(shopEstate(), started, managementOperations)).toBe('0 unaffected');
        expect(course(shopEstate(), started, metrics)).toBe('0 unaffected, 10 total');
    });

    it.each([
        ['a failure', [`10 fail ${iam}`, `20 recover ${iam}`], '0 live, 10 frozen, 20 queued'],
        ['the plane', ['20 restart mgmt.management-plane'], '0 live, 20 queued'],
        ['the cluster', ['20 restart mgmt'], '0 live, 20 queued'],
        ['front-envoy', ['20 restart mgmt.management-plane.front-envoy'], '0 live'],
    ])('is read with each start: %s', (_, lines, expected) => {
        expect(course(shopEstate(), [`0 fail ${key}`, ...lines], freshness('c1'))).toBe(expected);
    });

    it('lets the tokens be renewed when it is back', () => {
        const restored = [...started, `50 recover ${key}`];
        expect(course(shopEstate(), restored, freshness('c1'))).toBe('0 live, 10 queued, 950 live');
        expect(course(shopEstate(), restored, freshness('c1'), latest)).toBe('0 live, 10 queued, 50 live');
    });

    it('lets nothing be renewed that could not be renewed anyway', () => {
        const link = 'link:c1->mgmt';
        const lines = [...started, `20 fail ${link}`, `50 recover ${key}`, `70 recover ${link}`];
        expect(course(shopEstate(), lines, freshness('c1'), latest)).toBe('0 live, 10 queued, 70 live');
        expect(course(shopEstate(), lines, freshness('c2'), latest)).toBe('0 live, 10 queued, 50 live');
        expect(course(shopEstate(), lines, freshness('c1'))).toBe('0 live, 10 queued, 970 live');
    });

    it('is read when iam starts, and not when it begins to wait', () => {
        const waiting = ['0 fail store:postgres', `0 fail ${key}`, `10 restart ${iam}`];
        const back = 'recover store:postgres';
        expect(course(shopEstate(), [...waiting, `20 recover ${key}`, `30 ${back}`], freshness('c1'))).toBe(
            '0 frozen, 30 live',
        );
        expect(course(shopEstate(), [...waiting, `30 ${back}`], freshness('c1'))).toBe('0 frozen, 30 queued');
    });

    it('is not read by an iam that was stopped while it waited', () => {
        const waiting = ['0 fail store:postgres', `0 fail ${key}`, `10 restart ${iam}`, `15 fail ${iam}`];
        const back = ['20 recover store:postgres', `30 recover ${key}`, `40 recover ${iam}`];
        expect(course(shopEstate(), [...waiting, ...back], freshness('c1'))).toBe('0 frozen, 40 live');
    });

    it('comes back with its cluster, before iam', () => {
        const lines = ['0 fail mgmt', '10 recover mgmt'];
        expect(course(shopEstate(), lines, operation('metricsCollection', 'c1'))).toBe('0 total, 10 unaffected');
    });
});
