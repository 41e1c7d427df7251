/** Who serves at a moment, and what share of the requests is lost at each home and on each way between services. */

import type { Callee, Gateway, Service } from '../../../server/topology/topology.js';
import { choose, optionOf, usedOf, type Choice, type Option, type Standing } from './choice.js';
import { dnsFailed, externalUp, gatewayUp, instancesRun, instancesUp, istiodUp, linkUp } from './components.js';
import { helpersOf, isAskedByName, needsOf } from './declared.js';
import type { Entry } from './entries.js';
import { isOpen, passage, type Moment } from './passage.js';
import type { RankedRelays } from './relays.js';
import { hearsCentral } from './streams.js';
import { callKey, waysOf, type Instances, type RankedWays, type Way, type Ways } from './ways.js';
import { clusterOf, hasEdge, withdrawal, type World } from './world.js';

/** What homes count as losing, whatever they lose. */
type Losses = ReadonlyMap<Instances, number>;

export class Serving {
    /** Homes that would not serve even if their instances lived: what they need is gone. */
    private readonly needy = new Set<Instances>();
    private readonly running: ReadonlySet<Instances>;
    private readonly leading: ReadonlySet<Gateway>;
    private readonly choices = new Map<string, Choice>();
    private readonly brokenCalls = new Map<Instances, readonly string[]>();

    constructor(
        readonly world: World,
        readonly ways: Ways,
    ) {
        this.running = new Set(ways.instances.filter(({ service, home }) => instancesUp(world, service, home)));
        const gateways = world.topology.clusters.flatMap((cluster) => cluster.gateways);
        this.leading = new Set(gateways.filter((gateway) => gatewayUp(world, gateway)));
        let size;
        do {
            size = this.needy.size;
            for (const one of ways.instances) {
                const isGone = (callee: Callee): boolean =>
                    !this.finds(one, callee) || this.isCallGone(one.home.cluster, callee);
                if (needsOf(one.service).some((choice) => choice.every(isGone))) {
                    this.needy.add(one);
                }
            }
        } while (this.needy.size > size);
    }

    runs(instances: Instances): boolean {
        return this.running.has(instances);
    }

    leads(gateway: Gateway): boolean {
        return this.leading.has(gateway);
    }

    /** Whether it lets requests from outside pass: it is up, and reaches what it refuses them without. */
    passes(gateway: Gateway): boolean {
        const helpers = helpersOf(gateway, 'closed');
        return this.leads(gateway) && !helpers.some((helper) => this.isGone(gateway.cluster, helper));
    }

    serves(instances: Instances): boolean {
        return this.ways.servesInHealth(instances) && this.runs(instances) && !this.needy.has(instances);
    }

    /** How requests fare that a gateway of a cluster sends to whom it asks: they pass no relay. */
    reach(from: string, callee: Callee): Choice {
        return this.toNamed(from, callee, nobody);
    }

    /** How requests fare that a home sends: none is sent to what it does not find. */
    call(from: Instances, callee: Callee): Choice {
        const found = this.toCalled(from.home.cluster, callee, nobody);
        return this.finds(from, callee) ? found : { ...found, gone: true, loss: 1, moved: false, servedFrom: [] };
    }

    /** How they would fare if it found everybody. */
    callOfFound(from: Instances, callee: Callee): Choice {
        return this.toCalled(from.home.cluster, callee, nobody);
    }

    /** The same from a cluster, of somebody who asks anew: what was withdrawn and is back answers, whether anybody tells or not. */
    asked(from: string, callee: Callee): Choice {
        const service = this.ways.service(callee.name);
        const { homes, relays } = this.ways.ofCall(from, callee);
        return service ? this.choiceOf(from, service, nobody, homes, relays, true) : choose([], true);
    }

