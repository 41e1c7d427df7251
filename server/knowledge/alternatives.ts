import type { DefaultId } from './defaults.js';

/**
 * What a default stands against. Whether it decides a result is found by undoing it: the estate is judged again with each
 * other value, and a mark that differs says on what it rests.
 */
export interface Alternatives {
    /** What is assumed, as a clause that stands after "if": "outlier detection is on". */
    readonly assumes: string;
    /** What may plausibly be the case instead; none where a default decides no mark, but only how long or with what name. */
    readonly others: readonly OtherValue[];
    /** It decides when something runs out, so that nothing rests on it at the moment of a failure. */
    readonly onlyInTime?: true;
}

export interface OtherValue {
    /** What the setting would be; of the network: no data path is open. */
    readonly value: unknown;
    /** As a reader of the file would write it. */
    readonly says: string;
}

const hour = 3_600;

const alternativeTable: Readonly<Record<DefaultId, Alternatives>> = {
    // no fact depends on the version yet
    'tsb-version': { assumes: 'this is TSB 1.10', others: [] },
    'postgres-placement': {
        assumes: 'Postgres stands outside the management cluster',
        others: [{ value: 'internal', says: 'postgres internal' }],
    },
    'telemetry-store-placement': {
        assumes: 'the telemetry store stands inside the management cluster',
        others: [{ value: 'external', says: 'elasticsearch external' }],
    },
    'telemetry-store-path': {
        assumes: 'clusters reach the telemetry store directly',
        others: [{ value: 'front-envoy', says: 'via front-envoy' }],
    },
    'banyandb-path': {
        assumes: 'clusters reach BanyanDB through front-envoy',
        others: [{ value: 'direct', says: 'direct' }],
    },
    'xcp-listener': {
        assumes: 'central has a listener of its own',
        others: [{ value: 'front-envoy', says: 'listener front-envoy' }],
    },
    'backup-unknown': { assumes: 'nothing is known of backups', others: [] },
    'token-ttl': {
        assumes: 'tokens live for 1 h',
        others: [{ value: 24 * hour, says: 'token ttl 24h' }],
        onlyInTime: true,
    },
    'leaf-certificate-ttl': {
        assumes: 'workload certificates live for 24 h',
        others: [
            { value: hour, says: 'leaf certificate ttl 1h' },
            { value: 30 * 24 * hour, says: 'leaf certificate ttl 30d' },
        ],
        onlyInTime: true,
    },
    'certificate-authority': {
        assumes: 'clusters have a CA of their own',
        others: [{ value: 'central', says: 'certificate authority central' }],
        onlyInTime: true,
    },
    'metrics-buffer': {
        assumes: 'no metrics buffer is declared',
        others: [{ value: hour, says: 'metrics buffer 1h' }],
    },
    'gitops-off': {
        assumes: 'GitOps is off',
        others: [
            { value: 'sync', says: 'gitops sync' },
            { value: 'async', says: 'gitops async' },
        ],
    },
    'gitops-sync': {
        assumes: 'GitOps pushes in sync mode',
        others: [{ value: 'async', says: 'gitops async' }],
    },
    'management-gitops-off': {
        assumes: 'nothing is pushed to the management plane from Git',
        others: [{ value: true, says: 'gitops' }],
    },
    'east-west-failover-off': {
        assumes: 'east-west failover is off',
        others: [{ value: true, says: 'failover east-west' }],
    },
    'outlier-detection-on': {
        assumes: 'outlier detection is on',
        others: [{ value: false, says: 'no outlier detection' }],
    },
    'external-authorization-closed': {
        assumes: 'external authorization fails closed',
        others: [{ value: 'open', says: 'fails open' }],
    },
    'rate-limit-open': {
        assumes: 'rate limiting fails open',
        others: [{ value: 'closed', says: 'fails closed' }],
    },
    namespace: { assumes: 'the namespace is default', others: [] },
    placement: {
        assumes: 'the identity provider stands outside the management cluster',
        others: [{ value: 'internal', says: 'identity-provider internal' }],
    },
    'gslb-ttl': { assumes: 'DNS answers live for 30 s', others: [] },
    'network-open': {
        assumes: 'all clusters reach each other',
        others: [{ value: 'closed', says: 'network { }' }],
    },
};

/** What a default stands against. */
export function alternativesTo(id: DefaultId): Alternatives {
    return alternativeTable[id];
}
