import type { Gap } from '../failure/gaps.js';
import type { Scope } from '../failure/graph.js';
import type { FlowId } from '../knowledge/flows.js';
import type { Operation, Severity } from '../knowledge/operations.js';

/** Something that fares in one way or another while something fails. */
export type Subject =
    | { readonly kind: 'host'; readonly host: string; readonly service: string }
    | { readonly kind: 'service'; readonly service: string }
    | { readonly kind: 'operation'; readonly operation: Operation }
    | { readonly kind: 'configuration'; readonly cluster: string }
    | { readonly kind: 'facet'; readonly flow: FlowId; readonly scope: Scope };

/** How a subject fares, in the words of what it is. */
export type Fare =
    | {
          readonly kind: 'host';
          readonly is: UserState | 'failover';
          readonly gap: Gap | null;
          readonly lostShare: number;
      }
    | { readonly kind: 'service'; readonly is: UserState | 'spare' }
    | { readonly kind: 'operation'; readonly is: Severity }
    | { readonly kind: 'configuration'; readonly is: 'live' | 'queued' | 'frozen' }
    | { readonly kind: 'facet'; readonly is: 'whole' | 'limited' | 'lost' };

export type UserState = 'served' | 'degraded' | 'down';

/** From a time on, in seconds. */
export interface Standing {
    readonly at: number;
    readonly fare: Fare;
}

/** How a subject stands that is not as it is in health at every time; in order of time, the first at 0. */
export interface Standings {
    readonly of: Subject;
    readonly course: readonly Standing[];
}

/** By the key of the subject. */
export type Course = ReadonlyMap<string, Standings>;

/** The same for the same subject in any estate. */
export function keyOf(of: Subject): string {
    switch (of.kind) {
        case 'host':
            return `host ${of.host}`;
        case 'service':
            return `service ${of.service}`;
        case 'operation':
            return `operation ${of.operation}`;
        case 'configuration':
            return `configuration ${of.cluster}`;
        case 'facet': {
            const { flow, scope } = of;
            const { cluster, service, host, caller, callee } = scope;
            return JSON.stringify(['facet', flow, cluster, service, host, caller, callee]);
        }
    }
}

const ranks: Readonly<Record<Fare['kind'], readonly string[]>> = {
    host: ['served', 'failover', 'degraded', 'down'],
    service: ['served', 'spare', 'degraded', 'down'],
    operation: ['unaffected', 'limited', 'total'],
    configuration: ['live', 'queued', 'frozen'],
    facet: ['whole', 'limited', 'lost'],
};

/** As in health. */
export function healthy(kind: Fare['kind']): Fare {
    switch (kind) {
        case 'host':
            return { kind, is: 'served', gap: null, lostShare: 0 };
        case 'service':
            return { kind, is: 'served' };
        case 'operation':
            return { kind, is: 'unaffected' };
        case 'configuration':
            return { kind, is: 'live' };
        case 'facet':
            return { kind, is: 'whole' };
    }
}

/** Shares that differ by less come from the order in which they were added up. */
const leastShare = 1e-6;

/** Positive where the first is the worse one; 0 where both are the same to whoever notices them. */
export function compareFares(a: Fare, b: Fare): number {
    const difference = ranks[a.kind].indexOf(a.is) - ranks[b.kind].indexOf(b.is);
    if (difference !== 0 || a.kind !== 'host' || b.kind !== 'host') return difference;
    const share = a.lostShare - b.lostShare;
    if (Math.abs(share) > leastShare) return share;
    return (a.gap?.to ?? 0) - (b.gap?.to ?? 0) || (a.gap?.from ?? 0) - (b.gap?.from ?? 0);
}
