import type { Gap } from '../failure/gaps.js';
import type { HostOutcome } from '../failure/traffic-outcome.js';
import { duration } from '../words/times.js';

/** "down for 30 s", "down for 30–60 s", "down for up to 60 s". */
export function gapPhrase({ from, to }: Gap): string {
    if (from === to) return `down for ${duration(to)}`;
    if (from === 0) return `down for up to ${duration(to)}`;
    const inMinutes = to > 120 && from % 60 === 0 && to % 60 === 0;
    return `down for ${inMinutes ? `${from / 60}–${to / 60} min` : `${from}–${to} s`}`;
}

/** The gaps of all hosts that are served all the same, together; null where none of them fails over. */
export function gapOfUnaffected(hosts: readonly HostOutcome[]): Gap | null {
    const gaps = hosts
        .filter(({ severity }) => severity === 'unaffected')
        .flatMap(({ gapSeconds }) => gapSeconds ?? []);
    if (gaps.length === 0) return null;
    return { from: Math.min(...gaps.map(({ from }) => from)), to: Math.max(...gaps.map(({ to }) => to)) };
}
