import type { BrokenCall, ConsumerOutcome, HostOutcome, ServiceOutcome } from '../failure/traffic-outcome.js';
import { ranOutSentences } from './clocks.js';
import { repeatedErrors, slowHelpers } from './detection.js';
import type { Facts } from './facts.js';
import { gapPhrase } from './gap.js';
import { code, listing, verb } from './wording.js';

/** What happens to running workloads: hosts first, then services, then what else runs. Never empty. */
export function runningWorkloads(facts: Facts): string[] {
    const { outcome } = facts;
    const hosts = outcome.hosts.flatMap((host) => hostSentence(host) ?? []);
    const services = [
        ...goneServices(outcome.services),
        ...outcome.services
            .filter((service) => service.severity === 'limited' && !onlyLosesHomes(service))
            .map(limitedService),
        ...thinnedServices(outcome.services),
    ];
    const sentences = [
        ...hosts,
        ...services,
        ...otherWorkloads(facts),
        ...lostIdentities(facts),
        ...repeatedErrors(facts),
    ];
    if (sentences.length === 0) {
        const everywhere = facts.clusters.length > 1 && facts.dead.length === 0 ? ', in every cluster' : '';
        return [`Everything that runs goes on running${everywhere}.`];
    }
    const untouched = outcome.clusters.some(
        (cluster) => cluster.alive && cluster.operations.runningWorkloads === 'unaffected',
    );
    return untouched && facts.dead.length > 0
        ? [...sentences, 'Workloads on other clusters are not touched.']
        : sentences;
}

/** What hosts and services do not tell: workloads without a name, and policies that nobody enforces. */
export function otherWorkloads(facts: Facts): string[] {
    const silent = silentClusters(facts);
    return [
        ...(silent.length > 0 ? [`Workloads on ${listing(silent)} are unavailable.`] : []),
        ...unenforcedPolicies(facts),
        ...slowHelpers(facts),
    ];
}

/** "gone", "loses 50 % of its requests", "served from `west`, after a gap of 0–60 s"; undefined where nothing happens to the host. */
export function hostPhrase(host: HostOutcome): string | undefined {
    const gap = host.gapSeconds;
    const after = gap ? gapPhrase(gap) : undefined;
    switch (host.severity) {
        case 'total':
            return 'gone: no request gets through';
        case 'limited': {
            const harm =
                host.lostShare > 0
                    ? `loses ${Math.round(host.lostShare * 100)} % of its requests`
                    : `answers in part: ${code(host.service)} cannot reach ${listing(host.missed)}`;
            return after === undefined ? harm : `${harm}; what gets through does so ${after}`;
        }
        case 'unaffected': {
            if (after === undefined) return undefined;
            const region = host.fromOtherRegion ? ', in another region' : '';
            const enters = host.closedEntries.length > 0 ? `entered by ${listing(host.openEntries)} only; ` : '';
            return `${enters}served from ${listing(host.servedFrom)}${region}, ${after}`;
        }
    }
}

function hostSentence(host: HostOutcome): string | undefined {
    const phrase = hostPhrase(host);
    if (phrase === undefined) return undefined;
    const is = host.severity === 'total' || host.severity === 'unaffected' ? 'is ' : '';
    return `${code(host.host)} ${is}${phrase}.`;
}

/** What is lost of a service, or where it runs on; undefined where nothing happens to it. */
export function servicePhrase(service: ServiceOutcome): string | undefined {
    const left = service.homes.filter((home) => home.serves).map((home) => home.cluster);
    switch (service.severity) {
        case 'total':
            if (left.length > 0) return 'out of reach: nobody who uses it is served';
            return service.homes.some((home) => home.alive)
                ? `gone: it cannot serve without ${listing(distinctCallees(service.missed))}`
                : 'gone: no instance is left';
        case 'limited': {
            const unserved = service.consumers.filter(({ severity }) => severity !== 'unaffected');
            const callers = unserved.filter(({ kind }) => kind === 'caller');
            if (callers.length > 0) {
                const names = [...new Set(callers.map(({ name, cluster }) => `${name}@${cluster}`))];
                return `${reach(callers)} for ${listing(names)}`;
            }
            if (service.brokenCalls.length > 0 && unserved.every(({ severity }) => severity === 'limited')) {
                return `answers in part: it cannot reach ${listing(distinctCallees(service.brokenCalls))}`;
            }
            if (unserved.length > 0) return `${reach(unserved)} for ${listing(unserved.map(({ name }) => name))}`;
            return homesLeft(service);
        }
        case 'unaffected':
            return left.length < service.homes.length ? homesLeft(service) : undefined;
    }
}

