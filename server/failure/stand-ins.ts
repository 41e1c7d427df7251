import type { NodeIndex } from '../engine/index.js';
import { componentKinds, type ComponentKindId } from '../knowledge/components.js';
import { figures } from '../knowledge/clocks.js';
import { clusterName, directedLinkName, externalName, storeName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import {
    carriesWorkloads,
    standbyCluster,
    type DeclaredNeed,
    type ManagementCluster,
    type StandbyCluster,
} from '../topology/topology.js';
import { renewal } from './declared-needs.js';
import { ruleReason, type Construction, type FlowNodes } from './construction.js';
import type { Reason, Timer } from './graph.js';
import { noRoles, type Roles } from './roles.js';

const doesIt = ruleReason('R11', 'it does that, as long as nothing else was promoted');
const tookOver = ruleReason('R11', 'it was promoted, and does that now');
const sharesIt = ruleReason('R11', 'it shares the database of the active side');
const keepsItThere = ruleReason('R11', 'it keeps the configuration in a copy of the database');
const needsItToo = ruleReason('R11', 'both sides require it, as the file says');
const connects = ruleReason('R11', 'the edges let go of the old side, and connect to the new one');

/**
 * R11: a node for each thing that a standby management cluster would do in place of the active one. It fails with the
 * original as long as nothing is promoted, and with the standby from then on: `run.ts` fails `promotion`, and spares what
 * was `freed`. So there is no negation, and before the promotion everything is as without the standby.
 */
export function addRoles(construction: Construction): Roles {
    const { topology, management, elements, elementNode, builder, input, model } = construction;
    const standby = standbyCluster(topology);
    if (!management || !standby || !model.rules.has('R11')) return noRoles;
    const element = elements.byName.get(clusterName(standby.name))!;
    const promotion = builder.node({ kind: 'promotion', of: element });
    const database = standby.copy ? undefined : elementNode(storeName('postgres'));
    /** Fails with something, but not before the promotion. */
    const fromThenOn = (of: Element, node: NodeIndex, reason: Reason): NodeIndex => {
        const missing = builder.node({ kind: 'role', of }, 2);
        input(missing, node, reason);
        input(missing, promotion, tookOver);
        return missing;
    };
    const failed = fromThenOn(element, elementNode(element.name)!, tookOver);
    const byOriginal = new Map<NodeIndex, NodeIndex>();
    const { neededBy: alsoNeededBy, timers } = alsoNeeded(construction, {
        element,
        promotion,
        active: management.name,
    });
    const freed: NodeIndex[] = [];
    const take = (of: Element, stands: NodeIndex) => {
        const original = elementNode(of.name)!;
        const own = builder.node({ kind: 'role', of });
        input(own, original, doesIt);
        freed.push(own);
        const role = builder.node({ kind: 'role', of });
        input(role, own, doesIt);
        input(role, stands, tookOver);
        for (const needed of alsoNeededBy(of)) input(role, fromThenOn(of, needed, needsItToo), needsItToo);
        byOriginal.set(original, role);
    };
    const taken = elements.listed.filter((each) => isTakenOver(each, management, standby));
    for (const each of taken) take(each, failed);
    const postgres = elementNode(storeName('postgres'));
    const data = database ?? (postgres === undefined ? undefined : byOriginal.get(postgres));
    for (const each of taken) {
        if (data === undefined || !keepsItsDataIn(each, 'postgres')) continue;
        const reason = database === undefined ? keepsItThere : sharesIt;
        input(byOriginal.get(elementNode(each.name)!)!, fromThenOn(each, data, reason), reason);
    }
    for (const { name } of topology.clusters.filter(carriesWorkloads)) {
        const there = elements.byName.get(directedLinkName(name, management.name));
        const link = elementNode(directedLinkName(name, standby.name));
        if (!there || link === undefined) continue;
        take(there, fromThenOn(there, link, tookOver));
    }
    const way = elementNode(directedLinkName(management.name, standby.name));
    return {
        wayFromOldSide: way === undefined ? undefined : fromThenOn(element, way, tookOver),
        of: (original) => byOriginal.get(original),
        timers,
        standIns: [
            {
                element,
                original: elements.byName.get(clusterName(management.name))!,
                promotion,
                reconnection: builder.node({ kind: 'reconnection', of: element }),
                takes: figures.reconnection,
                freed,
                needs: database === undefined ? [] : [{ node: database, because: 'it shares the database' }],
                lacks: lacksOf(standby, management),
            },
        ],
    };
}

/**
 * What the file says that something, or what it is part of, requires at every moment, or again and again: both sides are
 * alike in that. What the cluster itself requires is that of its place. A standby that waits asks for nothing, so that it
 * has nothing when it is promoted, until it gets it.
 */
function alsoNeeded(
    construction: Construction,
    {
        element,
        promotion,
        active,
    }: { readonly element: Element; readonly promotion: NodeIndex; readonly active: string },
): { neededBy: (of: Element) => NodeIndex[]; timers: readonly Timer[] } {
    const { topology, model, elementNode, builder, input } = construction;
    const timers: Timer[] = [];
    const known = new Map<DeclaredNeed, NodeIndex | undefined>();

    function sourceOf({ anyOf }: DeclaredNeed): NodeIndex | undefined {
        const nodes = anyOf.flatMap((name) => elementNode(externalName(name)) ?? []);
        if (nodes.length < 2) return nodes[0];
        const group = builder.node({ kind: 'role', of: element }, nodes.length);
        for (const node of nodes) input(group, node, needsItToo);
        return group;
    }

    function nodeOf(need: DeclaredNeed): NodeIndex | undefined {
        const source = sourceOf(need);
        if (source === undefined || need.when === 'always') return source;
        if (need.when === 'start' || !model.rules.has('R7')) return undefined;
        const scope = { required: need.anyOf, element: element.name };
        const carriers = [elementNode(element.name)!];
        const timer = renewal(construction, { scope, source, carriers, begins: promotion }, need.when);
        timers.push(timer);
        return timer.node;
    }

    return {
        timers,
        neededBy(of) {
            const owners = [of.name, ...of.parents].filter((name) => name !== clusterName(active));
            return topology.needs.flatMap((need): NodeIndex[] => {
                if (!owners.includes(need.of)) return [];
                if (!known.has(need)) known.set(need, nodeOf(need));
                const node = known.get(need);
                return node === undefined ? [] : [node];
            });
        },
    };
}

function keepsItsDataIn({ kind }: Element, store: ComponentKindId): boolean {
    return componentKinds[kind].needs?.some(({ on }) => on === store) ?? false;
}

/** Edges hold on to the old side, and connect to the new one once they are restarted and have new tokens. */
export function addReconnection({ topology, input }: Construction, { standIns }: Roles, flows: FlowNodes): void {
    for (const { reconnection } of standIns) {
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
        ...(standby.copy || plane.postgres.placement.value === 'external' || isHosted
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
