import type { Outcome } from '../../server/failure/outcome.js';
import type { Result } from './evaluator/result.js';

/** What the engine says, in the shape of the evaluator, with shares to six digits. */
export function resultOf({ operations, clusters, hosts, services }: Outcome): Result {
    const homesFirst = <T extends { readonly cluster?: string }>(one: T, other: T) =>
        compareTexts(one.cluster ?? '', other.cluster ?? '');
    return comparable({
        operations,
        clusters: Object.fromEntries(
            clusters.map(({ name, alive, operations: judged, freshness = null }) => [
                name,
                { alive, operations: judged, freshness },
            ]),
        ),
        hosts: Object.fromEntries(
            hosts.map(({ host, severity, lostShare, servedFrom, usuallyFrom, gapSeconds, fromOtherRegion }) => [
                host,
                { severity, lostShare, servedFrom, usuallyFrom, gapSeconds, fromOtherRegion },
            ]),
        ),
        services: Object.fromEntries(
            services.map(({ name, severity, homes, consumers, brokenCalls }) => [
                name,
                {
                    severity,
                    homes: [...homes].sort(homesFirst),
                    consumers: [...consumers].sort(
                        (one, other) =>
                            compareTexts(one.kind, other.kind) ||
                            compareTexts(one.name, other.name) ||
                            homesFirst(one, other),
                    ),
                    brokenCalls: [...brokenCalls].sort(
                        (one, other) => homesFirst(one, other) || compareTexts(one.callee, other.callee),
                    ),
                },
            ]),
        ),
    });
}

/** The same with shares to six digits. */
export function comparable(result: Result): Result {
    const hosts = Object.entries(result.hosts).map(([name, host]) => [
        name,
        { ...host, lostShare: Number(host.lostShare.toFixed(6)) },
    ]);
    return { ...result, hosts: Object.fromEntries(hosts) as Result['hosts'] };
}

function compareTexts(one: string, other: string): number {
    return one < other ? -1 : one > other ? 1 : 0;
}
