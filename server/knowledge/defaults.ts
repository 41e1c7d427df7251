import type { Confidence, SourceTag } from './sources.js';

/**
 * What is assumed where a file says nothing. Each entry is shown as an assumption wherever it decides a result, with its
 * reason and source.
 */
export interface Default {
    readonly id: DefaultId;
    /** As the topology has it; durations in seconds. */
    readonly value: unknown;
    /** The value as a reader of the file would write it. */
    readonly says: string;
    readonly why: string;
    readonly source: SourceTag;
    readonly confidence: Confidence;
}

export type DefaultId = keyof typeof defaultTable;

const defaultTable = {
    'tsb-version': {
        value: '1.10',
        says: 'for tsb 1.10',
        why: 'The version whose failure scenarios are published in full.',
        source: 'scenarios',
        confidence: 'certain',
    },
    'postgres-placement': {
        value: 'external',
        says: 'postgres external',
        why: 'TSB stores its configuration in a PostgreSQL database that the customer provides; it stands outside every region unless one is named.',
        source: 'scenarios',
        confidence: 'certain',
    },
    'telemetry-store-placement': {
        value: 'internal',
        says: 'elasticsearch internal',
        why: 'Only a store inside the management cluster reproduces the published table.',
        source: 'derivation',
        confidence: 'inferred',
    },
    'telemetry-store-path': {
        value: 'direct',
        says: 'direct',
        why: 'The published table holds only where clusters reach Elasticsearch directly. Most real installations (32 of 33 public ControlPlane specifications) go through front-envoy: say which.',
        source: 'derivation',
        confidence: 'inferred',
    },
    'banyandb-path': {
        value: 'front-envoy',
        says: 'via front-envoy',
        why: 'With the embedded BanyanDB the management plane passes the requests of the control planes on.',
        source: 'terraform',
        confidence: 'likely',
    },
    'xcp-listener': {
        value: 'own',
        says: 'listener own',
        why: 'The published table keeps edges connected while the management plane is down, which needs a listener that front-envoy does not serve. Every list of ports puts port 9443 on front-envoy, which is likelier for an installation: say which.',
        source: 'derivation',
        confidence: 'inferred',
    },
    'backup-unknown': {
        value: { kind: 'unknown' },
        says: 'backup not known',
        why: 'Nothing is promised that was not said, and nothing is reproached either.',
        source: 'design',
        confidence: 'certain',
    },
    'token-ttl': {
        value: 3_600,
        says: 'token ttl 1h',
        why: 'Default life of the tokens with which the agents of a cluster connect.',
        source: 'terraform',
        confidence: 'certain',
    },
    'leaf-certificate-ttl': {
        value: 86_400,
        says: 'leaf certificate ttl 24h',
        why: 'Default life of a workload certificate; istiod rotates it.',
        source: 'certificates',
        confidence: 'certain',
    },
    'certificate-authority': {
        value: 'own',
        says: 'certificate authority own',
        why: 'The intermediate CA of a cluster is issued by central only where that is switched on.',
        source: 'terraform',
        confidence: 'likely',
    },
    'metrics-buffer': {
        value: undefined,
        says: 'metrics buffer not known',
        why: 'No figure is published for how long a cut-off control plane holds metrics back.',
        source: 'scenarios',
        confidence: 'certain',
    },
    'gitops-off': {
        value: 'off',
        says: 'gitops off',
        why: 'GitOps has to be switched on, for each control plane.',
        source: 'terraform',
        confidence: 'certain',
    },
    'gitops-sync': {
        value: 'sync',
        says: 'gitops sync',
        why: 'The push mode of GitOps is SYNC unless another is set.',
        source: 'terraform',
        confidence: 'certain',
    },
    'management-gitops-off': {
        value: false,
        says: 'gitops off',
        why: 'GitOps into the management plane has to be switched on.',
        source: 'components',
        confidence: 'likely',
    },
    'east-west-failover-off': {
        value: false,
        says: 'no failover',
        why: 'East-west failover has to be configured in TSB, even where an east-west gateway stands ready.',
        source: 'east-west',
        confidence: 'certain',
    },
    'outlier-detection-on': {
        value: true,
        says: 'outlier detection',
        why: 'TSB writes outlier detection and two retries for every workspace. Say `no outlier detection` where a service is in none, or where it is off.',
        source: 'xcp-scenarios',
        confidence: 'likely',
    },
    'external-authorization-closed': {
        value: 'closed',
        says: 'fails closed',
        why: 'Without an answer of the authorization server a request is refused.',
        source: 'envoy-ext-authz',
        confidence: 'likely',
    },
    'rate-limit-open': {
        value: 'open',
        says: 'fails open',
        why: 'Requests pass while the rate limit server is away, unless `failClosed` is set.',
        source: 'terraform',
        confidence: 'certain',
    },
    namespace: {
        value: 'default',
        says: 'namespace default',
        why: 'The namespace that Kubernetes uses where none is named.',
        source: 'design',
        confidence: 'certain',
    },
    placement: {
        value: 'external',
        says: 'external',
        why: 'An identity provider is a system of its own unless the file places it.',
        source: 'components',
        confidence: 'likely',
    },
    'gslb-ttl': {
        value: 30,
        says: 'gslb ttl 30s',
        why: 'Typical life of a DNS answer in front of several entry gateways.',
        source: 'cluster-failover',
        confidence: 'certain',
    },
    'network-open': {
        value: true,
        says: 'all clusters reach each other',
        why: 'Clusters of one network reach each other; reachability is restricted only where it is declared.',
        source: 'reachability',
        confidence: 'certain',
    },
} as const satisfies Record<string, Omit<Default, 'id'>>;

/** The default of that id. */
export function defaultOf(id: DefaultId): Default {
    return { id, ...defaultTable[id] };
}

/** What a topology has where a file says nothing; durations in seconds. */
export type DefaultValue<Id extends DefaultId> = (typeof defaultTable)[Id]['value'];

/** The value of a default. */
export function defaultValue<Id extends DefaultId>(id: Id): DefaultValue<Id> {
    return defaultTable[id].value;
}

/** Whether a text names a default. */
export function isDefaultId(id: string): id is DefaultId {
    return Object.hasOwn(defaultTable, id);
}

export const allDefaults: readonly Default[] = (Object.keys(defaultTable) as DefaultId[]).map(defaultOf);
