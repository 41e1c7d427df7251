import { describe, expect, it } from 'vitest';
import type { Gateway, Home, Topology } from '../../server/topology/topology.js';
import { edge, estate, gateway, home, management, managementPlane, service, workloadCluster } from './by-hand.js';
import { exposure, gatewayRef, said, somewhere } from './random-traffic.js';
import { publishedClocks } from './tick-clocks.js';
import {
    alive,
    course,
    freshness,
    host,
    managementOperations,
    operation,
    shopEstate,
    shortEdge,
    type Lives,
} from './tick-course.js';

const latest = { reading: 'latest' } as const;
const localOperations = operation('localClusterOperations', 'c1');
const metrics = operation('metricsCollection', 'c1');
const workloads = operation('runningWorkloads', 'c1');

describe('an agent token', () => {
    const outage = ['10 fail mgmt.management-plane.iam', '200 recover mgmt.management-plane.iam'];

    it('expires with the outage, and takes the stream, the delivery and the telemetry along', () => {
        expect(course(shopEstate(), outage, localOperations)).toBe('0 unaffected, 110 limited, 1100 unaffected');
        expect(course(shopEstate(), outage, freshness('c1'))).toBe('0 live, 10 frozen, 200 queued, 1100 live');
        expect(course(shopEstate(), outage, metrics)).toBe('0 unaffected, 10 limited, 110 total, 1100 unaffected');
    });

    it('is renewed at once at the latest reading', () => {
        expect(course(shopEstate(), outage, localOperations, latest)).toBe('0 unaffected, 110 limited, 200 unaffected');
    });

    it.each([
        ['c1.edge-control-plane.operator', '0 live, 110 queued, 1100 live', '0 live'],
        ['c1.edge-control-plane', '0 live, 10 queued, 1100 live', '0 live'],
        ['link:c1->mgmt', '0 live, 10 queued, 1100 live', '0 live'],
        ['link:c1/mgmt', '0 live, 10 queued, 1100 live', '0 live'],
        ['link:mgmt->c1', '0 live', '0 live'],
        ['mgmt.management-plane.front-envoy', '0 live, 10 frozen, 200 queued, 1100 live', 'as c1'],
        ['mgmt.management-plane.tsb', '0 live, 10 frozen, 200 live', 'as c1'],
        ['mgmt', '0 live, 10 frozen, 200 queued, 1100 live', 'as c1'],
        // nothing is delivered to the dead; what ran out meanwhile has to be renewed on return
        ['c1', '0 live, 10 null, 200 queued, 1100 live', '0 live'],
    ])('is not renewed without what it comes from: %s', (element, here, there) => {
        const lines = [`10 fail ${element}`, `200 recover ${element}`];
        expect(course(shopEstate(), lines, freshness('c1'))).toBe(here);
        expect(course(shopEstate(), lines, freshness('c2'))).toBe(there === 'as c1' ? here : there);
    });

    it('needs no link where the management cluster carries workloads itself', () => {
        const topology = shopEstate({}, { edge: shortEdge() }, [service('shop', [home('mgmt')])]);
        const lines = ['0 fail mgmt.management-plane.operator', '10 fail link:c1/mgmt', '10 fail link:mgmt->c1'];
        const local = operation('localClusterOperations', 'mgmt');
        expect(course(topology, lines, local, { until: 120 })).toBe('0 unaffected');
        expect(course(topology, lines, local, { until: 160 })).toBe('0 unaffected, 150 limited');
    });

    it('lasts if it is repaired in the very second', () => {
        const operator = 'c1.edge-control-plane.operator';
        const until = (second: number) => [`10 fail ${operator}`, `${second} recover ${operator}`];
        expect(course(shopEstate(), until(110), freshness('c1'))).toBe('0 live');
        expect(course(shopEstate(), until(111), freshness('c1'))).toBe('0 live, 110 queued, 1011 live');
    });

    it('starts again from nothing', () => {
        const operator = 'c1.edge-control-plane.operator';
        const lines = [`10 fail ${operator}`, `60 recover ${operator}`, `70 fail ${operator}`];
        expect(course(shopEstate(), lines, freshness('c1'))).toBe('0 live, 170 queued');
    });

    it('does not start again where one reason follows another without a break', () => {
        const [one, other] = ['mgmt.management-plane.iam', 'mgmt.management-plane.front-envoy'];
        const lines = [`10 fail ${one}`, `60 fail ${other}`, `70 recover ${one}`];
        expect(course(shopEstate(), lines, localOperations)).toBe('0 unaffected, 110 limited');
        const atOnce = [`10 fail ${one}`, `60 fail ${other}`, `60 recover ${one}`];
        expect(course(shopEstate(), atOnce, localOperations)).toBe('0 unaffected, 110 limited');
    });

    it('stays expired if the condition comes back before it is renewed', () => {
        const operator = 'c1.edge-control-plane.operator';
        const lines = ['0 fail', '150 recover', '200 fail', '210 recover'].map((line) => `${line} ${operator}`);
        expect(course(shopEstate(), lines, freshness('c1'))).toBe('0 live, 100 queued, 1110 live');
    });

    it('is worth an hour, and a quarter of an hour to be renewed, if nothing else is said', () => {
        const topology = estate({ clusters: [management('mgmt'), workloadCluster('c1')] });
        const lines = ['60 fail link:c1->mgmt', '7200 recover link:c1->mgmt'];
        expect(course(topology, lines, metrics, { clocks: publishedClocks, until: 9_000 })).toBe(
            '0 unaffected, 60 total, 8100 unaffected',
        );
        const inTime = ['60 fail link:c1->mgmt', '3660 recover link:c1->mgmt'];
        expect(course(topology, inTime, metrics, { clocks: publishedClocks, until: 9_000 })).toBe(
            '0 unaffected, 60 total, 3660 unaffected',
        );
    });

    it('cuts the way of the metrics, wherever the store is', () => {
        const store = { ...managementPlane().telemetryStore, placement: said('external' as const) };
        const topology = shopEstate({}, { managementPlane: managementPlane({ telemetryStore: store }) });
        expect(course(topology, ['0 fail c1.edge-control-plane.operator'], metrics)).toBe('0 unaffected, 100 total');
        const buffering = shopEstate({ metricsBuffer: 50 });
        const lines = ['0 fail c1.edge-control-plane.operator', '300 recover c1.edge-control-plane.operator'];
        expect(course(buffering, lines, metrics)).toBe('0 unaffected, 100 limited, 150 total, 1200 unaffected');
    });

    it('does not exist without a management cluster', () => {
        const topology = estate({ clusters: [workloadCluster('c1', { edge: shortEdge() })] });
        expect(course(topology, ['0 fail c1.edge-control-plane'], freshness('c1'))).toBe('0 null');
    });
});

