import type { FailureGraph } from '../failure/graph.js';
import type { Element } from '../topology/element.js';
import { backupOfKind, isPlaceLost } from '../topology/backups.js';
import type { Backup } from '../topology/topology.js';
import type { Judged } from './things.js';
import type { IsDown } from './watch.js';

/** How much is lost: seconds, Infinity for all of it, or why nobody knows. */
export type Loss = number | 'no-backup-said' | 'no-interval' | 'no-age' | 'no-backup-place';

/** That of the best of what is left: what nobody knows may be better, where what is known is not good enough. */
export function leastLoss(losses: readonly Loss[], most: number): Loss {
    const known = Math.min(...losses.filter((loss) => typeof loss === 'number'));
    const unknown = losses.find((loss) => typeof loss !== 'number');
    return known <= most || unknown === undefined ? known : unknown;
}

/** How old the copies are that others have of it, where those are left and could take over. */
export function lossOfCopies({ standIns, nodeOfElement }: FailureGraph, judged: Judged, isDown: IsDown): Loss[] {
    if (judged.kind !== 'element') return [];
    const { name, kind } = judged.element;
    return standIns.flatMap(({ element, original, copy, lacks }): Loss[] => {
        const isOfIt = original.name === name || (kind === 'postgres' && element.kind !== 'store-copy');
        if (!copy || !isOfIt || lacks.length > 0 || isDown(nodeOfElement.get(element.name)!)) return [];
        return [copy.every ?? 'no-age'];
    });
}

/** Whether a copy that promotes itself may do so although what it is a copy of is there: then nobody knows what is lost. */
export function mayBeTwo(
    { standIns, nodeOfElement }: FailureGraph,
    judged: Judged,
    isDown: IsDown,
    failed: readonly Element[],
): boolean {
    if (judged.kind !== 'element') return false;
    return standIns.some(
        ({ element, original, byItself }) =>
            byItself !== undefined &&
            original.name === judged.element.name &&
            isDown(nodeOfElement.get(element.name)!) &&
            !failed.some(({ name }) => name === element.name),
    );
}

/** How much is lost where only the backup is left: seconds, Infinity for all of it, or why nobody knows. */
export function lossOf({ nodeOfElement, topology }: FailureGraph, backup: Backup, isDown: IsDown): Loss {
    if (backup.kind === 'unknown') return 'no-backup-said';
    if (backup.kind === 'none') return Infinity;
    if (!backup.locality) return 'no-backup-place';
    if (isPlaceLost(topology, backup.locality, (name) => isDown(nodeOfElement.get(name) ?? -1))) return Infinity;
    return backup.every ?? 'no-interval';
}

export function backupOf({ topology }: FailureGraph, judged: Judged): Backup | undefined {
    return judged.kind === 'element' ? backupOfKind(topology, judged.element.kind) : undefined;
}
