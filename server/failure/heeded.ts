import type { DefaultId } from '../knowledge/defaults.js';
import { helpersOf, namedBy } from '../topology/named-by.js';
import type { Callee, Topology } from '../topology/topology.js';

/**
 * Of those who leave a default unsaid, the ones of whom another value could turn a mark, as far as the plain data tells: to look
 * at the others would be in vain. A proof compares with an estate in which all of them have the other value.
 *
 * @param owners clusters and services by their names, as they leave it unsaid
 */
export function heededAt(topology: Topology, id: DefaultId, owners: readonly string[]): readonly string[] {
    if (id !== 'outlier-detection-on') return owners;
    const heeding = new Set(heedingOutlierDetection(topology));
    return owners.filter((owner) => heeding.has(owner));
}

/**
 * Services that are called where there is a choice. Calls stay in their own cluster, with nothing to detect, unless the service
 * fails over, has a host inside, or is called by way of gateways.
 */
function heedingOutlierDetection({ services, clusters }: Topology): string[] {
    const byGateways = new Set<string>();
    const note = ({ kind, name, through }: Callee) => {
        if (kind === 'service' && through !== undefined) byGateways.add(name);
    };
    for (const each of services) namedBy(each).forEach(note);
    for (const { gateways } of clusters) for (const each of gateways) helpersOf(each).forEach(note);
    return services
        .filter(
            ({ shortName, eastWestFailover, exposures }) =>
                eastWestFailover.value || exposures.some(({ inside }) => inside) || byGateways.has(shortName),
        )
        .map(({ shortName }) => shortName);
}
