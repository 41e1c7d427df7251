import {
    entryGateways,
    gatewayOf,
    helpersThatFail,
    ingressOf,
    isIngressOf,
    leadsElsewhere,
    targetsOf,
} from '../failure/routes.js';
import type { Exposure, Gateway, Service, Target } from '../topology/topology.js';
import { entryOf } from './phrases.js';
import type { TrafficView } from './traffic-view.js';

/** How requests for a host get to the homes that serve it while nothing fails. What leads to none of them is left out. */
export interface HostWays {
    readonly exposure: Exposure;
    /** Where clients enter. */
    readonly entries: readonly Gateway[];
    /** The gateways of each hop behind them. */
    readonly transits: readonly (readonly Gateway[])[];
    /** Whether a gateway draws one of several targets, so that a weight decides there and not among the entries. */
    readonly isDrawn: boolean;
    /** The clusters to which the last gateways lead. */
    readonly targets: ReadonlySet<string>;
    /** The clusters of the homes that may answer. */
    readonly homes: ReadonlySet<string>;
}

/** The ways of an exposed host; undefined where no request is served even in health. */
export function hostWays(view: TrafficView, service: Service, exposure: Exposure): HostWays | undefined {
    const { routes, serving } = view;
    const targets = targetsOf(routes, service, exposure);
    const hops = [
        entryGateways(routes, exposure, targets),
        ...exposure.through.map((hop) => hop.flatMap((ref) => gatewayOf(routes, ref))),
    ].map((hop) => hop.filter((gateway) => letsPass(view, gateway)));
    const ends = new Map<Gateway, readonly string[]>();
    const endsOf = (gateway: Gateway) =>
        entryOf(ends, gateway, () =>
            service.outside
                ? [gateway.cluster]
                : clustersBehind(view, exposure, targets, gateway).filter(
                      (cluster) => serving.reached(cluster, service).length > 0,
                  ),
        );
    let living = (hops.at(-1) ?? []).filter((gateway) => endsOf(gateway).length > 0);
    const passed = [living];
    for (const hop of hops.slice(0, -1).reverse()) {
        const next = living;
        living = hop.filter((gateway) => next.some(({ cluster }) => view.isOpen(gateway.cluster, cluster)));
        passed.unshift(living);
    }
    let [reached = []] = passed;
    if (reached.length === 0) return undefined;
    const entries = distinct(reached);
    const transits = passed.slice(1).map((hop) => {
        const before = reached;
        reached = hop.filter(({ cluster }) => before.some((gateway) => view.isOpen(gateway.cluster, cluster)));
        return distinct(reached);
    });
    const clusters = new Set(reached.flatMap(endsOf));
    const homes = [...clusters].flatMap((cluster) => serving.reached(cluster, service).map((home) => home.cluster));
    const isDrawn = exposure.via.length > 0 && reached.some(leadsElsewhere);
    return { exposure, entries, transits, isDrawn, targets: clusters, homes: new Set(homes) };
}

/** The clusters to which the last gateway before the homes leads, whether anybody serves there or not. */
function clustersBehind(view: TrafficView, exposure: Exposure, targets: readonly Target[], gateway: Gateway): string[] {
    const { routes, isOpen } = view;
    const own = gateway.cluster;
    if (exposure.via.length === 0) return [own];
    const isEnteredThere = targets.some((target) => isIngressOf(routes, gateway, target));
    if (!leadsElsewhere(gateway)) return exposure.to.length === 0 || isEnteredThere ? [own] : [];
    return targets
        .filter(
            (target) =>
                isOpen(own, target.cluster) && ingressOf(routes, target).some((ingress) => letsPass(view, ingress)),
        )
        .map(({ cluster }) => cluster);
}

/** Whether a gateway reaches what it cannot pass requests without; what is nowhere, or nobody knows where, does not count. */
function letsPass({ routes, serving }: TrafficView, gateway: Gateway): boolean {
    return helpersThatFail(gateway, 'closed').every(({ kind, name }) => {
        const helper = kind === 'service' ? routes.service(name) : undefined;
        if (!helper || helper.homes.length === 0 || helper.hasUnknownHomes) return true;
        return serving.reached(gateway.cluster, helper).length > 0;
    });
}

function distinct(gateways: readonly Gateway[]): Gateway[] {
    return [...new Set(gateways)];
}
