import { instancesName } from '../topology/element-name.js';
import { usersTouched } from '../failure/outcome.js';
import { unaskedIn } from '../failure/unasked.js';
import {
    gravityOfService,
    onlyLosesHomes,
    type BrokenCall,
    type ConsumerOutcome,
    type HostOutcome,
    type ServiceOutcome,
    type MissedNeed,
} from '../failure/traffic-outcome.js';
import { lostLookups } from './lookups.js';
import { ranOutSentences } from './clocks.js';
import { repeatedErrors, slowHelpers } from './detection.js';
import type { Facts } from './facts.js';
import { gapPhrase } from './gap.js';
import { code } from '../encoding/markdown.js';
import { enumerated, listing, oneOf, percent, verb } from '../words/english.js';

/** What happens to running workloads: hosts first, then services, then what else runs. Never empty. */
export function runningWorkloads(facts: Facts): string[] {
    const { outcome } = facts;
    const touched = usersTouched(outcome);
    const hosts = touched.hosts.flatMap((host) => hostSentence(host) ?? []);
    const services = [
        ...goneServices(touched.services),
        ...touched.services.filter((service) => gravityOfService(service) === 'degraded').map(limitedService),
        ...thinnedServices(touched.services),
    ];
    const sentences = [
        ...hosts,
        ...services,
        ...otherWorkloads(facts),
        ...lostLookups(facts),
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

/** "down: no request gets through", "degraded: loses 50 % of its requests", "fails over to `west`, down for up to 60 s"; undefined where nothing happens to the host. */
export function hostPhrase(host: HostOutcome): string | undefined {
    const gap = host.gapSeconds;
    const after = gap ? gapPhrase(gap) : undefined;
    switch (host.severity) {
        case 'total':
            return 'down: no request gets through';
        case 'limited': {
            const harm =
                host.lostShare > 0
                    ? `degraded: loses ${percent(host.lostShare)} of its requests`
                    : `degraded: ${code(host.service)} cannot reach ${listing(host.missed)}`;
            return after === undefined ? harm : `${harm}; what gets through fails over, ${after}`;
        }
        case 'unaffected': {
            if (after === undefined) return undefined;
            const region = host.fromOtherRegion ? ', in another region' : '';
            const enters = host.closedEntries.length > 0 ? `; clients enter by ${listing(host.openEntries)} only` : '';
            return `fails over ${whereTo(host)}${region}, ${after}${enters}`;
        }
    }
}

/** To which clusters, or on which way where they are the same. */
function whereTo({ servedFrom, usuallyFrom }: HostOutcome): string {
    // what stands outside the mesh is in no cluster
    if (usuallyFrom.length === 0) return 'on its way';
    const left = usuallyFrom.some((cluster) => !servedFrom.includes(cluster));
    return `${left ? 'to' : 'on the way to'} ${listing(servedFrom)}`;
}

/** The same as a sentence: "`shop.example.com` is down: no request gets through." */
export function hostSentence(host: HostOutcome): string | undefined {
    const phrase = hostPhrase(host);
    if (phrase === undefined) return undefined;
    return `${code(host.host)} ${host.severity === 'unaffected' ? '' : 'is '}${phrase}.`;
}

/** What is lost of a service, or where it runs on; undefined where nothing happens to it. */
export function servicePhrase(service: ServiceOutcome): string | undefined {
    const left = service.homes.filter((home) => home.serves).map((home) => home.cluster);
    switch (service.severity) {
        case 'total':
            if (left.length > 0) return 'down for everybody who uses it: its instances run, out of reach';
            return service.homes.some((home) => home.alive)
                ? `down: it cannot serve without ${missedPhrase(service.missed)}`
                : 'down: no instance is left';
        case 'limited': {
            const unserved = service.consumers.filter(({ severity }) => severity !== 'unaffected');
            const callers = unserved.filter(({ kind }) => kind === 'caller');
            if (callers.length > 0) {
                const names = [...new Set(callers.map(({ name, cluster }) => instancesName(name, cluster!)))];
                return `${reach(callers)} for ${listing(names)}`;
            }
            if (service.brokenCalls.length > 0 && unserved.every(({ severity }) => severity === 'limited')) {
                return `degraded: it cannot reach ${listing(distinctCallees(service.brokenCalls))}`;
            }
            if (unserved.length > 0) return `${reach(unserved)} for ${listing(unserved.map(({ name }) => name))}`;
            return homesLeft(service);
        }
        case 'unaffected':
            return service.lostHomes.length > 0 ? homesLeft(service) : undefined;
    }
}

/** What is missed, each once: "`a`", "`a` and `b`, and `c` or `d`". Markdown. */
export function missedPhrase(missed: readonly MissedNeed[]): string {
    return enumerated([...new Set(missed.map(({ anyOf }) => oneOf(anyOf.map(code))))]);
}

function distinctCallees(calls: readonly BrokenCall[]): string[] {
    return [...new Set(calls.map(({ callee }) => callee))];
}

function reach(consumers: readonly ConsumerOutcome[]): string {
    return consumers.every(({ severity }) => severity === 'total') ? 'down' : 'degraded';
}

function homesLeft(service: ServiceOutcome): string {
    const left = service.homes.filter((home) => home.serves).map(({ cluster }) => cluster);
    // not each cluster that is left can be reached by those who use the service
    const answers = new Set(service.consumers.flatMap(({ servedFrom }) => servedFrom));
    const answering = left.filter((cluster) => answers.has(cluster));
    const isAll = service.consumers.length === 0 || answering.length === left.length;
    const runs = `runs in ${left.length} of ${service.homes.length} clusters: ${listing(left)}`;
    return isAll ? runs : `${runs}; served from ${listing(answering)}`;
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
    const phrase = servicePhrase(service) ?? 'degraded';
    const is = phrase.startsWith('runs') ? '' : 'is ';
    return `${code(service.name)} ${is}${phrase.replace(' · ', ', ')}.`;
}

/** Services that lost a home, and serve everybody all the same. */
function thinnedServices(services: readonly ServiceOutcome[]): string[] {
    const thinned = services.filter(onlyLosesHomes);
    const [only] = thinned;
    if (!only) return [];
    if (thinned.length === 1) return [limitedService(only)];
    return [`${listing(thinned.map(({ name }) => name))} run in fewer clusters, and users notice nothing.`];
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
    const isUnasked = unaskedIn(outcome);
    for (const { facet } of outcome.effects) {
        const { caller, callee } = facet.scope;
        if (facet.flow !== 'policy-enforced' || caller === undefined || callee === undefined) continue;
        if (isUnasked(facet)) continue;
        unenforced.set(callee, (unenforced.get(callee) ?? new Set()).add(caller));
    }
    return [...unenforced].map(
        ([helper, services]) =>
            `What ${code(helper)} decides is not enforced for ${listing([...services])}; requests pass.`,
    );
}
