/** How well a fact is known: read in a primary source, in one secondary source or a schema, or reasoned without a source. */
export type Confidence = 'certain' | 'likely' | 'inferred';

export interface Source {
    readonly title: string;
    /** A public address; undefined where the fact is a decision or a derivation of this project. */
    readonly url?: string;
}

const nativeLibrary = 'https://github.com/rootsongjc/cloud-native-library/blob';
const istioSource = 'https://github.com/istio/istio/blob/86c9f01fd735fb01d8192f5bcaf0d424afb7f14c';
const terraform =
    'https://github.com/tetratelabs/terraform-provider-tsb/tree/66dbc5b0547cd4930a8489ce334b1a0a682e7a57/docs/resources';

/** Where the facts of this tool come from. Every fact in `knowledge/` names one of these. */
export const sources = {
    scenarios: {
        title: 'Tetrate Service Bridge: failure scenarios for the management plane',
        url: 'https://docs.tetrate.io/service-bridge/design-guides/ha-dr-mp/scenarios',
    },
    'before-you-begin': {
        title: 'Tetrate Service Bridge: high availability of the management plane, before you begin',
        url: 'https://docs.tetrate.io/service-bridge/design-guides/ha-dr-mp/before-you-begin',
    },
    'ha-dr': {
        title: 'Tetrate Service Bridge: high availability and disaster recovery',
        url: `${nativeLibrary}/362d48984ad042f9ae628b7bcfbb0a0f424cc5ae/content/tsb/design-guides/ha-dr-mp/index.md`,
    },
    'dr-management-plane': {
        title: 'Tetrate Service Bridge: disaster recovery of the management plane',
        url: `${nativeLibrary}/362d48984ad042f9ae628b7bcfbb0a0f424cc5ae/content/tsb/design-guides/ha-dr-mp/dr-managementplane.md`,
    },
    'best-practices': {
        title: 'Tetrate Service Bridge: best practices for backups of the management plane',
        url: 'https://docs.tetrate.io/service-bridge/next/design-guides/ha-dr-mp/best-practices',
    },
    components: {
        title: 'Tetrate Service Bridge: components',
        url: 'https://docs.tetrate.io/service-bridge/setup/components',
    },
    firewall: {
        title: 'Tetrate Service Bridge: firewall information (ports)',
        url: `${nativeLibrary}/b1240e90/content/tsb/setup/firewall-information.md`,
    },
    dataflow: {
        title: 'Tetrate Service Bridge: configuration data flow',
        url: `${nativeLibrary}/709e64f6/content/tsb/concepts/configuration-dataflow.md`,
    },
    onboarding: {
        title: 'Tetrate Service Bridge: troubleshooting of cluster onboarding',
        url: `${nativeLibrary}/362d48984ad042f9ae628b7bcfbb0a0f424cc5ae/content/tsb/troubleshooting/cluster-onboarding.md`,
    },
    'iam-keys': {
        title: 'Tetrate Service Bridge: several IAM signing keys',
        url: `${nativeLibrary}/362d48984ad042f9ae628b7bcfbb0a0f424cc5ae/content/tsb/operations/multiple-iam-keys.md`,
    },
    alerting: {
        title: 'Tetrate Service Bridge: alerting guidelines',
        url: `${nativeLibrary}/362d48984ad042f9ae628b7bcfbb0a0f424cc5ae/content/tsb/operations/telemetry/alerting-guidelines.md`,
    },
    kubegres: {
        title: 'Tetrate Service Bridge: embedded Postgres and its backups',
        url: 'https://docs.tetrate.io/service-bridge/next/operations/postgresql/managing-kubegres',
    },
    'active-standby': {
        title: 'Tetrate Service Bridge: active and standby management planes, failover (1.12)',
        url: 'https://docs.tetrate.io/service-bridge/design-guides/ha-dr-mp/active-standby/failover',
    },
    /** A development build of XCP, without a management plane: certain of that build, likely of what TSB ships. */
    'xcp-scenarios': {
        title: 'XCP scenarios: generated Istio objects and the log of an edge, of a development build',
        url: 'https://github.com/Revolyssup/xcp-scenarios/tree/f131988c0ab5bf2aedabf07c470ff4e06fc02100',
    },
    'ha-dr-introduction': {
        title: 'Tetrate Service Bridge: high availability and disaster recovery, introduction (next)',
        url: 'https://docs.tetrate.io/service-bridge/next/design-guides/ha-dr-mp/introduction',
    },
    'gitops-guide': {
        title: 'Tetrate Service Bridge: GitOps (1.13)',
        url: 'https://docs.tetrate.io/service-bridge/getting-started/extra/gitops',
    },
    'weighted-fallback': {
        title: 'Tetrate Service Bridge: failover of edge gateways with weighted distribution (1.12)',
        url: 'https://docs.tetrate.io/service-bridge/next/howto/gateway/weighted-distribution-and-fallback',
    },
    'active-standby-overview': {
        title: 'Tetrate Service Bridge: active and standby management planes, overview (1.12)',
        url: 'https://docs.tetrate.io/service-bridge/design-guides/ha-dr-mp/active-standby/overview',
    },
    /** Its own address is known in part only: the page that leads to it. */
    'active-standby-backup': {
        title: 'Tetrate Service Bridge: high availability and disaster recovery, backup and restore by hand (next): see the guides behind the introduction',
        url: 'https://docs.tetrate.io/service-bridge/next/design-guides/ha-dr-mp/introduction',
    },
    'active-standby-troubleshoot': {
        title: 'Tetrate Service Bridge: active and standby management planes, troubleshooting (1.12)',
        url: 'https://docs.tetrate.io/service-bridge/design-guides/ha-dr-mp/active-standby/troubleshoot',
    },
    'hosted-and-on-prem': {
        title: 'Tetrate Service Bridge: hosted and on-premises management planes (1.13)',
        url: 'https://docs.tetrate.io/service-bridge/concepts/hosted-and-on-prem',
    },
    'hosted-agent': {
        title: 'Tetrate Service Bridge: traffic management with the hosted agent (next)',
        url: 'https://docs.tetrate.io/service-bridge/next/design-guides/tetrate-agent/traffic-management-use-cases',
    },
    'telemetry-architecture': {
        title: 'Tetrate Service Bridge: telemetry architecture (next)',
        url: 'https://docs.tetrate.io/service-bridge/next/operations/telemetry/telemetry-architecture',
    },
    /** Seen in 1.12; the address moves between versions. */
    'manual-failover': { title: 'Tetrate Service Bridge: manual failover of the management plane (1.12)' },
    monitoring: { title: 'Tetrate Service Bridge: monitoring the management plane' },
    'skywalking-start': {
        title: 'Apache SkyWalking issue 3317: OAP does not start without its storage',
        url: 'https://github.com/apache/skywalking/issues/3317',
    },
    'elasticsearch-quorum': {
        title: 'Elasticsearch: voting configurations',
        url: 'https://www.elastic.co/docs/deploy-manage/distributed-architecture/discovery-cluster-formation/modules-discovery-voting',
    },
    'wipe-elastic': {
        title: 'Tetrate Service Bridge: wiping Elasticsearch',
        url: `${nativeLibrary}/362d48984ad042f9ae628b7bcfbb0a0f424cc5ae/content/tsb/operations/elasticsearch/wipe-elastic.md`,
    },
    certificates: {
        title: 'Tetrate Service Bridge: certificate setup',
        url: `${nativeLibrary}/362d48984ad042f9ae628b7bcfbb0a0f424cc5ae/content/tsb/setup/certificate/certificate-setup.md`,
    },
    'cluster-failover': {
        title: 'Tetrate Service Bridge: failover between clusters',
        url: `${nativeLibrary}/362d48984ad042f9ae628b7bcfbb0a0f424cc5ae/content/tsb/design-guides/ha-multicluster/cluster-failover.md`,
    },
    'east-west': {
        title: 'Tetrate Service Bridge: multi-cluster routing with an east-west gateway',
        url: `${nativeLibrary}/0cbaba9a/content/tsb/howto/gateway/multi-cluster-traffic-routing-with-eastwest-gateway.md`,
    },
    reachability: {
        title: 'Tetrate Service Bridge: organization settings, network reachability',
        url: `${nativeLibrary}/362d48984ad042f9ae628b7bcfbb0a0f424cc5ae/content/tsb/refs/tsb/v2/organization-setting.md`,
    },
    'delete-cluster': {
        title: 'Tetrate Service Bridge: cluster service, DeleteCluster',
        url: `${nativeLibrary}/362d48984ad042f9ae628b7bcfbb0a0f424cc5ae/content/tsb/refs/tsb/v2/cluster-service.md`,
    },
    terraform: { title: 'Terraform provider for Tetrate Service Bridge: resource schemas', url: terraform },
    istio: {
        title: 'Istio: deployment models',
        url: 'https://github.com/istio/istio.io/blob/046cbef/content/en/docs/ops/deployment/deployment-models/index.md',
    },
    'kubernetes-dns': {
        title: 'Kubernetes: DNS for services and pods',
        url: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
    },
    'istio-server': {
        title: 'Istio: how istiod starts (its caches first)',
        url: `${istioSource}/pilot/pkg/bootstrap/server.go`,
    },
    'istio-webhook': {
        title: 'Istio: the validation webhook closes once istiod was ready',
        url: `${istioSource}/pkg/webhooks/validation/controller/controller.go`,
    },
    'istio-proxy': {
        title: 'Istio: how a proxy keeps and renews its certificate (pilot agent, secret cache)',
        url: `${istioSource}/security/pkg/nodeagent/cache/secretcache.go`,
    },
    'envoy-ext-authz': {
        title: 'Envoy issue 10158: external authorization fails closed',
        url: 'https://github.com/envoyproxy/envoy/issues/10158',
    },
    /** Found by running the rules over reference architectures and comparing with the published table. */
    derivation: { title: 'Derived: which architectures reproduce the published table' },
    /** A decision of this project, stated in its documentation. */
    design: { title: 'A decision of this tool, documented in docs/model.md' },
} as const satisfies Record<string, Source>;

export type SourceTag = keyof typeof sources;
