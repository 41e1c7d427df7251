import { fields, labels, list, texts, type Read } from './reading/shape.js';

/** Annotations that are read; all others may hold anything, such as a whole Secret in `last-applied-configuration`. */
const annotations = texts(
    'tsb.tetrate.io/organization',
    'tsb.tetrate.io/tenant',
    'tsb.tetrate.io/workspace',
    'tsb.tetrate.io/gatewayGroup',
    'tsb.tetrate.io/trafficGroup',
    'tsb.tetrate.io/securityGroup',
    'tsb.tetrate.io/istioInternalGroup',
    'gateway.tetrate.io/host',
    'gateway.tetrate.io/expose',
    'gateway.tetrate.io/edge-cluster',
    'gateway.tetrate.io/edge-clusters',
    'traffic.tetrate.io/global',
    'external-dns.alpha.kubernetes.io/hostname',
    'external-dns.alpha.kubernetes.io/ttl',
    'app.openshift.io/connects-to',
    'owner',
    'backstage.io/owner',
);

const metadata = fields({
    name: 'text',
    namespace: 'text',
    organization: 'text',
    tenant: 'text',
    workspace: 'text',
    group: 'text',
    fqn: 'text',
    labels,
    annotations,
});

const selector = fields({ namespace: 'text', labels });
const names = fields({ names: list('text') });
const clusterList = list(fields({ name: 'text', weight: 'number', network: 'text', labels }));
const clusterDestination = fields({ clusters: clusterList });
const destination = fields({ clusterDestination, serviceDestination: fields({ host: 'text' }), host: 'text' });
const authorization = fields({ external: fields({ uri: 'text' }) });
const rateLimiting = fields({
    settings: fields({ failClosed: 'flag' }),
    externalService: fields({ rateLimitServerUri: 'text', failClosed: 'flag' }),
});

const rule = fields({
    match: 'present',
    route: destination,
    modify: fields({ rewrite: fields({ authority: 'text' }) }),
    redirect: 'present',
    directResponse: 'present',
});

/** A server of any of the kinds of gateways: they differ in where they say where requests go. */
const server = fields({
    name: 'text',
    hostname: 'text',
    trafficMode: 'text',
    transit: 'flag',
    clusters: clusterList,
    routing: fields({ rules: list(rule) }),
    route: destination,
    modify: fields({ rewrite: fields({ authority: 'text' }) }),
    authentication: 'present',
    authorization,
    rateLimiting,
});

const installed = fields({
    type: 'text',
    eastWestOnly: 'flag',
    targetCluster: 'text',
    kubeSpec: fields({
        deployment: fields({ replicaCount: 'number', hpaSpec: fields({ minReplicas: 'number' }) }),
        service: fields({ annotations }),
    }),
});

const store = 'present';
const planeParts = {
    managementPlane: fields({ host: 'text', clusterName: 'text' }),
    telemetryStore: fields({ elastic: fields({ host: 'text' }), demoElastic: store, banyandb: store, banyanDB: store }),
    organization: 'text',
    dataStore: fields({
        postgres: fields({ address: 'text', host: 'text' }),
        demoPostgres: store,
        embeddedPostgres: store,
    }),
    identityProvider: fields({
        ldap: 'present',
        oidc: 'present',
        azure: 'present',
        demoLdap: 'present',
        mock: 'present',
        sync: 'present',
    }),
    components: fields({
        xcp: fields({ centralProvidedCaCert: 'flag', isolationBoundaries: 'present' }),
        gitops: fields({ enabled: 'flag', pushMode: 'text' }),
        rateLimitServer: 'present',
        frontEnvoy: 'present',
    }),
} as const;

const trafficSetting = fields({
    resilience: fields({ circuitBreakerSensitivity: 'text' }),
    outlierDetection: 'present',
    egress: fields({ host: 'text' }),
    reachability: fields({ mode: 'text', hosts: list('text') }),
});

const workload = fields({
    replicas: 'number',
    template: fields({
        metadata: fields({ labels }),
        spec: fields({
            serviceAccountName: 'text',
            topologySpreadConstraints: list(fields({ topologyKey: 'text', whenUnsatisfiable: 'text' })),
        }),
    }),
});

