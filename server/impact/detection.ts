import { gatewayName } from '../topology/element-name.js';
import { usersTouched, type Outcome } from '../failure/outcome.js';
import type { Asking } from '../failure/routes.js';
import type { Traffic } from '../failure/traffic-graph.js';
import type { HostOutcome } from '../failure/traffic-outcome.js';
import { unaskedIn } from '../failure/unasked.js';
import { caveats } from '../knowledge/caveats.js';
import { figures } from '../knowledge/clocks.js';
import { carriesWorkloads } from '../topology/topology.js';
import type { Facts } from './facts.js';
import { code } from '../encoding/markdown.js';
import { listing } from '../words/english.js';
import { duration } from '../words/times.js';
import { label } from './phrases.js';

/** Clusters with workloads that are gone as a whole: nobody is left to withdraw their endpoints. */
export function lostWorkloadClusters({ clusters, graph }: Outcome): string[] {
    const carrying = new Set(graph.topology.clusters.filter(carriesWorkloads).map(({ name }) => name));
    return clusters.filter(({ name, alive }) => !alive && carrying.has(name)).map(({ name }) => name);
}

/** Whether a host is served in full, after its clients or gateways have found another way. */
export function isMoving({ severity, gapSeconds }: HostOutcome): boolean {
    return severity === 'unaffected' && gapSeconds !== null;
}

/** Hosts whose tier1 gateways had to find out that a cluster is gone. */
export function movedByDetection(outcome: Outcome): HostOutcome[] {
    const lost = new Set(lostWorkloadClusters(outcome));
    const tier1 = new Set<string>(
        outcome.graph.topology.clusters
            .flatMap(({ gateways }) => gateways)
            .filter(({ roles }) => roles.includes('tier1'))
            .map(gatewayName),
    );
    return usersTouched(outcome).hosts.filter(
        (host) =>
            isMoving(host) &&
            host.usuallyFrom.some((home) => lost.has(home)) &&
            host.openEntries.some((entry) => tier1.has(entry)),
    );
}

/** What is not withdrawn is tried again and again, as long as it is gone. Markdown. */
export function repeatedErrors({ outcome }: Facts): string[] {
    const lost = lostWorkloadClusters(outcome);
    const isLost = new Set(lost);
    const callees = usersTouched(outcome).services.filter(({ consumers }) =>
        consumers.some(
            ({ kind, severity, usuallyFrom }) =>
                kind === 'caller' && severity === 'unaffected' && usuallyFrom.some((home) => isLost.has(home)),
        ),
    );
    const names = [...movedByDetection(outcome).map(({ host }) => host), ...callees.map(({ name }) => name)];
    if (names.length === 0) return [];
    const { ejection, longestEjection } = figures.reckonedDetection;
    const intervals = `${duration(ejection)}, ${duration(2 * ejection)} and so on, ${duration(longestEjection)} at most`;
    return [
        `Nobody withdraws the endpoints of ${listing(lost)}: proxies try them again after ${intervals}, and each time a few requests to ${listing(names)} fail${label(caveats['repeated-errors'].confidence)}.`,
    ];
}

/** Requests that pass although nobody decides on them do so after the time that they wait for an answer. Markdown. */
export function slowHelpers({ outcome }: Facts): string[] {
    const { traffic } = outcome.graph;
    const askers = new Map<string, Set<string>>();
    const isUnasked = unaskedIn(outcome);
    for (const { facet } of outcome.effects) {
        const { caller, callee } = facet.scope;
        const asking = facet.flow === 'policy-enforced' ? askingOf(traffic, caller ?? '') : undefined;
        if (!asking || caller === undefined || callee === undefined || isUnasked(facet)) continue;
        const helpers = [
            [asking.rateLimit, 'rate-limit'],
            [asking.externalAuthorization, 'external-authorization'],
        ] as const;
        for (const [helper, kind] of helpers) {
            if (helper?.by?.name !== callee || helper.fails.value !== 'open') continue;
            const what = `wait for ${code(callee)} first, ${milliseconds(figures.helperTimeout[kind].seconds)} each`;
            askers.set(what, (askers.get(what) ?? new Set()).add(caller));
        }
    }
    return [...askers].map(([what, names]) => `Requests to ${listing([...names])} ${what}, until it times out.`);
}

/** A service or a gateway that asks helpers, by its name. */
function askingOf({ routes, passages }: Traffic, name: string): Asking | undefined {
    return routes.service(name) ?? passages.find(({ gateway }) => gatewayName(gateway) === name)?.gateway;
}

function milliseconds(seconds: number): string {
    return seconds < 1 ? `${seconds * 1000} ms` : duration(seconds);
}
