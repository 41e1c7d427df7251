/** The ways of clients outside in health: entry gateway, transit, ingress gateway of a target (R8). */

import type { Callee, Exposure, Gateway, GatewayRef, Service, Topology } from '../../../server/topology/topology.js';
import { helpersOf, networkOpen, sameRegion } from './declared.js';
import { clusterOf } from './world.js';

/** Whether there is a way in health from the proxies of a cluster. */
export interface Reaching {
    reaches(from: string, callee: Callee): boolean;
}

/** A host that is served in health. */
export interface Host {
    readonly name: string;
    readonly service: Service;
    /** Life of a DNS answer; undefined: every entry keeps its clients. */
    readonly ttl: number | undefined;
    /** The external service without which nobody moves its clients. */
    readonly movedBy: string | undefined;
    /** Its clients are proxies of the mesh, which detect entries that answer nothing. */
    readonly entriesAreLeft: boolean;
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

export function hostsOf(topology: Topology, ways: Reaching): Host[] {
    return topology.services.flatMap((service) =>
        service.exposures.flatMap((exposure) => {
            const entries = entriesOf(topology, ways, service, exposure);
            const entriesAreLeft = exposure.inside === true && service.outlierDetection.value;
            return entries.length > 0
                ? [
                      {
                          name: exposure.host,
                          service,
                          ttl: exposure.gslbTtl?.value,
                          movedBy: exposure.gslbBy,
                          entriesAreLeft,
                          entries,
                      },
                  ]
                : [];
        }),
    );
}

/** What an exposure says of the ways to a service. */
export type Described = Pick<Exposure, 'at' | 'via' | 'through' | 'to'>;

/** The gateways at which requests arrive, as far as they lead somewhere. */
export function entriesOf(topology: Topology, ways: Reaching, service: Service, described: Described): Entry[] {
    return new Doors(topology, ways, service, described).entries();
}

/** The gateways that requests may pass in health which arrive there. */
export function gatewaysOfEntries(entries: readonly Entry[]): Gateway[] {
    const behind = entries.flatMap(({ targets }) => targets).flatMap(({ chains }) => chains);
    return [...new Set([...entries.map(({ gateway }) => gateway), ...behind.flatMap(({ gateways }) => gateways)])];
}

/** The gateways that ask a service about requests, each once. */
export function askingGateways(
    ways: Reaching,
    service: Service,
    passed: readonly Gateway[],
): { readonly gateway: Gateway; readonly helper: Callee }[] {
    return passed.flatMap((gateway) => {
        const helpers = [...helpersOf(gateway, 'open'), ...helpersOf(gateway, 'closed')];
        const helper = helpers.find(({ kind, name }) => kind === 'service' && name === service.shortName);
        return helper && ways.reaches(gateway.cluster, helper) ? [{ gateway, helper }] : [];
    });
}

/** What stands behind `to`; without weights, each of 0. */
interface Meant {
    readonly cluster: string;
    readonly gateways: readonly string[] | undefined;
    readonly weight: number;
}

class Doors {
    private readonly weighted: boolean;

    constructor(
        private readonly topology: Topology,
        private readonly ways: Reaching,
        private readonly service: Service,
        private readonly exposure: Described,
    ) {
        this.weighted = exposure.to.some(({ weight }) => weight !== undefined);
    }

    /** Those that lead somewhere. */
    entries(): Entry[] {
        const { via } = this.exposure;
        const gateways =
            via.length > 0
                ? this.gatewaysNamed(via)
                : this.targetsInUse().flatMap((to) => this.ingressOf(to).filter((each) => this.letsPass(each)));
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
        return references
            .flatMap(
                ({ cluster, gateway }) =>
                    clusterOf(this.topology, cluster)?.gateways.filter(({ name }) => name === gateway) ?? [],
            )
            .filter((gateway) => this.letsPass(gateway));
    }

    /** In health: it reaches all that it refuses requests without. */
    private letsPass(gateway: Gateway): boolean {
        return helpersOf(gateway, 'closed').every((helper) => this.ways.reaches(gateway.cluster, helper));
    }

    /** The ingress gateways by which a target is entered: those that it names, or any of its cluster. */
    private ingressOf({ cluster, gateways }: Meant): Gateway[] {
        const all = clusterOf(this.topology, cluster)?.gateways.filter(isIngress) ?? [];
        return all.filter(({ name }) => !gateways || gateways.includes(name));
    }

    /** Those behind `to`; without it, the homes with an ingress gateway. */
    private targets(): Meant[] {
        const { to } = this.exposure;
        if (this.service.outside) {
            return [];
        }
        return to.length > 0
            ? to.map(({ cluster, gateways, weight = 0 }) => ({ cluster, gateways, weight }))
            : this.service.homes
                  .map(({ cluster }): Meant => ({ cluster, gateways: undefined, weight: 0 }))
                  .filter((home) => this.ingressOf(home).length > 0);
    }

    /** A target of weight 0 gets no requests, so that nobody enters there. */
    private targetsInUse(): Meant[] {
        return this.targets().filter(({ weight }) => !this.weighted || weight > 0);
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
        // the gateways by which one target is entered share its weight
        const targetAt = (gateway: Gateway): Meant =>
            this.targets().find((target) => this.ingressOf(target).includes(gateway))!;
        const weightOf = (gateway: Gateway): number => {
            const { weight, ...same } = targetAt(gateway);
            const sharing = spread.filter((other) => this.ingressOf({ weight, ...same }).includes(other));
            return weight / sharing.length;
        };
        const total = spread.reduce((sum, gateway) => sum + weightOf(gateway), 0);
        return ((spread.length / all.length) * weightOf(entry)) / total;
    }

    // --- ways to the targets -------------------------------------------------------------------------------------------

    /** Those to which the gateway leads, and behind which somebody serves in health. */
    private targetsFrom(entry: Gateway): EntryTarget[] {
        const chains = new Map<string, { readonly meant: Meant; readonly found: Chain[] }>();
        for (const { last, chain } of this.transitFrom(entry)) {
            for (const { meant, chain: whole } of this.leadsTo(last, chain)) {
                const key = JSON.stringify([meant.cluster, meant.gateways]);
                const known = chains.get(key) ?? { meant, found: [] };
                chains.set(key, { meant, found: [...known.found, whole] });
            }
        }
        const { shortName: name, outside } = this.service;
        const callee = { kind: outside ? 'external-service' : 'service', name, at: this.exposure.at } as const;
        return [...chains.values()]
            .map(({ meant: { cluster, weight }, found }) => ({
                cluster,
                weight,
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
    private leadsTo(last: Gateway, chain: Chain): { meant: Meant; chain: Chain }[] {
        if (this.service.outside) {
            // requests leave the mesh where the last gateway stands
            return [{ meant: { cluster: last.cluster, gateways: undefined, weight: 0 }, chain }];
        }
        if (!isTier1(last)) {
            // without `to` it leads to its own cluster, home or not
            const own: Meant = { cluster: last.cluster, gateways: undefined, weight: 0 };
            const meant = this.exposure.to.length === 0 ? [own] : this.targets();
            return meant
                .filter((target) => this.ingressOf(target).includes(last))
                .map((target) => ({ meant: target, chain }));
        }
        return this.targets().flatMap((meant) => {
            if (this.ingressOf(meant).includes(last)) {
                return [{ meant, chain }];
            }
            const entered = this.ingressOf(meant).filter((each) => this.letsPass(each));
            return entered.flatMap((ingress) => {
                const whole = this.extended(chain, last, ingress);
                return whole ? [{ meant, chain: whole }] : [];
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
