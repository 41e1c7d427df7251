import type { NodeIndex } from '../engine/index.js';
import type { ClockId } from '../knowledge/clocks.js';
import { clocks } from '../knowledge/clocks.js';
import type { Condition, Flow, FlowId, FlowNeed } from '../knowledge/flows.js';
import { flowIds, flows } from '../knowledge/flows.js';
import { directedLinkName, partName } from '../topology/element-name.js';
import type { Cluster } from '../topology/topology.js';
import { carriesWorkloads } from '../topology/topology.js';
import { componentNode } from './components.js';
import type { ClockNodes, Construction, FlowNodes } from './construction.js';
import { ruleReason } from './construction.js';
import type { Facet, Reason, Scope } from './graph.js';

interface PlacedFlow {
    readonly flow: FlowId;
    readonly scope: Scope;
    readonly cluster: Cluster | undefined;
    readonly lost: NodeIndex;
    readonly limited: NodeIndex | undefined;
}

const deletedBelow = ruleReason('R3', 'what it runs on would be deleted with the stream from above');

/** Without R4, a change that waits for its cluster would count as lost. */
const queuedCounts = { operation: 'managementOperations', rank: 'secondary' } as const;

/**
 * R2, R4 and R6: one node for each flow in each of its scopes, which fails with anything that the flow needs.
 *
 * @param around the flows of the world, where only those of homes are added
 */
export function addFlows(
    construction: Construction,
    clockNodes: ClockNodes,
    around?: Omit<FlowNodes, 'facets'>,
): FlowNodes {
    const { model, input } = construction;
    const added = around ? flowIds.filter((id) => model.flows[id].scope === 'home') : flowIds;
    const placed = added.flatMap((id) => placeFlow(construction, id));
    const byKey = new Map(placed.map((flow) => [flowKey(flow.flow, flow.scope), flow.lost]));
    const node = (flow: FlowId, scope: Scope) => byKey.get(flowKey(flow, scope)) ?? around?.node(flow, scope);
    if (model.rules.has('R2')) addNeeds(construction, placed, node, clockNodes);
    const facets = placed.flatMap((flow) => facetOf(construction, flow));
    if (!model.rules.has('R3')) {
        for (const { flow, scope, lost } of facets) {
            if (flow === 'instances-serve') input(lost, node('delivery', { cluster: scope.cluster }), deletedBelow);
        }
    }
    const limited = new Map(placed.map((flow) => [flowKey(flow.flow, flow.scope), flow.limited]));
    const limitedNode = (flow: FlowId, scope: Scope) =>
        limited.get(flowKey(flow, scope)) ?? around?.limitedNode(flow, scope);
    return { facets, node, limitedNode };
}

function placeFlow(construction: Construction, id: FlowId): PlacedFlow[] {
    const flow = construction.model.flows[id];
    return scopesOf(construction, flow)
        .filter(({ cluster }) => !flow.where || holds(flow.where, construction, cluster))
        .map(({ scope, cluster }) => {
            const buffered = (cluster?.edge?.metricsBuffer.value ?? 0) > 0 && flow.needs.some((need) => need.buffered);
            const lost = construction.builder.node({ kind: 'flow', flow: id, scope });
            const limited = buffered ? construction.builder.node({ kind: 'limited-flow', flow: id, scope }) : undefined;
            return { flow: id, scope, cluster, lost, limited };
        });
}

function scopesOf({ topology, elements }: Construction, flow: Flow): { scope: Scope; cluster?: Cluster }[] {
    switch (flow.scope) {
        case 'estate':
            return [{ scope: {} }];
        case 'cluster':
            return topology.clusters
                .filter(carriesWorkloads)
                .map((cluster) => ({ scope: { cluster: cluster.name }, cluster }));
        case 'path':
            return [];
        case 'home':
            return elements.listed
                .filter((element) => element.kind === 'instances')
                .map(({ name, cluster, service }) => ({ scope: { cluster, service, instances: name } }));
    }
}

function facetOf({ model }: Construction, { flow, scope, lost, limited }: PlacedFlow): Facet[] {
    const queued = flow === 'delivery' && !model.rules.has('R4') ? queuedCounts : undefined;
    const facet = model.flows[flow].facet ?? queued;
    if (!facet || (facet.rank === 'note' && !model.rules.has('R6'))) return [];
    return [{ flow, ...facet, scope, lost, ...(limited !== undefined && { limited }) }];
}

