import type { ClusterOperation, Freshness, Operation, Severity } from '../knowledge/operations.js';
import { operations, severities } from '../knowledge/operations.js';
import { flows } from '../knowledge/flows.js';
import type { Facet } from './graph.js';
import { noticedIn } from './noticed.js';
import { usersTouched, type Effect, type Outcome } from './outcome.js';
import type { HostOutcome, ServiceOutcome } from './traffic-outcome.js';
import { unaskedIn } from './unasked.js';

/** Something of which an outcome tells how it stands. */
export type Judged =
    | { readonly kind: 'operation'; readonly operation: Operation }
    | { readonly kind: 'cluster'; readonly cluster: string; readonly operation: ClusterOperation }
    | { readonly kind: 'freshness'; readonly cluster: string; readonly freshness: Freshness }
    | { readonly kind: 'host'; readonly host: string }
    | { readonly kind: 'service'; readonly service: string }
    | { readonly kind: 'facet'; readonly facet: Facet; readonly state: Effect['state'] };

/** How something stands that is not as it is in health. */
export interface Standing {
    readonly of: Judged;
    /** Of a host that moved, of a service that lost a home, and of a note: unaffected. */
    readonly severity: Severity;
    /** All that is lost of it, in figures that a worse standing does not lower: severity, share, homes, entries … */
    readonly extent: readonly number[];
}

/** Everything that is not as it is in health, by a name of its own; marks first, then hosts, services, clusters, facets. */
export function standingsIn(outcome: Outcome): ReadonlyMap<string, Standing> {
    const standings = new Map<string, Standing>();
    const add = (name: string, standing: Standing) => {
        if (isHarmed(standing.extent)) standings.set(name, standing);
    };
    for (const operation of operations) {
        const severity = outcome.operations[operation];
        add(operation, { of: { kind: 'operation', operation }, severity, extent: [gravityOf(severity)] });
    }
    const { hosts, services } = usersTouched(outcome);
    for (const host of hosts) {
        const extent = hostExtent(host);
        if (!isHarmed(extent)) continue;
        const of: Judged = { kind: 'host', host: host.host };
        add(`host ${host.host}`, { of, severity: host.severity, extent });
    }
    for (const service of services) {
        const extent = serviceExtent(service);
        if (!isHarmed(extent)) continue;
        const of: Judged = { kind: 'service', service: service.name };
        add(`service ${service.name}`, { of, severity: service.severity, extent });
    }
    for (const { name: cluster, alive, operations: marks, freshness = 'live' } of outcome.clusters) {
        for (const [operation, marked] of Object.entries(marks) as [ClusterOperation, Severity][]) {
            // nothing gets worse for the dead
            const severity = alive ? marked : 'total';
            const of: Judged = { kind: 'cluster', cluster, operation };
            add(`${operation} of ${cluster}`, { of, severity, extent: [gravityOf(severity)] });
        }
        const of: Judged = { kind: 'freshness', cluster, freshness };
        add(`freshness of ${cluster}`, { of, severity: 'limited', extent: [freshnesses.indexOf(freshness)] });
    }
    const isUnseen = unseenIn(outcome);
    const isUnasked = unaskedIn(outcome);
    for (const { facet, state, node } of outcome.effects) {
        if (isUnseen(facet) || isUnasked(facet)) continue;
        const of: Judged = { kind: 'facet', facet, state };
        const extent = [state === 'lost' ? 2 : 1];
        add(`facet ${facet.lost}`, { of, severity: contribution({ facet, state, node }), extent });
    }
    return standings;
}

function isHarmed(extent: Standing['extent']): boolean {
    return extent.some((figure) => figure > 0);
}

/** Notes of what has run out where nobody is left to notice it: nothing happens to the dead. */
function unseenIn({ graph, state, propagation }: Outcome): (facet: Facet) => boolean {
    const isNoticed = noticedIn(graph, state);
    const key = (clock: string, cluster = '') => `${clock} of ${cluster}`;
    const unseen = new Set(
        graph.timers
            .filter((timer) => propagation.down[timer.node] && !isNoticed(timer))
            .map(({ clock, scope }) => key(clock, scope.cluster)),
    );
    return ({ flow, rank, scope }) =>
        rank === 'note' && flows[flow].needs.some(({ on }) => unseen.has(key(on, scope.cluster)));
}

/** Whether something stands worse than it did, in any respect. */
export function isWorse({ extent }: Standing, before: Standing | undefined): boolean {
    return extent.some((figure, respect) => figure > (before?.extent[respect] ?? 0));
}

/** Whether something stands at least as badly, in each respect. */
export function isAsBad(standing: Standing | undefined, other: Standing): boolean {
    return other.extent.every((figure, respect) => (standing?.extent[respect] ?? 0) >= figure);
}

/** What the loss of a facet contributes to its operation. */
export function contribution({ facet: { rank }, state }: Effect): Severity {
    if (rank === 'note') return 'unaffected';
    return state === 'lost' && rank === 'primary' ? 'total' : 'limited';
}

const freshnesses: readonly Freshness[] = ['live', 'queued', 'frozen'];

function gravityOf(severity: Severity): number {
    return severities.indexOf(severity);
}

function hostExtent({ severity, lostShare, missed, servedFrom, usuallyFrom, closedEntries }: HostOutcome): number[] {
    const left = usuallyFrom.filter((home) => !servedFrom.includes(home));
    return [gravityOf(severity), lostShare, missed.length, left.length, closedEntries.length];
}

function serviceExtent({ severity, lostHomes, brokenCalls, missed }: ServiceOutcome): number[] {
    return [gravityOf(severity), lostHomes.length, brokenCalls.length, missed.length];
}
