import { describe, expect, test } from 'vitest';
import { controlPlane, dump, errorsIn, importFiles, install, running, type TestOptions } from '../imported.js';

export const tsb = (kind: string, metadata: object, spec: object = {}, api = 'api') => ({
    apiVersion: `${api}.tsb.tetrate.io/v2`,
    kind,
    metadata: { organization: 'acme', ...metadata },
    spec,
});
export const cluster = (name: string, spec: object = {}) => tsb('Cluster', { name }, spec);
export const workspace = (...names: readonly string[]) =>
    tsb('Workspace', { tenant: 't', name: 'w' }, { namespaceSelector: { names } });
export const group = (name: string, names: readonly string[], api = 'gateway') =>
    tsb('Group', { tenant: 't', workspace: 'w', name }, { namespaceSelector: { names } }, api);
export const config = (kind: string, name: string, namespace: string, spec: object, inGroup = 'g') =>
    tsb(
        kind,
        { tenant: 't', workspace: 'w', group: inGroup, name: `${name}-config` },
        { workloadSelector: { namespace, labels: { app: name } }, ...spec },
        'gateway',
    );
export const leadsTo = (hostname: string, service: string, more: object = {}) => ({
    hostname,
    routing: { rules: [{ route: { host: service } }] },
    ...more,
});
export const node = (region: string, zone: string) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
        name: `${region}${zone}`,
        labels: { 'topology.kubernetes.io/region': region, 'topology.kubernetes.io/zone': zone },
    },
});
export const object = (
    apiVersion: string,
    kind: string,
    namespace: string,
    name: string,
    spec: object,
    more: object = {},
) => ({
    apiVersion,
    kind,
    metadata: { name, namespace, ...more },
    spec,
});
export const web = 'shop/web.shop.svc.cluster.local';

/** Two clusters with a service, an ingress gateway in each, and an edge. */
export const east = [controlPlane('east'), ...running('shop', 'web', 3), install('IngressGateway', 'shop', 'shop-gw')];
export const west = [controlPlane('west'), ...running('shop', 'web', 2), install('IngressGateway', 'shop', 'shop-gw')];
export const dmz = [controlPlane('dmz'), install('Tier1Gateway', 'edge', 'front')];
export const estate = { 'east.json': dump(...east), 'west.json': dump(...west), 'dmz.json': dump(...dmz) };
export const ingress = config('IngressGateway', 'shop-gw', 'shop', { http: [leadsTo('shop.example.com', web)] });
export const edge = (server: object) =>
    config('Tier1Gateway', 'front', 'edge', { externalServers: [{ hostname: 'shop.example.com', ...server }] });
export const tsbOf = (...objects: readonly object[]) => ({
    'tsb.json': dump(workspace('*/shop', '*/edge'), group('g', ['*/shop', '*/edge']), ...objects),
});

export type Row = readonly [
    what: string,
    files: Readonly<Record<string, string>>,
    expected: string,
    options?: TestOptions,
];

export const calls = (...metrics: readonly (readonly [Record<string, string>, number])[]) =>
    JSON.stringify({
        status: 'success',
        data: {
            resultType: 'vector',
            result: metrics.map(([metric, value]) => ({ metric, value: [1, String(value)] })),
        },
    });
export const call = (workload: string, service: string) => ({
    source_workload: workload,
    source_workload_namespace: 'shop',
    destination_service: `${service}.shop.svc.cluster.local`,
    destination_service_name: service,
    destination_service_namespace: 'shop',
});

export const setting = (spec: object) => tsb('WorkspaceSetting', { tenant: 't', workspace: 'w', name: 's' }, spec);

/** Each row is read without complaint, and what comes of it has what is expected, and no errors. */
export function holds(title: string, rows: readonly Row[]): void {
    describe(title, () => {
        test.each(rows.map(([what, ...row]) => ({ what, row })))(
            '$what',
            async ({ row: [files, expected, options] }) => {
                const { text, report } = importFiles(files, options);
                expect(text).toContain(expected);
                expect(report.notUnderstood).toEqual([]);
                expect(await errorsIn(text)).toEqual([]);
            },
        );
    });
}
