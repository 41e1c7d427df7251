import { blastRadiusOf } from '../failure/blast-radius.js';
import type { Gravity } from '../failure/gravity.js';
import type { Outcome } from '../failure/outcome.js';
import { gravityOfHost, gravityOfService, isToldByItsHosts, type ServiceOutcome } from '../failure/traffic-outcome.js';
import { operations, operationTitles, type Severity } from '../knowledge/operations.js';
import { atWorstSentences } from './clocks.js';
import { enduranceIn, enduranceSentences } from './endurance.js';
import { factsOf } from './facts.js';
import { gravitySigns } from './gravity-words.js';
import type { ScenarioView } from './scenario.js';
import { timelineEntries } from './timeline.js';
import { code } from '../encoding/markdown.js';
import { capitalized, enumerated } from '../words/english.js';
import { duration, momentLabel, momentPhrase } from '../words/times.js';
import { hostPhrase, servicePhrase } from './workloads.js';

/** A line of the one-minute answer: a sign, what is told, and of whom. Markdown. */
export interface BriefLine {
    readonly sign: string;
    readonly title: string;
    readonly items: readonly string[];
}

/** Who is hurt, and since when: the gravest first. Empty where nobody is. */
export function whoIsHurt(view: ScenarioView): BriefLine[] {
    const { outcome } = view;
    const hosts = (are: Gravity) => outcome.hosts.filter((host) => gravityOfHost(host) === are);
    const services = (are: Gravity) => outcome.services.filter((service) => gravityOfService(service) === are);
    // as in the headline, so that its counts are those of the lists
    const untold = (are: Gravity) => services(are).filter((service) => !isToldByItsHosts(service));
    const toldByHosts = new Set(
        services('down')
            .filter(isToldByItsHosts)
            .map(({ name }) => name),
    );
    const past = pastOf(view);
    const down = [
        ...hosts('down').map(({ host, service }) => {
            const whose = toldByHosts.has(service) ? ` (service ${code(service)})` : '';
            return code(host) + whose + since(past, 'hosts', host, 'total');
        }),
        ...untold('down').map(({ name }) => `service ${code(name)}${since(past, 'services', name, 'total')}`),
        ...silentClusters(outcome),
    ];
    const degraded = [
        ...hosts('degraded').map((host) => `${code(host.host)} (${reasonOf(hostPhrase(host))})`),
        ...untold('degraded').map(
            (service) => `service ${code(service.name)} (${reasonOf(servicePhrase(service))}${answers(service)})`,
        ),
    ];
    return [
        { sign: gravitySigns.down, title: 'down', items: down },
        { sign: gravitySigns.degraded, title: 'degraded', items: degraded },
        {
            sign: gravitySigns.failover,
            title: 'fails over',
            items: hosts('failover').map((host) => `${code(host.host)} ${reasonOf(hostPhrase(host))}`),
        },
        {
            sign: gravitySigns.spare,
            title: 'in fewer clusters',
            items: services('spare').map(({ name, homes, lostHomes }) => {
                return `service ${code(name)} (${homes.length - lostHomes.length} of ${homes.length})`;
            }),
        },
    ].filter(({ items }) => items.length > 0);
}

/** What operations lose, the lost ones first. Empty where they lose nothing. */
export function whatOperationsLose({ operations: severityOf }: Outcome): BriefLine[] {
    const titles = (is: Severity) =>
        operations.filter((operation) => severityOf[operation] === is).map((operation) => operationTitles[operation]);
    return [
        { sign: '❌', title: 'lost', items: titles('total') },
        { sign: '⚠️', title: 'limited', items: titles('limited') },
    ].filter(({ items }) => items.length > 0);
}

/** What is told at worst, and what gets worse when, in order of time. Markdown sentences; empty where nothing does any more. */
export function whatGetsWorse({ outcome, timeline, at, began }: ScenarioView): string[] {
    if (at === 0) {
        const isHarmless = blastRadiusOf(outcome).gravity === 'none' && enduranceIn(outcome).worsenings.length === 0;
        return isHarmless ? [] : enduranceSentences(outcome);
    }
    const later = timelineEntries(timeline).filter((entry) => entry.at > at);
    return [
        ...atWorstSentences(factsOf(outcome)),
        ...later.map(({ at: time, certain, sentences }) => {
            const when = certain ? momentPhrase(time, began) : `from ${momentLabel(time, began)}`;
            return `${capitalized(when)}: ${sentences.join(' ')}`;
        }),
    ];
}

/** A phrase without the word for the state, which the title of the line says. */
function reasonOf(phrase = ''): string {
    return phrase.replace(/^(degraded: |fails over )/, '');
}

/** "; answers `checkout` on `west`": who is served in full, where others are not at all. */
function answers({ consumers }: ServiceOutcome): string {
    const served = consumers.filter(({ severity }) => severity === 'unaffected');
    if (served.length === 0 || consumers.every(({ severity }) => severity !== 'total')) return '';
    const names = served.map(({ name, cluster }) => code(name) + (cluster === undefined ? '' : ` on ${code(cluster)}`));
    return `; answers ${enumerated(names)}`;
}

/** Clusters with workloads that no service names, all of which are down. */
function silentClusters({ effects }: Outcome): string[] {
    return effects.flatMap(({ facet: { flow, scope } }) =>
        flow === 'instances-serve' && scope.service === undefined ? [`workloads of ${code(scope.cluster ?? '')}`] : [],
    );
}

/** How everybody fared at a time. */
interface Past {
    readonly at: number;
    readonly hosts: ReadonlyMap<string, Severity>;
    readonly services: ReadonlyMap<string, Severity>;
}

function pastOf({ timeline, at }: ScenarioView): Past[] {
    return timeline.points
        .filter((point) => point.at <= at)
        .map(({ at: time, earliest: { outcome } }) => ({
            at: time,
            hosts: new Map(outcome.hosts.map(({ host, severity }) => [host, severity])),
            services: new Map(outcome.services.map(({ name, severity }) => [name, severity])),
        }));
}

/** " (since 10 min)": from when on somebody has been faring so without a break; nothing where that is the beginning. */
function since(past: readonly Past[], kind: 'hosts' | 'services', name: string, is: Severity): string {
    const before = past.findLastIndex((each) => each[kind].get(name) !== is);
    const from = past[before + 1]?.at ?? 0;
    return from > 0 ? ` (since ${duration(from, 4)})` : '';
}
