import fc from 'fast-check';
import { stringify } from 'yaml';
import { calls } from './mapping/rows.js';

/** An object of an estate, before it is spelled in some way. */
export interface Thing {
    /** The file that has it: a cluster's, or that of the management plane (`tsb`). */
    readonly file: string;
    readonly apiVersion: string;
    readonly kind: string;
    /** Of objects of TSB. */
    readonly parents?: { readonly tenant?: string; readonly workspace?: string; readonly group?: string };
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly spec?: object;
}

/** What an estate consists of; `metrics` are the samples of an answer of Prometheus. */
export interface Model {
    readonly things: readonly Thing[];
    readonly metrics: readonly (readonly [Record<string, string>, number])[];
}

const clusters = ['east', 'west', 'north'] as const;
const namespaces = ['shop', 'pay'] as const;
const names = ['web', 'cart', 'stock'] as const;
const hosts = ['shop.example.com', 'api.example.com', 'pay.example.com'] as const;

const fqdn = (namespace: string, name: string) => `${namespace}/${name}.${namespace}.svc.cluster.local`;

function tsb(api: string, kind: string, parents: Thing['parents'], name: string, spec: object): Thing {
    return { file: 'tsb', apiVersion: `${api}.tsb.tetrate.io/v2`, kind, parents: parents ?? {}, name, spec };
}

const plane = (file: string, gitops: boolean | undefined): Thing => ({
    ...{ file, apiVersion: 'install.tetrate.io/v1alpha1', kind: 'ControlPlane' },
    ...{ name: 'controlplane', namespace: 'istio-system' },
    spec: {
        managementPlane: { clusterName: file },
        ...(gitops !== undefined && { components: { gitops: { enabled: gitops } } }),
    },
});

const gateway = (file: string, kind: string, namespace: string, name: string, replicaCount: number): Thing => ({
    ...{ file, apiVersion: 'install.tetrate.io/v1alpha1', kind, namespace, name },
    spec: { kubeSpec: { deployment: { replicaCount } } },
});

function running(file: string, namespace: string, name: string, replicas: number, owner: string | undefined): Thing[] {
    const labels = { app: name };
    return [
        {
            ...{ file, apiVersion: 'v1', kind: 'Service', namespace, name, labels, spec: { selector: labels } },
            ...(owner !== undefined && { annotations: { owner } }),
        },
        {
            ...{ file, apiVersion: 'apps/v1', kind: 'Deployment', namespace, name },
            spec: { replicas, template: { metadata: { labels }, spec: { serviceAccountName: name } } },
        },
    ];
}

const ofCluster = (cluster: string) =>
    fc
        .record({
            gitops: fc.option(fc.boolean(), { nil: undefined }),
            tokenTtl: fc.option(fc.constantFrom('1h', '8760h', '31536000s'), { nil: undefined }),
            region: fc.option(fc.constantFrom('us-east', 'us-west'), { nil: undefined }),
            network: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
            gateways: fc.subarray([...namespaces]),
            replicas: fc.integer({ min: 1, max: 3 }),
            services: fc.uniqueArray(
                fc.record({
                    namespace: fc.constantFrom(...namespaces),
                    name: fc.constantFrom(...names),
                    replicas: fc.integer({ min: 1, max: 4 }),
                    owner: fc.option(fc.constantFrom('team a', 'team b'), { nil: undefined }),
                }),
                { selector: ({ namespace, name }) => `${namespace}/${name}`, maxLength: 4 },
            ),
        })
        .map(({ gitops, tokenTtl, region, network, gateways, replicas, services }): Thing[] => [
            tsb('api', 'Cluster', undefined, cluster, {
                ...(tokenTtl !== undefined && { tokenTtl }),
                ...(region !== undefined && { locality: { region } }),
                ...(network !== undefined && { network }),
            }),
            plane(cluster, gitops),
            ...gateways.map((namespace) => gateway(cluster, 'IngressGateway', namespace, 'gw', replicas)),
            ...services.flatMap((each) =>
                // an owner that is another one in each cluster would be a matter of which comes first
                running(cluster, each.namespace, each.name, each.replicas, cluster === 'east' ? each.owner : undefined),
            ),
        ]);

const inGroup = { tenant: 't', workspace: 'w', group: 'g' };

