/** The ways of clients outside in health: entry gateway, transit, ingress gateway of a target (R8). */

import type { Exposure, Gateway, GatewayRef, Service, Target, Topology } from '../../../server/topology/topology.js';
import { networkOpen, sameRegion, type Ways } from './ways.js';
import { clusterOf } from './world.js';

/** A host that is served in health. */
export interface Host {
    readonly name: string;
    readonly service: Service;
    /** Life of a DNS answer; undefined: every entry keeps its clients. */
    readonly ttl: number | undefined;
    readonly entries: readonly Entry[];
}

/** A gateway at which clients arrive. */
export interface Entry {
    readonly gateway: Gateway;
    /** Of all clients. */
    readonly share: number;
    readonly targets: readonly EntryTarget[];
    /** It draws the target by weight, and keeps to it. */
    readonly strict: boolean;
}

/** A cluster to which an entry gateway sends requests. */
export interface EntryTarget {
    readonly cluster: string;
    /** Of what the entry draws; of use only where it is strict. */
    readonly weight: number;
    /** In the region of the entry. */
    readonly near: boolean;
    /** Each of these will do. */
    readonly chains: readonly Chain[];
}

/** The gateways behind the entry gateway, and the links to them. */
export interface Chain {
    readonly gateways: readonly Gateway[];
    readonly links: readonly (readonly [from: string, to: string])[];
}

export function hostsOf(topology: Topology, ways: Ways): Host[] {
    return topology.services.flatMap((service) =>
        service.exposures.flatMap((exposure) => {
            const entries = new Doors(topology, ways, service, exposure).entries();
            return entries.length > 0 ? [{ name: exposure.host, service, ttl: exposure.gslbTtl?.value, entries }] : [];
        }),
    );
}

class Doors {
    private readonly weighted: boolean;

    constructor(
        private readonly topology: Topology,
        private readonly ways: Ways,
        private readonly service: Service,
        private readonly exposure: Exposure,
    ) {
        this.weighted = exposure.to.some(({ weight }) => weight !== undefined);
    }

    /** Those that lead somewhere. */
    entries(): Entry[] {
        const { via } = this.exposure;
        const gateways = via.length > 0 ? this.gatewaysNamed(via) : this.targets().flatMap((to) => this.ingressOf(to));
        const drawn = [...new Set(gateways)]
            .map((gateway) => ({ gateway, targets: this.targetsFrom(gateway), strict: this.draws(gateway) }))
            .filter(({ targets }) => targets.length > 0);
        return drawn.map((entry) => ({
            ...entry,
            share: this.shareOf(
                entry.gateway,
                drawn.map(({ gateway }) => gateway),
            ),
        }));
    }

    private gatewaysNamed(references: readonly GatewayRef[]): Gateway[] {
        return references.flatMap(
            ({ cluster, gateway }) =>
                clusterOf(this.topology, cluster)?.gateways.filter(({ name }) => name === gateway) ?? [],
        );
    }

    private ingressOf(cluster: string): Gateway[] {
        return clusterOf(this.topology, cluster)?.gateways.filter(isIngress) ?? [];
    }

    /** The clusters behind `to`; without it, the homes with an ingress gateway. */
    private targets(): string[] {
        const { to } = this.exposure;
        return to.length > 0
            ? to.map(({ cluster }) => cluster)
            : this.service.homes.map(({ cluster }) => cluster).filter((home) => this.ingressOf(home).length > 0);
    }

    // --- shares of the clients -----------------------------------------------------------------------------------------

    /** Whether a list with weights is the gateway's own; otherwise its weights spread the clients over the entries. */
    private draws(entry: Gateway): boolean {
        return this.weighted && (isTier1(entry) || this.exposure.through.length > 0);
    }

    /** Entries have equal shares; those among which weights spread the clients share theirs by weight. */
    private shareOf(entry: Gateway, all: readonly Gateway[]): number {
        if (!this.weighted || this.draws(entry)) {
            return 1 / all.length;
        }
        const spread = all.filter((gateway) => !this.draws(gateway));
        const weightOf = ({ cluster }: Gateway): number =>
            this.weight(cluster) / spread.filter((gateway) => gateway.cluster === cluster).length;
        const total = spread.reduce((sum, gateway) => sum + weightOf(gateway), 0);
        return ((spread.length / all.length) * weightOf(entry)) / total;
    }

    /** A target without a weight among others with weights has none. */
    private weight(cluster: string): number {
        return this.exposure.to.find((target: Target) => target.cluster === cluster)?.weight ?? 0;
    }

    // --- ways to the targets -------------------------------------------------------------------------------------------

    /** Those to which the gateway leads, and behind which somebody serves in health. */
    private targetsFrom(entry: Gateway): EntryTarget[] {
        const chains = new Map<string, Chain[]>();
        for (const { last, chain } of this.transitFrom(entry)) {
            for (const { cluster, chain: whole } of this.leadsTo(last, chain)) {
                chains.set(cluster, [...(chains.get(cluster) ?? []), whole]);
            }
        }
        const callee = { kind: 'service', name: this.service.shortName, at: this.exposure.at } as const;
        return [...chains]
            .map(([cluster, found]) => ({
                cluster,
                weight: this.weight(cluster),
                near: sameRegion(this.topology, entry.cluster, cluster),
                chains: found,
            }))
            .filter(({ cluster, weight }) => this.ways.reaches(cluster, callee) && (!this.weighted || weight > 0));
    }

    /** All ways through one gateway of each hop. */
    private transitFrom(entry: Gateway): { last: Gateway; chain: Chain }[] {
        let walked: { last: Gateway; chain: Chain }[] = [{ last: entry, chain: { gateways: [], links: [] } }];
        for (const hop of this.exposure.through) {
            walked = walked.flatMap(({ last, chain }) =>
                this.gatewaysNamed(hop).flatMap((next) => {
                    const longer = this.extended(chain, last, next);
                    return longer ? [{ last: next, chain: longer }] : [];
                }),
            );
        }
        return walked;
    }

    /** A tier1 gateway leads to the ingress gateways of the targets, an ingress gateway to its own cluster. */
    private leadsTo(last: Gateway, chain: Chain): { cluster: string; chain: Chain }[] {
        if (!isTier1(last)) {
            const { to } = this.exposure;
            const own = to.length === 0 || to.some(({ cluster }) => cluster === last.cluster);
            return isIngress(last) && own ? [{ cluster: last.cluster, chain }] : [];
        }
        return this.targets().flatMap((cluster) => {
            if (cluster === last.cluster && isIngress(last)) {
                return [{ cluster, chain }];
            }
            return this.ingressOf(cluster).flatMap((ingress) => {
                const whole = this.extended(chain, last, ingress);
                return whole ? [{ cluster, chain: whole }] : [];
            });
        });
    }

    private extended({ gateways, links }: Chain, last: Gateway, next: Gateway): Chain | undefined {
        return networkOpen(this.topology, last.cluster, next.cluster)
            ? { gateways: [...gateways, next], links: [...links, [last.cluster, next.cluster]] }
            : undefined;
    }
}

function isTier1({ roles }: Gateway): boolean {
    return roles.includes('tier1');
}

function isIngress({ roles }: Gateway): boolean {
    return roles.includes('ingress');
}
