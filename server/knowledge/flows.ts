import type { ClockId } from './clocks.js';
import type { ComponentKindId } from './components.js';
import type { Operation } from './operations.js';
import type { RuleId } from './rules.js';
import type { Confidence, SourceTag } from './sources.js';

/**
 * What goes on in an estate: a request, a stream, a delivery. A flow lives exactly as long as everything it needs (R2).
 * A flow that counts for an operation is one of its facets; the others are stretches that several facets share.
 */
export interface Flow {
    /** What is lost, as the subject or object of a sentence. */
    readonly title: string;
    /**
     * `estate`: one; `cluster`: one for each cluster that has an edge control plane; `home`: one for each home of each
     * service; `path`: one for each request path, whose needs rule R8 finds.
     */
    readonly scope: 'estate' | 'cluster' | 'home' | 'path';
    /** Which operation it belongs to, and its rank (rule R5); a `note` adds a sentence and never a mark. */
    readonly facet?: { readonly operation: Operation; readonly rank: FacetRank };
    /** It exists only where this holds. */
    readonly where?: Condition;
    readonly needs: readonly FlowNeed[];
}

export type FacetRank = 'primary' | 'secondary' | 'note';

export interface FlowNeed {
    /** A component of the same cluster or home, or else the estate's only one of that kind; another flow; or a clock. */
    readonly on: ComponentKindId | 'link-to-management' | 'management-dns' | 'telemetry-store' | FlowId | ClockId;
    readonly because: string;
    readonly where?: Condition;
    /** With a declared metrics buffer, losing this limits the flow before it is lost (R4). */
    readonly buffered?: true;
    readonly rule?: RuleId;
    readonly source: SourceTag;
    readonly confidence: Confidence;
}

/** What may hold of an estate, of a cluster in it, or of the workloads of a home. */
export type Condition =
    | 'telemetry-store-behind-management'
    | 'telemetry-store-via-front-envoy'
    | 'listener-is-front-envoy'
    | 'gitops-sync'
    | 'gitops-async'
    | 'management-gitops'
    | 'identity-provider'
    | 'configuration-promotes-itself'
    | 'metrics-promote-themselves'
    | 'has-management-cluster'
    | 'is-remote'
    | 'has-no-name';

export type FlowId =
    | 'instances-serve'
    | 'host-reachable'
    | 'call-reachable'
    | 'policy-enforced'
    | 'machine-configuration'
    | 'management-request'
    | 'control-stream'
    | 'delivery'
    | 'token-renewal'
    | 'certificate-renewal'
    | 'machine-certificate-renewal'
    | 'tsb-certificate-renewal'
    | 'starting-pods'
    | 'kubectl'
    | 'endpoint-sync'
    | 'pod-admission'
    | 'edge-writes'
    | 'partial-configuration'
    | 'gitops-sync'
    | 'gitops-async'
    | 'gitops-push'
    | 'application-metrics'
    | 'component-telemetry'
    | 'stored-metrics'
    | 'undivided-metrics'
    | 'undivided-configuration'
    | 'write'
    | 'read'
    | 'dashboards'
    | 'web-ui'
    | 'management-gitops-channel'
    | 'logins'
    | 'user-sessions';

/** The request of anybody to the management plane passes the front door, where iam checks it. */
const throughTheDoor: readonly FlowNeed[] = [
    {
        on: 'management-request',
        because: 'every request to the management plane passes its front door',
        source: 'firewall',
        confidence: 'certain',
    },
];

const configurationStore: FlowNeed = {
    on: 'tsb',
    because: 'the API server holds the configuration',
    source: 'components',
    confidence: 'certain',
};

/** A token is asked of an agent only when it connects anew; whether it must is not known, so the worst is assumed. */
const validToken: FlowNeed = {
    on: 'agent-token',
    because: 'an agent whose token has run out is refused when it reconnects',
    rule: 'R7',
    source: 'terraform',
    confidence: 'inferred',
};

/** What is opened anew is looked up by its name; a stream that stands is not. */
const looksUp = (because: string): FlowNeed => ({
    on: 'cluster-dns',
    because,
    source: 'kubernetes-dns',
    confidence: 'inferred',
});

