import type { Callee, Exposure, Gateway, Home, Service } from '../topology/topology.js';
import {
    entryGateways,
    gatewayOf,
    ingressOf,
    isIngressOf,
    leadsElsewhere,
    leadsTo,
    possibleHomes,
    targetsOf,
    type Routes,
} from './routes.js';

/**
 * Calls inside the mesh that pass gateways on their way to another cluster. The gateways that a line names lead on as the
 * host inside that has one of them says, or else to the ingress gateways of the homes. Calls that name none go by a host
 * inside only from where neither instances nor east-west failover answer them: which of its names a caller uses is said
 * nowhere, and so nothing stands in for what they use otherwise.
 *
 * @returns what leads there, as of a host whose clients enter at these gateways; undefined where calls pass none
 */
export function relaying(routes: Routes, from: string, callee: Callee, service: Service): Exposure | undefined {
    const inside = service.exposures.filter((exposure) => exposure.inside);
    const { through } = callee;
    if (!through) return inside.length > 0 && possibleHomes(routes, from, service).length === 0 ? inside[0] : undefined;
    if (staysAtHome(from, service)) return undefined;
    const isNamed = ({ via }: Exposure) =>
        via.some(({ cluster, gateway }) =>
            through.some((each) => each.cluster === cluster && each.gateway === gateway),
        );
    const further = inside.find(isNamed) ?? { through: [], to: [], hostAt: callee.at };
    return { ...further, host: callee.name, at: callee.at, via: through };
}

/** Whether calls may pass gateways on their way, from wherever they come. */
export function relaysByName(routes: Routes, { kind, name, through }: Callee): boolean {
    if (kind !== 'service') return false;
    return through !== undefined || (routes.service(name)?.exposures.some(({ inside }) => inside) ?? false);
}

/** Who has instances beside it goes on to other clusters only if the service fails over, and somebody notices. */
function staysAtHome(from: string, { homes, eastWestFailover, outlierDetection }: Service): boolean {
    const isAtHome = homes.some(({ cluster }) => cluster === from);
    return isAtHome && !(eastWestFailover.value && outlierDetection.value);
}

/** Whether a gateway reaches what it cannot pass requests without. */
type LetsPass = (gateway: Gateway) => boolean;

/**
 * The homes to which calls from a cluster may get by gateways, whether they serve or not; its own are left out.
 *
 * @param isOpen whether connections may be opened from one cluster to another
 */
export function relayedHomes(
    routes: Routes,
    from: string,
    service: Service,
    exposure: Exposure,
    { letsPass, isOpen = routes.isOpen }: { readonly letsPass: LetsPass; readonly isOpen?: Routes['isOpen'] },
): Home[] {
    const targets = targetsOf(routes, service, exposure);
    const listed = new Set([...service.homes, ...exposure.to].map(({ cluster }) => cluster));
    const leadingFrom = (clusters: readonly string[], gateways: readonly Gateway[]) =>
        gateways.filter((gateway) => clusters.some((cluster) => isOpen(cluster, gateway.cluster)) && letsPass(gateway));
    let reached = leadingFrom([from], entryGateways(routes, exposure, targets));
    for (const hop of exposure.through) {
        const clusters = reached.map(({ cluster }) => cluster);
        reached = leadingFrom(
            clusters,
            hop.flatMap((ref) => gatewayOf(routes, ref)),
        );
    }
    const entered = targets.filter((target) =>
        reached.some(
            (gateway) =>
                leadsTo(routes, gateway, target) &&
                (listed.has(target.cluster) || !leadsElsewhere(gateway)) &&
                (isIngressOf(routes, gateway, target) ||
                    (isOpen(gateway.cluster, target.cluster) && ingressOf(routes, target).some(letsPass))),
        ),
    );
    return [...new Set(entered.flatMap(({ cluster }) => possibleHomes(routes, cluster, service, isOpen)))];
}
