/** The gateways by which calls between services leave the caller's cluster (R8). */

import type { Exposure, Gateway, GatewayRef, Service, Topology } from '../../../server/topology/topology.js';
import { networkOpen, sameRegion } from './declared.js';
import { entriesOf, type Described, type Entry, type Reaching } from './entries.js';

/** Best first: those in the caller's cluster, in its region, all others. */
export type RankedRelays = readonly (readonly Entry[])[];

/** The relays that are named, or else the entries of the first host inside; those that lead somewhere in health. */
export function relaysOf(
    topology: Topology,
    ways: Reaching,
    from: string,
    service: Service,
    named: readonly GatewayRef[] | undefined,
): RankedRelays {
    const inside = service.exposures.filter((exposure) => exposure.inside);
    const entries = named
        ? entriesOf(topology, ways, service, behind(named, inside, service.at))
        : inside.slice(0, 1).flatMap((first) => entriesOf(topology, ways, service, first));
    const open = entries.filter(({ gateway }) => networkOpen(topology, from, gateway.cluster));
    const rankOf = ({ cluster }: Gateway): number =>
        cluster === from ? 0 : sameRegion(topology, from, cluster) ? 1 : 2;
    return [0, 1, 2]
        .map((rank) => open.filter(({ gateway }) => rankOf(gateway) === rank))
        .filter((relays) => relays.length > 0);
}

/** How they lead on: as the first host inside says that names one of them, or else to all homes. */
function behind(relays: readonly GatewayRef[], inside: readonly Exposure[], at: Exposure['at']): Described {
    const isRelay = (one: GatewayRef) =>
        relays.some(({ cluster, gateway }) => cluster === one.cluster && gateway === one.gateway);
    const { through = [], to = [] } = inside.find(({ via }) => via.some(isRelay)) ?? {};
    return { at, via: relays, through, to };
}
