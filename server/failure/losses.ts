import type { NodeIndex, Propagation } from '../engine/index.js';
import { operations, severities, type Operation, type Severity } from '../knowledge/operations.js';
import { feltAt } from './felt.js';
import type { FailureGraph } from './graph.js';
import type { Gravity } from './gravity.js';
import { estateSeverities } from './outcome.js';
import type { HostNodes } from './traffic-graph.js';
import { gravityOfService, trafficOutcome } from './traffic-outcome.js';
import { userWalkIn } from './users.js';

/** What is lost, in numbers: neither who fails over, nor how much operators notice of it. */
interface Losses {
    operations: number;
    down: number;
    degraded: number;
}

/** Nodes that have failed or come back, and what rests on them. */
type Change = Pick<Propagation, 'order' | 'touched'>;

/** Follows what fails and comes back in one propagation, and counts again what that touches. */
export interface LossCount {
    /** Whether more is lost now than when it was asked first; once it is, the counts stand still. */
    isMore(this: void): boolean;
}

/** Counts what is lost as a propagation has it, which its owner then takes on from one time to the next. */
export function countLosses(graph: FailureGraph, propagation: Propagation): LossCount {
    const { down } = propagation;
    const felt = feltAt(graph);
    const isDown = (node: NodeIndex) => down[node] === 1;
    const gravities = new Map<HostNodes | string, Gravity>();
    const now: Losses = { operations: 0, down: 0, degraded: 0 };
    const recount = (change: Change, most?: Losses) => {
        const traffic = trafficOutcome(graph.traffic, isDown);
        // of those who are yet to be counted again, all may fare better
        const atLeast: Losses = { operations: 0, down: 0, degraded: 0 };
        const set = (user: HostNodes | string, gravity: Gravity) => {
            const before = gravities.get(user);
            if (isLoss(before)) now[before]--;
            if (isLoss(gravity)) {
                now[gravity]++;
                atLeast[gravity]++;
            }
            gravities.set(user, gravity);
            return most !== undefined && isMore(atLeast, most);
        };
        for (const node of change.order) if (felt(node).workloads.has(node)) now.down += isDown(node) ? 1 : -1;
        return userWalkIn(graph)(change, {
            host: (host) => set(host, traffic.hostGravity(host)),
            service: (name) => {
                const service = traffic.serviceFare(name);
                return service !== undefined && set(name, gravityOfService(service));
            },
        });
    };
    const countOperations = () => (now.operations = lostOf(estateSeverities(graph, propagation)));
    countOperations();
    recount(propagation);
    const first = { ...now };
    const before = changesOf(graph, propagation);
    let isKnown = false;
    return {
        isMore: () =>
            (isKnown ||= countOperations() > first.operations || recount(before.next(), first) || isMore(now, first)),
    };
}

function isLoss(gravity: Gravity | undefined): gravity is 'down' | 'degraded' {
    return gravity === 'down' || gravity === 'degraded';
}

function isMore(now: Losses, before: Losses): boolean {
    return now.operations > before.operations || now.down > before.down || now.degraded > before.degraded;
}

/** How much is lost of the operations, as a number by which it compares. */
export function lostOf(severity: Readonly<Record<Operation, Severity>>): number {
    return operations.reduce((sum, operation) => sum + severities.indexOf(severity[operation]) ** 2, 0);
}

/** What has changed since the last time. */
function changesOf({ dependents: { offsets, targets } }: FailureGraph, { down, order }: Propagation) {
    let before = [...order];
    const wasDown = Uint8Array.from(down);
    return {
        next(): Change {
            const changed = [
                ...order.filter((node) => wasDown[node] === 0),
                ...before.filter((node) => down[node] === 0),
            ];
            for (const node of changed) wasDown[node] = down[node]!;
            before = [...order];
            const touched = changed.flatMap((node) => Array.from(targets.subarray(offsets[node], offsets[node + 1])));
            return { order: changed, touched };
        },
    };
}
