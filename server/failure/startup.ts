import { partName, storeName } from '../topology/element-name.js';
import type { NodeIndex } from '../engine/index.js';
import type { Range } from '../knowledge/clocks.js';
import { componentKinds } from '../knowledge/components.js';
import { machineStartup, startups, type StartNeed } from '../knowledge/startups.js';
import { startNeedsOf } from './declared-needs.js';
import { nodesRequired } from './required.js';
import type { Element } from '../topology/element.js';
import { managementCluster } from '../topology/topology.js';
import type { FailureGraph } from './graph.js';

/** What an element needs to start, as nodes (R10). */
export interface Starting {
    readonly needs: readonly StartingNeed[];
    /** Seconds. */
    readonly takes: Range;
}

export interface StartingNeed {
    /** One of them has to be up. */
    readonly nodes: readonly NodeIndex[];
    /** A clause that stands after a colon. */
    readonly because: string;
}

/** Whether something that is needed is there. */
export function isMet({ nodes }: StartingNeed, isDown: (node: NodeIndex) => boolean): boolean {
    return nodes.some((node) => !isDown(node));
}

/** Why something needs what the file says that it does. */
export const saidByFile = 'the file says so';

/** Undefined for what starts by itself, as everything does without R10. */
export function startingOf(graph: FailureGraph, element: Element): Starting | undefined {
    if (!graph.rules.has('R10')) return undefined;
    const startup = isMachine(element) ? machineStartup : startups[element.kind];
    const said = graph.topology.needs.length > 0 || element.kind === 'instances' ? declaredFor(graph, element) : [];
    if (!startup) return said.length > 0 ? { needs: said, takes: [0, 0] } : undefined;
    const needs = startup.needs.flatMap((need): StartingNeed[] => {
        const node = graph.nodeOfElement.get(nameOf(graph, element, need.on));
        return node === undefined ? [] : [{ nodes: [graph.inUse(node)], because: need.because }];
    });
    return { needs: [...needs, ...said], takes: startup.takes };
}

/** What the file says that it requires to start; a service from where it starts. */
function declaredFor(graph: FailureGraph, element: Element): StartingNeed[] {
    const elementNode = (name: Element['name']) => graph.nodeOfElement.get(name);
    return startNeedsOf(graph, element, containersOf(graph, element)).flatMap((anyOf) => {
        const there = nodesRequired({ elementNode }, graph.traffic.required, { anyOf }, element.cluster);
        return there.length > 0 ? [{ nodes: there.map(({ lost }) => lost), because: saidByFile }] : [];
    });
}

/** Whatever takes it along; virtual machines stand beside their cluster. */
function* containersOf(graph: FailureGraph, { parents }: Element): Generator<Element> {
    for (const name of parents) {
        const container = graph.elements.byName.get(name);
        if (!container) continue;
        yield container;
        yield* containersOf(graph, container);
    }
}

/** Instances on virtual machines stand beside their cluster, not in it. */
function isMachine({ kind, service, cluster, parents }: Element): boolean {
    return kind === 'instances' && service !== undefined && !parents.some((parent) => parent === cluster);
}

function nameOf(graph: FailureGraph, { cluster }: Element, on: StartNeed['on']): Element['name'] {
    const store = managementCluster(graph.topology)?.managementPlane.telemetryStore.kind ?? 'elasticsearch';
    switch (on) {
        case 'telemetry-store':
            return storeName(store);
        case 'postgres':
            return storeName('postgres');
        default:
            return partName(cluster!, componentKinds[on].segment!);
    }
}

/**
 * What is stopped: what was made to fail, and whatever goes with it because it is part of it or stands there (R1). What
 * is down for another reason was never stopped, and need not start.
 */
export function stoppedBy(graph: FailureGraph, failures: Iterable<NodeIndex>): ReadonlySet<NodeIndex> {
    const stopped = new Set(failures);
    const failedInputs = new Map<NodeIndex, number>();
    for (const node of stopped) {
        const { targets, reasons, first, end } = graph.dependentsOf(node);
        for (let edge = first; edge < end; edge++) {
            if (graph.reasons[reasons[edge]!]!.rule !== 'R1') continue;
            const dependent = targets[edge]!;
            const failed = (failedInputs.get(dependent) ?? 0) + 1;
            failedInputs.set(dependent, failed);
            if (failed === graph.thresholdOf(dependent)) stopped.add(dependent);
        }
    }
    return stopped;
}

/** Whether something has to start when an element is there again: the element itself, or what is stopped with it. */
export function hasToStart(graph: FailureGraph, { name }: Element): boolean {
    const stopped = stoppedBy(graph, [graph.nodeOfElement.get(name)!]);
    return [...stopped].some((node) => {
        const found = graph.nodes.at(node);
        return found.kind === 'element' && startingOf(graph, found.element) !== undefined;
    });
}
