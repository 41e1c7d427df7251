import type { Sample } from './sample.js';
import type { Cursor } from './shape.js';

/**
 * The edges of a graph of Kiali, of any type of graph that knows workloads or apps. What leads from a service to the
 * workloads behind it is no call.
 *
 * @param seconds the time that the graph looks at; its rates are of requests in a second
 */
export function kialiSamples(nodes: readonly Cursor[], edges: readonly Cursor[], seconds: number): Sample[] {
    const byId = new Map(
        nodes.flatMap((node): [string, Cursor][] => {
            const data = node.field('data');
            const id = data && text(data, 'id');
            return data && id !== undefined ? [[id, data]] : [];
        }),
    );
    return edges.flatMap((edge): Sample[] => {
        const data = edge.field('data');
        const end = (name: string) => byId.get((data && text(data, name)) ?? '');
        const [from, to] = [end('source'), end('target')];
        const caller = from && callerOf(from);
        const callee = to && calleeOf(to);
        const rate = rateOf(data?.field('traffic')?.field('rates'));
        if (!caller || !callee || !(rate > 0)) return [];
        const labels = new Map([
            ['source_workload', caller],
            ['source_workload_namespace', (from && text(from, 'namespace')) ?? ''],
            ['destination_service_name', callee.name],
            ['destination_service_namespace', callee.namespace],
            ['destination_service', callee.name],
        ]);
        return [{ labels, value: Math.max(1, Math.round(rate * (seconds > 0 ? seconds : 1))) }];
    });
}

function callerOf(node: Cursor): string | undefined {
    if (text(node, 'nodeType') === 'service') return undefined;
    return text(node, 'workload') ?? text(node, 'app');
}

function calleeOf(node: Cursor): { readonly namespace: string; readonly name: string } | undefined {
    const namespace = text(node, 'namespace') ?? '';
    const behind = node.field('destServices')?.items()?.[0];
    const name =
        text(node, 'service') ?? (behind && text(behind, 'name')) ?? text(node, 'app') ?? text(node, 'workload');
    return name === undefined ? undefined : { namespace: (behind && text(behind, 'namespace')) ?? namespace, name };
}

/** Requests in a second, of whichever protocol; other rates are shares and bytes. */
function rateOf(rates: Cursor | undefined): number {
    const all = ['http', 'grpc', 'https'].map((protocol) => Number((rates && text(rates, protocol)) ?? 0));
    return all.reduce((sum, rate) => sum + (Number.isFinite(rate) ? rate : 0), 0);
}

function text(node: Cursor, name: string): string | undefined {
    const value = node.field(name)?.scalar();
    return value === undefined || value === '' ? undefined : String(value);
}
