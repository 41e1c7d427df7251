import { operations, severities, type Severity } from '../knowledge/operations.js';
import type { FailureGraph } from './graph.js';
import type { Propagation } from './propagate.js';
import { isToldByItsHosts, onlyLosesHomes, trafficOutcome } from './traffic-outcome.js';
import { usersOf } from './users.js';

/** What one more failure takes. */
export interface Harm {
    /** `host-down`, `service-down` …, in order of gravity. */
    readonly kind: (typeof harmKinds)[number];
    /** The host, service or operation; of workloads that no service names, their cluster. */
    readonly what: string;
}

/** From the gravest to the least. */
export const harmKinds = [
    'host-down',
    'service-down',
    'workloads-down',
    'operation-total',
    'host-degraded',
    'service-degraded',
    'operation-limited',
] as const;

/** The place of a harm among all that there can be. */
export type HarmIndex = number;

/** How hosts and services fare, an index of {@link severities}, by the gravest harm of each. Without one: unaffected. */
export type Fares = ReadonlyMap<number, number>;

/** What has failed in addition, and what that touched, while `down` tells of everything. */
export type Change = Pick<Propagation, 'down' | 'order' | 'touched'>;

/** Says of failures what they do to users and operations, in the words of the outcome: it asks the same functions. */
export interface HarmJudge {
    readonly harms: readonly Harm[];
    /** How users fare; only those are looked at whom the change may touch. */
    faresIn(this: void, change: Change): Fares;
    /** What a change takes from those who fared so before, each harm once, and none beside a graver one. */
    takenBy(this: void, change: Change, before: Fares): HarmIndex[];
}

const noHarm = -1;

/** Works for any number of changes, one after the other; each costs what it touches. */
export function harmJudge(graph: FailureGraph): HarmJudge {
    const { traffic } = graph;
    const harms: Harm[] = [];
    const add = (harm: Harm) => harms.push(harm) - 1;
    const pair = (subject: 'host' | 'service', what: string) => ({
        total: add({ kind: `${subject}-down`, what }),
        limited: add({ kind: `${subject}-degraded`, what }),
    });
    const hosts = new Map(traffic.hosts.map((host) => [host, pair('host', host.exposure.host)]));
    const services = new Map([...traffic.serving.keys()].map((service) => [service, pair('service', service)]));
    const { harmOf, needless } = harmsOfNodes(graph, add);
    const touchedUsers = usersOf(graph);

    const usersIn = (change: Change): UserFare[] => {
        const touched = touchedUsers(change);
        const outcome = trafficOutcome(traffic, (node) => change.down[node] === 1);
        return [
            ...touched.hosts.map((host) => ({
                harms: hosts.get(host)!,
                severity: outcome.hostGravity(host).severity,
                service: host.service,
                isHost: true,
                isToldByHosts: false,
            })),
            ...touched.services.flatMap((service) => {
                const fares = outcome.service(service);
                if (!fares) return [];
                return {
                    harms: services.get(service)!,
                    severity: onlyLosesHomes(fares) ? 'unaffected' : fares.severity,
                    service,
                    isHost: false,
                    isToldByHosts: isToldByItsHosts(fares) && fares.homes.some(({ serves }) => serves),
                };
            }),
        ];
    };
    return {
        harms,
        faresIn: (change) =>
            new Map(usersIn(change).map(({ harms, severity }) => [harms.total, severities.indexOf(severity)])),
        takenBy(change, before) {
            const worse = usersIn(change).filter(
                ({ harms, severity }) => severities.indexOf(severity) > (before.get(harms.total) ?? 0),
            );
            const told = new Set(worse.filter(({ isHost }) => isHost).map(({ service }) => service));
            const taken = new Set(change.order.map((node) => harmOf[node]!));
            for (const { harms, severity, service, isToldByHosts } of worse) {
                if (severity === 'unaffected' || (isToldByHosts && told.has(service))) continue;
                taken.add(harms[severity]);
            }
            taken.delete(noHarm);
            return [...taken].filter((harm) => !taken.has(needless.get(harm) ?? noHarm));
        },
    };
}

/** How a host or a service fares. */
interface UserFare {
    readonly harms: { readonly total: HarmIndex; readonly limited: HarmIndex };
    /** Of a service that has lost a home, and whose users are all served: unaffected. */
    readonly severity: Severity;
    /** Itself, or behind the host. */
    readonly service: string;
    readonly isHost: boolean;
    /** Whatever happens to it is told of its hosts; its instances serve. */
    readonly isToldByHosts: boolean;
}

/** What the failure of a node means, and beside which harm another one is needless. */
function harmsOfNodes(
    { nodes, facets, verdicts }: FailureGraph,
    add: (harm: Harm) => HarmIndex,
): { readonly harmOf: Int32Array; readonly needless: ReadonlyMap<HarmIndex, HarmIndex> } {
    const harmOf = new Int32Array(nodes.length).fill(noHarm);
    const needless = new Map<HarmIndex, HarmIndex>();
    for (const operation of operations) {
        const verdict = verdicts.estate[operation];
        if (!verdict) continue;
        harmOf[verdict.total] = add({ kind: 'operation-total', what: operation });
        harmOf[verdict.limited] = add({ kind: 'operation-limited', what: operation });
        needless.set(harmOf[verdict.limited]!, harmOf[verdict.total]!);
    }
    for (const { flow, scope, lost } of facets) {
        if (flow !== 'instances-serve' || scope.service !== undefined || scope.cluster === undefined) continue;
        harmOf[lost] = add({ kind: 'workloads-down', what: scope.cluster });
    }
    return { harmOf, needless };
}
