import { describe, expect, it } from 'vitest';
import type { Topology } from '../../server/topology/topology.js';
import { estate, gateway, home, management, service, workloadCluster } from './by-hand.js';
import { callee, exposure, said } from './random-traffic.js';
import { course, host, shortEdge } from './tick-course.js';

/** Lives so long that nothing runs out. */
const long = shortEdge({ tokenTtl: 100_000, leafCertificateTtl: 100_000 });

/** `web` in c1 is exposed and requires `api`, which is in c2 and c3; nobody probes it. */
function estateWith(parts: { readonly local?: boolean } = {}): Topology {
    const homes = (parts.local ? ['c1', 'c2'] : ['c2', 'c3']).map((cluster) => home(cluster));
    const cluster = (name: string) =>
        workloadCluster(name, { edge: long, gateways: [gateway(name, ['ingress', 'east-west'])] });
    return estate({
        clusters: [management('mgmt'), cluster('c1'), cluster('c2'), cluster('c3')],
        services: [
            service('web', [home('c1')], { exposures: [exposure('h')], requires: [callee('api')] }),
            service('api', homes, { eastWestFailover: said(true), outlierDetection: said(false) }),
        ],
    });
}

describe('what nobody probes', () => {
    const remote = estateWith();

    it.each([
        ['is withdrawn while the streams live', ['10 fail api@c2'], '0 unaffected'],
        ['stays withdrawn', ['10 fail api@c2', '20 fail link:c1->mgmt'], '0 unaffected'],
        ['stays withdrawn, cluster and all', ['10 fail api@c2', '20 fail c2'], '0 unaffected'],
        [
            'is not withdrawn with streams that die before',
            ['10 fail link:c1->mgmt', '20 fail api@c2'],
            '0 unaffected, 20 limited',
        ],
        [
            'is not withdrawn with streams that die in the same second',
            ['10 fail api@c2', '10 fail link:c1->mgmt'],
            '0 unaffected, 10 limited',
        ],
        [
            'is withdrawn as soon as the streams are back',
            ['10 fail link:c1->mgmt', '20 fail api@c2', '50 recover link:c1->mgmt'],
            '0 unaffected, 20 limited, 50 unaffected',
        ],
        [
            'is not withdrawn by a cluster that dies, but when that cluster is back without it',
            ['10 fail c2', '20 fail api@c2', '50 recover c2'],
            '0 unaffected, 10 limited, 50 unaffected',
        ],
        [
            'is not used again before somebody tells that it is back',
            ['10 fail api@c2', '20 fail link:c1->mgmt', '30 recover api@c2', '40 fail c3', '50 recover link:c1->mgmt'],
            '0 unaffected, 40 total, 50 limited',
        ],
        [
            'behind a dead gateway is withdrawn only when the gateway is back',
            ['10 fail c2.ingress', '20 fail api@c2', '50 recover c2.ingress'],
            '0 unaffected, 10 limited, 50 unaffected',
        ],
    ])('%s', (_, lines, expected) => {
        expect(course(remote, lines, host('h'))).toBe(expected);
    });

    const local = estateWith({ local: true });

    it.each([
        ['by istiod', ['10 fail api@c1'], '0 unaffected'],
        ['and stays so without', ['10 fail api@c1', '20 fail c1.istiod'], '0 unaffected'],
        ['not by an istiod that died before', ['10 fail c1.istiod', '20 fail api@c1'], '0 unaffected, 20 total'],
        ['not by one that dies in the same second', ['10 fail c1.istiod', '10 fail api@c1'], '0 unaffected, 10 total'],
    ])('is withdrawn in its own cluster %s', (_, lines, expected) => {
        expect(course(local, lines, host('h'))).toBe(expected);
    });
});
