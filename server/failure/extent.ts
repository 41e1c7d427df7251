import { operations, severities, type Operation, type Severity } from '../knowledge/operations.js';
import type { Gravity } from './gravity.js';
import type { Fare } from './part-fares.js';
import type { HostOutcome, ServiceOutcome } from './traffic-outcome.js';

/** What is lost, in numbers: neither who fails over, nor how much operators notice of it. */
export interface Losses {
    /** As {@link lostOf} tells it. */
    readonly operations: number;
    /** Hosts, services, and workloads that no service names. */
    readonly down: number;
    readonly degraded: number;
}

/** Whether more is lost of any of these. */
export function areMore(now: Losses, before: Losses): boolean {
    return now.operations > before.operations || now.down > before.down || now.degraded > before.degraded;
}

/** How much is lost of the operations, as a number by which it compares. */
export function lostOf(severity: Readonly<Record<Operation, Severity>>): number {
    return operations.reduce((sum, operation) => sum + severities.indexOf(severity[operation]) ** 2, 0);
}

/** How much is down in what a part of a failure comes to. */
export function downOf({ felt, gravities }: Pick<Fare, 'felt' | 'gravities'>): number {
    return felt.workloads + numberOf('down', gravities);
}

/** How many of them fare so. */
export function numberOf(gravity: Gravity, gravities: readonly Gravity[]): number {
    let count = 0;
    for (const each of gravities) if (each === gravity) count++;
    return count;
}

/** Whether a host loses anything, if only for a while. */
export function isHostHit({ severity, gapSeconds }: HostOutcome): boolean {
    return severity !== 'unaffected' || gapSeconds !== null;
}

/** Whether a service loses anything, if only a spare. */
export function isServiceHit({ severity, lostHomes }: ServiceOutcome): boolean {
    return severity !== 'unaffected' || lostHomes.length > 0;
}
