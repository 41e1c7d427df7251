import type { Callee, Service } from '../topology/topology.js';
import type { Construction } from './construction.js';
import type { Facet, PathNodes, Reason, Traffic } from './graph.js';
import { gatewayOf, helpersThatFail } from './routes.js';

const configuresMachines: Reason = {
    rule: 'R3',
    because: 'virtual machines are configured through it',
    source: 'firewall',
    confidence: 'certain',
};

/** What counts of request paths: hosts, calls, policies of helpers that fail open, and a note about virtual machines. */
export function trafficFacets(
    construction: Construction,
    traffic: Traffic,
    path: (from: string, callee: Callee) => PathNodes | undefined,
): readonly Facet[] {
    return [
        ...hostFacets(traffic),
        ...callFacets(traffic),
        ...policyFacets(construction.topology.services, path),
        ...machineFacets(construction, traffic),
    ];
}

function hostFacets({ hosts }: Traffic): Facet[] {
    return hosts.map(({ exposure, service, lost, limited }) => ({
        flow: 'host-reachable',
        operation: 'runningWorkloads',
        rank: 'primary',
        scope: { host: exposure.host, exposedService: service },
        lost,
        limited,
    }));
}

function callFacets({ calls }: Traffic): Facet[] {
    return [...calls].flatMap(([caller, called]) =>
        called.map(({ cluster, path }) => ({
            flow: 'call-reachable',
            operation: 'runningWorkloads',
            rank: 'primary',
            scope: { cluster, caller, callee: path.callee.name },
            lost: path.lost,
            ...(path.limited !== undefined && { limited: path.limited }),
        })),
    );
}

function policyFacets(
    services: readonly Service[],
    path: (from: string, callee: Callee) => PathNodes | undefined,
): Facet[] {
    return services.flatMap((service) =>
        helpersThatFail(service, 'open').flatMap((helper) =>
            service.homes.flatMap(({ cluster }): Facet[] => {
                const way = path(cluster, helper);
                if (!way) return [];
                return [
                    {
                        flow: 'policy-enforced',
                        operation: 'runningWorkloads',
                        rank: 'secondary',
                        scope: { cluster, caller: service.shortName, callee: helper.name },
                        lost: way.lost,
                    },
                ];
            }),
        ),
    );
}

/** Virtual machines get their configuration through a VM gateway; without it they keep what they have (R3). */
function machineFacets({ topology, builder, elementNode, input }: Construction, { routes }: Traffic): Facet[] {
    return topology.services.flatMap(({ homes, shortName }) =>
        homes.flatMap(({ cluster, virtualMachines }): Facet[] => {
            if (!virtualMachines) return [];
            const gateways = virtualMachines.gateway
                ? gatewayOf(routes, virtualMachines.gateway)
                : routes.gatewaysIn(cluster, 'vm');
            if (gateways.length === 0) return [];
            const scope = { cluster, caller: shortName };
            const lost = builder.node({ kind: 'flow', flow: 'machine-configuration', scope }, gateways.length);
            for (const gateway of gateways)
                input(lost, elementNode(`${gateway.cluster}.${gateway.name}`), configuresMachines);
            return [{ flow: 'machine-configuration', operation: 'localClusterOperations', rank: 'note', scope, lost }];
        }),
    );
}
