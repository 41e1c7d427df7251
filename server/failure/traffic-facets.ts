import { gatewayName, instancesName } from '../topology/element-name.js';
import type { Callee } from '../topology/topology.js';
import type { Construction } from './construction.js';
import { ruleReason } from './construction.js';
import { gatesOf } from './gates.js';
import type { Facet, Reason } from './graph.js';
import { gatewayOf, helpersThatFail } from './routes.js';
import type { PathNodes, Traffic } from './traffic-graph.js';

const workload = { operation: 'runningWorkloads', rank: 'primary' } as const;

const decides = ruleReason('R8', 'nobody else decides');
const nobodyAsks = ruleReason('R8', 'who would have asked does not serve');

const configuresMachines: Reason = {
    rule: 'R3',
    because: 'virtual machines are configured through it',
    source: 'firewall',
    confidence: 'certain',
};

/** What counts of request paths, by what it is about; all but those of gateways in the order of services. */
export interface TrafficFacets {
    readonly homes: readonly Facet[];
    readonly hosts: readonly Facet[];
    readonly calls: readonly Facet[];
    readonly policies: readonly Facet[];
    readonly gatewayPolicies: readonly Facet[];
    readonly machines: readonly Facet[];
}

/** In the order in which outcomes tell of them. */
export const trafficFacetKinds = ['homes', 'hosts', 'calls', 'policies', 'gatewayPolicies', 'machines'] as const;

/** The path from a cluster to what is called there; undefined where there is none in health. */
type FindPath = (from: string, callee: Callee) => PathNodes | undefined;

/**
 * What counts of request paths: homes that serve, hosts, calls, policies of helpers that fail open, and a note about
 * virtual machines. A facet belongs to whoever is alive to need it: what a home would have called is lost with the home,
 * and what has no way in health is no facet.
 */
export function trafficFacets(
    construction: Construction,
    traffic: Traffic,
    { call, path }: Record<'call' | 'path', FindPath>,
): TrafficFacets {
    return {
        homes: homeFacets(traffic),
        hosts: hostFacets(traffic),
        calls: callFacets(traffic),
        policies: policyFacets(construction, traffic, call),
        gatewayPolicies: gatewayPolicyFacets(traffic, path),
        machines: machineFacets(construction, traffic),
    };
}

function homeFacets({ serving }: Traffic): Facet[] {
    return [...serving.values()].flat().flatMap(({ service, cluster, serves, limited, servesInHealth }): Facet[] => {
        if (!servesInHealth) return [];
        const scope = { cluster, service, instances: instancesName(service, cluster) };
        return [
            { ...workload, flow: 'instances-serve', scope, lost: serves, ...(limited !== undefined && { limited }) },
        ];
    });
}

function hostFacets({ hosts }: Traffic): Facet[] {
    return hosts.map(({ exposure, service, lost, limited }) => ({
        ...workload,
        flow: 'host-reachable',
        scope: { host: exposure.host, exposedService: service },
        lost,
        limited,
    }));
}

function callFacets({ calls }: Traffic): Facet[] {
    return [...calls].flatMap(([caller, called]) =>
        called.flatMap(({ cluster, path: { callee, limited }, lost }): Facet[] => {
            if (lost === undefined) return [];
            const scope = { cluster, caller, callee: callee.name };
            return [{ ...workload, flow: 'call-reachable', scope, lost, ...(limited !== undefined && { limited }) }];
        }),
    );
}

function policyFacets(construction: Construction, { serving }: Traffic, path: FindPath): Facet[] {
    const { anyOf } = gatesOf(construction);
    return construction.topology.services.flatMap((service) =>
        helpersThatFail(service, 'open').flatMap((helper) =>
            serving.get(service.shortName)!.flatMap(({ cluster, serves, servesInHealth }): Facet[] => {
                const way = path(cluster, helper);
                if (!way || !servesInHealth) return [];
                const scope = { cluster, caller: service.shortName, callee: helper.name };
                const lost = anyOf({ kind: 'call', ...scope }, [
                    [way.lost, decides],
                    [serves, nobodyAsks],
                ])!;
                return [policyFacet(scope, { ...way, lost })];
            }),
        ),
    );
}

function policyFacet(scope: Facet['scope'], { lost, limited }: Pick<PathNodes, 'lost' | 'limited'>): Facet {
    const share = limited !== undefined && { limited };
    return { flow: 'policy-enforced', operation: 'runningWorkloads', rank: 'secondary', scope, lost, ...share };
}

/** What a gateway asks, and does not need: whether it lives or not, so that no further failure makes it better. */
function gatewayPolicyFacets({ passages }: Traffic, path: FindPath): Facet[] {
    return passages.flatMap(({ gateway }) =>
        helpersThatFail(gateway, 'open').flatMap((helper): Facet[] => {
            const way = path(gateway.cluster, helper);
            if (!way) return [];
            const scope = { cluster: gateway.cluster, caller: gatewayName(gateway), callee: helper.name };
            return [policyFacet(scope, way)];
        }),
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
            for (const gateway of gateways) input(lost, elementNode(gatewayName(gateway)), configuresMachines);
            return [{ flow: 'machine-configuration', operation: 'localClusterOperations', rank: 'note', scope, lost }];
        }),
    );
}