const securityRules = fields({
    mode: 'text',
    serviceAccounts: list('text'),
    rules: fields({
        allow: list(fields({ from: fields({ fqn: 'text' }), to: fields({ fqn: 'text' }) })),
    }),
});

const clusterState = fields({
    discoveredLocality: fields({ region: 'text' }),
    tsbCpVersion: 'text',
});

/** What is read of each kind; whatever stands in none of these is never looked at. */
export const shapes = {
    Cluster: fields({
        metadata,
        spec: fields({
            tokenTtl: 'text',
            tier1Cluster: 'flag',
            network: 'text',
            locality: fields({ region: 'text' }),
            labels,
            state: clusterState,
            namespaces: list(
                fields({
                    name: 'text',
                    services: list(
                        fields({
                            hostname: 'text',
                            canonicalName: 'text',
                            kubernetesServiceFqdn: 'text',
                            numKubernetesEndpoints: 'number',
                            numVmEndpoints: 'number',
                            meshExternal: 'flag',
                        }),
                    ),
                }),
            ),
        }),
    }),
    OrganizationSetting: fields({
        metadata,
        spec: fields({
            networkSettings: fields({ networkReachability: labels }),
            networkReachability: labels,
            defaultTrafficSetting: trafficSetting,
        }),
    }),
    Workspace: fields({ metadata, spec: fields({ namespaceSelector: names }) }),
    Group: fields({ metadata, spec: fields({ namespaceSelector: names, configMode: 'text' }) }),
    WorkspaceSetting: fields({
        metadata,
        spec: fields({
            defaultEastWestGatewaySettings: list(
                fields({ workloadSelector: selector, exposedServices: list(fields({ serviceLabels: labels })) }),
            ),
            regionalFailover: 'present',
            failoverSettings: 'present',
            defaultTrafficSetting: trafficSetting,
        }),
    }),
    GatewayConfig: fields({
        metadata,
        spec: fields({
            workloadSelector: selector,
            http: list(server),
            tls: list(server),
            tcp: list(server),
            tlsPassthrough: list(server),
            externalServers: list(server),
            internalServers: list(server),
            passthroughServers: list(server),
            tcpExternalServers: list(server),
            tcpInternalServers: list(server),
            egressAuthorization: list(
                fields({
                    from: fields({ serviceAccounts: list('text') }),
                    to: list(fields({ host: fields({ exact: 'text' }) })),
                }),
            ),
            authorization: list(fields({ from: fields({ serviceAccounts: list('text') }), to: list('text') })),
        }),
    }),
    GatewayInstall: fields({ metadata, spec: installed }),
    ControlPlane: fields({ metadata, spec: fields(planeParts) }),
    ManagementPlane: fields({ metadata, spec: fields(planeParts), status: fields({ tsbVersion: 'text' }) }),
    Namespace: fields({ metadata }),
    Node: fields({
        metadata: fields({
            name: 'text',
            namespace: 'text',
            labels: texts('topology.kubernetes.io/region', 'topology.kubernetes.io/zone'),
        }),
    }),
    Service: fields({
        metadata,
        spec: fields({ selector: labels, type: 'text', ports: list(fields({ port: 'number' })) }),
    }),
    Workload: fields({
        metadata,
        spec: workload,
    }),
    Autoscaler: fields({
        metadata,
        spec: fields({ minReplicas: 'number', scaleTargetRef: fields({ kind: 'text', name: 'text' }) }),
    }),
    IstioGateway: fields({
        metadata,
        spec: fields({ selector: labels, servers: list(fields({ hosts: list('text') })) }),
    }),
    VirtualService: fields({
        metadata,
        spec: fields({
            hosts: list('text'),
            gateways: list('text'),
            http: list(fields({ route: list(fields({ destination: fields({ host: 'text' }), weight: 'number' })) })),
            tls: list(fields({ route: list(fields({ destination: fields({ host: 'text' }) })) })),
            tcp: list(fields({ route: list(fields({ destination: fields({ host: 'text' }) })) })),
        }),
    }),
    ServiceEntry: fields({ metadata, spec: fields({ hosts: list('text'), location: 'text' }) }),
    DestinationRule: fields({
        metadata,
        spec: fields({ host: 'text', trafficPolicy: fields({ outlierDetection: 'present' }) }),
    }),
    WorkloadGroup: fields({ metadata, spec: fields({ metadata: fields({ labels }) }) }),
    WorkloadEntry: fields({ metadata, spec: fields({ labels }) }),
    SecuritySetting: fields({ metadata, spec: fields({ authorization: securityRules }) }),
    ServiceSecuritySetting: fields({
        metadata,
        spec: fields({ service: 'text', settings: fields({ authorization: securityRules }) }),
    }),
    ServiceRoute: fields({ metadata, spec: fields({ service: 'text', subsets: list(fields({ name: 'text' })) }) }),
    TrafficSetting: fields({
        metadata,
        spec: fields({
            outlierDetection: 'present',
            resilience: fields({ circuitBreakerSensitivity: 'text' }),
        }),
    }),
} as const;

