/** What is required of external services in the course of time: again and again, and to start. For `tick-simulator.ts`. */

import {
    managementCluster,
    type DeclaredNeed,
    type ManagementCluster,
    type NeededWhen,
    type Topology,
} from '../../server/topology/topology.js';
import {
    clusterUp,
    identityProviderUp,
    instancesName,
    kubernetesApiUp,
    postgresUp,
    rootCaUp,
    signingKeyUp,
    telemetryStoreUp,
} from './evaluator/components.js';
import { mayStart, namesOf, oneIsUp, startNeedsIn } from './evaluator/needs.js';
import type { World } from './evaluator/world.js';
import type { Clock } from './tick-clocks.js';
import type { Reading, Starter } from './tick-starts.js';

/** What was got last is worth something for a while. Instances without it are up, and serve nobody. */
export function clocksOfNeeds({ needs, services }: Topology, reading: Reading): Clock[] {
    return [
        ...needs.flatMap((need) => clockOf(need, reading, { failed: namesOf(need) })),
        ...services.flatMap((service) =>
            (service.needs ?? []).flatMap((need) =>
                clockOf(need, reading, { expired: service.homes.map((home) => instancesName(service, home)) }),
            ),
        ),
    ];
}

function clockOf(
    { anyOf, when }: Pick<DeclaredNeed, 'anyOf' | 'when'>,
    reading: Reading,
    lost: Pick<Clock, 'failed' | 'expired'>,
): Clock[] {
    return isRepeated(when)
        ? [
              {
                  away: (world) => !oneIsUp(world, anyOf),
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

/** What has to start, waiting for what the file says it needs for that, too. */
export function withStartNeeds(topology: Topology, starters: readonly Starter[]): Starter[] {
    const needy = new Set(startNeedsIn(topology).map(({ of }) => of));
    const needsOf = ({ name, partOf }: Starter): string[] => [name, ...partOf].filter((whole) => needy.has(whole));
    const known = new Set(starters.map(({ name }) => name));
    const others = backAtOnce(topology).filter((one) => !known.has(one.name) && needsOf(one).length > 0);
    return [...others, ...starters].map((starter) => {
        const needs = needsOf(starter);
        return { ...starter, canStart: (world: World) => starter.canStart(world) && mayStart(world, needs) };
    });
}

/** What needs nothing and takes no time where the file does not say what it needs to start: clusters, and what is no pod. */
function backAtOnce(topology: Topology): Starter[] {
    const management = managementCluster(topology);
    return [
        ...topology.clusters.flatMap((cluster) => [
            starterOf(cluster.name, [], (world) => clusterUp(world, cluster)),
            starterOf(`${cluster.name}.kubernetes-api`, [cluster.name], (world) => kubernetesApiUp(world, cluster)),
        ]),
        ...(management ? ofManagement(management) : []),
    ];
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
