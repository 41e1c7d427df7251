/** Something restarts while what it needs to start is away, in estates of `random-needs.ts`. */

import fc from 'fast-check';
import type { Element } from '../../server/topology/element.js';
import { elementsOf } from '../../server/topology/elements.js';
import type { Needed, Topology } from '../../server/topology/topology.js';
import { startNeedsIn, type StartNeed } from './evaluator/needs.js';
import { clustersWithin } from './evaluator/stands-in.js';
import { elementNames } from './names-in.js';
import { comparesServices, whole } from './random-needed.js';
import { estatesWithNeeds } from './random-needs.js';
import type { Scenario } from './random-scenario.js';
import { publishedClocks } from './tick-clocks.js';
import type { Step } from './tick-simulator.js';

/** Of a need, the thing that has it, or any part of that. */
export function restartsIn(estates: fc.Arbitrary<Topology>): fc.Arbitrary<Scenario> {
    return estates
        .filter((topology) => startNeedsIn(topology).length > 0)
        .chain((topology) => fc.constantFrom(...startNeedsIn(topology)).chain((need) => restartIn(topology, need)));
}

export const randomRestart = restartsIn(estatesWithNeeds(comparesServices));

function restartIn(topology: Topology, { of, anyOf }: StartNeed): fc.Arbitrary<Scenario> {
    const losses = fc.tuple(...anyOf.map((needed) => fc.constantFrom(...waysToLose(topology, needed))));
    return fc.tuple(losses, fc.constantFrom(...partsOf(topology, of))).map(([lost, element]) => {
        const away = [...new Set(lost.flat())];
        const steps: Step[] = [
            ...away.map((one) => ({ at: 0, action: 'fail', element: one }) as const),
            { at: 10, action: 'restart', element },
            ...away.map((one) => ({ at: 100, action: 'recover', element: one }) as const),
        ];
        return { topology, steps, clocks: publishedClocks, until: 300 };
    });
}

/** All that goes at once so that something is away: a service with all of its homes, one by one too, or all ways to it. */
export function waysToLose(topology: Topology, needed: Needed): string[][] {
    const service = topology.services.find(({ shortName }) => shortName === needed.name);
    if (needed.kind === 'external-service' || !service || service.homes.length === 0) return [[whole(needed)]];
    const homes = service.homes.map(({ cluster }) => cluster);
    const links = elementNames(topology).filter((name) =>
        homes.some((home) => name.startsWith('link:') && name.endsWith(`->${home}`)),
    );
    const gateways = topology.clusters
        .flatMap((cluster) => cluster.gateways)
        .filter(({ roles, cluster }) => roles.includes('east-west') && homes.includes(cluster))
        .map(({ cluster, name }) => `${cluster}.${name}`);
    const ways = [links, gateways].filter((all) => all.length > 0);
    return [[whole(needed)], homes.map((home) => `${service.shortName}@${home}`), ...ways];
}

/** Itself, and all that goes along with it, or stands in it. */
function partsOf(topology: Topology, of: string): string[] {
    const { all, byName } = elementsOf(topology);
    const inside = clustersWithin(topology, of).map(({ name }) => name);
    const isPart = ({ name, parents }: Element): boolean =>
        name === of ||
        inside.includes(name) ||
        parents.some((parent) => {
            const container = byName.get(parent);
            return container !== undefined && isPart(container);
        });
    return all.filter(isPart).map(({ name }) => name);
}
