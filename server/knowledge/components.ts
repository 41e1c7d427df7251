import type { Confidence, SourceTag } from './sources.js';

/**
 * What can fail, kind by kind: what it is for, whose part it is, what it cannot do without, and how one gets it back.
 * The names are those of the real deployments and custom resources.
 */
export interface ComponentKind {
    /** How it is called in a sentence, without its own name. */
    readonly title: string;
    /** What it is for, in one sentence. */
    readonly purpose: string;
    /** Last part of its element name; absent where the user names the thing. */
    readonly segment?: string;
    /** Whose part it is (R1). Absent: placed by the file. */
    readonly partOf?: ComponentKindId;
    /**
     * Whoever needs it is part of its container, and lost with that anyway: it goes along without a word, so that what
     * follows from its own loss alone is not told of the container's.
     */
    readonly goesAlong?: true;
    /** What it needs at every moment besides its container (R2). */
    readonly needs?: readonly ComponentNeed[];
    /** Its members elect a leader: without a majority of them it is lost (R1). */
    readonly elects?: Pick<ComponentNeed, 'because' | 'source' | 'confidence'>;
    /** Place in the order in which things come back: stores, management plane, central, edge, data plane, workloads. */
    readonly recoveryOrder: number;
    /** What happens once it is available again. */
    readonly recovery: Remedy;
    /** What to do when it cannot be recovered. */
    readonly restoration?: Remedy;
    readonly source: SourceTag;
    readonly confidence: Confidence;
}

export interface ComponentNeed {
    readonly on: ComponentKindId;
    readonly because: string;
    readonly source: SourceTag;
    readonly confidence: Confidence;
}

/** One way back. `{name}` stands for the element's own name. */
export interface Remedy {
    readonly says: string;
    /** How long it takes, where a figure is published. */
    readonly takes?: string;
    /** What must be at hand. */
    readonly atHand?: readonly string[];
    readonly source: SourceTag;
    readonly confidence: Confidence;
}

export type ComponentKindId =
    | 'region'
    | 'zone'
    | 'management-cluster'
    | 'hosted-management-cluster'
    | 'standby-management-cluster'
    | 'workload-cluster'
    | 'kubernetes-api'
    | 'cluster-dns'
    | 'management-plane'
    | 'front-envoy'
    | 'iam'
    | 'tsb'
    | 'web'
    | 'mpc'
    | 'management-oap'
    | 'management-otel-collector'
    | 'management-gitops'
    | 'teamsync'
    | 'management-operator'
    | 'central-control-plane'
    | 'postgres'
    | 'elasticsearch'
    | 'banyandb'
    | 'store-copy'
    | 'iam-signing-key'
    | 'root-ca'
    | 'identity-provider'
    | 'edge-control-plane'
    | 'xcp-edge'
    | 'edge-oap'
    | 'edge-otel-collector'
    | 'edge-gitops'
    | 'edge-operator'
    | 'data-plane'
    | 'istiod'
    | 'gateway'
    | 'service'
    | 'instances'
    | 'external-service'
    | 'shared-fate'
    | 'link'
    | 'directed-link';

/** Whole Kubernetes clusters, and the management cluster of the vendor. */
export const clusterKinds: ReadonlySet<ComponentKindId> = new Set([
    'workload-cluster',
    'management-cluster',
    'hosted-management-cluster',
    'standby-management-cluster',
]);

/** What runs the management plane. */
export const managementKinds: ReadonlySet<ComponentKindId> = new Set([
    'management-cluster',
    'hosted-management-cluster',
]);

/** What is kept rather than run: it is not down, but out of reach, with what keeps it. */
export const secrets: ReadonlySet<ComponentKindId> = new Set(['iam-signing-key', 'root-ca']);

const edgeFollows: Remedy = {
    says: 'Once {name} is available again its configuration is brought up to date quickly, and metrics flow again.',
    source: 'scenarios',
    confidence: 'certain',
};

const reinstallEdge: Remedy = {
    says: 'Reinstall the edge control plane of {cluster}. When the cluster is introduced to the management plane again it syncs to the right configuration; no backup is needed. Where central provides the CA, central has to be there first.',
    source: 'scenarios',
    confidence: 'certain',
};

const managementReturns: Remedy = {
    says: 'If {name} comes back without loss of data, work goes on as before and no configuration is lost.',
    source: 'scenarios',
    confidence: 'certain',
};

