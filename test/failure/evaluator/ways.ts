/** The ways between services that an estate has in health, when nothing has failed (R8). */

import type { Callee, Cluster, Gateway, Home, Service, Topology } from '../../../server/topology/topology.js';
import { instancesName } from './components.js';
import { helpersOf, needsOf, networkOpen, sameRegion } from './declared.js';
import { gatewaysOfEntries, type Entry } from './entries.js';
import { relaysOf, type RankedRelays } from './relays.js';
import { clusterOf } from './world.js';

/** The instances of a service in one cluster. */
export interface Instances {
    readonly name: string;
    readonly service: Service;
    readonly home: Home;
}

/** Somebody who uses a service: a home of another one. */
export interface Caller {
    readonly instances: Instances;
    /** Several where it uses the service in several ways. */
    readonly callees: readonly Callee[];
}

/** What a home asks, as far as it has a way to it in health. */
export interface Uses {
    readonly calls: readonly Callee[];
    /** What it cannot serve without; of each list one will do. */
    readonly needs: readonly (readonly Callee[])[];
    /** Helpers that fail open. */
    readonly open: readonly Callee[];
}

/** From a cluster to a home: within the cluster, or through one of the east-west gateways of another. */
export interface Way {
    readonly to: Instances;
    /** Empty within the cluster. */
    readonly gateways: readonly Gateway[];
}

/** Best first: the own cluster, its region, all others. */
export type RankedWays = readonly (readonly Way[])[];

/** What a home may go to that calls a service. */
export interface CallWays {
    readonly homes: RankedWays;
    /** Used only when no home is left; each leads on to homes. */
    readonly relays: RankedRelays;
}

export class Ways {
    readonly instances: readonly Instances[];
    private readonly serving: ReadonlySet<Instances>;
    private readonly services: ReadonlyMap<string, Service>;
    private readonly known = new Map<string, RankedWays>();
    private readonly knownCalls = new Map<string, CallWays>();
    private readonly uses: ReadonlyMap<Instances, Uses>;
    private readonly callers: ReadonlyMap<Service, readonly Caller[]>;

    constructor(private readonly topology: Topology) {
        this.services = new Map(topology.services.map((service) => [service.shortName, service]));
        this.instances = topology.services.flatMap((service) =>
            service.homes.map((home) => ({ name: instancesName(service, home), service, home })),
        );
        this.serving = this.servingInHealth();
        this.uses = new Map(this.instances.map((instances) => [instances, this.findUses(instances)]));
        this.callers = new Map(topology.services.map((service) => [service, this.findCallers(service)]));
    }

    service(shortName: string): Service | undefined {
        return this.services.get(shortName);
    }

    /** Whether the home serves while nothing has failed; otherwise it is nobody's spare, and no loss. */
    servesInHealth(instances: Instances): boolean {
        return this.serving.has(instances);
    }

    /** From the proxies of a cluster to the homes of a service that serve in health. */
    between(from: string, service: Service): RankedWays {
        const key = `${from} ${service.shortName}`;
        let ways = this.known.get(key);
        if (!ways) {
            ways = this.waysTo(from, service, this.serving);
            this.known.set(key, ways);
        }
        return ways;
    }

    /** For what a home asks: the same, or by relays where calls pass some. */
    ofCall(from: string, callee: Callee): CallWays {
        const key = callKey(from, callee);
        let ways = this.knownCalls.get(key);
        if (!ways) {
            ways = this.waysOfCall(from, callee, this.serving);
            this.knownCalls.set(key, ways);
        }
        return ways;
    }

    /** Whether there is a way at all in health from the proxies of a cluster; what they ask passes no relay. */
    reaches(from: string, callee: Callee): boolean {
        return this.reachesAmong(from, callee, this.serving);
    }

    /** Whether there is one for what a home asks. */
    callReaches(from: string, callee: Callee): boolean {
        return this.callReachesAmong(from, callee, this.serving);
    }

    /** The gateways by which calls leave a cluster: those that are named and that the network leads to, or those in it. */
    exits(from: string, { through }: Callee): Gateway[] {
        const here = clusterOf(this.topology, from)?.gateways ?? [];
        const named = through?.flatMap(
            ({ cluster, gateway }) =>
                clusterOf(this.topology, cluster)?.gateways.filter(({ name }) => name === gateway) ?? [],
        );
        return (named ?? here).filter(
            ({ roles, cluster }) => roles.includes('egress') && networkOpen(this.topology, from, cluster),
        );
    }