describe('a leaf certificate', () => {
    const outage = ['10 fail c1.istiod', '300 recover c1.istiod'];

    it('expires between its renewal and the end of its life, and takes what shows it along', () => {
        expect(course(shopEstate(), outage, alive('shop'))).toBe('0 2, 110 1, 300 2');
        expect(course(shopEstate(), outage, alive('shop'), latest)).toBe('0 2, 210 1, 300 2');
    });

    it.each([
        ['c1.data-plane', '0 2, 110 1, 300 2'],
        // they go at once, and do not run out besides
        ['c1', '0 2, 10 1, 300 2'],
        ['c1.kubernetes-api', '0 2'],
    ])('is renewed by istiod alone: %s', (element, expected) => {
        const lines = [`10 fail ${element}`, `300 recover ${element}`];
        expect(course(shopEstate(), lines, alive('shop'))).toBe(expected);
    });

    it('lasts if istiod is back in the very second', () => {
        const until = (second: number) => ['10 fail c1.istiod', `${second} recover c1.istiod`];
        expect(course(shopEstate(), until(110), alive('shop'))).toBe('0 2');
        expect(course(shopEstate(), until(111), alive('shop'))).toBe('0 2, 110 1, 111 2');
        expect(course(shopEstate(), until(210), alive('shop'), latest)).toBe('0 2');
    });

    it('is renewed at half life: what is left of it then, rounded down to a second, is left at least', () => {
        const topology = shopEstate({ leafCertificateTtl: 55 });
        expect(course(topology, ['0 fail c1.istiod'], alive('shop'))).toBe('0 2, 27 1');
        expect(course(topology, ['0 fail c1.istiod'], alive('shop'), latest)).toBe('0 2, 55 1');
    });

    it('is shown by gateways and by workloads that nobody named', () => {
        const topology = estate({
            clusters: [
                workloadCluster('c1', { edge: shortEdge(), gateways: [gateway('c1', ['tier1'])] }),
                workloadCluster('c2', { edge: shortEdge(), gateways: [gateway('c2', ['ingress'])] }),
                workloadCluster('c3', { edge: shortEdge() }),
            ],
            services: [
                service('shop', [home('c2')], { exposures: [exposure('h', { via: [gatewayRef('c1.tier1')] })] }),
            ],
        });
        const unnamed = operation('runningWorkloads', 'c3');
        expect(course(topology, ['0 fail c1.istiod', '160 recover c1.istiod'], host('h'))).toBe(
            '0 unaffected, 100 total, 160 unaffected',
        );
        expect(course(topology, ['0 fail c3.istiod'], unnamed)).toBe('0 unaffected, 100 total');
    });
});