/** Hosts of each namespace at its ingress gateway, and some of them at the edge. */
const ofHosts = fc
    .uniqueArray(
        fc.record({
            host: fc.constantFrom(...hosts),
            namespace: fc.constantFrom(...namespaces),
            name: fc.constantFrom(...names),
            edge: fc.option(
                fc.uniqueArray(
                    fc.record({ name: fc.constantFrom(...clusters), weight: fc.integer({ min: 1, max: 99 }) }),
                    { selector: ({ name }) => name, maxLength: 3 },
                ),
                { nil: undefined },
            ),
            asks: fc.boolean(),
        }),
        { selector: ({ host }) => host, maxLength: 3 },
    )
    .map((found): Thing[] => {
        const config = (kind: string, namespace: string, app: string, spec: object) =>
            tsb('gateway', kind, inGroup, `${namespace}-${app}`, {
                workloadSelector: { namespace, labels: { app } },
                ...spec,
            });
        const atEdge = found.filter(({ edge }) => edge);
        return [
            ...namespaces.flatMap((namespace) => {
                const http = found
                    .filter((each) => each.namespace === namespace)
                    .map(({ host, name, asks }) => ({
                        hostname: host,
                        routing: { rules: [{ route: { host: fqdn(namespace, name) } }] },
                        ...(asks && { authorization: { external: { uri: 'grpc://opa.example.com:80' } } }),
                    }));
                return http.length > 0 ? [config('IngressGateway', namespace, 'gw', { http })] : [];
            }),
            ...(atEdge.length === 0
                ? []
                : [
                      gateway('north', 'Tier1Gateway', 'edge', 'front', 2),
                      config('Tier1Gateway', 'edge', 'front', {
                          externalServers: atEdge.map(({ host, edge }) => ({ hostname: host, clusters: edge })),
                      }),
                  ]),
        ];
    });

const ofRules = fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), { selector: String, maxLength: 3 })
    .map((pairs) =>
        pairs.map(([caller, callee]) =>
            tsb('security', 'ServiceSecuritySetting', inGroup, `${caller}-${callee}`, {
                service: fqdn('shop', callee),
                settings: { authorization: { serviceAccounts: [`shop/${caller}`] } },
            }),
        ),
    );

const ofWorkspace = fc
    .record({ isNamed: fc.boolean(), failsOver: fc.boolean(), reach: fc.boolean() })
    .map(({ isNamed, failsOver, reach }): Thing[] => {
        const all = [...namespaces, 'edge'];
        const selected = isNamed
            ? clusters.flatMap((cluster) => all.map((each) => `${cluster}/${each}`))
            : all.map((each) => `*/${each}`);
        const namespaceSelector = { names: selected };
        return [
            tsb('api', 'Workspace', { tenant: 't' }, 'w', { namespaceSelector }),
            tsb('gateway', 'Group', { tenant: 't', workspace: 'w' }, 'g', { namespaceSelector }),
            tsb('security', 'Group', { tenant: 't', workspace: 'w' }, 'g', { namespaceSelector }),
            ...(failsOver
                ? [
                      tsb('api', 'WorkspaceSetting', { tenant: 't', workspace: 'w' }, 's', {
                          defaultEastWestGatewaySettings: [
                              { workloadSelector: { namespace: 'shop', labels: { app: 'gw' } } },
                          ],
                      }),
                  ]
                : []),
            ...(reach
                ? [
                      tsb('api', 'OrganizationSetting', {}, 'o', {
                          networkSettings: { networkReachability: { a: 'b' } },
                      }),
                  ]
                : []),
        ];
    });

const ofMetrics = fc.uniqueArray(
    fc
        .tuple(
            ...[fc.constantFrom(...names), fc.constantFrom(...names)],
            ...[fc.constantFrom(...clusters), fc.constantFrom(...clusters, 'Kubernetes')],
            fc.double({ min: 0, max: 9999, noNaN: true }),
        )
        .map(([from, to, caller, cluster, requests]): readonly [Record<string, string>, number] => [
            {
                ...{ source_workload: from, source_workload_namespace: 'shop', source_cluster: caller },
                ...{ destination_service: `${to}.shop.svc.cluster.local`, destination_service_name: to },
                ...{ destination_service_namespace: 'shop', destination_cluster: cluster },
            },
            requests,
        ]),
    { selector: ([labels]) => JSON.stringify(labels), maxLength: 8 },
);