    /** For requests to a service that come in by gateways; `circle`: what homes count as losing. */
    momentFor(service: Service, circle: Losses = nobody): Moment {
        return {
            passes: (gateway) => this.passes(gateway),
            // the largest share that it refuses for want of what it asks, as long as it lets any pass
            refusedBy: (gateway) =>
                Math.max(
                    0,
                    ...helpersOf(gateway, 'closed').map(
                        (helper) => this.toNamed(gateway.cluster, helper, circle).lossBefore,
                    ),
                ),
            linkUp: (from, to) => linkUp(this.world, from, to),
            homesFrom: (cluster) =>
                service.outside
                    ? this.toExternal(cluster, { kind: 'external-service', name: service.shortName, at: service.at })
                    : this.toService(cluster, service, circle),
        };
    }

    /** Whether a share is lost of what it cannot serve without. */
    losesShare(instances: Instances): boolean {
        return this.lossAt(instances, nobody) > 0;
    }

    /** What a home `calls`, has a way to in health, and does not reach now, or in part only; sorted. */
    brokenCallsOf(instances: Instances): readonly string[] {
        let broken = this.brokenCalls.get(instances);
        if (!broken) {
            broken = this.ways
                .usesOf(instances)
                .calls.filter((callee) => this.call(instances, callee).loss > 0)
                .map(({ name }) => name)
                .sort();
            this.brokenCalls.set(instances, broken);
        }
        return broken;
    }

    /** Whose instances the proxies of which cluster now know to be gone. */
    withdrawals(): Set<string> {
        const told = new Set<string>();
        for (const { name: from } of this.world.topology.clusters) {
            for (const service of this.world.topology.services) {
                for (const way of this.ways.between(from, service).flat()) {
                    if (this.standing(from, way) === 'withdrawn') {
                        told.add(withdrawal(from, way.to.name));
                    }
                }
            }
        }
        return told;
    }

    // --- what is gone ------------------------------------------------------------------------------------------------

    /** Whether a home gets the address of what it asks; machines have a resolver elsewhere. */
    finds({ home }: Instances, callee: Callee): boolean {
        const cluster = clusterOf(this.world.topology, home.cluster);
        return (
            home.virtualMachines !== undefined ||
            !isAskedByName(callee) ||
            (cluster !== undefined && !dnsFailed(this.world, cluster))
        );
    }

    /** By no way that a gateway's requests may take. */
    private isGone(from: string, callee: Callee): boolean {
        if (callee.kind === 'external-service') {
            return this.toExternal(from, callee).gone;
        }
        const service = this.ways.service(callee.name);
        return !service || this.isServiceGone(from, service);
    }

    private isServiceGone(from: string, service: Service): boolean {
        return this.noneAnswers(service, this.homesStanding(from, this.ways.between(from, service)));
    }

    /** By no way that a home's requests may take. */
    private isCallGone(from: string, callee: Callee): boolean {
        const service = callee.kind === 'service' ? this.ways.service(callee.name) : undefined;
        if (!service) {
            return this.isGone(from, callee);
        }
        const { homes, relays } = this.ways.ofCall(from, callee);
        const relaysStanding = relays.map((rank) => rank.map((relay) => this.relayStanding(from, relay, service)));
        return this.noneAnswers(service, [...this.homesStanding(from, homes), ...relaysStanding]);
    }

    private homesStanding(from: string, homes: RankedWays): Standing[][] {
        return homes.map((rank) => rank.map((way) => this.standing(from, way)));
    }

    private noneAnswers(service: Service, standings: readonly (readonly Standing[])[]): boolean {
        const ranks = standings.map((rank) => rank.map((standing) => ({ ...anyOption, standing })));
        return !usedOf(ranks, service.outlierDetection.value).some(({ standing }) => standing === 'alive');
    }

    private relayStanding(from: string, { gateway, targets }: Entry, service: Service): Standing {
        const moment = this.momentFor(service);
        const answers =
            linkUp(this.world, from, gateway.cluster) &&
            this.passes(gateway) &&
            targets.some(
                ({ cluster, chains }) =>
                    chains.some((chain) => isOpen(moment, chain)) && !this.isServiceGone(cluster, service),
            );
        return answers ? 'alive' : 'broken';
    }