/** One for each need, so that graphs store it once. */
const reasonsOfNeeds = new WeakMap<FlowNeed, Reason>();

function addNeeds(
    construction: Construction,
    placed: readonly PlacedFlow[],
    node: FlowNodes['node'],
    clockNodes: ClockNodes,
): void {
    for (const { flow, scope, cluster, lost, limited } of placed) {
        for (const need of construction.model.flows[flow].needs) {
            if (need.where && !holds(need.where, construction, cluster, scope)) continue;
            const { rule = 'R2', because, source, confidence } = need;
            const reason = reasonsOfNeeds.get(need) ?? { rule, because, source, confidence };
            reasonsOfNeeds.set(need, reason);
            const dependent = need.buffered && limited !== undefined ? limited : lost;
            const needed = neededNode(construction, need, scope, node, clockNodes);
            construction.input(dependent, needed === undefined ? undefined : doingIt(construction, needed), reason);
        }
    }
}

/** Whatever does now what a node did in health. */
export function doingIt({ roles }: Construction, node: NodeIndex): NodeIndex {
    return roles.of(node) ?? node;
}

function neededNode(
    construction: Construction,
    { on }: FlowNeed,
    scope: Scope,
    node: FlowNodes['node'],
    clockNodes: ClockNodes,
): NodeIndex | undefined {
    const { management, elementNode, roles } = construction;
    if (isClockId(on)) return clockNodes.node(on, scope);
    if (isFlowId(on)) return node(on, scopeOfNeeded(flows[on], scope));
    switch (on) {
        case 'instances':
            return scope.instances === undefined ? undefined : elementNode(scope.instances);
        case 'link-to-management':
            if (scope.cluster === undefined || !management) return undefined;
            return scope.cluster === management.name
                ? roles.wayFromOldSide
                : elementNode(directedLinkName(scope.cluster, management.name));
        case 'management-dns':
            if (!management || management.isHosted) return undefined;
            return roles.resolver ?? elementNode(partName(management.name, 'dns'));
        case 'telemetry-store':
            return management && componentNode(construction, management.managementPlane.telemetryStore.kind, undefined);
        default:
            return componentNode(construction, on, scope.cluster);
    }
}

/** A flow of a home may need one of its cluster, and both may need one of the estate. */
function scopeOfNeeded(needed: Flow, scope: Scope): Scope {
    switch (needed.scope) {
        case 'estate':
            return {};
        case 'cluster':
            return { cluster: scope.cluster };
        case 'home':
        case 'path':
            return scope;
    }
}

/** Whether a condition of `knowledge/flows.ts` holds for the estate, for one cluster of it, or for a home. */
function holds(condition: Condition, { management, roles }: Construction, cluster?: Cluster, scope?: Scope): boolean {
    // the graph of services is built without a look at planes: only who asks for the store looks
    const store = () => management?.managementPlane.telemetryStore;
    // a management cluster is another one than that which is in charge, once something else is promoted
    const isRemote = cluster !== undefined && (cluster !== management || roles.wayFromOldSide !== undefined);
    switch (condition) {
        case 'has-no-name':
            return scope?.service === undefined;
        case 'has-management-cluster':
            return management !== undefined;
        case 'is-remote':
            return isRemote;
        case 'telemetry-store-via-front-envoy':
            return store()?.path.value === 'front-envoy';
        case 'telemetry-store-behind-management':
            return isRemote && (store()?.path.value === 'front-envoy' || store()?.placement.value === 'internal');
        case 'listener-is-front-envoy':
            return management?.central.listener.value === 'front-envoy';
        case 'gitops-sync':
            return management !== undefined && cluster?.edge?.gitops.value === 'sync';
        case 'gitops-async':
            return cluster?.edge?.gitops.value === 'async';
        case 'management-gitops':
            return management?.managementPlane.gitops.value === true;
        case 'identity-provider':
            return management?.managementPlane.identityProvider !== undefined;
        case 'configuration-promotes-itself':
            return management?.managementPlane.postgres.copy?.promotesItself === true;
        case 'metrics-promote-themselves':
            return store()?.copy?.promotesItself === true;
    }
}

function isFlowId(id: FlowNeed['on']): id is FlowId {
    return Object.hasOwn(flows, id);
}

function isClockId(id: FlowNeed['on']): id is ClockId {
    return Object.hasOwn(clocks, id);
}

function flowKey(id: FlowId, scope: Scope): string {
    return `${id}|${scope.instances ?? scope.cluster ?? ''}`;
}
