import type { NodeIndex } from '../engine/index.js';
import type { FlowId } from '../knowledge/flows.js';
import { clusterName, copyName, storeName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import type { ManagementCluster, StoreCopy } from '../topology/topology.js';
import type { Construction, FlowNodes } from './construction.js';
import type { Reason, StandIn, Timer } from './graph.js';
import { noRoles, type Requiring, type Roles } from './roles.js';
import { takeoverBy } from './takeover.js';

/** How databases take over is no fact about TSB. */
const said = { rule: 'R11', source: 'design', confidence: 'inferred' } as const;
const tookOver: Reason = { ...said, because: 'it was promoted, and is the store now' };
const endsThere: Reason = {
    ...said,
    because: 'what clusters send to the store still ends inside the management cluster',
};
const divided: Reason = {
    ...said,
    because: 'two take themselves for the one, and each takes changes that the other one lacks',
};

/** R11: a node for each store that has a copy, which fails with the store, and once the copy is promoted with that. */
export function addStoreCopies(construction: Construction): Roles {
    const { management, elements, elementNode, builder, model, input } = construction;
    if (!management || management.isHosted || !model.rules.has('R11')) return noRoles;
    const { postgres, telemetryStore } = management.managementPlane;
    const byOriginal = new Map<NodeIndex, NodeIndex>();
    const timers: Timer[] = [];
    const requiring: Requiring[] = [];
    const standIns = [postgres, telemetryStore].flatMap(({ kind, copy }): StandIn[] => {
        const [original, element] = [storeName(kind), copyName(kind)].map((name) => elements.byName.get(name));
        if (!copy || !original || !element) return [];
        const promotion = builder.node({ kind: 'promotion', of: element });
        const sides = { element, promotion, cluster: clusterName(management.name) };
        const takeover = takeoverBy(construction, sides, tookOver);
        const failed = takeover.fromThenOn(element, elementNode(element.name)!, tookOver);
        const node = elementNode(original.name)!;
        const role = takeover.take(original, node, failed);
        byOriginal.set(node, role);
        if (isEndOfMetrics(original, management)) {
            const end = elementNode(clusterName(management.name));
            if (end !== undefined) input(role, takeover.fromThenOn(element, end, endsThere), endsThere);
        }
        timers.push(...takeover.timers);
        requiring.push(...takeover.requiring);
        return [
            {
                ...{ element, original, promotion, copy, freed: takeover.freed },
                ...{ takes: [0, 0], needs: [], lacks: [] },
                ...byItself(construction, original, copy),
            },
        ];
    });
    return { ...noRoles, inUse: (node) => byOriginal.get(node) ?? node, standIns, timers, requiring };
}

/** Metrics that end inside the management cluster do so whoever keeps them, so that they are lost with it. */
function isEndOfMetrics({ kind }: Element, { managementPlane: { telemetryStore } }: ManagementCluster): boolean {
    return kind === telemetryStore.kind && telemetryStore.placement.value === 'internal';
}

/** Not in the second of the failure, which is judged before it; where nobody says when, perhaps never. */
function byItself({ builder }: Construction, of: Element, copy: StoreCopy): Pick<StandIn, 'byItself'> {
    if (!copy.promotesItself) return {};
    const twoPrimaries = builder.node({ kind: 'two-primaries', of });
    return { byItself: { within: [1, copy.within ?? Infinity], twoPrimaries, divided: twoPrimaries } };
}

/** What is no longer in one place while two take themselves for a store that is in use. */
export function addTwoPrimaries({ input }: Construction, { standIns }: Roles, flows: FlowNodes): void {
    for (const { original, byItself } of standIns) {
        const flow: FlowId = original.kind === 'postgres' ? 'undivided-configuration' : 'undivided-metrics';
        const node = flows.node(flow, {});
        if (node !== undefined) input(node, byItself?.divided, divided);
    }
}