const rebuildManagementPlane: Remedy = {
    says: 'Rebuild the management plane from the Postgres data and the iam-signing-key, with the help of Tetrate support. Restoring an old database brings its old configuration back to every cluster.',
    atHand: [
        'the Postgres database, or a backup of it',
        'the iam-signing-key (without it, four agent secrets have to be renewed on every cluster)',
        'the tsb-iam-jwks, the key of central (from 1.12; the kid of both has to be that in the tokens of the control planes)',
        'the same root CA',
        'the Helm values and the credentials of Postgres and the telemetry store',
        'a DNS name of the management plane that can be moved',
    ],
    source: 'dr-management-plane',
    confidence: 'certain',
};

const restartsByKubernetes: Remedy = {
    says: '{name} is restarted by Kubernetes; it keeps no state of its own, so nothing has to be repaired.',
    source: 'components',
    confidence: 'inferred',
};

const reinstallByOperator: Remedy = {
    says: 'Delete the deployment: the operator of its plane installs {name} again.',
    source: 'components',
    confidence: 'inferred',
};

const managementPart = (
    title: string,
    purpose: string,
    segment: string,
    more?: Partial<ComponentKind>,
): ComponentKind => ({
    title,
    purpose,
    segment,
    partOf: 'management-plane',
    recoveryOrder: 1,
    recovery: restartsByKubernetes,
    restoration: reinstallByOperator,
    source: 'components',
    confidence: 'certain',
    ...more,
});

const edgePart = (title: string, purpose: string, segment: string, more?: Partial<ComponentKind>): ComponentKind => ({
    title,
    purpose,
    segment,
    partOf: 'edge-control-plane',
    recoveryOrder: 3,
    recovery: edgeFollows,
    restoration: reinstallEdge,
    source: 'components',
    confidence: 'certain',
    ...more,
});