export type Kind = keyof typeof shapes;
export type ObjectOf<K extends Kind> = Read<(typeof shapes)[K]>;

/** What Helm values of a plane have in common with its CR; they have no kind. */
export const valuesShape = fields({ spec: fields(planeParts) });
export type Values = Read<typeof valuesShape>;

/** The group of an API, and in it the kinds that are read, with what they are here. */
const groups: readonly (readonly [RegExp, ReadonlyMap<string, Kind>])[] = [
    [
        /^((api|gateway|traffic|security|istiointernal|rbac)\.)?tsb\.tetrate\.io\/v2$/,
        new Map<string, Kind>([
            ['Cluster', 'Cluster'],
            ['OrganizationSetting', 'OrganizationSetting'],
            ['Workspace', 'Workspace'],
            ['Group', 'Group'],
            ['WorkspaceSetting', 'WorkspaceSetting'],
            ['IngressGateway', 'GatewayConfig'],
            ['Tier1Gateway', 'GatewayConfig'],
            ['EgressGateway', 'GatewayConfig'],
            ['Gateway', 'GatewayConfig'],
            ['SecuritySetting', 'SecuritySetting'],
            ['ServiceSecuritySetting', 'ServiceSecuritySetting'],
            ['ServiceRoute', 'ServiceRoute'],
            ['TrafficSetting', 'TrafficSetting'],
        ]),
    ],
    [
        /^install\.tetrate\.io\/v1alpha1$/,
        new Map<string, Kind>([
            ['ControlPlane', 'ControlPlane'],
            ['ManagementPlane', 'ManagementPlane'],
            ['IngressGateway', 'GatewayInstall'],
            ['Tier1Gateway', 'GatewayInstall'],
            ['EgressGateway', 'GatewayInstall'],
            ['Gateway', 'GatewayInstall'],
        ]),
    ],
    [
        /^v1$/,
        new Map<string, Kind>([
            ['Namespace', 'Namespace'],
            ['Node', 'Node'],
            ['Service', 'Service'],
        ]),
    ],
    [
        /^apps\/v1$/,
        new Map<string, Kind>([
            ['Deployment', 'Workload'],
            ['StatefulSet', 'Workload'],
        ]),
    ],
    [/^autoscaling\/v\w+$/, new Map<string, Kind>([['HorizontalPodAutoscaler', 'Autoscaler']])],
    [
        /^networking\.istio\.io\/v\w+$/,
        new Map<string, Kind>([
            ['Gateway', 'IstioGateway'],
            ['VirtualService', 'VirtualService'],
            ['ServiceEntry', 'ServiceEntry'],
            ['DestinationRule', 'DestinationRule'],
            ['WorkloadGroup', 'WorkloadGroup'],
            ['WorkloadEntry', 'WorkloadEntry'],
        ]),
    ],
];

/** What an object is, by its `apiVersion` and `kind`; undefined for one that is read past. */
export function kindOf(apiVersion: string, kind: string): Kind | undefined {
    return groups.find(([group]) => group.test(apiVersion))?.[1].get(kind);
}
