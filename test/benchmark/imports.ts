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
                    spec: { containers: [{ name, image: `example.com/${name}:1`, env }] },
                },
            },
            status: { conditions: [{ type: 'Available', message: 'm'.repeat(200) }] },
        },
    ];
}

/** A dump of one cluster, of about so many characters. */
export function dumpOf(cluster: string, characters: number, format: 'json' | 'yaml'): Source {
    const written =
        format === 'json' ? (value: unknown) => JSON.stringify(value) : (value: unknown) => stringify(value);
    const items: object[] = [];
    for (let size = 0, number = 0; size < characters; number++) {
        const more = workload(number);
        items.push(...more);
        size += written(more).length;
    }
    return { name: `${cluster}.${format}`, text: written({ apiVersion: 'v1', kind: 'List', items }), cluster };
}
