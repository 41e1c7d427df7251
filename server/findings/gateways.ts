import { helpersOf, targetsOf } from '../failure/routes.js';
import { requiredBy, type Callee, type Cluster, type Gateway, type Home, type Service } from '../topology/topology.js';
import type { Finding } from './finding.js';
import { entryOf, gatewayName, names, pointTo, related } from './phrases.js';
import type { TrafficView } from './traffic-view.js';

/** Gateways that something needs and nobody declared, and such that nobody uses. */
export function gatewayFindings(view: TrafficView): Finding[] {
    return [...virtualMachines(view), ...egress(view)];
}

/** Virtual machines join the mesh through a vm gateway: the one that is named, or one of their cluster. */
function virtualMachines({ routes, ofEachService }: TrafficView): Finding[] {
    const lonely = new Map<string, { service: Service; home: Home }[]>();
    for (const machines of ofEachService(lonelyMachines))
        entryOf(lonely, machines.home.cluster, () => []).push(machines);
    return [...lonely].map(([cluster, machines]) => ({
        code: 'virtual-machines-without-gateway',
        severity: 'warning',
        message: `Virtual machines of ${names(machines.map(({ service }) => service.shortName))} stand beside '${cluster}', and '${cluster}' has no vm gateway by which they join the mesh. Declare \`gateway vm\` there, or name a gateway: \`virtual machines via GATEWAY\`.`,
        at: machines[0]!.home.virtualMachines!.at,
        remedy: [{ do: 'declare-gateway', cluster, role: 'vm' }],
        ...related([
            ...machines.slice(1).map(({ service, home }) => pointTo(home.at, `'${service.shortName}' does so here`)),
            pointTo(routes.cluster(cluster)?.nameAt, `'${cluster}' has no vm gateway`),
        ]),
    }));
}

/** The homes of a service of which no gateway joins the virtual machines. */
function lonelyMachines({ routes }: TrafficView, service: Service) {
    return service.homes
        .filter(({ cluster, virtualMachines }) => {
            if (!virtualMachines || virtualMachines.gateway || virtualMachines.hasUnknownGateway) return false;
            return routes.gatewaysIn(cluster, 'vm').length === 0;
        })
        .map((home) => ({ service, home }));
}

function unknownIn(_: TrafficView, { hasUnknownCallees, hasUnknownHomes }: Service): readonly true[] {
    return hasUnknownCallees || hasUnknownHomes ? [true] : [];
}

/** The clusters that requests of a service leave for what is outside. */
function clustersLeft({ routes }: TrafficView, service: Service): string[] {
    const from = callsOutside(service) ? service.homes : [];
    const exposed = service.outside ? service.exposures.flatMap((each) => targetsOf(routes, service, each)) : [];
    return [...from, ...exposed].map(({ cluster }) => cluster);
}

/** The gateways through which the lines of a service say that it calls. */
function gatewaysNamed(_: TrafficView, service: Service): string[] {
    return [...service.calls, ...requiredBy(service)].flatMap(({ through = [] }) =>
        through.map(({ cluster, gateway }) => gatewayKey({ cluster, name: gateway })),
    );
}

/** Calls to what is outside leave by the egress gateways of the caller's own cluster, or directly where it has none. */
function egress({ topology, ofEachService }: TrafficView): Finding[] {
    if (ofEachService(unknownIn).length > 0) return [];
    const gateways = topology.clusters.flatMap((cluster) => cluster.gateways);
    if (gateways.some(({ hasUnknownCallees }) => hasUnknownCallees)) return [];
    const leaving = new Set([
        ...ofEachService(clustersLeft),
        ...gateways.filter((gateway) => helpersOf(gateway).some(isOutside)).map(({ cluster }) => cluster),
    ]);
    const named = new Set(ofEachService(gatewaysNamed));
    const direct = topology.clusters.filter((each) => leaving.has(each.name) && egressOf(each).length === 0);
    if (direct.length === 0) return [];
    const clusters = names(direct.map(({ name }) => name));
    return topology.clusters
        .filter(({ name }) => !leaving.has(name))
        .flatMap((cluster) => egressOf(cluster))
        .filter((gateway) => !named.has(gatewayKey(gateway)))
        .map((gateway) => ({
            code: 'egress-gateway-without-effect',
            severity: 'info',
            message: `Nothing leaves by '${gatewayName(gateway)}': nobody on '${gateway.cluster}' calls what is outside, and calls from ${clusters} leave directly, since an egress gateway serves its own cluster only. Declare one there, or take this one out.`,
            at: gateway.nameAt,
            ...related(direct.map(({ name, nameAt }) => pointTo(nameAt, `calls leave '${name}' directly`))),
        }));
}

function callsOutside(service: Service): boolean {
    return [...service.calls, ...requiredBy(service), ...helpersOf(service)].some(isOutside);
}

/** Whether a call leaves by the egress gateways of the caller's own cluster, unless it has none. */
function isOutside({ kind, through }: Callee): boolean {
    return kind === 'external-service' && !through;
}

function gatewayKey({ cluster, name }: Pick<Gateway, 'cluster' | 'name'>): string {
    return `${cluster}.${name}`;
}

function egressOf({ gateways }: Cluster): Gateway[] {
    return gateways.filter(({ roles }) => roles.includes('egress'));
}
