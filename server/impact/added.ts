import type { FailureGraph } from '../failure/graph.js';
import type { Harm } from '../failure/harms.js';
import { simulate, type Outcome } from '../failure/outcome.js';
import { harmsBetween } from '../failure/residual.js';
import { pointAt, type Timeline } from '../failure/timeline.js';

/** What a change adds to what is down already, or to nothing. */
export interface Added {
    /** Before and after the change. */
    readonly before: Outcome;
    readonly after: Outcome;
    /** What comes on top at once. Empty: the change is harmless. */
    readonly harms: readonly Harm[];
    /** What of it would not happen with all else up. */
    readonly onlyTogether: readonly Harm[];
    /** The first time, in seconds after the change, from which on more comes on top, and what. */
    readonly later?: { readonly after: number; readonly harms: readonly Harm[] };
}

/**
 * Compares the course of things with and without a change.
 *
 * @param alone what the change comes to with all else up
 */
export function addedBy(graph: FailureGraph, given: Timeline, changed: Timeline, at: number, alone: Outcome): Added {
    const addedAt = (time: number) =>
        harmsBetween(graph, pointAt(given, time).outcome.propagation, pointAt(changed, time).outcome.propagation);
    const harms = addedAt(at);
    const harmsAlone = harmsBetween(graph, simulate(graph, []).propagation, alone.propagation);
    const times = [...new Set([...given.points, ...changed.points].map((point) => point.at))];
    const later = times
        .filter((time) => time > at)
        .sort((a, b) => a - b)
        .map((time) => ({ after: time - at, harms: without(addedAt(time), harms) }))
        .find((moment) => moment.harms.length > 0);
    return {
        before: pointAt(given, at).outcome,
        after: pointAt(changed, at).outcome,
        harms,
        onlyTogether: without(harms, harmsAlone),
        ...(later && { later }),
    };
}

function without(harms: readonly Harm[], others: readonly Harm[]): Harm[] {
    const known = new Set(others.map(({ kind, what }) => `${kind} ${what}`));
    return harms.filter(({ kind, what }) => !known.has(`${kind} ${what}`));
}
