/** What things need of external services: to run, and to start. Whether one of them is there decides, not the way to it. */

import type { Needed, Topology } from '../../../server/topology/topology.js';
import { externalUp } from './components.js';
import type { World } from './world.js';

/** An external service is up. */
export function isUp(world: World, external: string): boolean {
    return oneIsUp(world, [{ kind: 'external-service', name: external }]);
}

/** One of these external services is up. */
export function oneIsUp(world: World, externals: readonly Needed[]): boolean {
    return world.topology.externalServices.some(
        (external) => externals.some(({ name }) => name === external.name) && externalUp(world, external),
    );
}

/** What an `about` names without a declaration is not asked here. */
export function namesOf({ of }: Topology['needs'][number]): string[] {
    return typeof of === 'string' ? [of] : [];
}

/** The same world, in which what requires something at every moment is lost without it. */
export function withLosses(world: World): World {
    const lost = world.topology.needs
        .filter(({ when, anyOf }) => when === 'always' && !oneIsUp(world, anyOf))
        .flatMap(namesOf);
    return lost.length === 0 ? world : { ...world, failed: new Set([...world.failed, ...lost]) };
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
    const ofElements = needs.flatMap((need) => namesOf(need).map((of) => ({ ...need, of })));
    return [...ofElements, ...ofServices].filter(({ when }) => when === 'start');
}

/** Nothing that these need to start is away: they are something, and what it is part of. */
export function mayStart(world: World, whole: readonly string[]): boolean {
    return startNeedsIn(world.topology).every(({ of, anyOf }) => !whole.includes(of) || oneIsUp(world, anyOf));
}
