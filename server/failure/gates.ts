import type { NodeIndex } from '../engine/index.js';
import type { Element } from '../topology/element.js';
import type { Construction } from './construction.js';
import type { Reason, Route } from './graph.js';

/** Makes the gates of request paths. */
export interface Gates {
    /** Fails when one of these does; one alone is its own gate, none is no gate. */
    readonly anyOf: (route: Route, inputs: readonly Input[]) => NodeIndex | undefined;
    /** Fails when all of these have; one alone is its own gate, none is no gate. */
    readonly allOf: (route: Route, inputs: readonly NodeIndex[], reason: Reason) => NodeIndex | undefined;
}

/** Fails when all of these have, one of which an element requires. */
export function eitherOf(
    { builder, input }: Pick<Construction, 'builder' | 'input'>,
    what: { readonly of: Element; readonly anyOf: readonly string[] },
    inputs: readonly NodeIndex[],
    reason: Reason,
): NodeIndex {
    const gate = builder.node({ kind: 'redundancy', ...what }, inputs.length);
    for (const node of inputs) input(gate, node, reason);
    return gate;
}

/** Undefined where there is nothing that could fail. */
export type Input = readonly [node: NodeIndex | undefined, reason: Reason];

/** The gates of a graph under construction. */
export function gatesOf({ builder, input }: Pick<Construction, 'builder' | 'input'>): Gates {
    return {
        anyOf(route, inputs) {
            const there = inputs.filter(([node]) => node !== undefined);
            if (there.length < 2) return there[0]?.[0];
            const gate = builder.node({ kind: 'route', route });
            for (const [node, reason] of there) input(gate, node, reason);
            return gate;
        },
        allOf(route, inputs, reason) {
            if (inputs.length < 2) return inputs[0];
            const gate = builder.node({ kind: 'route', route }, inputs.length);
            for (const node of inputs) input(gate, node, reason);
            return gate;
        },
    };
}
