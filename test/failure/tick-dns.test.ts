import { describe, expect, it } from 'vitest';
import type { Home } from '../../server/topology/topology.js';
import { edge, estate, gateway, home, management, service, workloadCluster } from './by-hand.js';
import { callee, exposure, somewhere } from './random-traffic.js';
import { alive, course, freshness, host, operation, shopEstate, shortEdge, type Aspect } from './tick-course.js';

const latest = { reading: 'latest' } as const;
const outage = ['10 fail c1.dns', '300 recover c1.dns'];
const onMachines: Partial<Home> = { virtualMachines: { at: somewhere } };

/** Lives so long that nothing runs out. */
const long = { tokenTtl: 10_000, leafCertificateTtl: 100_000 };

describe('without the DNS of its cluster', () => {
    it('an agent gets no new token, and the stream stands for as long as the old one lasts', () => {
        expect(course(shopEstate(), outage, freshness('c1'))).toBe('0 live, 110 queued, 1200 live');
        expect(course(shopEstate(), outage, freshness('c1'), latest)).toBe('0 live, 110 queued, 300 live');
        expect(course(shopEstate(), outage, freshness('c2'))).toBe('0 live');
    });

    it('of the management cluster nothing can be written, and tokens are renewed', () => {
        const lines = ['10 fail mgmt.dns', '300 recover mgmt.dns'];
        expect(course(shopEstate(), lines, freshness('c1'))).toBe('0 live, 10 frozen, 300 live');
    });

    it('pods and gateways get no new certificates', () => {
        const topology = estate({
            clusters: [
                management('mgmt'),
                workloadCluster('c1', {
                    edge: shortEdge({ ...long, leafCertificateTtl: 200 }),
                    gateways: [gateway('c1', ['ingress'])],
                }),
                workloadCluster('c2', { edge: shortEdge() }),
            ],
            services: [service('shop', [home('c1'), home('c2')], { exposures: [exposure('h')] })],
        });
        expect(course(topology, outage, alive('shop'))).toBe('0 2, 110 1, 300 2');
        expect(course(topology, outage, alive('shop'), latest)).toBe('0 2, 210 1, 300 2');
        expect(course(topology, outage, host('h'))).toBe('0 unaffected, 110 total, 300 unaffected');
    });

    it('it does not matter which of DNS and istiod is away', () => {
        const lines = ['10 fail c1.dns', '60 fail c1.istiod', '60 recover c1.dns'];
        const machines = shopEstate({}, {}, [service('shop', [home('c1', onMachines), home('c2')])]);
        expect(course(shopEstate(), lines, alive('shop'))).toBe('0 2, 110 1');
        expect(course(machines, lines, alive('shop'))).toBe('0 2, 110 1');
    });

    it.each(['c1', 'c2'])('machines get no new certificates either, by a gateway in %s', (there) => {
        const topology = estate({
            clusters: [
                management('mgmt'),
                workloadCluster('c1', {
                    edge: shortEdge({ leafCertificateTtl: 200 }),
                    gateways: [gateway('c1', ['vm'])],
                }),
                workloadCluster('c2', {
                    edge: shortEdge({ leafCertificateTtl: 200 }),
                    gateways: [gateway('c2', ['vm'])],
                }),
            ],
            services: [
                service('db', [
                    home('c1', {
                        virtualMachines: { at: somewhere, gateway: { cluster: there, gateway: 'vm', at: somewhere } },
                    }),
                ]),
            ],
        });
        expect(course(topology, ['10 fail c1.dns'], alive('db'))).toBe('0 1, 110 0');
    });

    it('metrics fill the buffer', () => {
        const metrics = operation('metricsCollection', 'c1');
        expect(course(shopEstate(long), outage, metrics)).toBe('0 unaffected, 10 total, 300 unaffected');
        const buffered = shopEstate({ ...long, metricsBuffer: 30 });
        expect(course(buffered, outage, metrics)).toBe('0 unaffected, 10 limited, 40 total, 300 unaffected');
        // the dead collect nothing: the tokens have run out when the cluster is back, and the buffer is empty
        const dead = ['0 fail c1', '130 recover c1'];
        const short = shopEstate({ ...long, tokenTtl: 100, metricsBuffer: 120 });
        expect(course(short, dead, metrics, { until: 200 })).toBe('0 total, 130 limited');
    });
});

describe('nothing starts without the DNS of its cluster', () => {
    const live: Aspect = (result) => freshness('c1')(result);

    it.each<[string, string, Aspect, string]>([
        ['shop@c1', 'c1', alive('shop'), '0 2, 10 1, 30 2'],
        ['c1.edge-control-plane.xcp-edge', 'c1', live, '0 live, 10 queued, 30 live'],
        ['mgmt.management-plane.mpc', 'mgmt', live, '0 frozen, 30 live'],
        ['mgmt.central-control-plane', 'mgmt', live, '0 frozen, 30 queued, 150 live'],
    ])('%s', (starts, cluster, aspect, expected) => {
        const lines = [`0 fail ${cluster}.dns`, `10 restart ${starts}`, `30 recover ${cluster}.dns`];
        expect(course(shopEstate(long), lines, aspect)).toBe(expected);
    });

    it('but machines, which stand beside it', () => {
        const topology = shopEstate(long, {}, [service('shop', [home('c1', onMachines), home('c2')])]);
        expect(course(topology, ['0 fail c1.dns', '10 restart shop@c1'], alive('shop'))).toBe('0 2');
    });

    it('which itself needs the Kubernetes API, and not istiod', () => {
        const topology = estate({
            clusters: [management('mgmt'), workloadCluster('c1', { edge: edge() })],
            services: [
                service('db', [home('c1')]),
                service('shop', [home('c1')], { calls: [callee('db')], exposures: [] }),
            ],
        });
        const shop: Aspect = ({ services }) => services['shop']?.severity;
        const waiting = (on: string) => [`0 fail ${on}`, '10 restart c1.dns', `30 recover ${on}`];
        expect(course(topology, waiting('c1.kubernetes-api'), shop)).toBe('0 unaffected, 10 limited, 30 unaffected');
        expect(course(topology, waiting('c1.istiod'), shop)).toBe('0 unaffected');
    });
});