/** `db` on virtual machines in c1, with these gateways there, and one that serves machines in c2. */
function machines(gateways: readonly Gateway[], via?: string, lives?: Lives): Topology {
    const onMachines: Home['virtualMachines'] = { at: somewhere, ...(via && { gateway: gatewayRef(via) }) };
    return estate({
        clusters: [
            workloadCluster('c1', { edge: shortEdge(lives), gateways }),
            workloadCluster('c2', { edge: shortEdge(), gateways: [gateway('c2', ['vm'])] }),
        ],
        services: [service('db', [home('c1', { virtualMachines: onMachines })])],
    });
}

describe('a certificate of virtual machines', () => {
    const own = [gateway('c1', ['vm'])];

    it.each([
        ['c1.vm', '0 1, 110 0, 300 1', '0 1, 210 0, 300 1'],
        ['c1.istiod', '0 1, 110 0, 300 1', '0 1, 210 0, 300 1'],
        // they live on, and count as lost
        ['c1', '0 1, 10 0, 300 1', '0 1, 10 0, 300 1'],
        ['c2.vm', '0 1', '0 1'],
        ['c2', '0 1', '0 1'],
    ])('expires while they get no configuration: %s', (element, early, late) => {
        const lines = [`10 fail ${element}`, `300 recover ${element}`];
        expect(course(machines(own), lines, alive('db'))).toBe(early);
        expect(course(machines(own), lines, alive('db'), latest)).toBe(late);
    });

    it('needs the gateway that is named, and istiod of its own cluster', () => {
        expect(course(machines(own, 'c2.vm'), ['0 fail c1.vm'], alive('db'))).toBe('0 1');
        expect(course(machines(own, 'c2.vm'), ['0 fail c2.vm'], alive('db'))).toBe('0 1, 100 0');
        expect(course(machines(own, 'c2.vm'), ['0 fail c1.istiod'], alive('db'))).toBe('0 1, 100 0');
        // the gateway of c2 shows a certificate of c2: it is lost at 100
        expect(course(machines(own, 'c2.vm'), ['0 fail c2.istiod'], alive('db'))).toBe('0 1, 200 0');
    });

    it('needs one of several gateways', () => {
        const two = ['one', 'other'].map((name) => gateway('c1', ['vm'], { name }));
        expect(course(machines(two), ['0 fail c1.one'], alive('db'))).toBe('0 1');
        expect(course(machines(two), ['0 fail c1.one', '20 fail c1.other'], alive('db'))).toBe('0 1, 120 0');
    });

    it('goes with istiod alone where there is no gateway for machines', () => {
        expect(course(machines([gateway('c1', ['ingress'])]), ['0 fail c1.ingress'], alive('db'))).toBe('0 1');
        expect(course(machines([]), ['0 fail c1.istiod'], alive('db'))).toBe('0 1, 100 0');
    });

    it('has the life that the cluster of the machines gives it', () => {
        const topology = machines(own, 'c2.vm', { leafCertificateTtl: 500 });
        expect(course(topology, ['0 fail c2.vm'], alive('db'))).toBe('0 1, 250 0');
    });

    it('outlives a dead cluster where the gateway stands elsewhere, for as long as it lasts without istiod', () => {
        const lines = ['10 fail c1', '300 recover c1'];
        expect(course(machines(own, 'c2.vm'), lines, alive('db'))).toBe('0 1, 110 0, 300 1');
    });
});