    private standing(from: string, way: Way, asksAnew = false): Standing {
        const { name, service, home } = way.to;
        const isBack = this.runs(way.to) && (asksAnew || this.isTold(from, home.cluster));
        if (this.world.past.withdrawn.has(withdrawal(from, name)) && !isBack) {
            return 'withdrawn';
        }
        // asked first: pods that die behind a dead gateway make nobody move
        if (!this.isOpen(from, way) || this.needy.has(way.to)) {
            return 'broken';
        }
        if (this.runs(way.to)) {
            return 'alive';
        }
        return !instancesRun(this.world, service, home) && this.isTold(from, home.cluster) ? 'withdrawn' : 'broken';
    }

    private isOpen(from: string, { to, gateways }: Way): boolean {
        return (
            from === to.home.cluster ||
            (linkUp(this.world, from, to.home.cluster) && gateways.some((gateway) => this.leads(gateway)))
        );
    }

    /** Whether proxies are told, at this moment, what becomes of instances in a cluster. */
    private isTold(from: string, of: string): boolean {
        const [here, there] = [from, of].map((name) => clusterOf(this.world.topology, name));
        return (
            here !== undefined &&
            there !== undefined &&
            // a standby, and a management cluster in which nothing runs, have nobody who tells
            hasEdge(here) &&
            istiodUp(this.world, here) &&
            (here === there || (hearsCentral(this.world, here) && hearsCentral(this.world, there)))
        );
    }

    // --- what share is lost ------------------------------------------------------------------------------------------

    /** `circle`: what homes count as losing from among which these requests come. */
    private toNamed(from: string, callee: Callee, circle: Losses): Choice {
        if (callee.kind === 'external-service') {
            return this.toExternal(from, callee);
        }
        const service = this.ways.service(callee.name);
        return service ? this.toService(from, service, circle) : choose([], true);
    }

    private toService(from: string, service: Service, circle: Losses): Choice {
        return this.known([from, service.shortName], circle, () =>
            this.choiceOf(from, service, circle, this.ways.between(from, service), []),
        );
    }

    private toCalled(from: string, callee: Callee, circle: Losses): Choice {
        const service = callee.kind === 'service' ? this.ways.service(callee.name) : undefined;
        if (!service) {
            return this.toNamed(from, callee, circle);
        }
        const { homes, relays } = this.ways.ofCall(from, callee);
        return this.known(['call', callKey(from, callee)], circle, () =>
            this.choiceOf(from, service, circle, homes, relays),
        );
    }

    private known(what: readonly string[], circle: Losses, find: () => Choice): Choice {
        const key = [...what, ...[...circle].map(([{ name }, loss]) => `${name} ${loss}`).sort()].join(' ');
        const choice = this.choices.get(key) ?? find();
        this.choices.set(key, choice);
        return choice;
    }

    private choiceOf(
        from: string,
        service: Service,
        circle: Losses,
        homes: RankedWays,
        relays: RankedRelays,
        asksAnew = false,
    ): Choice {
        const detects = service.outlierDetection.value;
        const all = [
            ...homes.map((rank) => () => rank.map((way) => this.option(from, way, detects, circle, asksAnew))),
            ...relays.map((rank) => () => rank.map((relay) => this.relayOption(from, relay, service, circle))),
        ];
        const ranks: Option[][] = [];
        for (const optionsOf of all) {
            ranks.push(optionsOf());
            // what is not looked at now was not looked at before, when fewer were dead, unless all before it was withdrawn
            if (
                usedOf(ranks, detects).some(({ standing, mayBeWithdrawn }) => standing === 'alive' || !mayBeWithdrawn)
            ) {
                break;
            }
        }
        return choose(ranks, detects);
    }

    private relayOption(from: string, relay: Entry, service: Service, circle: Losses): Option {
        const behind = optionOf(passage(this.momentFor(service, circle), relay));
        return linkUp(this.world, from, relay.gateway.cluster) ? behind : { ...behind, standing: 'broken' };
    }

