import type { BlastRadius } from '../failure/blast-radius.js';
import type { Gravity } from '../failure/gravity.js';
import {
    gravityOfHost,
    gravityOfService,
    isToldByItsHosts,
    onlyLosesHomes,
    type HostOutcome,
} from '../failure/traffic-outcome.js';
import {
    operations,
    operationTitles,
    severitySigns,
    severityWords,
    type Operation,
    type Severity,
} from '../knowledge/operations.js';
import { gapOfUnaffected, gapPhrase } from './gap.js';
import { gravitySigns, gravityWords } from './gravity-words.js';
import { code, plain } from '../encoding/markdown.js';
import { count, enumerated, verb } from '../words/english.js';
import { duration } from '../words/times.js';

/** "✅ ⚠️ ❌ ❌", in the order of the four operations. */
export function marks(severity: Readonly<Record<Operation, Severity>>): string {
    return operations.map((operation) => severitySigns[severity[operation]]).join(' ');
}

/** The same in words: "Running workloads unaffected, local cluster operations limited, …". */
export function marksInWords(severity: Readonly<Record<Operation, Severity>>): string {
    return operations
        .map((operation) => `${operationTitles[operation]}: ${severityWords[severity[operation]]}`)
        .join('; ');
}

/** Of those that are not unaffected: "management operations lost · metrics collection limited", the gravest first. */
export function hurtInWords(severity: Readonly<Record<Operation, Severity>>): string {
    return (['total', 'limited'] as const)
        .flatMap((each) =>
            operations
                .filter((operation) => severity[operation] === each)
                .map((operation) => `${operationTitles[operation].toLowerCase()} ${severityWords[each]}`),
        )
        .join(' · ');
}

/** "✖ shop.example.com down · 2 services degraded": a sign for who notices, and words. Plain text. */
export function glance(radius: BlastRadius): string {
    return `${gravitySigns[radius.gravity]} ${headline(radius)}`;
}

/** The same for a line that has no room for all: the gravest, and how much more there is. */
export function shortGlance(radius: BlastRadius, mostPhrases = 3): string {
    const phrases = headlinePhrases(radius);
    const rest = phrases.length - mostPhrases;
    const shown = [...phrases.slice(0, mostPhrases), ...(rest > 0 ? [`${rest} more`] : [])];
    return `${gravitySigns[radius.gravity]} ${shown.join(' · ')}`;
}

/** What time makes of it: "worse from 12 h". */
export function worsePhrase(seconds: number): string {
    return `worse from ${duration(seconds)}`;
}

/** One line: who notices what, the gravest first. Plain text, never empty. */
export function headline(radius: BlastRadius): string {
    return headlinePhrases(radius).join(' · ');
}

const known = new WeakMap<BlastRadius, readonly string[]>();

/** Found once: a line of lenses tells them twice, the second time whole. */
function headlinePhrases(radius: BlastRadius): readonly string[] {
    let phrases = known.get(radius);
    if (!phrases) known.set(radius, (phrases = phrasesOf(radius)));
    return phrases;
}

function phrasesOf(radius: BlastRadius): string[] {
    const noticed = workloadHeadline(radius);
    const phrases = [...(noticed.length > 0 ? noticed : spareHeadline(radius)), ...operatorsHeadline(radius)];
    return (phrases.length > 0 ? phrases : [gravityWords[radius.gravity]]).map(plain);
}

/** What users notice: "`shop.example.com` down", "2 services degraded"; empty where they notice nothing. Markdown. */
function workloadHeadline({ hosts, services, silentClusters }: BlastRadius): string[] {
    const hostsBy = byGravity(hosts, gravityOfHost);
    const servicesBy = byGravity(services, (service) =>
        isToldByItsHosts(service) ? undefined : gravityOfService(service),
    );
    const hostPhrase = (state: Told) => phrase(hostsBy[state], ({ host }) => host, 'host', state);
    const servicePhrase = (state: Told) => phrase(servicesBy[state], ({ name }) => name, 'service', state);
    return [
        ...hostPhrase('down'),
        ...servicePhrase('down'),
        ...(silentClusters > 0 ? [`workloads of ${count(silentClusters, 'cluster')} down`] : []),
        ...hostPhrase('degraded'),
        ...servicePhrase('degraded'),
        ...failoverPhrase(hosts),
    ];
}

type Told = 'down' | 'degraded';

/** Those that are down, and those that are degraded: a region may take thousands with it. */
function byGravity<T>(all: readonly T[], gravityOf: (one: T) => Gravity | undefined): Record<Told, T[]> {
    const found: Record<Told, T[]> = { down: [], degraded: [] };
    for (const one of all) {
        const gravity = gravityOf(one);
        if (gravity === 'down' || gravity === 'degraded') found[gravity].push(one);
    }
    return found;
}

/** Two are named, more are counted. */
function phrase<T>(all: readonly T[], nameOf: (one: T) => string, noun: string, state: Told): string[] {
    if (all.length === 0) return [];
    const who = all.length <= 2 ? enumerated(all.map((one) => code(nameOf(one)))) : count(all.length, noun);
    return [`${who} ${state}`];
}

function failoverPhrase(hosts: readonly HostOutcome[]): string[] {
    const moving = hosts.filter((host) => gravityOfHost(host) === 'failover');
    const gap = gapOfUnaffected(moving);
    if (!gap) return [];
    const who = moving.length === 1 ? code(moving[0]!.host) : count(moving.length, 'host');
    return [`${who} ${verb(moving.length, 'fails', 'fail')} over, ${gapPhrase(gap)}`];
}

/** What only operators notice: an operation that is lost, configuration that waits, or an operation that is limited. */
function operatorsHeadline(radius: BlastRadius): string[] {
    const { gravity, operations: severityOf } = radius;
    const titles = (severity: Severity) =>
        operations
            .filter((operation) => operation !== 'runningWorkloads' && severityOf[operation] === severity)
            .map((operation) => operationTitles[operation].toLowerCase());
    const lost = titles('total');
    const told = [...(lost.length > 0 ? [`${enumerated(lost)} lost`] : []), ...freshnessHeadline(radius)];
    if (told.length > 0 || gravity !== 'operators') return told;
    const limited = titles('limited');
    return limited.length > 0 ? [`${enumerated(limited)} limited`] : [gravityWords.operators];
}

/** "configuration of 3 clusters frozen", "changes for 1 cluster queued": what the four marks do not show. */
function freshnessHeadline({ frozen, queued }: BlastRadius): string[] {
    if (frozen > 0) return [`configuration of ${count(frozen, 'cluster')} frozen`];
    return queued > 0 ? [`changes for ${count(queued, 'cluster')} queued`] : [];
}

/** "`checkout` in 1 of 2 clusters": services that run on without a spare, or with fewer. */
function spareHeadline({ services }: BlastRadius): string[] {
    const thinned = services.filter(onlyLosesHomes);
    const [only] = thinned;
    if (!only) return [];
    if (thinned.length > 1) return [`${count(thinned.length, 'service')} in fewer clusters`];
    const left = only.homes.filter(({ serves }) => serves).length;
    return [`${code(only.name)} in ${left} of ${count(only.homes.length, 'cluster')}`];
}