    usesOf(instances: Instances): Uses {
        return this.uses.get(instances)!;
    }

    /** The relays that calls may pass in health. */
    relaysUsed(): Entry[] {
        return this.instances.flatMap((instances) => {
            const { calls, needs, open } = this.usesOf(instances);
            return [...calls, ...needs.flat(), ...open].flatMap((callee) =>
                this.ofCall(instances.home.cluster, callee).relays.flat(),
            );
        });
    }

    /** Those who have a way to the service in health, each once for each home. */
    callersOf(service: Service): readonly Caller[] {
        return this.callers.get(service)!;
    }

    /**
     * The homes that need each other, directly or through others: the home itself among them.
     *
     * @param anyChoice also where another one would do
     */
    circleOf(instances: Instances, anyChoice: boolean): ReadonlySet<Instances> {
        const needed = this.neededBy(instances, anyChoice);
        const both = [...needed].filter((other) => this.neededBy(other, anyChoice).has(instances));
        return new Set([instances, ...both]);
    }

    /** All homes that could answer what a home cannot serve without, and so on from there. */
    private neededBy(instances: Instances, anyChoice: boolean): ReadonlySet<Instances> {
        const found = new Set<Instances>();
        const waiting = [instances];
        for (const one of waiting) {
            const needs = this.usesOf(one).needs.filter((choice) => anyChoice || choice.length === 1);
            for (const to of needs.flat().flatMap((need) => this.behindCall(one.home.cluster, need))) {
                if (!found.has(to)) {
                    found.add(to);
                    waiting.push(to);
                }
            }
        }
        return found;
    }

    /** The homes that could answer a call, and those that could answer what gateways on its way refuse requests without. */
    private behindCall(from: string, callee: Callee): Instances[] {
        const service = this.serviceCalled(callee);
        if (!service) {
            return [];
        }
        const { homes, relays } = this.ofCall(from, callee);
        const helped = gatewaysOfEntries(relays.flat()).flatMap((gateway) =>
            helpersOf(gateway, 'closed').map((helper) => ({
                from: gateway.cluster,
                service: this.serviceCalled(helper),
            })),
        );
        const entered = relays
            .flat()
            .flatMap(({ targets }) => targets.map(({ cluster }) => ({ from: cluster, service })));
        const further = [...helped, ...entered].flatMap((one) =>
            one.service ? this.between(one.from, one.service) : [],
        );
        return [...homes, ...further].flat().map(({ to }) => to);
    }

    private serviceCalled({ kind, name }: Callee): Service | undefined {
        return kind === 'service' ? this.services.get(name) : undefined;
    }

    private findUses({ service, home }: Instances): Uses {
        const reached = (callees: readonly Callee[]): Callee[] =>
            callees.filter((callee) => this.callReaches(home.cluster, callee));
        return {
            calls: reached(service.calls),
            needs: needsOf(service)
                .map(reached)
                .filter((choice) => choice.length > 0),
            open: reached(helpersOf(service, 'open')),
        };
    }

    private findCallers(service: Service): Caller[] {
        const others = this.instances.filter((instances) => instances.service !== service);
        return others.flatMap((instances) => {
            const { calls, needs, open } = this.usesOf(instances);
            const callees = [...calls, ...needs.flat(), ...open].filter(
                ({ kind, name }) => kind === 'service' && name === service.shortName,
            );
            return callees.length > 0 ? [{ instances, callees }] : [];
        });
    }

    /** Without what is required there is no serving; those who only need each other serve. */
    private servingInHealth(): ReadonlySet<Instances> {
        const serving = new Set(this.instances);
        let size;
        do {
            size = serving.size;
            for (const one of serving) {
                const reaches = (callee: Callee): boolean => this.callReachesAmong(one.home.cluster, callee, serving);
                if (!needsOf(one.service).every((choice) => choice.some(reaches))) {
                    serving.delete(one);
                }
            }
        } while (serving.size < size);
        return serving;
    }