    private option(from: string, way: Way, detects: boolean, circle: Losses, asksAnew: boolean): Option {
        const { service, home } = way.to;
        const loss = this.lossAt(way.to, circle);
        const gateways = way.gateways.length;
        const up = way.gateways.filter((gateway) => this.leads(gateway)).length;
        // without detection each gateway keeps its part of the requests
        const through = detects || gateways === 0 ? 1 : Math.max(up, 1) / gateways;
        return {
            standing: this.standing(from, way, asksAnew),
            loss: 1 - (1 - loss) * through,
            mayBeWithdrawn: !instancesRun(this.world, service, home),
            moved: detects && up < gateways,
            servedFrom: [home.cluster],
        };
    }

    /**
     * The share that a home loses because of what it needs: the largest of them. Homes that need each other in a circle
     * lose the same, as far as they lose any: the largest share that any of them loses by what is not in the circle, or by a
     * home in it that is gone.
     */
    private lossAt(instances: Instances, circle: Losses): number {
        const known = circle.get(instances);
        if (known !== undefined) {
            return known;
        }
        const own = this.ways.circleOf(instances, true);
        const nothing = new Map([...own].map((one) => [one, 0]));
        const losing = own.size > 1 ? this.losingIn(own) : own;
        if (!losing.has(instances)) {
            return 0;
        }
        return Math.max(...[...losing].map((one) => this.lossByNeeds(one, nothing)));
    }

    /** Those of a circle that lose a share at all; who cannot do without each other loses one as soon as one of them does. */
    private losingIn(circle: ReadonlySet<Instances>): ReadonlySet<Instances> {
        const some = 0.5;
        const losses = new Map([...circle].map((one) => [one, 0]));
        let before;
        do {
            before = [...losses.values()].join();
            for (const one of circle) {
                if (losses.get(one) === 0 && this.lossByNeeds(one, new Map(losses)) > 0) {
                    this.ways.circleOf(one, false).forEach((other) => losses.set(other, some));
                }
            }
        } while ([...losses.values()].join() !== before);
        return new Set([...circle].filter((one) => losses.get(one) !== 0));
    }

    private lossByNeeds({ service, home }: Instances, circle: Losses): number {
        return Math.max(0, ...needsOf(service).map((choice) => this.lossOfChoice(home.cluster, choice, circle)));
    }

    /** What one does not answer, another one does; of what is all gone, one of them was the last to answer. */
    private lossOfChoice(from: string, choice: readonly Callee[], circle: Losses): number {
        const reached = choice.filter((callee) => this.ways.callReaches(from, callee));
        const ways = reached.map((callee) => this.toCalled(from, callee, circle));
        const left = ways.filter(({ gone }) => !gone);
        return left.length > 0
            ? Math.min(...left.map(({ lossBefore }) => lossBefore))
            : Math.max(0, ...ways.map(({ lossBefore }) => lossBefore));
    }

    /** Through the egress gateways that are named, or else those of the cluster if it has some; any of them will do. */
    private toExternal(from: string, callee: Callee): Choice {
        const { topology } = this.world;
        const external = topology.externalServices.find(({ name }) => name === callee.name);
        const gateways = this.ways.exits(from, callee);
        const isOpen = ({ cluster }: Gateway) => cluster === from || linkUp(this.world, from, cluster);
        const leads =
            (gateways.length === 0 && !callee.through) ||
            gateways.some((gateway) => this.leads(gateway) && isOpen(gateway));
        const answers = external !== undefined && externalUp(this.world, external) && leads;
        return choose([[{ ...anyOption, standing: answers ? 'alive' : 'broken' }]], true);
    }
}

const known = new WeakMap<World, Serving>();

/** Of a world, which never changes. */
export function servingIn(world: World): Serving {
    const serving = known.get(world) ?? new Serving(world, waysOf(world.topology));
    known.set(world, serving);
    return serving;
}

const nobody: Losses = new Map();

const anyOption: Option = { standing: 'alive', loss: 0, mayBeWithdrawn: false, moved: false, servedFrom: [] };
