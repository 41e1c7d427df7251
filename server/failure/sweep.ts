import { createPropagation, propagate } from '../engine/index.js';
import type { Element } from '../topology/element.js';
import { radiusIn, type BlastRadius } from './blast-radius.js';
import type { FailureGraph } from './graph.js';
import { allUsers } from './touched.js';
import { trafficOutcome, type HostOutcome, type ServiceOutcome } from './traffic-outcome.js';

/** How the users of an estate fare while one element is down: what an outcome says of them, and no more. */
export interface Fares {
    readonly radius: BlastRadius;
    /** By their places in an outcome; those that are not here are as in health. */
    readonly hosts: ReadonlyMap<number, HostOutcome>;
    readonly services: ReadonlyMap<number, ServiceOutcome>;
}

/** Judges elements one after the other, each at the price of what it touches, so that thousands can be judged. */
export function sweepOf(graph: FailureGraph): (element: Element) => Fares {
    const scratch = createPropagation(graph);
    return ({ name }) => {
        const propagation = propagate(graph, [graph.nodeOfElement.get(name)!], scratch);
        const traffic = trafficOutcome(graph.traffic, (node) => propagation.down[node] === 1);
        const users = allUsers(graph, propagation, traffic);
        const [hosts, services] = [users.touchedHosts(), users.touchedServices()];
        const radius = radiusIn(graph, propagation, { hosts: [...hosts.values()], services: [...services.values()] });
        return { radius, hosts, services };
    };
}