    private reachesAmong(from: string, callee: Callee, serving: ReadonlySet<Instances>): boolean {
        const { kind, name, through } = callee;
        if (kind === 'external-service') {
            const leaves = !through || this.exits(from, callee).length > 0;
            return leaves && this.topology.externalServices.some((external) => external.name === name);
        }
        const service = this.services.get(name);
        return service !== undefined && this.waysTo(from, service, serving).length > 0;
    }

    private callReachesAmong(from: string, callee: Callee, serving: ReadonlySet<Instances>): boolean {
        if (callee.kind === 'external-service') {
            return this.reachesAmong(from, callee, serving);
        }
        const { homes, relays } = this.waysOfCall(from, callee, serving);
        return homes.length > 0 || relays.length > 0;
    }

    private waysOfCall(from: string, callee: Callee, serving: ReadonlySet<Instances>): CallWays {
        const service = this.serviceCalled(callee);
        if (!service) {
            return { homes: [], relays: [] };
        }
        const homes = this.waysTo(from, service, serving);
        const reaching = { reaches: (cluster: string, other: Callee) => this.reachesAmong(cluster, other, serving) };
        const relays = (): RankedRelays => relaysOf(this.topology, reaching, from, service, callee.through);
        if (!callee.through) {
            // hosts inside stand in where there is no home to go to, serving or not
            const stays = this.instances.some((to) => to.service === service && this.wayTo(from, to) !== undefined);
            return stays ? { homes, relays: [] } : { homes: [], relays: relays() };
        }
        const own = homes.map((rank) => rank.filter(({ to }) => to.home.cluster === from)).filter(isNotEmpty);
        const isHome = service.homes.some(({ cluster }) => cluster === from);
        const leaves = !isHome || (service.eastWestFailover.value && service.outlierDetection.value);
        return { homes: own, relays: leaves ? relays() : [] };
    }

    private waysTo(from: string, service: Service, serving: ReadonlySet<Instances>): RankedWays {
        const ranks: Way[][] = [[], [], []];
        for (const to of this.instances) {
            const way = to.service === service && serving.has(to) ? this.wayTo(from, to) : undefined;
            if (way) {
                ranks[this.rankOf(from, to.home.cluster)]!.push(way);
            }
        }
        return ranks.filter((rank) => rank.length > 0);
    }

    private wayTo(from: string, to: Instances): Way | undefined {
        if (to.home.cluster === from) {
            return { to, gateways: [] };
        }
        const [here, there] = [clusterOf(this.topology, from), clusterOf(this.topology, to.home.cluster)];
        const gateways = there?.gateways.filter(({ roles }) => roles.includes('east-west')) ?? [];
        const leads =
            here !== undefined &&
            there !== undefined &&
            gateways.length > 0 &&
            to.service.eastWestFailover.value &&
            sameNamespace(from, to) &&
            !inSameZone(here, there) &&
            networkOpen(this.topology, from, there.name);
        return leads ? { to, gateways } : undefined;
    }

    private rankOf(from: string, to: string): number {
        if (from === to) {
            return 0;
        }
        return sameRegion(this.topology, from, to) ? 1 : 2;
    }
}

const known = new WeakMap<Topology, Ways>();

/** Those of a topology, found once. */
export function waysOf(topology: Topology): Ways {
    const ways = known.get(topology) ?? new Ways(topology);
    known.set(topology, ways);
    return ways;
}

/** Equal for calls that go the same ways. */
export function callKey(from: string, { kind, name, through }: Callee): string {
    const relays = through?.map(({ cluster, gateway }) => `${cluster}.${gateway}`);
    return JSON.stringify([from, kind, name, relays ?? null]);
}

function isNotEmpty(list: readonly unknown[]): boolean {
    return list.length > 0;
}

/** As that of the neighbour in the caller's cluster; without one, as that of the service. */
function sameNamespace(from: string, { service, home }: Instances): boolean {
    const local = service.homes.find(({ cluster }) => cluster === from);
    return home.namespace.value === (local ?? service).namespace.value;
}

/** Only a zone that both state: clusters that merely share a region count as apart. */
function inSameZone({ locality: one }: Cluster, { locality: other }: Cluster): boolean {
    return one?.zone !== undefined && one.region === other?.region && one.zone === other.zone;
}
