import type { SourceTag } from './sources.js';

/**
 * Where what is published says two things. Both are shown where they matter, with what decides between them in a file, or
 * which of them is likelier.
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
                says: 'every list of ports puts port 9443, by which edges reach central, on front-envoy',
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
    'component-telemetry': {
        topic: "Whether the telemetry of TSB's own components passes the management plane",
        readings: [
            { says: 'the list of ports has it forwarded through front-envoy', source: 'firewall' },
            {
                says: 'the page on telemetry says that production does not rely on that, and scrapes each cluster by itself',
                source: 'telemetry-architecture',
            },
        ],
    },
    'service-discovery': {
        topic: 'Whether clusters hear of each other while the management plane is down',
        readings: [
            {
                says: 'the scenario of the management plane says that central keeps endpoints up to date',
                source: 'scenarios',
            },
            {
                says: 'a newer introduction says that without the management plane no cluster is reconfigured when applications fail',
                source: 'ha-dr-introduction',
            },
        ],
    },
    token: {
        topic: 'Whether agents notice at once that their token has run out',
        readings: [
            { says: 'an agent whose token has run out is refused when it reconnects', source: 'terraform' },
            {
                says: 'a token is shown when a stream is opened, and a stream may be a year old, so that one that stands goes on',
                source: 'xcp-scenarios',
            },
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
    detection: {
        topic: 'How long it takes to notice that a target is down',
        readings: [
            { says: 'up to 60 s, reconfiguration included', source: 'cluster-failover' },
            {
                says: 'each proxy waits for ten failures in a row, which takes about 10 s with many requests, and up to about 100 s with few',
                source: 'xcp-scenarios',
            },
        ],
    },
    'outlier-detection': {
        topic: 'Whether outlier detection is on where nobody has set it',
        readings: [
            { says: 'circuit breaking is off unless it is set', source: 'terraform' },
            { says: 'generated configuration has it, and two retries, for every workspace', source: 'xcp-scenarios' },
        ],
    },
    weights: {
        topic: 'What weights do when a target is down',
        readings: [
            { says: 'they are strict: its share of the requests fails', source: 'cluster-failover' },
            {
                says: 'from 1.12 on they can be combined with failover, by `failoverPriority`',
                source: 'weighted-fallback',
            },
            { says: 'a weight of 0 leaves the choice to locality, with the hosted agent', source: 'hosted-agent' },
        ],
    },
} as const satisfies Record<string, Contradiction>;
