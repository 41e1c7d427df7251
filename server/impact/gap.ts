import type { HostOutcome } from '../failure/traffic-outcome.js';
import { duration } from './wording.js';

/** For how long a host is out while its requests find another way, in seconds: at the least, and at the most. */
export interface Gap {
    readonly from: number;
    readonly to: number;
}

/** A host as machines read it. */
export type HostReport = Omit<HostOutcome, 'switchSeconds'> & { readonly gapSeconds: Gap | null };

/** The gap of a host; null where nothing moves, or all is lost. */
export function gapOf({ switchSeconds }: HostOutcome): Gap | null {
    return switchSeconds === undefined ? null : { from: 0, to: switchSeconds };
}

/** The same host with its gap. */
export function hostReport(host: HostOutcome): HostReport {
    const { switchSeconds: _, ...rest } = host;
    return { ...rest, gapSeconds: gapOf(host) };
}

/** "after a gap of 30 s", "after a gap of 0–60 s". */
export function gapPhrase({ from, to }: Gap): string {
    if (from === to) return `after a gap of ${duration(to)}`;
    const short = to <= 120 ? `${from}–${to} s` : `${duration(from)} to ${duration(to)}`;
    return `after a gap of ${short}`;
}

/** The gaps of all hosts that are served all the same, together; null where none of them moves. */
export function gapOfUnaffected(hosts: readonly HostOutcome[]): Gap | null {
    const gaps = hosts.filter(({ severity }) => severity === 'unaffected').flatMap((host) => gapOf(host) ?? []);
    if (gaps.length === 0) return null;
    return { from: Math.min(...gaps.map(({ from }) => from)), to: Math.max(...gaps.map(({ to }) => to)) };
}
