import { clusterName } from '../topology/element-name.js';
import type { FailureGraph, Timer } from './graph.js';
import type { State } from './outcome.js';

/**
 * Whether anybody is left to notice that something has run out: its cluster lives, and something that carries it has not
 * stopped. The clocks of the dead run unseen. Virtual machines stand beside their cluster, and may outlive it.
 */
export function noticedIn(graph: FailureGraph, { stopped, starting }: State): (timer: Timer) => boolean {
    const gone = new Set([...stopped, ...starting]);
    const isDead = (cluster: string) => gone.has(graph.nodeOfElement.get(clusterName(cluster))!);
    return ({ clock, scope: { cluster }, carriers }) => {
        if (cluster !== undefined && clock !== 'machine-certificate' && isDead(cluster)) return false;
        return carriers.some((carrier) => !gone.has(carrier));
    };
}
