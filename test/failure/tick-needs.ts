/** What is required in the course of time: again and again, and to start. For `tick-simulator.ts`. */

import {
    managementCluster,
    type ManagementCluster,
    type NeededWhen,
    type Topology,
} from '../../server/topology/topology.js';
import {
    clusterUp,
    externalUp,
    identityProviderUp,
    kubernetesApiUp,
    postgresUp,
    rootCaUp,
    signingKeyUp,
    telemetryStoreUp,
} from './evaluator/components.js';
import { isAway, mayStart, needsOfElements, needsOfHomes, startNeedsIn, type Need } from './evaluator/needs.js';
import { clusterWhere, placesAround } from './evaluator/stands-in.js';
import type { World } from './evaluator/world.js';
import type { Clock } from './tick-clocks.js';
import type { Reading, Starter } from './tick-starts.js';

/** What was got last is worth something for a while. Instances without it are up, and serve nobody. */
export function clocksOfNeeds(topology: Topology, reading: Reading): Clock[] {
    return [
        ...needsOfElements(topology).flatMap((need) => clockOf(need, reading, { failed: [need.of] })),
        ...needsOfHomes(topology).flatMap((need) => clockOf(need, reading, { expired: [need.of] })),
    ];
}

function clockOf(need: Need, reading: Reading, lost: Pick<Clock, 'failed' | 'expired'>): Clock[] {
    const { when } = need;
    return isRepeated(when)
        ? [
              {
                  away: (world) => isAway(world, need),
                  rise: reading === 'earliest' ? Math.max(1, when.ttl - when.every) : when.ttl,
                  fall: 0,
                  ...lost,
              },
          ]
        : [];
}

function isRepeated(when: NeededWhen): when is Exclude<NeededWhen, string> {
    return typeof when !== 'string';
}

/** What has to start, waiting for what the file says it needs for that, too: it asks from where it starts. */
export function withStartNeeds(topology: Topology, starters: readonly Starter[]): Starter[] {
    const needy = new Set(startNeedsIn(topology).map(({ of }) => of));
    const needsOf = ({ name, partOf }: Starter): string[] =>
        [name, ...partOf, ...placesAround(topology, name)].filter((whole) => needy.has(whole));
    const known = new Set(starters.map(({ name }) => name));
    const others = backAtOnce(topology).filter((one) => !known.has(one.name) && needsOf(one).length > 0);
    return [...others, ...starters].map((starter) => {
        const needs = needsOf(starter);
        const from = clusterWhere(topology, starter.name);
        return { ...starter, canStart: (world: World) => starter.canStart(world) && mayStart(world, needs, from) };
    });
}

/** What needs nothing and takes no time where the file does not say what it needs to start: places, clusters, what is no pod, and what is outside. */
function backAtOnce(topology: Topology): Starter[] {
    const management = managementCluster(topology);
    return [
        ...topology.regions.flatMap(({ name, zones }) => [
            byItself(`region:${name}`),
            ...zones.map((zone) => byItself(`zone:${name}/${zone.name}`, `region:${name}`)),
        ]),
        ...linksOf(topology),
        ...topology.clusters.flatMap((cluster) => [
            starterOf(cluster.name, [], (world) => clusterUp(world, cluster)),
            starterOf(`${cluster.name}.kubernetes-api`, [cluster.name], (world) => kubernetesApiUp(world, cluster)),
        ]),
        ...(management ? ofManagement(management) : []),
        ...topology.externalServices.map((external) =>
            starterOf(`external:${external.name}`, [], (world) => externalUp(world, external)),
        ),
    ];
}

function linksOf({ clusters }: Topology): Starter[] {
    return clusters.flatMap(({ name: from }) =>
        clusters
            .filter(({ name }) => name !== from)
            .flatMap(({ name: to }) => {
                const whole = `link:${from}/${to}`;
                return [byItself(whole), byItself(`link:${from}->${to}`, whole, `link:${to}/${from}`)];
            }),
    );
}

/** Stopped with what contains it, and with nothing else. */
function byItself(name: string, ...partOf: readonly string[]): Starter {
    return starterOf(name, partOf, ({ failed }) => ![name, ...partOf].some((one) => failed.has(one)));
}

function ofManagement({ name, managementPlane }: ManagementCluster): Starter[] {
    const { telemetryStore, identityProvider } = managementPlane;
    const providerPartOf = identityProvider?.placement.value === 'internal' ? [name] : [];
    return [
        starterOf('store:iam-signing-key', [name], signingKeyUp),
        starterOf('store:root-ca', [name], rootCaUp),
        starterOf('store:postgres', [], postgresUp),
        starterOf(`store:${telemetryStore.kind}`, [], telemetryStoreUp),
        ...(identityProvider ? [starterOf('identity-provider', providerPartOf, identityProviderUp)] : []),
    ];
}

function starterOf(name: string, partOf: readonly string[], runs: Starter['runs']): Starter {
    return { name, partOf, runs, canStart: () => true, seconds: 0 };
}
