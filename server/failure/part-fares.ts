import type { NodeIndex, Propagation } from '../engine/index.js';
import { sameItems } from '../topology/unchanged.js';
import { feltNumbers, type FeltNumbers } from './felt.js';
import type { FailureGraph, GraphPart, GraphParts } from './graph.js';
import type { Gravity } from './gravity.js';
import {
    gravityOfService,
    trafficOutcome,
    type HostOutcome,
    type ServiceOutcome,
    type TrafficOutcome,
} from './traffic-outcome.js';
import type { HostNodes } from './traffic-graph.js';
import { partsLookingAt, usersOf, usersOfPartIn, type Users } from './users.js';

/** What a failure comes to in a part of an estate. */
export interface Fare {
    /** Undefined of the world, and of an estate without parts. */
    readonly part?: GraphPart;
    /** To be asked for while the propagation is as it was, as outcomes are. */
    readonly felt: FeltNumbers;
    /** How hosts and services fare that it touches. */
    readonly gravities: readonly Gravity[];
    /** The same whole; to be asked for while the propagation is as it was. */
    outcomes(this: void): UserOutcomes;
}

/** How hosts and services fare, each with what it is of. */
export interface UserOutcomes {
    readonly hosts: readonly (readonly [HostNodes, HostOutcome])[];
    readonly services: readonly (readonly [name: string, ServiceOutcome])[];
}

/** Failed nodes, and those with a failed input. */
type Nodes = Pick<Propagation, 'order' | 'touched'>;

/** Tells what a failure comes to, part by part; to be gone through while the propagation is as it was. */
export type Fares = (propagation: Propagation) => Iterable<Fare>;

/** Of a graph in parts the world comes first, and then each part that is touched. Else all of it is one. */
export function faresIn(graph: FailureGraph): Fares {
    const fares = faresOf.get(graph) ?? (graph.parts ? faresByPart(graph, graph.parts) : faresAtOnce(graph));
    faresOf.set(graph, fares);
    return fares;
}

const faresOf = new WeakMap<FailureGraph, Fares>();

function faresAtOnce(graph: FailureGraph): Fares {
    const touchedUsers = usersOf(graph);
    return (propagation) => {
        const isDown = (node: NodeIndex) => propagation.down[node] === 1;
        const users = touchedUsers(propagation);
        const traffic = trafficOutcome(graph.traffic, isDown);
        return [
            {
                felt: feltNumbers(graph, propagation, isDown),
                gravities: gravitiesOf(users, traffic),
                outcomes: () => outcomesOf(users, traffic),
            },
        ];
    };
}

/**
 * Parts outlive edits, and so does what is found of them: it is the same wherever the same of a part is down, and of the nodes
 * around it that were looked at.
 */
function faresByPart(graph: FailureGraph, parts: GraphParts): Fares {
    const looking = partsLookingAt(parts);
    const fareOf = partFares(graph, parts);
    return function* (propagation) {
        const world = noNodes();
        const touchedParts = new Map<number, Touched>();
        // nodes of a part mostly fail one after the other
        let [last, lastTouched] = [-1, nothingTouched()];
        const touchedIn = (place: number) => {
            if (place !== last) {
                lastTouched = touchedParts.get(place) ?? nothingTouched();
                touchedParts.set((last = place), lastTouched);
            }
            return lastTouched;
        };
        for (const node of propagation.order) {
            const place = parts.placeAt(node);
            (place < 0 ? world : touchedIn(place).own).order.push(node);
            if (place < 0) for (const each of looking(node)) touchedIn(each).around.push(node);
        }
        for (const node of propagation.touched) {
            const place = parts.placeAt(node);
            (place < 0 ? world : touchedIn(place).own).touched.push(node);
        }
        let felt: FeltNumbers | undefined;
        yield {
            get felt() {
                return (felt ??= feltNumbers(graph, world, (node) => propagation.down[node] === 1));
            },
            gravities: [],
            outcomes: () => ({ hosts: [], services: [] }),
        };
        for (const [place, touched] of touchedParts) yield fareOf(parts.all[place]!, touched, propagation);
    };
}