export const flows: Readonly<Record<FlowId, Flow>> = {
    // Running workloads -------------------------------------------------------------------------------------------
    'instances-serve': {
        title: 'instances',
        scope: 'home',
        facet: { operation: 'runningWorkloads', rank: 'primary' },
        needs: [
            {
                on: 'instances',
                because: 'they are the instances',
                source: 'scenarios',
                confidence: 'certain',
            },
            {
                ...looksUp('nobody says whom they call, so whatever that is, they look it up by name'),
                where: 'has-no-name',
            },
        ],
    },

    'host-reachable': {
        title: 'exposed host',
        scope: 'path',
        facet: { operation: 'runningWorkloads', rank: 'primary' },
        needs: [],
    },
    'call-reachable': {
        title: 'calls between services',
        scope: 'path',
        facet: { operation: 'runningWorkloads', rank: 'primary' },
        needs: [],
    },
    'policy-enforced': {
        title: 'policy of a helper that fails open',
        scope: 'path',
        facet: { operation: 'runningWorkloads', rank: 'secondary' },
        needs: [],
    },

    'machine-configuration': {
        title: 'configuration of virtual machines',
        scope: 'path',
        facet: { operation: 'localClusterOperations', rank: 'note' },
        needs: [],
    },

    // Stretches that several facets share ---------------------------------------------------------------------------
    'management-request': {
        title: 'requests to the management plane',
        scope: 'estate',
        needs: [
            {
                on: 'front-envoy',
                because: 'front-envoy is the only door of the management plane',
                source: 'firewall',
                confidence: 'certain',
            },
            {
                on: 'iam',
                because: 'iam allows or denies every request at front-envoy',
                source: 'components',
                confidence: 'certain',
            },
        ],
    },
    'control-stream': {
        title: 'stream between edge and central',
        scope: 'cluster',
        where: 'has-management-cluster',
        needs: [
            {
                on: 'xcp-edge',
                because: 'the XCP edge of the cluster opens the stream',
                source: 'dataflow',
                confidence: 'certain',
            },
            {
                on: 'link-to-management',
                where: 'is-remote',
                because: 'the stream crosses the network to the management cluster',
                source: 'firewall',
                confidence: 'certain',
            },
            {
                on: 'front-envoy',
                where: 'listener-is-front-envoy',
                because: 'front-envoy serves the listener (port 9443) at which edges reach central',
                source: 'firewall',
                confidence: 'certain',
            },
            {
                on: 'central-control-plane',
                because: 'central is the other end of the stream',
                source: 'dataflow',
                confidence: 'certain',
            },
            validToken,
        ],
    },
    delivery: {
        title: 'delivery of configuration',
        scope: 'cluster',
        where: 'has-management-cluster',
        needs: [
            {
                on: 'mpc',
                because: 'mpc carries configuration from the API server to central',
                source: 'dataflow',
                confidence: 'certain',
            },
            {
                on: 'control-stream',
                because: 'central streams configuration to the edge',
                source: 'dataflow',
                confidence: 'certain',
            },
        ],
    },

    // What clocks depend on (R7), and what a pod needs to start ---------------------------------------------------
    'token-renewal': {
        title: 'renewal of agent tokens',
        scope: 'cluster',
        where: 'has-management-cluster',
        needs: [
            {
                on: 'edge-operator',
                because: 'the operator of the control plane asks for new tokens',
                source: 'onboarding',
                confidence: 'certain',
            },
            {
                on: 'link-to-management',
                where: 'is-remote',
                because: 'tokens are asked for over the network',
                source: 'firewall',
                confidence: 'certain',
            },
            { ...throughTheDoor[0]!, because: 'tokens are issued by iam, behind front-envoy' },
            looksUp('the management plane is looked up by its name for each renewal'),
        ],
    },
    'certificate-renewal': {
        title: 'renewal of workload certificates',
        scope: 'cluster',
        needs: [
            {
                on: 'istiod',
                because: 'istiod signs the certificates of the cluster',
                source: 'certificates',
                confidence: 'certain',
            },
            looksUp('a proxy connects to istiod anew every 30 minutes, and looks it up by its name'),
        ],
    },
    'machine-certificate-renewal': {
        title: 'renewal of certificates of virtual machines',
        scope: 'path',
        needs: [],
    },
    'tsb-certificate-renewal': {
        title: "renewal of TSB's own certificates",
        scope: 'estate',
        where: 'has-management-cluster',
        needs: [
            {
                on: 'management-operator',
                because: 'the operator of the management plane renews them',
                source: 'certificates',
                confidence: 'inferred',
            },
        ],
    },
    'starting-pods': {
        title: 'starting of pods',
        scope: 'cluster',
        needs: [
            {
                on: 'kubernetes-api',
                because: 'Kubernetes schedules pods',
                source: 'istio',
                confidence: 'certain',
            },
            {
                on: 'istiod',
                because: "istiod's webhook adds the proxy to each new pod, and nobody else signs its certificate",
                source: 'istio',
                confidence: 'certain',
            },
            looksUp('a new pod looks up by name what it connects to, istiod above all'),
        ],
    },

    // Local cluster operations ----------------------------------------------------------------------------------------
    kubectl: {
        title: 'kubectl',
        scope: 'cluster',
        facet: { operation: 'localClusterOperations', rank: 'primary' },
        needs: [
            {
                on: 'kubernetes-api',
                because: 'kubectl talks to the Kubernetes API of the cluster, and to nothing of TSB',
                source: 'scenarios',
                confidence: 'certain',
            },
        ],
    },
    'endpoint-sync': {
        title: 'service discovery between clusters',
        scope: 'cluster',
        where: 'has-management-cluster',
        facet: { operation: 'localClusterOperations', rank: 'secondary' },
        needs: [
            {
                on: 'control-stream',
                because: 'clusters learn of the services of others through central',
                source: 'scenarios',
                confidence: 'certain',
            },
        ],
    },
    'pod-admission': {
        title: 'admission of new pods',
        scope: 'cluster',
        facet: { operation: 'localClusterOperations', rank: 'secondary' },
        needs: [
            {
                on: 'istiod',
                because: "istiod's webhooks inject and validate, and refuse while nobody answers",
                source: 'istio',
                confidence: 'certain',
            },
            looksUp('a new pod does not find istiod, and so is not ready'),
        ],
    },
    'edge-writes': {
        title: 'what the edge writes into its cluster',
        scope: 'cluster',
        where: 'has-management-cluster',
        facet: { operation: 'localClusterOperations', rank: 'note' },
        needs: [
            {
                on: 'istiod',
                because: "istiod's webhook validates what the edge writes, too, and refuses while nobody answers",
                source: 'istio-webhook',
                confidence: 'inferred',
            },
        ],
    },
    'partial-configuration': {
        title: 'full configuration of new workloads',
        scope: 'cluster',
        where: 'has-management-cluster',
        facet: { operation: 'localClusterOperations', rank: 'note' },
        needs: [
            {
                on: 'tsb',
                because: 'namespace-targeted and fine-grained policies come from the API server',
                rule: 'R6',
                source: 'scenarios',
                confidence: 'certain',
            },
            {
                on: 'delivery',
                because: 'namespace-targeted and fine-grained policies have to be delivered',
                rule: 'R6',
                source: 'scenarios',
                confidence: 'certain',
            },
        ],
    },
    'gitops-sync': {
        title: 'GitOps (sync)',
        scope: 'cluster',
        where: 'gitops-sync',
        facet: { operation: 'localClusterOperations', rank: 'secondary' },
        needs: [
            {
                on: 'kubernetes-api',
                because: 'TSB objects are applied to the Kubernetes API',
                source: 'terraform',
                confidence: 'certain',
            },
            {
                on: 'edge-gitops',
                because: 'the GitOps agent passes each object on before it is accepted',
                source: 'terraform',
                confidence: 'certain',
            },
            {
                on: 'link-to-management',
                where: 'is-remote',
                because: 'the agent asks the management plane over the network',
                source: 'terraform',
                confidence: 'certain',
            },
            ...throughTheDoor,
            configurationStore,
            validToken,
            looksUp('the agent looks the management plane up by its name'),
        ],
    },
    'gitops-async': {
        title: 'GitOps (async)',
        scope: 'cluster',
        where: 'gitops-async',
        facet: { operation: 'localClusterOperations', rank: 'secondary' },
        needs: [
            {
                on: 'kubernetes-api',
                because: 'TSB objects are accepted by the Kubernetes API at once and pushed later',
                source: 'terraform',
                confidence: 'certain',
            },
        ],
    },

    'gitops-push': {
        title: 'pushing of GitOps changes',
        scope: 'cluster',
        where: 'gitops-async',
        needs: [
            {
                on: 'edge-gitops',
                because: 'the GitOps agent pushes what the cluster has accepted',
                source: 'terraform',
                confidence: 'certain',
            },
            {
                on: 'link-to-management',
                where: 'is-remote',
                because: 'the agent reaches the management plane over the network',
                source: 'terraform',
                confidence: 'certain',
            },
            ...throughTheDoor,
            configurationStore,
            looksUp('the agent looks the management plane up by its name'),
        ],
    },

    // Metrics collection ------------------------------------------------------------------------------------------------
    'application-metrics': {
        title: 'application metrics',
        scope: 'cluster',
        where: 'has-management-cluster',
        facet: { operation: 'metricsCollection', rank: 'primary' },
        needs: [
            {
                on: 'edge-oap',
                because: "the cluster's OAP receives the metrics of all sidecars",
                source: 'components',
                confidence: 'certain',
            },
            {
                on: 'link-to-management',
                where: 'telemetry-store-behind-management',
                because: 'metrics cross the network to the management cluster',
                buffered: true,
                source: 'firewall',
                confidence: 'certain',
            },
            {
                on: 'management-request',
                where: 'telemetry-store-via-front-envoy',
                because: 'metrics reach the store through front-envoy, which asks iam',
                buffered: true,
                source: 'firewall',
                confidence: 'certain',
            },
            {
                on: 'telemetry-store',
                because: 'the store keeps the metrics',
                buffered: true,
                source: 'components',
                confidence: 'certain',
            },
            { ...validToken, buffered: true },
            { ...looksUp('the OAP looks up by name where it writes'), buffered: true },
        ],
    },
    'component-telemetry': {
        title: "telemetry of TSB's own components",
        scope: 'cluster',
        where: 'has-management-cluster',
        facet: { operation: 'metricsCollection', rank: 'secondary' },
        needs: [
            {
                on: 'edge-otel-collector',
                because: "the cluster's otel-collector forwards it",
                source: 'components',
                confidence: 'certain',
            },
            {
                on: 'link-to-management',
                where: 'is-remote',
                because: 'it crosses the network to the management cluster',
                source: 'firewall',
                confidence: 'certain',
            },
            { ...throughTheDoor[0]!, because: 'it enters the management plane through front-envoy, which asks iam' },
            {
                on: 'management-otel-collector',
                because: 'the otel-collector of the management plane receives it',
                source: 'components',
                confidence: 'certain',
            },
            validToken,
            looksUp('the otel-collector looks up by name where it sends'),
        ],
    },
    'stored-metrics': {
        title: 'stored metrics',
        scope: 'cluster',
        where: 'has-management-cluster',
        facet: { operation: 'metricsCollection', rank: 'note' },
        needs: [
            {
                on: 'metrics-retention',
                because: 'the store forgets metrics after their retention, and no newer ones have arrived',
                rule: 'R7',
                source: 'terraform',
                confidence: 'certain',
            },
        ],
    },

    'undivided-metrics': {
        title: 'metrics in one place',
        scope: 'estate',
        where: 'metrics-promote-themselves',
        facet: { operation: 'metricsCollection', rank: 'secondary' },
        needs: [],
    },

    // Management operations ----------------------------------------------------------------------------------------------
    write: {
        title: 'changes of TSB configuration',
        scope: 'estate',
        where: 'has-management-cluster',
        facet: { operation: 'managementOperations', rank: 'primary' },
        needs: [...throughTheDoor, configurationStore],
    },
    read: {
        title: 'reading of TSB configuration',
        scope: 'estate',
        where: 'has-management-cluster',
        facet: { operation: 'managementOperations', rank: 'primary' },
        needs: [...throughTheDoor, configurationStore],
    },
    'undivided-configuration': {
        title: 'configuration in one place',
        scope: 'estate',
        where: 'configuration-promotes-itself',
        facet: { operation: 'managementOperations', rank: 'secondary' },
        needs: [],
    },
    dashboards: {
        title: 'dashboards',
        scope: 'estate',
        where: 'has-management-cluster',
        facet: { operation: 'managementOperations', rank: 'secondary' },
        needs: [
            ...throughTheDoor,
            {
                on: 'management-oap',
                because: 'the OAP of the management plane answers the queries of dashboards',
                source: 'components',
                confidence: 'certain',
            },
            {
                on: 'telemetry-store',
                because: 'dashboards show what the store holds',
                source: 'components',
                confidence: 'certain',
            },
        ],
    },
    'web-ui': {
        title: 'the web UI',
        scope: 'estate',
        where: 'has-management-cluster',
        facet: { operation: 'managementOperations', rank: 'secondary' },
        needs: [
            ...throughTheDoor,
            {
                on: 'web',
                because: 'the web component serves the interface',
                source: 'components',
                confidence: 'certain',
            },
            configurationStore,
        ],
    },
    'management-gitops-channel': {
        title: 'GitOps into the management plane',
        scope: 'estate',
        where: 'management-gitops',
        facet: { operation: 'managementOperations', rank: 'secondary' },
        needs: [
            {
                on: 'management-gitops',
                because: 'the GitOps component of the management plane applies what Git holds',
                source: 'components',
                confidence: 'likely',
            },
            configurationStore,
        ],
    },
    logins: {
        title: 'logins',
        scope: 'estate',
        where: 'identity-provider',
        facet: { operation: 'managementOperations', rank: 'secondary' },
        needs: [
            ...throughTheDoor,
            {
                on: 'identity-provider',
                because: 'the identity provider says who a user is',
                source: 'components',
                confidence: 'certain',
            },
            { ...looksUp('iam looks the identity provider up by its name'), on: 'management-dns' },
        ],
    },
    'user-sessions': {
        title: 'sessions of users',
        scope: 'estate',
        where: 'identity-provider',
        facet: { operation: 'managementOperations', rank: 'note' },
        needs: [
            {
                on: 'user-session',
                because: 'a session cannot be prolonged beyond its refresh token',
                rule: 'R7',
                source: 'iam-keys',
                confidence: 'inferred',
            },
        ],
    },
};

export const flowIds = Object.keys(flows) as FlowId[];
