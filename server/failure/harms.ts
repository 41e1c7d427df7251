import type { Change, NodeIndex } from '../engine/index.js';
import { operations } from '../knowledge/operations.js';
import type { FailureGraph } from './graph.js';
import type { Gravity } from './gravity.js';
import { gravityOfService, isToldByItsHosts, trafficOutcome } from './traffic-outcome.js';
import { usersOf, type Users } from './users.js';

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

/** How hosts and services fare, each under the gravest harm that it can take. Those that are not here fare well. */
export type Fares = ReadonlyMap<HarmIndex, Gravity>;

/** Says of failures what they do to users and operations: it asks the functions by which the outcome is told. */
export interface HarmJudge {
    readonly harms: readonly Harm[];
    /** How users fare; only those are looked at whom the change may touch. */
    faresIn(this: void, change: Change): Fares;
    /**
     * What a change takes from those who fared so before, each harm once, and none beside a graver one; in any order.
     *
     * @param users those of whom it may touch some, all if left out; with a service all of its hosts, which may tell what
     * happens to it
     */
    takenBy(this: void, change: Pick<Change, 'down' | 'order'>, before: Fares, users: Users): HarmIndex[];
    takenBy(this: void, change: Change, before: Fares): HarmIndex[];
    /** Whether the failure of a node is a harm in itself, whoever its users are. */
    isHarm(this: void, node: NodeIndex): boolean;
    /** What can happen to users at all, to each in each degree. */
    harmsTo(this: void, users: Users): Set<HarmIndex>;
    /** The same, the gravest first, and of one kind in the order in which the estate has them. */
    harmsBy(this: void, change: Change, before: Fares): Harm[];
}

const noHarm = -1;

/** How a host or a service fares. */
interface UserFare {
    readonly harms: { readonly down: HarmIndex; readonly degraded: HarmIndex };
    readonly gravity: Gravity;
    /** Itself, or behind the host. */
    readonly service: string;
    readonly isHost: boolean;
    /** Whatever happens to it is told of its hosts; its instances serve. */
    readonly isToldByHosts: boolean;
}

const judges = new WeakMap<FailureGraph, HarmJudge>();

/** Works for any number of changes, one after the other; each costs what it touches. One for each graph. */
export function harmJudge(graph: FailureGraph): HarmJudge {
    let judge = judges.get(graph);
    if (!judge) judges.set(graph, (judge = judgeOf(graph)));
    return judge;
}

function judgeOf(graph: FailureGraph): HarmJudge {
    const { traffic } = graph;
    const harms: Harm[] = [];
    const add = (harm: Harm) => harms.push(harm) - 1;
    const pair = (subject: 'host' | 'service', what: string) => ({
        down: add({ kind: `${subject}-down`, what }),
        degraded: add({ kind: `${subject}-degraded`, what }),
    });
    const hosts = new Map(traffic.hosts.map((host) => [host, pair('host', host.exposure.host)]));
    const services = new Map([...traffic.serving.keys()].map((service) => [service, pair('service', service)]));
    const { harmOf, needless } = harmsOfNodes(graph, add);
    const touchedUsers = usersOf(graph);

    const usersIn = ({ down }: Pick<Change, 'down'>, users: Users): UserFare[] => {
        const outcome = trafficOutcome(traffic, (node) => down[node] === 1);
        return [
            ...users.hosts.map((host) => ({
                harms: hosts.get(host)!,
                gravity: outcome.hostGravity(host),
                service: host.service,
                isHost: true,
                isToldByHosts: false,
            })),
            ...users.services.flatMap((service) => {
                const fare = outcome.serviceFare(service);
                if (!fare) return [];
                return {
                    harms: services.get(service)!,
                    gravity: gravityOfService(fare),
                    service,
                    isHost: false,
                    isToldByHosts: isToldByItsHosts(fare) && fare.isServed,
                };
            }),
        ];
    };
    const judge: HarmJudge = {
        harms,
        faresIn: (change) =>
            new Map(usersIn(change, touchedUsers(change)).map(({ harms, gravity }) => [harms.down, gravity])),
        takenBy(change: Change, before: Fares, users: Users = touchedUsers(change)) {
            const worse = usersIn(change, users).filter(({ harms, gravity }) =>
                isWorse(gravity, before.get(harms.down)),
            );
            const told = new Set(worse.filter(({ isHost }) => isHost).map(({ service }) => service));
            const taken = new Set<HarmIndex>();
            for (const node of change.order) if (judge.isHarm(node)) taken.add(harmOf[node]!);
            for (const { harms, gravity, service, isToldByHosts } of worse) {
                if (isToldByHosts && told.has(service)) continue;
                taken.add(gravity === 'down' ? harms.down : harms.degraded);
            }
            return [...taken].filter((harm) => !taken.has(needless.get(harm) ?? noHarm));
        },
        isHarm: (node) => harmOf[node] !== noHarm,
        harmsTo: (users) =>
            new Set(
                [
                    ...users.hosts.map((host) => hosts.get(host)!),
                    ...users.services.map((service) => services.get(service)!),
                ].flatMap(({ down, degraded }) => [down, degraded]),
            ),
        harmsBy(change, before) {
            const taken = judge.takenBy(change, before).sort((a, b) => a - b);
            return harmKinds.flatMap((kind) =>
                taken.filter((harm) => harms[harm]!.kind === kind).map((harm) => harms[harm]!),
            );
        },
    };
    return judge;
}

/** Whether a user who fared so before is down now, or degraded. */
function isWorse(now: Gravity, before: Gravity | undefined): boolean {
    return before !== 'down' && (now === 'down' || (now === 'degraded' && before !== 'degraded'));
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