/** What a failure touches of a part, and nodes of the world that are down and at which its users look. */
interface Touched {
    readonly own: Nodes;
    readonly around: NodeIndex[];
}

function nothingTouched(): Touched {
    return { own: noNodes(), around: [] };
}

function noNodes(): Nodes {
    return { order: [], touched: [] };
}

/** So many states of a part are remembered: those of some failures, each at some times. */
const mostStates = 32;

/** What was found of a part. */
interface Memory {
    /** Nodes of the world that were looked at, in the order in which they were first. */
    readonly lookedAt: Set<NodeIndex>;
    /** The last one comes first. */
    readonly states: State[];
}

interface State {
    readonly touched: Touched;
    /** Whether the first of those looked at were down: as many as there were when all of this was found. */
    wereDown: readonly boolean[];
    readonly users: Users;
    readonly felt: FeltNumbers;
    readonly gravities: readonly Gravity[];
    outcomes?: UserOutcomes;
}

const memories = new WeakMap<GraphPart, Memory>();

function memoryOf(part: GraphPart): Memory {
    let memory = memories.get(part);
    if (!memory) memories.set(part, (memory = { lookedAt: new Set(), states: [] }));
    return memory;
}

function partFares(graph: FailureGraph, parts: GraphParts) {
    const usersOfPart = usersOfPartIn(graph);
    return (part: GraphPart, touched: Touched, { down }: Propagation): Fare => {
        const { own, around } = touched;
        const { lookedAt, states } = memoryOf(part);
        const isDown = (node: NodeIndex) => {
            if (parts.at(node) !== part) lookedAt.add(node);
            return down[node] === 1;
        };
        const traffic = trafficOutcome(graph.traffic, isDown);
        const areDown = () => Array.from(lookedAt, (node) => down[node] === 1);
        const find = (): State => {
            const users = usersOfPart(part, { order: [...own.order, ...around], touched: own.touched });
            const felt = feltNumbers(graph, own, isDown);
            return { touched, users, felt, gravities: gravitiesOf(users, traffic), wereDown: areDown() };
        };
        const place = states.findIndex((state) => isIn(state, touched, lookedAt, down));
        const state = states[place] ?? find();
        if (place >= 0) states.splice(place, 1);
        states.unshift(state);
        states.length = Math.min(states.length, mostStates);
        return {
            part,
            felt: state.felt,
            gravities: state.gravities,
            outcomes() {
                if (!state.outcomes) {
                    state.outcomes = outcomesOf(state.users, traffic);
                    state.wereDown = areDown();
                }
                return state.outcomes;
            },
        };
    };
}

/** Whether everything on which rests what was found in a state is as it was. */
function isIn(state: State, { own, around }: Touched, lookedAt: ReadonlySet<NodeIndex>, down: Uint8Array): boolean {
    const { touched, wereDown } = state;
    const isSame =
        sameItems(touched.own.order, own.order) &&
        sameItems(touched.own.touched, own.touched) &&
        sameItems(touched.around, around);
    if (!isSame) return false;
    let place = 0;
    for (const node of lookedAt) {
        if (place === wereDown.length) break;
        if (wereDown[place++] !== (down[node] === 1)) return false;
    }
    return true;
}

function gravitiesOf({ hosts, services }: Users, { hostGravity, serviceFare }: TrafficOutcome): Gravity[] {
    return [
        ...hosts.map(hostGravity),
        ...services.flatMap((name) => {
            const service = serviceFare(name);
            return service ? gravityOfService(service) : [];
        }),
    ];
}

function outcomesOf({ hosts, services }: Users, { host, service }: TrafficOutcome): UserOutcomes {
    return {
        hosts: hosts.map((nodes) => [nodes, host(nodes)] as const),
        services: services.flatMap((name) => {
            const outcome = service(name);
            return outcome ? [[name, outcome] as const] : [];
        }),
    };
}
