/**
 * What things need besides what services require by the way: at every moment, to start, and again and again. An external
 * service is there or not; a service is there for a thing by the way that a home in the cluster of that thing would have.
 */

import type { Callee, Cluster, Needed, NeededWhen, Topology } from '../../../server/topology/topology.js';
import { externalNamedUp, instancesName } from './components.js';
import { servingIn } from './serving.js';
import { clustersWithin, clusterWhere, placeNames } from './stands-in.js';
import { waysOf } from './ways.js';
import { worldOf, type World } from './world.js';

/** What one thing needs, from where it stands. */
export interface Need {
    readonly of: string;
    /** The cluster in which it stands; undefined: in none. */
    readonly from: string | undefined;
    /** One of these will do; each has a way to it in health. */
    readonly anyOf: readonly Needed[];
    readonly when: NeededWhen;
}

const known = new WeakMap<Topology, readonly Need[]>();

/** Of all elements. What a region or a zone needs, each cluster in it needs by itself, too. */
export function needsOfElements(topology: Topology): readonly Need[] {
    let needs = known.get(topology);
    if (!needs) {
        needs = topology.needs.flatMap((need) =>
            [need.of, ...clustersWithin(topology, need.of).map(({ name }) => name)].flatMap((of) =>
                withWays(topology, { ...need, of, from: clusterWhere(topology, of) }),
            ),
        );
        known.set(topology, needs);
    }
    return needs;
}

/** Of all homes of services: to start, and again and again. */
export function needsOfHomes(topology: Topology): Need[] {
    return topology.services.flatMap((service) =>
        (service.needs ?? []).flatMap((need) =>
            service.homes.flatMap((home) =>
                withWays(topology, { ...need, of: instancesName(service, home), from: home.cluster }),
            ),
        ),
    );
}

/** What has no way in health is no need, and stands in for nothing. */
function withWays(topology: Topology, need: Need): Need[] {
    const anyOf = need.anyOf.filter((needed) => isThereInHealth(topology, needed, need.from));
    return anyOf.length > 0 ? [{ ...need, anyOf }] : [];
}

/** A service has a home that answers, and a way to it from there; an external service is always there. */
export function isThereInHealth(topology: Topology, needed: Needed, from: string | undefined): boolean {
    if (needed.kind === 'external-service') return true;
    const ways = waysOf(topology);
    if (from === undefined) {
        return ways.instances.some((one) => one.service.shortName === needed.name && ways.servesInHealth(one));
    }
    const { homes, relays } = ways.ofCall(from, calleeOf(topology, needed));
    return homes.length > 0 || relays.length > 0;
}

function calleeOf(topology: Topology, needed: Needed): Callee {
    return { ...needed, at: waysOf(topology).service(needed.name)!.at };
}

/** Whether one of them is there, as far as it has to be: `whole`: nothing of it is lost on the way. */
function oneIsThere(world: World, { anyOf, from }: Pick<Need, 'anyOf' | 'from'>, part: 'whole' | 'some'): boolean {
    return anyOf.some((needed) => {
        if (needed.kind === 'external-service') return externalNamedUp(world, needed.name);
        const serving = servingIn(world);
        if (from !== undefined) {
            const { gone, loss } = serving.asked(from, calleeOf(world.topology, needed));
            return part === 'whole' ? loss === 0 : !gone;
        }
        return serving.ways.instances
            .filter((one) => one.service.shortName === needed.name && serving.serves(one))
            .some((one) => part === 'some' || !serving.losesShare(one));
    });
}

/** Whether there is nobody from whom something could be got, or fetched anew; a share of those who ask is no loss. */
export function isAway(world: World, need: Pick<Need, 'anyOf' | 'from'>): boolean {
    return !oneIsThere(world, need, 'some');
}

/**
 * The same world, in which what requires something at every moment is lost without it. What is lost takes others along,
 * whose loss may take more ways away: until nothing more is lost. Whatever only goes round in a circle stays.
 */
export function withLosses(world: World): World {
    const needs = needsOfElements(world.topology).filter(({ when }) => when === 'always');
    let now = world;
    for (;;) {
        const lost = needs.filter(({ of }) => !now.failed.has(of)).filter((need) => !oneIsThere(now, need, 'whole'));
        if (lost.length === 0) return now;
        now = worldOf(world.topology, [...now.failed, ...lost.map(({ of }) => of)], world.past);
    }
}

/** What something requires to start, and with it all that is part of it. */
export interface StartNeed {
    readonly of: string;
    readonly anyOf: readonly Needed[];
}

export function startNeedsIn({ needs, services }: Topology): StartNeed[] {
    const ofServices = services.flatMap((service) =>
        (service.needs ?? []).map((need) => ({ ...need, of: `service:${service.shortName}` })),
    );
    return [...needs, ...ofServices].filter(({ when }) => when === 'start');
}

/**
 * Nothing that these need to start is away: they are something, and what it is part of.
 *
 * @param from the cluster in which it starts, and from which it asks; undefined: in none
 */
export function mayStart(world: World, whole: readonly string[], from: string | undefined): boolean {
    return startNeedsIn(world.topology)
        .filter(({ of }) => whole.includes(of))
        .flatMap((need) => withWays(world.topology, { ...need, from, when: 'start' }))
        .every((need) => !isAway(world, need));
}

/** Whether a cluster may start, and lets new pods in. */
export function clusterMayStart(world: World, { name, locality }: Cluster): boolean {
    return mayStart(world, [name, ...placeNames(locality)], name);
}