/** Estates of up to three clusters, in all that import writes; no two things of one are of the same identity. */
export const models: fc.Arbitrary<Model> = fc
    .record({
        clusters: fc.subarray([...clusters], { minLength: 1 }).chain((some) => fc.tuple(...some.map(ofCluster))),
        hosts: ofHosts,
        rules: ofRules,
        workspace: ofWorkspace,
        metrics: ofMetrics,
    })
    .map(({ clusters: inClusters, hosts: ofAll, rules, workspace, metrics }) => ({
        things: [...inClusters.flat(), ...workspace, ...ofAll, ...rules],
        metrics,
    }));

export type Spelling = 'tctl' | 'kubernetes' | 'whole name';
export const spellings: readonly Spelling[] = ['tctl', 'kubernetes', 'whole name'];

/** How a file is written. */
export type Form = 'JSON list' | 'JSON behind JSON' | 'YAML documents' | 'YAML list' | 'YAML in braces';
export const forms: readonly Form[] = [
    'JSON list',
    'JSON behind JSON',
    'YAML documents',
    'YAML list',
    'YAML in braces',
];

/** An object as it stands in a file. */
export function spelled(thing: Thing, spelling: Spelling): object {
    const { apiVersion, kind, parents, name, namespace, labels, annotations, spec } = thing;
    const own = { ...(namespace !== undefined && { namespace }), ...(labels && { labels }) };
    const metadata = {
        ...own,
        ...(annotations && { annotations }),
        ...(parents ? spelledParents(thing, spelling) : { name }),
    };
    return { apiVersion, kind, metadata, ...(spec && { spec }) };
}

function spelledParents({ kind, apiVersion, name, parents = {} }: Thing, spelling: Spelling): object {
    const { tenant, workspace, group } = parents;
    const api = apiVersion.split('.')[0]!;
    if (spelling === 'tctl') return { organization: 'acme', ...parents, name };
    if (spelling === 'kubernetes') {
        const annotations = {
            'tsb.tetrate.io/organization': 'acme',
            ...(tenant !== undefined && { 'tsb.tetrate.io/tenant': tenant }),
            ...(workspace !== undefined && { 'tsb.tetrate.io/workspace': workspace }),
            ...(group !== undefined && { [`tsb.tetrate.io/${api}Group`]: group }),
        };
        return { name, namespace: 'config', annotations };
    }
    const path = [
        ['organizations', 'acme'],
        ...(tenant === undefined ? [] : [['tenants', tenant]]),
        ...(workspace === undefined ? [] : [['workspaces', workspace]]),
        ...(group === undefined ? [] : [[`${api}groups`, group]]),
        [`${kind === 'Group' ? api : ''}${kind.toLowerCase()}s`, name],
    ];
    return { fqn: path.flat().join('/') };
}

/** The files of an estate, and which cluster each is of. */
export function filesOf(
    { things, metrics }: Model,
    form: Form,
    spelling: (thing: Thing, index: number) => Spelling,
): { readonly files: Record<string, string>; readonly clusters: Record<string, string> } {
    const files: Record<string, string> = {};
    const clustersOfFiles: Record<string, string> = {};
    for (const stem of [...new Set(things.map(({ file }) => file))]) {
        const own = things.filter(({ file }) => file === stem).map((thing, n) => spelled(thing, spelling(thing, n)));
        const name = `${stem}.${form.startsWith('JSON') ? 'json' : 'yaml'}`;
        files[name] = writtenAs(own, form);
        if (stem !== 'tsb') clustersOfFiles[name] = stem;
    }
    if (metrics.length > 0) files['calls.json'] = calls(...metrics);
    return { files, clusters: clustersOfFiles };
}

function writtenAs(objects: readonly object[], form: Form): string {
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    switch (form) {
        case 'JSON list':
            return JSON.stringify(list);
        case 'JSON behind JSON':
            return objects.map((object) => JSON.stringify(object)).join('\n');
        case 'YAML documents':
            return objects.map((object) => stringify(object)).join('---\n');
        case 'YAML list':
            return stringify(list);
        case 'YAML in braces':
            return objects.map((object) => `---\n${JSON.stringify(object)}\n`).join('');
    }
}
