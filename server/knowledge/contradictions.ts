import type { SourceTag } from './sources.js';

/**
 * Where the published material says two things (section 0.2 of the domain description). Both are shown where they
 * matter, with what decides between them in a file.
 */
export interface Contradiction {
    readonly topic: string;
    readonly readings: readonly { readonly says: string; readonly source: SourceTag }[];
}

export type ContradictionId = keyof typeof contradictions;

export const contradictions = {
    'new-workloads': {
        topic: 'What new workloads get while the management plane is down',
        readings: [
            {
                says: 'the scenario of the management plane warns that they may run partially configured',
                source: 'scenarios',
            },
            {
                says: 'the scenario of the management cluster, which contains it, says that central policies apply to them',
                source: 'scenarios',
            },
        ],
    },
    listener: {
        topic: 'Whether edges keep central when the front door fails',
        readings: [
            {
                says: 'the scenario of the management plane leaves local operations unaffected, so edges reach central',
                source: 'scenarios',
            },
            {
                says: 'the list of ports puts port 9443, by which edges reach central, on front-envoy',
                source: 'firewall',
            },
        ],
    },
    metrics: {
        topic: 'Whether metrics survive the management plane',
        readings: [
            {
                says: 'they are limited without the management plane, if Elasticsearch cannot be reached',
                source: 'scenarios',
            },
            { says: 'they are lost with the management cluster, wherever Elasticsearch stands', source: 'scenarios' },
        ],
    },
    interruption: {
        topic: 'Whether clients notice when a cluster fails',
        readings: [
            { says: 'services that run elsewhere go on without interruption', source: 'scenarios' },
            {
                says: 'detection takes up to 60 s, and weighted targets are neither checked nor left',
                source: 'cluster-failover',
            },
        ],
    },
} as const satisfies Record<string, Contradiction>;
