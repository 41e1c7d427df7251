import type { Covered } from '../estate.js';
import type { Kind } from '../kinds.js';
import type { World } from './world.js';

/**
 * What the sources would have told if the estate had it.
 *
 * @param isHosted whether they tell that the vendor runs the management plane
 */
export function coveredBy(world: World, isHosted: boolean): Covered {
    const has = (...kinds: readonly Kind[]) => kinds.some((kind) => world.of(kind).length > 0);
    const clustersWith = (...kinds: readonly Kind[]) =>
        new Set(kinds.flatMap((kind) => world.of(kind).flatMap((seen) => world.clustersOf(seen))));
    const registered = world
        .of('Cluster')
        .flatMap(({ object: { metadata, spec } }) =>
            spec?.namespaces !== undefined && metadata?.name !== undefined ? [metadata.name] : [],
        );
    return {
        management: isHosted || world.managementAt.length > 0,
        clusters: has('Cluster', 'ControlPlane'),
        gateways: clustersWith('GatewayInstall'),
        services: new Set([...clustersWith('Service'), ...registered]),
        hosts: has('GatewayConfig', 'VirtualService'),
        failover: has('WorkspaceSetting'),
        calls: world.reading.metrics.length > 0,
        homesAsked: new Set(
            world.notes
                .questions()
                .flatMap(({ about, asked }) =>
                    about.kind === 'service' && asked === 'on' ? [`${about.namespace}/${about.name}`] : [],
                ),
        ),
    };
}
