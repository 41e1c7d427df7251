import type { NodeIndex } from '../engine/index.js';
import { componentKinds, type ComponentKindId } from '../knowledge/components.js';
import { figures } from '../knowledge/clocks.js';
import { clusterName, directedLinkName, partName, storeName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import { carriesWorkloads, standbyCluster, type ManagementCluster, type StandbyCluster } from '../topology/topology.js';
import { ruleReason, type Construction, type FlowNodes } from './construction.js';
import type { StandIn } from './graph.js';
import type { Roles } from './roles.js';
import { takeoverBy } from './takeover.js';

const tookOver = ruleReason('R11', 'it was promoted, and does that now');
const sharesIt = ruleReason('R11', 'it shares the database of the active side');
const keepsItThere = ruleReason('R11', 'it keeps the configuration in a copy of the database');
const divides = ruleReason('R11', 'one of the two is in use');
const connects = ruleReason('R11', 'the edges let go of the old side, and connect to the new one');

/**
 * R11: a node for each thing that a standby management cluster would do in place of the active one. It fails with the
 * original as long as nothing is promoted, and with the standby from then on. Of stores with a copy of their own the original
 * is whatever is in use.
 */
export function addRoles(construction: Construction): Roles {
    const { topology, management, elements, elementNode, builder, input, model, roles } = construction;
    const standby = standbyCluster(topology);
    if (!management || !standby || !model.rules.has('R11')) return roles;
    const element = elements.byName.get(clusterName(standby.name))!;
    const promotion = builder.node({ kind: 'promotion', of: element });
    const sides = { element, promotion, cluster: clusterName(management.name) };
    const takeover = takeoverBy(construction, sides, tookOver);
    const { fromThenOn } = takeover;
    const postgres = elementNode(storeName('postgres'));
    const inUse = postgres === undefined ? undefined : roles.inUse(postgres);
    const database = standby.copy ? undefined : inUse;
    const failed = fromThenOn(element, elementNode(element.name)!, tookOver);
    const byOriginal = new Map<NodeIndex, NodeIndex>();
    const originalOf = ({ name }: Element) => roles.inUse(elementNode(name)!);
    const take = (of: Element, stands: NodeIndex) => {
        const original = originalOf(of);
        byOriginal.set(original, takeover.take(of, original, stands));
    };
    const taken = elements.listed.filter((each) => isTakenOver(each, management, standby));
    for (const each of taken) take(each, failed);
    const data = database ?? (inUse === undefined ? undefined : byOriginal.get(inUse));
    for (const each of taken) {
        if (data === undefined || !keepsItsDataIn(each, 'postgres')) continue;
        const reason = database === undefined ? keepsItThere : sharesIt;
        input(byOriginal.get(originalOf(each))!, fromThenOn(each, data, reason), reason);
    }
    for (const { name } of topology.clusters.filter(carriesWorkloads)) {
        const there = elements.byName.get(directedLinkName(name, management.name));
        const link = elementNode(directedLinkName(name, standby.name));
        if (!there || link === undefined) continue;
        take(there, fromThenOn(there, link, tookOver));
    }
    // the edge of the old side, if it has one, goes on asking its own
    const dns = elements.byName.get(partName(management.name, 'dns'));
    // which of two it is, nobody asks once there is another one of them
    const inUseNoMore = (each: StandIn): StandIn => {
        if (!each.byItself || !taken.some(({ name }) => name === each.original.name)) return each;
        const divided = takeover.untilThen(each.original, each.byItself.divided, divides);
        return { ...each, byItself: { ...each.byItself, divided } };
    };
    const way = elementNode(directedLinkName(management.name, standby.name));
    const standIn: StandIn = {
        element,
        original: elements.byName.get(clusterName(management.name))!,
        promotion,
        reconnection: builder.node({ kind: 'reconnection', of: element }),
        takes: figures.reconnection,
        freed: takeover.freed,
        needs: database === undefined ? [] : [{ node: database, because: 'it shares the database' }],
        lacks: lacksOf(standby, management),
        ...(standby.copy && { copy: standby.copy }),
    };
    return {
        ...roles,
        wayFromOldSide: way === undefined ? undefined : fromThenOn(element, way, tookOver),
        resolver: dns && takeover.take(dns, elementNode(dns.name)!, failed),
        of: (original) => byOriginal.get(original),
        timers: [...roles.timers, ...takeover.timers],
        requiring: [...roles.requiring, ...takeover.requiring],
        standIns: [standIn, ...roles.standIns.map(inUseNoMore)],
    };
}

function keepsItsDataIn({ kind }: Element, store: ComponentKindId): boolean {
    return componentKinds[kind].needs?.some(({ on }) => on === store) ?? false;
}

/** Edges hold on to the old side, and connect to the new one once they are restarted and have new tokens. */
export function addReconnection({ topology, input }: Construction, { standIns }: Roles, flows: FlowNodes): void {
    for (const { reconnection } of standIns) {
        if (reconnection === undefined) continue;
        for (const { name: cluster } of topology.clusters.filter(carriesWorkloads)) {
            const stream = flows.node('control-stream', { cluster });
            if (stream !== undefined) input(stream, reconnection, connects);
        }
    }
}

/** Why a standby can never take over, as clauses: what the file says that it does not have. */
export function lacksOf(
    standby: StandbyCluster,
    { managementPlane: plane, isHosted, name }: ManagementCluster,
): string[] {
    const hasNo = (what: string) => `nothing keeps the ${what} but '${name}', so '${standby.name}' cannot have it`;
    return [
        ...(isHosted ? [`the vendor runs '${name}', and whatever stands by for it`] : []),
        ...(standby.copy || plane.postgres.copy?.locality || plane.postgres.placement.value === 'external' || isHosted
            ? []
            : [`Postgres stands inside '${name}', and '${standby.name}' has no copy of it`]),
        ...(plane.iamSigningKey.backup.value.kind === 'none' ? [hasNo('iam-signing-key')] : []),
        ...(plane.rootCa.backup.value.kind === 'none' ? [hasNo('root CA')] : []),
    ];
}

/** What stands in the management cluster, the database with it where the standby has a copy of its own. */
function isTakenOver({ kind, cluster }: Element, management: ManagementCluster, standby: StandbyCluster): boolean {
    if (kind === 'postgres') return standby.copy !== undefined;
    const { partOf } = componentKinds[kind];
    if (cluster !== management.name) return false;
    return partOf === 'management-plane' || partOf === 'management-cluster' || inside.has(kind);
}

const inside: ReadonlySet<ComponentKindId> = new Set([
    ...(['elasticsearch', 'banyandb', 'iam-signing-key', 'root-ca', 'identity-provider'] as const),
]);
