import type { NodeIndex } from '../engine/index.js';
import type { ElementName } from '../topology/element-name.js';
import type { ClockNodes, FlowNodes } from './construction.js';
import type { Scope } from './graph.js';

/** The nodes of the world, by what they stand for. */
export interface WorldNodes {
    readonly elementNode: (name: ElementName) => NodeIndex | undefined;
    readonly linkNode: (from: string, to: string) => NodeIndex | undefined;
    readonly clocks: ClockNodes;
    readonly flows: Pick<FlowNodes, 'node' | 'limitedNode'>;
}

/** What services ask the world for; another world may be asked the same. */
export type Question = (world: WorldNodes) => NodeIndex | undefined;

/** What services see of the world. Whatever they ask for is noted, whether it is there or not: they rest on nothing else of it. */
export interface WorldView extends WorldNodes {
    /** All that was asked for so far, each once. */
    readonly asked: Map<string, Question>;
}

/** @param asked what is asked of worlds after each other: services that go on from one to the next ask the first, whenever they do */
export function viewOf(world: WorldNodes, asked = new Map<string, Question>()): WorldView {
    const answer = (key: string, question: Question) => {
        if (!asked.has(key)) asked.set(key, question);
        return question(world);
    };
    return {
        asked,
        elementNode: (name) => answer(name, ({ elementNode }) => elementNode(name)),
        linkNode: (from, to) => answer(keyOf('link', from, to), ({ linkNode }) => linkNode(from, to)),
        clocks: {
            node: (clock, scope) =>
                answer(keyOf('clock', clock, ...place(scope)), ({ clocks }) => clocks.node(clock, scope)),
        },
        flows: {
            node: (flow, scope) => answer(keyOf('flow', flow, ...place(scope)), ({ flows }) => flows.node(flow, scope)),
            limitedNode: (flow, scope) =>
                answer(keyOf('limited', flow, ...place(scope)), ({ flows }) => flows.limitedNode(flow, scope)),
        },
    };
}

function place({ cluster, instances }: Scope): [string, string] {
    return [cluster ?? '', instances ?? ''];
}

/** Of an element its name is enough. */
function keyOf(...parts: readonly string[]): string {
    return parts.join('\n');
}
