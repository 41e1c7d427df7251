import { externalName, gatewayName, instancesName, storeName, type ElementName } from './element-name.js';
import { managementCluster, type Replicas, type Topology } from './topology.js';

/** Each thing of which the files say how many copies there are, by the name of its element. */
export function copiedIn(topology: Topology): { readonly name: ElementName; readonly replicas: Replicas }[] {
    const plane = managementCluster(topology)?.managementPlane;
    const all = [
        ...(plane ? [plane.postgres, plane.telemetryStore] : []).map(({ kind, replicas }) => ({
            name: storeName(kind),
            replicas,
        })),
        ...topology.clusters.flatMap(({ gateways }) =>
            gateways.map((gateway) => ({ name: gatewayName(gateway), replicas: gateway.replicas })),
        ),
        ...topology.services.flatMap(({ shortName, homes }) =>
            homes.map(({ cluster, replicas }) => ({ name: instancesName(shortName, cluster), replicas })),
        ),
        ...topology.externalServices.map(({ name, replicas }) => ({ name: externalName(name), replicas })),
    ];
    return all.flatMap(({ name, replicas }) => (replicas ? { name, replicas } : []));
}
