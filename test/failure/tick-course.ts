/** Scenarios in words, and how one thing fares in the course of them: for the examples of the tick simulator. */

import type { EdgeControlPlane, ManagementCluster, Service, Topology } from '../../server/topology/topology.js';
import type { ClusterOperation, Result } from './evaluator/result.js';
import { edge, estate, home, management, service, workloadCluster } from './by-hand.js';
import { said } from './random-traffic.js';
import type { ClockSettings } from './tick-clocks.js';
import { simulateTicks, type Step, type TickOptions } from './tick-simulator.js';

/** The clocks that no estate sets, so short that a test can wait for them. */
export const shortClocks: ClockSettings = {
    clusterCa: 300,
    tsbCertificates: [50, 150],
    tokenRenewal: [0, 900],
    leafRenewal: 0.5,
};

export interface Lives {
    readonly tokenTtl?: number;
    readonly leafCertificateTtl?: number;
    readonly metricsBuffer?: number;
    readonly certificateAuthority?: EdgeControlPlane['certificateAuthority']['value'];
}

/** Silent: tokens of 100 s, leaf certificates of 200 s, no metrics buffer, a certificate authority of its own. */
export function shortEdge(lives: Lives = {}): EdgeControlPlane {
    return {
        ...edge(),
        tokenTtl: said(lives.tokenTtl ?? 100),
        leafCertificateTtl: said(lives.leafCertificateTtl ?? 200),
        metricsBuffer: said(lives.metricsBuffer),
        certificateAuthority: said(lives.certificateAuthority ?? 'own'),
    };
}

/** The management cluster, c1 with these lives, c2, and `shop` in both. */
export function shopEstate(
    lives: Lives = {},
    parts: Partial<ManagementCluster> = {},
    services: readonly Service[] = [service('shop', [home('c1'), home('c2')])],
): Topology {
    return estate({
        clusters: [
            management('mgmt', parts),
            workloadCluster('c1', { edge: shortEdge(lives) }),
            workloadCluster('c2', { edge: shortEdge() }),
        ],
        services,
    });
}

/** One aspect of a result. */
export type Aspect = (result: Result) => unknown;

export const freshness =
    (cluster: string): Aspect =>
    ({ clusters }) =>
        clusters[cluster]?.freshness;

export const operation =
    (of: ClusterOperation, cluster: string): Aspect =>
    ({ clusters }) =>
        clusters[cluster]?.operations[of];

/** In how many homes its instances are up. */
export const alive =
    (name: string): Aspect =>
    ({ services }) =>
        services[name]?.homes.filter((home) => home.alive).length;

export const host =
    (name: string): Aspect =>
    ({ hosts }) =>
        hosts[name]?.severity;

export const managementOperations: Aspect = ({ operations }) => operations.managementOperations;

/** What happens, in words, each with its second: `['10 fail c1.istiod', '20 recover c1.istiod']`. */
export function stepsOf(lines: readonly string[]): Step[] {
    return lines.map((line) => {
        const [at, action, element] = line.split(' ');
        if (element === undefined || (action !== 'fail' && action !== 'recover' && action !== 'restart')) {
            throw new Error(`No step: ${line}`);
        }
        return { at: Number(at), action, element };
    });
}

/** How one thing fares: each state with the second from which on it lasts, as in `0 live, 10 frozen`. */
export function course(
    topology: Topology,
    lines: readonly string[],
    aspect: Aspect,
    options: Partial<TickOptions> = {},
): string {
    const entries = simulateTicks(topology, stepsOf(lines), {
        clocks: shortClocks,
        reading: 'earliest',
        until: 2_000,
        ...options,
    });
    const states = entries.map(({ at, result }) => ({ at, state: String(aspect(result)) }));
    return states
        .filter(({ state }, index) => state !== states[index - 1]?.state)
        .map(({ at, state }) => `${at} ${state}`)
        .join(', ');
}
