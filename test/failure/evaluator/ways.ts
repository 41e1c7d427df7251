/** The ways between services that an estate has in health, when nothing has failed (R8). */

import type { Callee, Cluster, Gateway, Home, Service, Topology } from '../../../server/topology/topology.js';
import { instancesName } from './components.js';
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
    readonly callee: Callee;
}

/** What a home asks, as far as it has a way to it in health. */
export interface Uses {
    readonly calls: readonly Callee[];
    /** What it cannot serve without. */
    readonly needs: readonly Callee[];
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

export class Ways {
    readonly instances: readonly Instances[];
    private readonly serving: ReadonlySet<Instances>;
    private readonly services: ReadonlyMap<string, Service>;
    private readonly known = new Map<string, RankedWays>();
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

    /** Whether there is a way at all in health. */
    reaches(from: string, callee: Callee): boolean {
        return this.reachesAmong(from, callee, this.serving);
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

    /** Those who have a way to the service in health, each once for each home. */
    callersOf(service: Service): readonly Caller[] {
        return this.callers.get(service)!;
    }

    /** The homes that cannot serve without each other, directly or through others: the home itself among them. */
    circleOf(instances: Instances): ReadonlySet<Instances> {
        const needed = this.neededBy(instances);
        const both = [...needed].filter((other) => this.neededBy(other).has(instances));
        return new Set([instances, ...both]);
    }

    /** All homes that could answer what a home cannot serve without, and so on from there. */
    private neededBy(instances: Instances): ReadonlySet<Instances> {
        const found = new Set<Instances>();
        const waiting = [instances];
        for (const one of waiting) {
            for (const need of this.usesOf(one).needs) {
                const service = need.kind === 'service' ? this.services.get(need.name) : undefined;
                const ways = service ? this.between(one.home.cluster, service).flat() : [];
                for (const { to } of ways) {
                    if (!found.has(to)) {
                        found.add(to);
                        waiting.push(to);
                    }
                }
            }
        }
        return found;
    }

    private findUses({ service, home }: Instances): Uses {
        const reached = (callees: readonly Callee[]): Callee[] =>
            callees.filter((callee) => this.reaches(home.cluster, callee));
        return {
            calls: reached(service.calls),
            needs: reached(needsOf(service)),
            open: reached(helpersOf(service, 'open')),
        };
    }

    private findCallers(service: Service): Caller[] {
        const others = this.instances.filter((instances) => instances.service !== service);
        return others.flatMap((instances) => {
            const { calls, needs, open } = this.usesOf(instances);
            const callee = [...calls, ...needs, ...open].find(
                ({ kind, name }) => kind === 'service' && name === service.shortName,
            );
            return callee ? [{ instances, callee }] : [];
        });
    }

    /** Without what is required there is no serving; those who only need each other serve. */
    private servingInHealth(): ReadonlySet<Instances> {
        const serving = new Set(this.instances);
        let size;
        do {
            size = serving.size;
            for (const one of serving) {
                if (!needsOf(one.service).every((need) => this.reachesAmong(one.home.cluster, need, serving))) {
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

/** What a service cannot serve without: what it requires, and the helpers that fail closed. */
export function needsOf(service: Service): Callee[] {
    const closed = helpersOf(service, 'closed');
    return [...service.requires, ...closed];
}

/** The helpers of a service or a gateway of which it is known who they are. */
export function helpersOf(service: Service | Gateway, fails: 'open' | 'closed'): Callee[] {
    return [service.externalAuthorization, service.rateLimit].flatMap((helper) =>
        helper?.by && helper.fails.value === fails ? [helper.by] : [],
    );
}

export function sameRegion(topology: Topology, one: string, other: string): boolean {
    const region = clusterOf(topology, one)?.locality?.region;
    return one === other || (region !== undefined && region === clusterOf(topology, other)?.locality?.region);
}

/** Whether data may flow from one cluster to another; control connections are always open. */
export function networkOpen({ network }: Topology, from: string, to: string): boolean {
    if (from === to || !network.declared) return true;
    return network.lines.some(
        (line) =>
            (line.from.includes(from) && line.to.includes(to)) ||
            (line.bothWays && line.from.includes(to) && line.to.includes(from)),
    );
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