function distinctCallees(calls: readonly BrokenCall[]): string[] {
    return [...new Set(calls.map(({ callee }) => callee))];
}

function reach(consumers: readonly ConsumerOutcome[]): string {
    return consumers.every(({ severity }) => severity === 'total') ? 'out of reach' : 'limited';
}

/** Whether a home less is all that happens to a service: whoever uses it is served. */
export function onlyLosesHomes({ severity, homes, consumers, brokenCalls }: ServiceOutcome): boolean {
    return (
        severity !== 'total' &&
        homes.some((home) => !home.serves) &&
        brokenCalls.length === 0 &&
        consumers.every((consumer) => consumer.severity === 'unaffected')
    );
}

function homesLeft(service: ServiceOutcome): string {
    const left = service.homes.filter((home) => home.serves).length;
    return `${whereItServes(service)} · ${left} of ${service.homes.length} homes`;
}

/** Judged by who uses it, or else by its homes: not each home that is left can be reached by those who use the service. */
function whereItServes({ homes, consumers }: ServiceOutcome): string {
    if (consumers.length === 0) {
        return `runs on in ${listing(homes.filter((home) => home.serves).map((home) => home.cluster))}`;
    }
    const answering = new Set(consumers.flatMap(({ servedFrom }) => servedFrom));
    return `served from ${listing(homes.map(({ cluster }) => cluster).filter((cluster) => answering.has(cluster)))}`;
}

function goneServices(services: readonly ServiceOutcome[]): string[] {
    const byPhrase = new Map<string, string[]>();
    for (const service of services) {
        const phrase = service.severity === 'total' && servicePhrase(service);
        if (phrase) byPhrase.set(phrase, [...(byPhrase.get(phrase) ?? []), service.name]);
    }
    return [...byPhrase].map(
        ([phrase, names]) =>
            `${listing(names)} ${verb(names.length, 'is', 'are')} ${names.length > 1 ? phrase.replace('it cannot', 'they cannot').replace('uses it', 'uses them') : phrase}.`,
    );
}

function limitedService(service: ServiceOutcome): string {
    const phrase = servicePhrase(service) ?? 'limited';
    const is = /^(out|limited|served)/.test(phrase) ? 'is ' : '';
    return `${code(service.name)} ${is}${phrase.replace(' · ', ', ')}.`;
}

/** Services that lost a home, and serve everybody all the same. */
function thinnedServices(services: readonly ServiceOutcome[]): string[] {
    const thinned = services.filter(onlyLosesHomes);
    const [only] = thinned;
    if (!only) return [];
    if (thinned.length > 1) return [`${listing(thinned.map(({ name }) => name))} lose a home each, and none is lost.`];
    const lost = only.homes.filter((home) => !home.serves).length;
    const runs = only.consumers.length === 0 ? whereItServes(only) : `is ${whereItServes(only)}`;
    return [`${code(only.name)} loses ${lost} of ${only.homes.length} homes and ${runs}.`];
}

/** Clusters whose workloads no service names, and which are gone. */
function silentClusters({ outcome }: Facts): string[] {
    return outcome.effects.flatMap(({ facet }) =>
        facet.flow === 'instances-serve' && facet.scope.service === undefined ? [facet.scope.cluster ?? ''] : [],
    );
}

/** Why workloads and gateways are lost although they run. */
function lostIdentities(facts: Facts): string[] {
    return [...ranOutSentences(facts, 'leaf-certificate'), ...ranOutSentences(facts, 'machine-certificate')];
}

/** Helpers that fail open: requests pass, and nobody decides whether they may. */
function unenforcedPolicies({ outcome }: Facts): string[] {
    const unenforced = new Map<string, Set<string>>();
    for (const { facet } of outcome.effects) {
        const { caller, callee } = facet.scope;
        if (facet.flow !== 'policy-enforced' || caller === undefined || callee === undefined) continue;
        unenforced.set(callee, (unenforced.get(callee) ?? new Set()).add(caller));
    }
    return [...unenforced].map(
        ([helper, services]) =>
            `What ${code(helper)} decides is not enforced for ${listing([...services])}; requests pass.`,
    );
}