export const componentKinds: Readonly<Record<ComponentKindId, ComponentKind>> = {
    region: {
        title: 'region',
        purpose: 'A place that fails as a whole, with every cluster and store in it.',
        recoveryOrder: 0,
        recovery: {
            says: 'What stands in {name} comes back in the order below.',
            source: 'design',
            confidence: 'certain',
        },
        source: 'design',
        confidence: 'certain',
    },
    zone: {
        title: 'zone',
        purpose: 'A part of a region that fails by itself.',
        recoveryOrder: 0,
        recovery: {
            says: 'What stands in {name} comes back in the order below.',
            source: 'design',
            confidence: 'certain',
        },
        source: 'design',
        confidence: 'certain',
    },
    'management-cluster': {
        title: 'management cluster',
        purpose: 'The Kubernetes cluster that hosts the management plane and the central control plane.',
        recoveryOrder: 1,
        recovery: managementReturns,
        restoration: rebuildManagementPlane,
        source: 'scenarios',
        confidence: 'certain',
    },
    'hosted-management-cluster': {
        title: 'management plane of the vendor',
        purpose:
            'The management plane and the central control plane, run by the vendor: its stores, keys and backups are theirs.',
        recoveryOrder: 1,
        recovery: {
            says: 'Once the vendor has {name} back with its data, work goes on as before and no configuration is lost.',
            source: 'hosted-and-on-prem',
            confidence: 'inferred',
        },
        restoration: {
            says: 'Nothing of {name} can be restored from here: the vendor runs it. Ask Tetrate support, and keep what the clusters have.',
            source: 'hosted-and-on-prem',
            confidence: 'inferred',
        },
        source: 'hosted-and-on-prem',
        confidence: 'certain',
    },
    'standby-management-cluster': {
        title: 'standby management cluster',
        purpose:
            'A management cluster that waits in another place: it takes no part until somebody promotes it, and then it is the management cluster.',
        recoveryOrder: 1,
        recovery: {
            says: 'Once {name} is available again it waits as before, and its copy is brought up to date.',
            source: 'active-standby',
            confidence: 'inferred',
        },
        restoration: {
            says: 'Install {name} again as a standby: the same Helm values, certificates, Postgres secret, iam-signing-key and credentials of the telemetry store as the active side.',
            source: 'active-standby-backup',
            confidence: 'certain',
        },
        source: 'active-standby-overview',
        confidence: 'certain',
    },
    'workload-cluster': {
        title: 'workload cluster',
        purpose: 'A Kubernetes cluster in which services run.',
        recoveryOrder: 3,
        recovery: edgeFollows,
        restoration: reinstallEdge,
        source: 'scenarios',
        confidence: 'certain',
    },
    'kubernetes-api': {
        title: 'Kubernetes API',
        purpose:
            'The API server of the cluster: kubectl, and the storage in which control planes keep their configuration.',
        segment: 'kubernetes-api',
        recoveryOrder: 0,
        recovery: {
            says: 'Controllers reconnect to {name} and go on from what is stored there.',
            source: 'ha-dr',
            confidence: 'likely',
        },
        source: 'ha-dr',
        confidence: 'certain',
    },
    'cluster-dns': {
        title: 'DNS of the cluster',
        purpose:
            'The resolver of the pods of the cluster, such as CoreDNS: whoever calls asks it for a name, and whoever starts, too.',
        segment: 'dns',
        goesAlong: true,
        recoveryOrder: 0,
        recovery: {
            says: 'Once {name} answers, pods find again whom they call, and those that wait for it start.',
            source: 'kubernetes-dns',
            confidence: 'inferred',
        },
        restoration: {
            says: 'Install {name} again: it keeps no state of its own but its configuration, which stands in the Kubernetes API.',
            source: 'kubernetes-dns',
            confidence: 'inferred',
        },
        source: 'kubernetes-dns',
        confidence: 'certain',
    },
    'management-plane': {
        title: 'management plane',
        purpose:
            'What people and pipelines talk to: API, UI, access control. It stores the configuration and hands it to the central control plane.',
        segment: 'management-plane',
        partOf: 'management-cluster',
        recoveryOrder: 1,
        recovery: managementReturns,
        restoration: rebuildManagementPlane,
        source: 'scenarios',
        confidence: 'certain',
    },
    'front-envoy': managementPart(
        'front-envoy',
        'The one door of the management plane: UI, API, tctl, GitOps, agent tokens, and often the metrics.',
        'front-envoy',
        { source: 'firewall' },
    ),
    iam: managementPart(
        'iam',
        'Checks every request at the front door, and issues tokens with the iam-signing-key.',
        'iam',
    ),
    tsb: managementPart(
        'TSB API server',
        'The source of truth: access control, audit log, and the stored configuration.',
        'tsb',
        {
            needs: [
                {
                    on: 'postgres',
                    because: 'the API server keeps all configuration in Postgres',
                    source: 'components',
                    confidence: 'certain',
                },
                {
                    on: 'cluster-dns',
                    because: 'the API server looks Postgres up by its name',
                    source: 'kubernetes-dns',
                    confidence: 'inferred',
                },
            ],
        },
    ),
    web: managementPart('web UI', 'The web interface; API and tctl work without it.', 'web'),
    mpc: managementPart('mpc', 'Carries configuration from the API server to central, and status back.', 'mpc', {
        needs: [
            {
                on: 'kubernetes-api',
                because: 'mpc hands configuration to central as objects of the Kubernetes API',
                source: 'dataflow',
                confidence: 'certain',
            },
        ],
    }),
    'management-oap': managementPart(
        'OAP of the management plane',
        'Answers the queries of dashboards, and creates the index templates of the telemetry store.',
        'oap',
        {
            needs: [
                {
                    on: 'cluster-dns',
                    because: 'it looks the telemetry store up by its name',
                    source: 'kubernetes-dns',
                    confidence: 'inferred',
                },
            ],
            recovery: {
                says: 'Start {name} before the OAPs of the clusters: it creates the index templates that they need.',
                source: 'wipe-elastic',
                confidence: 'certain',
            },
        },
    ),
    'management-otel-collector': managementPart(
        'otel-collector of the management plane',
        "Receives the telemetry of TSB's own components, not that of applications.",
        'otel-collector',
    ),
    'management-gitops': managementPart(
        'GitOps of the management plane',
        'Brings TSB objects from Git into the management plane.',
        'gitops',
        {
            needs: [
                {
                    on: 'cluster-dns',
                    because: 'it looks Git up by its name',
                    source: 'kubernetes-dns',
                    confidence: 'inferred',
                },
            ],
        },
    ),
    teamsync: managementPart(
        'teamsync',
        'Copies users and groups from the identity provider now and then.',
        'teamsync',
    ),
    'management-operator': managementPart(
        'operator of the management plane',
        'Installs and upgrades the management plane; nothing that runs needs it.',
        'operator',
    ),
    'central-control-plane': {
        title: 'central control plane',
        purpose:
            'Works out the configuration of every cluster, streams it to the edges, and passes service discovery between them.',
        segment: 'central-control-plane',
        partOf: 'management-cluster',
        recoveryOrder: 2,
        recovery: {
            says: 'Central restores its configuration cache by itself, then brings every cluster up to date. No change and no data is lost.',
            takes: '1 to 2 minutes, typically',
            source: 'scenarios',
            confidence: 'certain',
        },
        restoration: {
            says: 'Reinstall the central control plane, with the help of Tetrate support. No backup is needed.',
            source: 'scenarios',
            confidence: 'certain',
        },
        source: 'dataflow',
        confidence: 'certain',
    },
    postgres: {
        title: 'Postgres',
        purpose: 'Holds the whole TSB configuration and the audit log.',
        segment: 'postgres',
        recoveryOrder: 0,
        recovery: {
            says: 'When Postgres is back with its data, management goes on as before.',
            source: 'scenarios',
            confidence: 'certain',
        },
        restoration: {
            says: 'Restore Postgres from its last backup. What was changed since then is lost, and the older configuration is pushed to every cluster.',
            atHand: ['a backup of Postgres'],
            source: 'best-practices',
            confidence: 'certain',
        },
        source: 'components',
        confidence: 'certain',
    },
    elasticsearch: {
        title: 'Elasticsearch',
        purpose: 'Stores metrics and traces of all clusters.',
        segment: 'elasticsearch',
        elects: {
            because: 'it elects a leader, and takes nothing without a majority of its members',
            source: 'elasticsearch-quorum',
            confidence: 'certain',
        },
        recoveryOrder: 0,
        recovery: {
            says: 'When Elasticsearch is back, metrics are stored again; those of the outage are missing.',
            source: 'scenarios',
            confidence: 'likely',
        },
        restoration: {
            says: 'Start an empty store or restore its backup, then the OAP of the management plane, then those of the clusters. History since the backup is lost.',
            atHand: ['a backup of Elasticsearch, if the history matters'],
            source: 'wipe-elastic',
            confidence: 'certain',
        },
        source: 'components',
        confidence: 'certain',
    },
    banyandb: {
        title: 'BanyanDB',
        purpose: 'Stores metrics and traces of all clusters, in place of Elasticsearch.',
        segment: 'banyandb',
        recoveryOrder: 0,
        recovery: {
            says: 'When BanyanDB is back, metrics are stored again; those of the outage are missing.',
            source: 'terraform',
            confidence: 'inferred',
        },
        restoration: {
            says: 'Start an empty store or restore its backup, then the OAPs. History since the backup is lost.',
            atHand: ['a backup of BanyanDB, if the history matters'],
            source: 'terraform',
            confidence: 'inferred',
        },
        source: 'terraform',
        confidence: 'certain',
    },
    'store-copy': {
        title: 'copy of a store',
        purpose:
            'A copy of a store that waits: it takes no part until it is promoted, or promotes itself, and then it is the store.',
        recoveryOrder: 0,
        recovery: {
            says: 'Once {name} is available again it waits as before, and is brought up to date.',
            source: 'design',
            confidence: 'inferred',
        },
        restoration: {
            says: 'Make {name} anew from what is the store now; until then nothing stands by for it.',
            source: 'design',
            confidence: 'inferred',
        },
        source: 'design',
        confidence: 'certain',
    },
    'iam-signing-key': {
        title: 'iam-signing-key',
        purpose: 'Signs the tokens with which users and the agents of all clusters prove who they are.',
        segment: 'iam-signing-key',
        recoveryOrder: 0,
        recovery: {
            says: 'Nothing is noticed while iam runs; the key is needed when the management plane is rebuilt.',
            source: 'dr-management-plane',
            confidence: 'inferred',
        },
        restoration: {
            says: 'Restore the key from its backup. Without one, delete the four agent secrets (otel-token, oap-token, ngac-token, xcp-edge-central-auth-token) on every cluster, and check that they come back.',
            atHand: ['a backup of the iam-signing-key'],
            source: 'dr-management-plane',
            confidence: 'certain',
        },
        source: 'dr-management-plane',
        confidence: 'certain',
    },
    'root-ca': {
        title: 'root CA',
        purpose: 'The common root of trust of management plane and clusters.',
        segment: 'root-ca',
        recoveryOrder: 0,
        recovery: {
            says: 'Nothing is noticed at once; the same root CA is needed when the management plane is rebuilt.',
            source: 'dr-management-plane',
            confidence: 'inferred',
        },
        restoration: {
            says: 'Restore the same root CA. With another one, clusters do not trust the rebuilt management plane.',
            atHand: ['a backup of the root CA'],
            source: 'dr-management-plane',
            confidence: 'certain',
        },
        source: 'dr-management-plane',
        confidence: 'certain',
    },
    'identity-provider': {
        title: 'identity provider',
        purpose: 'LDAP or OIDC: who a user is when logging in.',
        segment: 'identity-provider',
        recoveryOrder: 0,
        recovery: { says: 'Logins work again at once.', source: 'components', confidence: 'likely' },
        source: 'components',
        confidence: 'certain',
    },
    'edge-control-plane': {
        title: 'edge control plane',
        purpose:
            "Turns TSB configuration into Istio configuration in its cluster, reports the cluster's services, and forwards its metrics.",
        segment: 'edge-control-plane',
        recoveryOrder: 3,
        recovery: edgeFollows,
        restoration: reinstallEdge,
        source: 'scenarios',
        confidence: 'certain',
    },
    'xcp-edge': edgePart(
        'XCP edge',
        'Holds the stream to central: configuration down, service discovery both ways.',
        'xcp-edge',
        {
            needs: [
                {
                    on: 'kubernetes-api',
                    because: 'the edge stores what it receives in the Kubernetes API of its cluster',
                    source: 'ha-dr',
                    confidence: 'certain',
                },
            ],
        },
    ),
    'edge-oap': edgePart(
        'OAP of the cluster',
        'Receives metrics and traces of all sidecars, reduces them, and writes them to the store.',
        'oap',
    ),
    'edge-otel-collector': edgePart(
        'otel-collector of the cluster',
        "Forwards the telemetry of TSB's own components to the management plane.",
        'otel-collector',
    ),
    'edge-gitops': edgePart(
        'GitOps agent of the cluster',
        'Forwards TSB objects applied by kubectl to the management plane.',
        'gitops',
    ),
    'edge-operator': edgePart(
        'operator of the control plane',
        'Installs and upgrades the control plane, and renews the tokens of its agents.',
        'operator',
    ),
    'data-plane': {
        title: 'data plane',
        purpose: 'The Istio of the cluster: istiod and the gateways. Sidecars and their workloads run on without it.',
        segment: 'data-plane',
        recoveryOrder: 4,
        recovery: {
            says: 'Proxies reconnect to istiod and get current endpoints and certificates; gateways take traffic again.',
            source: 'istio',
            confidence: 'likely',
        },
        source: 'scenarios',
        confidence: 'certain',
    },
    istiod: {
        title: 'istiod',
        purpose: 'Configures the proxies of its cluster, signs their certificates, and injects sidecars into new pods.',
        segment: 'istiod',
        partOf: 'data-plane',
        recoveryOrder: 4,
        recovery: {
            says: 'Proxies reconnect to {name} and get current endpoints and certificates.',
            source: 'istio',
            confidence: 'likely',
        },
        source: 'istio',
        confidence: 'certain',
    },
    gateway: {
        title: 'gateway',
        purpose: 'Takes traffic from outside or from other clusters.',
        partOf: 'data-plane',
        recoveryOrder: 4,
        recovery: {
            says: '{name} takes traffic again as soon as its pods are ready.',
            source: 'cluster-failover',
            confidence: 'likely',
        },
        source: 'cluster-failover',
        confidence: 'certain',
    },
    service: {
        title: 'service',
        purpose: 'An application of the mesh, in one or several clusters.',
        recoveryOrder: 5,
        recovery: {
            says: '{name} serves again once its instances are ready.',
            source: 'design',
            confidence: 'certain',
        },
        source: 'design',
        confidence: 'certain',
    },
    instances: {
        title: 'instances',
        purpose: 'The pods or machines of a service in one cluster.',
        recoveryOrder: 5,
        recovery: { says: '{name} serves again once its pods are ready.', source: 'design', confidence: 'certain' },
        source: 'design',
        confidence: 'certain',
    },
    'external-service': {
        title: 'external service',
        purpose: 'Something outside the mesh on which services rely.',
        recoveryOrder: 5,
        recovery: {
            says: '{name} has to come back by itself: it is outside the mesh.',
            source: 'design',
            confidence: 'certain',
        },
        source: 'design',
        confidence: 'certain',
    },
    'shared-fate': {
        title: 'shared fate',
        purpose: 'What the file says to fail together: a provider, an image, a rack.',
        recoveryOrder: 1,
        recovery: { says: 'What {name} took along comes back with it.', source: 'design', confidence: 'certain' },
        source: 'design',
        confidence: 'certain',
    },
    link: {
        title: 'link',
        purpose: 'The network between two clusters, in both directions; it carries control and data alike.',
        recoveryOrder: 2,
        recovery: {
            says: 'Once the link is back, configuration is brought up to date quickly and metrics flow again.',
            source: 'scenarios',
            confidence: 'certain',
        },
        source: 'scenarios',
        confidence: 'certain',
    },
    'directed-link': {
        title: 'link in one direction',
        purpose: 'Connections that one cluster opens to another.',
        recoveryOrder: 2,
        recovery: {
            says: 'Once the link is back, configuration is brought up to date quickly and metrics flow again.',
            source: 'scenarios',
            confidence: 'certain',
        },
        source: 'reachability',
        confidence: 'certain',
    },
};
