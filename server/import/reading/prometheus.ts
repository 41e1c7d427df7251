import type { Sample } from './sample.js';
import type { Cursor } from './shape.js';

/**
 * An answer of Prometheus to an instant query: the labels of each sample, of which only a few are kept.
 *
 * @returns undefined if it is something else
 */
export function prometheusSamples(cursor: Cursor): Sample[] | undefined {
    const result = cursor.field('data')?.field('result')?.items();
    if (!result || cursor.field('status')?.scalar() === undefined) return undefined;
    return result.flatMap((item): Sample[] => {
        const metric = item.field('metric');
        const value = Number(
            item.field('value')?.items()?.[1]?.scalar() ??
                item.field('values')?.items()?.at(-1)?.items()?.[1]?.scalar(),
        );
        if (!metric || !Number.isFinite(value)) return [];
        const labels = new Map(
            metricLabels.flatMap((label): [string, string][] => {
                const text = metric.field(label)?.scalar();
                return text === undefined ? [] : [[label, String(text)]];
            }),
        );
        return [{ labels, value }];
    });
}

const metricLabels = [
    'source_workload',
    'source_workload_namespace',
    'source_canonical_service',
    'source_cluster',
    'destination_service',
    'destination_service_name',
    'destination_service_namespace',
    'destination_workload',
    'destination_workload_namespace',
    'destination_cluster',
];
