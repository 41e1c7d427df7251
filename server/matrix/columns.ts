import type { FailureGraph } from '../failure/graph.js';
import type { Outcome } from '../failure/outcome.js';
import { operations, operationTitles, type Operation } from '../knowledge/operations.js';

/** What a failure is judged by: the four operations, then each host and each service, as an outcome has them. */
export type Column =
    | { readonly kind: 'operation'; readonly name: Operation; readonly title: string }
    | {
          readonly kind: 'host';
          readonly name: string;
          readonly title: string;
          /** Which it exposes. A host that is exposed twice has a column for each service. */
          readonly service: string;
      }
    | {
          readonly kind: 'service';
          readonly name: string;
          readonly title: string;
      };

/** The columns of the matrix of an estate. @param health the outcome of no failure */
export function columnsOf({ traffic }: FailureGraph, health: Pick<Outcome, 'services'>): Column[] {
    const times = new Map<string, number>();
    for (const { exposure } of traffic.hosts) times.set(exposure.host, (times.get(exposure.host) ?? 0) + 1);
    return [
        ...operations.map((name): Column => ({ kind: 'operation', name, title: operationTitles[name] })),
        ...traffic.hosts.map(({ exposure: { host }, service }): Column => {
            const title = times.get(host)! > 1 ? `${host} (${service})` : host;
            return { kind: 'host', name: host, title, service };
        }),
        ...health.services.map(({ name }): Column => ({ kind: 'service', name, title: name })),
    ];
}
