import { stringify } from 'yaml';
import type { Source } from '../../server/import/reading/read.js';

/** What stands in every object of a dump, and is not read. */
const noise = (number: number) => ({
    managedFields: Array.from({ length: 3 }, (_, n) => ({
        manager: `manager-${number}-${n}`,
        fieldsV1: { 'f:metadata': { 'f:labels': { 'f:app': {} } }, 'f:spec': { 'f:replicas': {}, 'f:template': {} } },
    })),
});

function workload(number: number): object[] {
    const [name, namespace] = [`s${number}`, `ns${number % 50}`];
    const labels = { app: name };
    const env = Array.from({ length: 10 }, (_, n) => ({ name: `E${n}`, value: 'v'.repeat(20) }));
    return [
        {
            apiVersion: 'v1',
            kind: 'Service',
            metadata: {
                ...{ name, namespace, labels, ...noise(number) },
                annotations: { 'kubectl.kubernetes.io/last-applied-configuration': 'x'.repeat(400) },
            },
            spec: { selector: { ...labels }, ports: [{ port: 80 }] },
            status: { loadBalancer: {} },
        },
        {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            metadata: { name, namespace, ...noise(number) },
            spec: {
                replicas: 3,
                template: {
                    metadata: { labels: { ...labels } },
                    spec: { serviceAccountName: name, containers: [{ name, image: `example.com/${name}:1`, env }] },
                },
            },
            status: { conditions: [{ type: 'Available', message: 'm'.repeat(200) }] },
        },
    ];
}

/**
 * A dump of one cluster, of about so many characters.
 *
 * @param others what else the cluster has
 */
export function dumpOf(
    cluster: string,
    characters: number,
    format: 'json' | 'yaml',
    others: readonly object[] = [],
): Source {
    const written =
        format === 'json'
            ? (value: unknown) => JSON.stringify(value, undefined, 4)
            : (value: unknown) => stringify(value);
    const items: object[] = [...others];
    for (let size = 0, number = 0; size < characters; number++) {
        const more = workload(number);
        items.push(...more);
        size += written(more).length;
    }
    return { name: `${cluster}.${format}`, text: written({ apiVersion: 'v1', kind: 'List', items }), cluster };
}

/** What an estate has of which kind; each is about so many characters. */
const [dumpSize, configurationSize] = [5_000_000, 5_000_000];

/**
 * An estate as it is imported: 20 MB of dumps of its four clusters in JSON, and 5 MB of what the management plane has of
 * them in YAML: namespaces, gateways, hosts, and rules that leave questions.
 */
export function estateSources(): Source[] {
    const clusters = ['east', 'west', 'north', 'south'];
    return [
        ...clusters.map((cluster) => {
            const planes = [
                install('ControlPlane', 'istio-system', 'controlplane', { managementPlane: { clusterName: cluster } }),
                ...namespaces.map((namespace) => install('IngressGateway', namespace, 'gw')),
            ];
            const { name, text } = dumpOf(cluster, dumpSize, 'json', planes);
            return { name: `dumps/${name}`, text };
        }),
        { name: 'tsb/tenant.yaml', text: configuration(clusters, configurationSize) },
    ];
}

const namespaces = Array.from({ length: 50 }, (_, number) => `ns${number}`);

function install(kind: string, namespace: string, name: string, spec: object = {}): object {
    return { apiVersion: 'install.tetrate.io/v1alpha1', kind, metadata: { name, namespace }, spec };
}

/** The configuration of a tenant: a workspace for each namespace, and a host for each service. */
function configuration(clusters: readonly string[], characters: number): string {
    const tsb = (api: string, kind: string, metadata: object, spec: object) =>
        stringify({ apiVersion: `${api}tsb.tetrate.io/v2`, kind, metadata, spec });
    const documents = [
        ...clusters.map((name) => tsb('api.', 'Cluster', { name, organization: 'acme' }, { tokenTtl: '8760h' })),
        ...namespaces.flatMap((namespace) => {
            const inWorkspace = { organization: 'acme', tenant: 't', workspace: namespace };
            const namespaceSelector = { names: [`*/${namespace}`] };
            return [
                tsb('api.', 'Workspace', { ...inWorkspace, name: namespace }, { namespaceSelector }),
                tsb('gateway.', 'Group', { ...inWorkspace, name: 'gateways' }, { namespaceSelector }),
            ];
        }),
    ];
    let size = documents.join('').length;
    for (let number = 0; size < characters; number++) {
        const [name, namespace] = [`s${number}`, `ns${number % 50}`];
        const inGroup = { organization: 'acme', tenant: 't', workspace: namespace, group: 'gateways', name };
        const etag = `"${'e'.repeat(40)}"`;
        const tls = { mode: 'SIMPLE', secretName: `${name}-certificate`, cipherSuites: [], subjectAltNames: [] };
        const rules = Array.from({ length: 24 }, (_, rule) => ({
            match: [{ uri: { prefix: `/v${rule}` } }],
            route: { host: `${namespace}/${name}.${namespace}.svc.cluster.local`, port: 80 },
        }));
        const text = tsb(
            'gateway.',
            'IngressGateway',
            { ...inGroup, description: 'd'.repeat(200), resourceVersion: etag },
            {
                workloadSelector: { namespace, labels: { app: 'gw' } },
                http: [{ name, port: 443, hostname: `${name}.example.com`, tls, routing: { rules } }],
            },
        );
        documents.push(text);
        size += text.length;
        if (number % 5 !== 0) continue;
        const rule = tsb(
            'security.',
            'ServiceSecuritySetting',
            { ...inGroup },
            {
                service: `${namespace}/${name}.${namespace}.svc.cluster.local`,
                settings: { authorization: { serviceAccounts: [`${namespace}/s${number + 50}`] } },
            },
        );
        documents.push(rule);
        size += rule.length;
    }
    return documents.join('---\n');
}
