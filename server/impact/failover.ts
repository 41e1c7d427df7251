import { figures } from '../knowledge/clocks.js';
import { serviceRoute, type Condition, type Routes } from '../failure/routes.js';
import type { Exposure, Service, SourceLocation } from '../topology/topology.js';
import { code } from '../encoding/markdown.js';
import { count } from '../words/english.js';
import { duration } from '../words/times.js';

/** The answer to "why would it not fail over?" for one way that requests take; found when somebody reads it. */
export interface FailoverAnswer {
    /** "Callers on `east`, if `checkout` is lost there, fail over to `west`". */
    readonly title: string;
    readonly works: boolean;
    readonly conditions: readonly FailoverCondition[];
}

export interface FailoverCondition {
    readonly met: boolean;
    /** A sentence that is true as it stands. */
    readonly says: string;
    readonly at: SourceLocation;
}

/** The first of the answers about a service, and how many there are beside them: as many as there are pairs of homes. */
export interface FailoverAnswers {
    readonly told: readonly FailoverAnswer[];
    readonly untold: number;
}

/**
 * Every condition under which a service fails over: for the clients of each host, and for callers in each of its homes.
 * Empty for a service with one home, which has nowhere to go.
 *
 * @param most how many answers are wanted; nothing is found out for others
 */
export function failoverAnswers(routes: Routes, service: Service, most: number): FailoverAnswers {
    const { exposures, homes } = service;
    if (homes.length < 2) return { told: [], untold: 0 };
    const told = exposures.slice(0, most).map((exposure) => exposureAnswer(service, exposure));
    for (const { cluster } of homes) {
        if (told.length >= most) break;
        told.push(...eastWestAnswers(routes, cluster, service).slice(0, most - told.length));
    }
    return { told, untold: exposures.length + homes.length * (homes.length - 1) - told.length };
}

function eastWestAnswers(routes: Routes, cluster: string, service: Service): FailoverAnswer[] {
    return serviceRoute(routes, cluster, service).remotes.map(({ home, conditions }) => {
        const isSaying = ({ id }: Condition) => id !== 'locality' || hasZone(routes, cluster, home.cluster);
        const all = () => [...conditions().filter(isSaying).map(plainCondition), outlierDetection(service)];
        return {
            title: `Callers on ${code(cluster)} fail over to ${code(home.cluster)}`,
            get works() {
                return all().every(({ met }) => met);
            },
            get conditions() {
                return all();
            },
        };
    });
}

/** Whether a condition about zones says anything of two clusters. */
function hasZone(routes: Routes, ...clusters: readonly string[]): boolean {
    return clusters.some((cluster) => routes.cluster(cluster)?.locality?.zone !== undefined);
}

function plainCondition({ met, says, at }: Condition): FailoverCondition {
    return { met, says: says(code, code), at };
}

function outlierDetection({ outlierDetection: { value, origin }, nameAt }: Service): FailoverCondition {
    const assumed = origin.kind === 'assumed' ? ' (assumed)' : '';
    const within = `within ${duration(figures.detection.to)}`;
    return {
        met: value,
        says: value
            ? `outlier detection notices a target that is down ${within}${assumed}`
            : 'there is no outlier detection, so a target that is down is kept',
        at: origin.kind === 'assumed' ? nameAt : origin.at,
    };
}

/** Clients outside: a list of targets without weights, and another way in when the entry gateway is lost. */
function exposureAnswer(service: Service, exposure: Exposure): FailoverAnswer {
    const weighted = exposure.to.some(({ weight }) => weight !== undefined);
    const targets = exposure.to.length > 0 ? exposure.to.length : service.homes.length;
    const behindOwnGateway = exposure.via.length === 0;
    const entries = behindOwnGateway ? targets : exposure.via.length;
    const conditions: FailoverCondition[] = [
        behindOwnGateway
            ? {
                  met: service.eastWestFailover.value,
                  says: service.eastWestFailover.value
                      ? 'an ingress gateway whose instances are down fails over through east-west gateways'
                      : 'each ingress gateway leads to its own cluster only, as no `via` and no `failover east-west` is said',
                  at: exposure.hostAt,
              }
            : {
                  met: targets > 1,
                  says: targets > 1 ? `there are ${targets} targets` : 'there is only one target',
                  at: exposure.to[0]?.at ?? exposure.hostAt,
              },
        {
            met: !weighted,
            says: weighted
                ? 'weights are strict: no health check, and a target that is down keeps its share'
                : 'the targets have no weights, so one that is down is left out',
            at: exposure.to.find(({ weight }) => weight !== undefined)?.at ?? exposure.hostAt,
        },
        {
            met: entries > 1,
            says: entries > 1 ? `there are ${entries} entry gateways` : 'there is only one entry gateway',
            at: exposure.via[0]?.at ?? exposure.hostAt,
        },
        exposure.inside
            ? outlierDetection(service)
            : {
                  met: exposure.gslbTtl !== undefined,
                  says: exposure.gslbTtl
                      ? `global load balancing leads clients away within ${duration(exposure.gslbTtl.value)}`
                      : 'without `gslb` the clients of an entry gateway that is down stay there',
                  at: exposure.gslbTtl?.origin.kind === 'stated' ? exposure.gslbTtl.origin.at : exposure.hostAt,
              },
    ];
    return {
        title: `Clients of ${code(exposure.host)} fail over to another cluster, and to another entry`,
        works: conditions.every(({ met }) => met),
        conditions,
    };
}

/** The answers as a page in Markdown; `place` turns a place in a file into a link. */
export function failoverMarkdown(routes: Routes, service: Service, place: (at: SourceLocation) => string): string {
    const { told, untold } = failoverAnswers(routes, service, mostAnswers);
    if (told.length === 0) return `${code(service.shortName)} runs in one cluster: there is nothing to fail over to.`;
    const answers = told.map(({ title, works, conditions }) =>
        [
            `**${works ? '✓' : '✗'} ${title}**${works ? '' : ': not as things stand'}`,
            ...conditions.map(({ met, says, at }) => `- ${met ? '✓' : '✗'} ${says} ${place(at)}`),
        ].join('\n'),
    );
    return [...answers, ...(untold > 0 ? [`And ${count(untold, 'way')} more.`] : [])].join('\n\n');
}

/** Homes that fail over to each other make as many ways as there are pairs of them: nobody reads more on a page. */
const mostAnswers = 200;
