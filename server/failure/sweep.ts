import { createPropagation } from '../engine/index.js';
import type { Element } from '../topology/element.js';
import { blastRadiusOf, type BlastRadius } from './blast-radius.js';
import type { FailureGraph } from './graph.js';
import { outcomeOf, stateOf } from './outcome.js';
import type { HostOutcome, ServiceOutcome } from './traffic-outcome.js';

/** How all users of an estate fare while one element is down: what an outcome says of them, and no more. */
export interface Fares {
    readonly radius: BlastRadius;
    /** Every host and every service, in the order of the outcome. */
    readonly hosts: readonly HostOutcome[];
    readonly services: readonly ServiceOutcome[];
}

/** Judges elements one after the other without the arrays that an outcome keeps, so that thousands can be judged. */
export function sweepOf(graph: FailureGraph): (element: Element) => Fares {
    const scratch = createPropagation(graph);
    return (element) => {
        // it is read at once, and forgotten before the next one
        const outcome = outcomeOf(graph, stateOf(graph, [element]), scratch);
        const { hosts, services } = outcome;
        return { radius: blastRadiusOf(outcome), hosts, services };
    };
}
