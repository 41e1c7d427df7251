import { createPropagation, propagate, type Propagation } from '../engine/index.js';
import type { Element } from '../topology/element.js';
import { radiusIn, type BlastRadius } from './blast-radius.js';
import type { FailureGraph } from './graph.js';
import { allUsers } from './touched.js';
import type { HostNodes } from './traffic-graph.js';
import { trafficOutcome, type HostOutcome, type ServiceOutcome } from './traffic-outcome.js';

/** How the users of an estate fare while one element is down: what an outcome says of them, and no more. */
export interface Fares {
    readonly radius: BlastRadius;
    /** By their places in an outcome; those that are not here are as in health. */
    readonly hosts: ReadonlyMap<number, HostOutcome>;
    readonly services: ReadonlyMap<number, ServiceOutcome>;
}

/** Judges elements one after the other, each at the price of what it touches, so that thousands can be judged. */
export interface Sweep {
    faresOf(this: void, element: Element): Fares;
    /** One host or one service alone, the same as among all: cheaper where thousands of failures are asked about it. */
    hostIn(this: void, element: Element, host: HostNodes): HostOutcome;
    serviceIn(this: void, element: Element, name: string): ServiceOutcome | undefined;
}

export function sweepOf(graph: FailureGraph): Sweep {
    const scratch = createPropagation(graph);
    const failing = ({ name }: Element) => propagate(graph, [graph.nodeOfElement.get(name)!], scratch);
    const trafficIn = ({ down }: Propagation) => trafficOutcome(graph.traffic, (node) => down[node] === 1);
    return {
        faresOf(element) {
            const propagation = failing(element);
            const users = allUsers(graph, propagation, trafficIn(propagation));
            const [hosts, services] = [users.touchedHosts(), users.touchedServices()];
            const told = { hosts: [...hosts.values()], services: [...services.values()] };
            return { radius: radiusIn(graph, propagation, told), hosts, services };
        },
        hostIn: (element, host) => trafficIn(failing(element)).host(host),
        serviceIn: (element, name) => trafficIn(failing(element)).service(name),
    };
}
