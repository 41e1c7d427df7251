import type { NodeIndex } from '../engine/index.js';
import { externalName, type ElementName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import { namesOf, type DeclaredNeed } from '../topology/topology.js';
import type { Construction } from './construction.js';
import { ruleReason } from './construction.js';
import { renewal } from './declared-needs.js';
import type { Reason, Timer } from './graph.js';
import { servicesAmong } from './required.js';
import type { Requiring, Roles } from './roles.js';

const doesIt = ruleReason('R11', 'it does that, as long as nothing else was promoted');
const needsItToo = ruleReason('R11', 'both sides require it, as the file says');

/** R11: puts something that waits in the place of others, from its promotion on. */
export interface Takeover {
    /** Fails with something, but not before the promotion. */
    readonly fromThenOn: (of: Element, node: NodeIndex, reason: Reason) => NodeIndex;
    /** Fails with something until the promotion, and not with it afterwards. */
    readonly untilThen: (of: Element, node: NodeIndex, reason: Reason) => NodeIndex;
    /**
     * The node of what an element does: it fails with the element, and from the promotion on with what does it then, and with
     * what the file says that the element, or what it is part of besides the cluster, requires.
     *
     * @param original what does it until then
     */
    readonly take: (of: Element, original: NodeIndex, stands: NodeIndex) => NodeIndex;
    /** What does not fail any more with the originals, from the promotion on. */
    readonly freed: readonly NodeIndex[];
    /** What it requires again and again, from the promotion on. */
    readonly timers: readonly Timer[];
    readonly requiring: Roles['requiring'];
}

/** What waits, when it takes over, and the management cluster. */
export interface Sides {
    readonly element: Element;
    readonly promotion: NodeIndex;
    readonly cluster: ElementName;
}

/**
 * `run.ts` fails `promotion`, and spares what was `freed`. So there is no negation, and before the promotion everything is
 * as without what waits.
 */
export function takeoverBy(construction: Construction, sides: Sides, tookOver: Reason): Takeover {
    const { builder, input } = construction;
    const { promotion } = sides;
    const { neededBy, timers, requiring } = alsoNeeded(construction, sides);
    const freed: NodeIndex[] = [];
    const fromThenOn: Takeover['fromThenOn'] = (of, node, reason) => {
        const missing = builder.node({ kind: 'role', of }, 2);
        input(missing, node, reason);
        input(missing, promotion, tookOver);
        return missing;
    };
    const untilThen: Takeover['untilThen'] = (of, node, reason) => {
        const own = builder.node({ kind: 'role', of });
        input(own, node, reason);
        freed.push(own);
        return own;
    };
    return {
        fromThenOn,
        untilThen,
        freed,
        timers,
        requiring,
        take(of, original, stands) {
            const own = untilThen(of, original, doesIt);
            const role = builder.node({ kind: 'role', of });
            input(role, own, doesIt);
            input(role, stands, tookOver);
            for (const needed of neededBy(of)) input(role, fromThenOn(of, needed, needsItToo), needsItToo);
            return role;
        },
    };
}

/**
 * What the file says that something, or what it is part of, requires at every moment, or again and again: both sides are
 * alike in that. What the cluster itself requires is that of its place. What waits asks for nothing, so that it has nothing
 * when it is promoted, until it gets it.
 */
function alsoNeeded(
    construction: Construction,
    { element, promotion, cluster }: Sides,
): Pick<Takeover, 'timers' | 'requiring'> & { neededBy: (of: Element) => NodeIndex[] } {
    const { topology, model, elementNode, builder, input } = construction;
    const timers: Timer[] = [];
    const requiring: Requiring[] = [];
    const known = new Map<DeclaredNeed, NodeIndex | undefined>();

    function sourceOf(need: DeclaredNeed): NodeIndex | undefined {
        const { anyOf } = need;
        if (servicesAmong(need).length > 0) {
            const node = builder.node({ kind: 'role', of: element });
            requiring.push({ node, of: element, need });
            return node;
        }
        const nodes = anyOf.flatMap(({ name }) => elementNode(externalName(name)) ?? []);
        if (nodes.length < 2) return nodes[0];
        const group = builder.node({ kind: 'role', of: element }, nodes.length);
        for (const node of nodes) input(group, node, needsItToo);
        return group;
    }

    function nodeOf(need: DeclaredNeed): NodeIndex | undefined {
        const source = sourceOf(need);
        if (source === undefined || need.when === 'always') return source;
        if (need.when === 'start' || !model.rules.has('R7')) return undefined;
        const scope = { required: namesOf(need.anyOf), element: element.name };
        const carriers = [elementNode(element.name)!];
        const timer = renewal(construction, { scope, source, carriers, begins: promotion }, need.when);
        timers.push(timer);
        return timer.node;
    }

    return {
        timers,
        requiring,
        neededBy(of) {
            const owners = [of.name, ...of.parents].filter((name) => name !== cluster);
            return topology.needs.flatMap((need): NodeIndex[] => {
                if (!owners.includes(need.of)) return [];
                if (!known.has(need)) known.set(need, nodeOf(need));
                const node = known.get(need);
                return node === undefined ? [] : [node];
            });
        },
    };
}