describe('the certificate authority of a cluster', () => {
    const ofCentral = shopEstate({ certificateAuthority: 'central' });

    it('expires without central, and takes what an expired leaf certificate takes', () => {
        const lines = ['10 fail mgmt.central-control-plane', '400 recover mgmt.central-control-plane'];
        // central starts for two minutes, or one
        expect(course(ofCentral, lines, alive('shop'))).toBe('0 2, 310 1, 520 2');
        expect(course(ofCentral, lines, alive('shop'), latest)).toBe('0 2, 310 1, 460 2');
        expect(course(shopEstate(), lines, alive('shop'))).toBe('0 2');
    });

    it('expires for whatever reason the stream is lost, an expired token included', () => {
        expect(course(ofCentral, ['0 fail link:c1->mgmt'], alive('shop'))).toBe('0 2, 300 1');
        expect(course(ofCentral, ['0 fail mgmt.management-plane.iam'], alive('shop'))).toBe('0 2, 400 1');
        expect(course(ofCentral, ['0 fail c1.kubernetes-api'], alive('shop'))).toBe('0 2, 300 1');
    });

    it('is there in time with a stream of the very second', () => {
        const lines = (back: number) => ['0 fail link:c1->mgmt', `${back} recover link:c1->mgmt`];
        const patient = shopEstate({ certificateAuthority: 'central', tokenTtl: 1_000 });
        expect(course(patient, lines(300), alive('shop'))).toBe('0 2');
        expect(course(patient, lines(301), alive('shop'))).toBe('0 2, 300 1, 301 2');
    });
});

describe('the certificates of TSB', () => {
    const outage = ['10 fail mgmt.management-plane.operator', '300 recover mgmt.management-plane.operator'];

    it('expire without the operator of the management plane, and front-envoy with them', () => {
        expect(course(shopEstate(), outage, managementOperations)).toBe('0 unaffected, 60 total, 300 unaffected');
        expect(course(shopEstate(), outage, managementOperations, latest)).toBe(
            '0 unaffected, 160 total, 300 unaffected',
        );
    });

    it('take the tokens along, one life later', () => {
        expect(course(shopEstate(), outage, localOperations)).toBe('0 unaffected, 160 limited, 1200 unaffected');
    });

    it('last if the operator is back in the very second, and so do the tokens', () => {
        const back = (second: number) => [outage[0]!, `${second} recover mgmt.management-plane.operator`];
        expect(course(shopEstate(), back(60), managementOperations)).toBe('0 unaffected');
        expect(course(shopEstate(), back(160), localOperations)).toBe('0 unaffected');
        expect(course(shopEstate(), back(161), localOperations)).toBe('0 unaffected, 160 limited, 1061 unaffected');
    });
});

describe('a metrics buffer', () => {
    const buffering = shopEstate({ metricsBuffer: 50 });

    it.each([
        ['store:elasticsearch', '0 unaffected, 10 limited, 60 total, 90 unaffected'],
        ['link:c1->mgmt', '0 unaffected, 10 limited, 60 total, 90 unaffected'],
        // nothing is left to be held back
        ['c1.edge-control-plane.oap', '0 unaffected, 10 total, 90 unaffected'],
        // telemetry of components only
        ['mgmt.management-plane.otel-collector', '0 unaffected, 10 limited, 90 unaffected'],
    ])('is full after its time: %s', (element, expected) => {
        expect(course(buffering, [`10 fail ${element}`, `90 recover ${element}`], metrics)).toBe(expected);
    });

    it('is empty again as soon as the way is open', () => {
        const lines = ['0 fail', '40 recover', '50 fail', '100 recover'].map((line) => `${line} store:elasticsearch`);
        // full in the second in which the way is open: in time
        expect(course(buffering, lines, metrics)).toBe('0 limited, 40 unaffected, 50 limited, 100 unaffected');
    });

    it('fills as long as the way is cut, whatever the collector does', () => {
        const oap = 'c1.edge-control-plane.oap';
        const lines = ['0 fail link:c1->mgmt', `10 fail ${oap}`, `20 recover ${oap}`];
        expect(course(buffering, lines, metrics)).toBe('0 limited, 10 total, 20 limited, 50 total');
    });

    it('of no length is none', () => {
        expect(course(shopEstate({ metricsBuffer: 0 }), ['10 fail store:elasticsearch'], metrics)).toBe(
            '0 unaffected, 10 total',
        );
    });
});

it('an estate without a management cluster has certificates of workloads only', () => {
    const topology = estate({
        clusters: [workloadCluster('c1', { edge: { ...edge(), leafCertificateTtl: said(200) } })],
    });
    expect(course(topology, ['0 fail c1.edge-control-plane'], workloads)).toBe('0 unaffected');
    expect(course(topology, ['0 fail c1.istiod'], workloads)).toBe('0 unaffected, 100 total');
});
