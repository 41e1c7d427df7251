import type { Operation, Severity } from '../knowledge/operations.js';
import { operations, severities } from '../knowledge/operations.js';
import type { ElementName } from '../topology/elements.js';
import type { FailureGraph, Timer } from './graph.js';
import { run, type Moment } from './run.js';
import { failuresFor } from './timeline.js';

/** An operation, or an exposed host, that gets worse although nothing else fails, only because the failure lasts. */
export interface Worsening {
    readonly operation?: Operation;
    readonly host?: string;
    readonly to: Severity;
    /** Seconds from the beginning of the failure: when at the earliest, and when for sure. */
    readonly from: number;
    readonly until: number;
    /** What runs out then. */
    readonly timers: readonly Timer[];
}

/**
 * How long something may be down: every worsening that comes later than the failure itself, in order of time. Empty where
 * time changes nothing.
 */
export function enduranceOf(graph: FailureGraph, failures: readonly ElementName[]): Worsening[] {
    const steps = failuresFor(failures);
    const earliest = run(graph, steps, 'earliest');
    const latest = run(graph, steps, 'latest');
    const judgedOperations = operations.map((operation) => ({
        of: { operation },
        severity: (moment: Moment) => moment.outcome.operations[operation],
    }));
    const judgedHosts = graph.traffic.hosts.map(({ exposure: { host } }) => ({
        of: { host },
        severity: (moment: Moment) =>
            moment.outcome.hosts.find((found) => found.host === host)?.severity ?? 'unaffected',
    }));
    const found = [...judgedOperations, ...judgedHosts].flatMap(({ of, severity }) =>
        (['limited', 'total'] as const).flatMap((to): Worsening[] => {
            const worse = (moment: Moment) => severities.indexOf(severity(moment)) >= severities.indexOf(to);
            const begins = earliest.findIndex(worse);
            if (begins <= 0) return [];
            const { at: from, expired } = earliest[begins]!;
            const before = new Set(earliest[begins - 1]!.expired);
            const timers = expired.filter((timer) => !before.has(timer));
            return [{ ...of, to, from, until: latest.find(worse)?.at ?? Infinity, timers }];
        }),
    );
    // what turns limited and total at once only turns total
    const distinct = found.filter(
        (one) => !found.some((other) => isSame(one, other) && one.to === 'limited' && other.to === 'total'),
    );
    return distinct.sort((a, b) => a.from - b.from);
}

function isSame(one: Worsening, other: Worsening): boolean {
    return one.operation === other.operation && one.host === other.host && one.from === other.from;
}
