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
    // hosts come in the same order in every outcome
    const judgedHosts = graph.traffic.hosts.map(({ exposure: { host } }, index) => ({
        of: { host },
        severity: (moment: Moment) => moment.outcome.hosts[index]!.severity,
    }));
    const found = [...judgedOperations, ...judgedHosts].flatMap(({ of, severity }) => {
        const [limited, total] = (['limited', 'total'] as const).map((to): Worsening | undefined => {
            const worse = (moment: Moment) => severities.indexOf(severity(moment)) >= severities.indexOf(to);
            const begins = earliest.findIndex(worse);
            if (begins <= 0) return undefined;
            const { at: from, expired } = earliest[begins]!;
            const before = new Set(earliest[begins - 1]!.expired);
            const timers = expired.filter((timer) => !before.has(timer));
            return { ...of, to, from, until: latest.find(worse)?.at ?? Infinity, timers };
        });
        // what turns limited and total at once only turns total
        return [...(limited && limited.from !== total?.from ? [limited] : []), ...(total ? [total] : [])];
    });
    return found.sort((a, b) => a.from - b.from);
}
