import type { Outcome } from '../failure/outcome.js';
import { isAlive } from '../failure/outcome.js';
import type { Remedy } from '../knowledge/components.js';
import { componentKinds } from '../knowledge/components.js';
import type { Confidence, SourceTag } from '../knowledge/sources.js';
import type { Element } from '../topology/elements.js';
import { storeName } from '../topology/elements.js';
import type { Backup, ManagementPlane } from '../topology/topology.js';
import { managementCluster } from '../topology/topology.js';
import { code, duration, elementPhrase } from './wording.js';

/** One step on the way back, in the order in which things come back. */
export interface RecoveryStep {
    readonly element: Element;
    readonly text: string;
    readonly takes?: string;
    readonly atHand: readonly string[];
    readonly source: SourceTag;
    readonly confidence: Confidence;
}

/** Rule R10 as text: what happens once everything that failed is available again, stores first and workloads last. */
export function recoverySteps(outcome: Outcome): RecoveryStep[] {
    return steps(outcome, (element) => componentKinds[element.kind].recovery);
}

/** What to do where something cannot be recovered, and what must be at hand. */
export function restorationSteps(outcome: Outcome): RecoveryStep[] {
    const restored = steps(outcome, (element) => componentKinds[element.kind].restoration);
    const plane = managementCluster(outcome.graph.topology)?.managementPlane;
    return restored.map((step) =>
        plane && rebuildsManagementPlane(step.element)
            ? { ...step, atHand: [...step.atHand, ...estateNotes(outcome, plane)] }
            : step,
    );
}

function steps(outcome: Outcome, remedyOf: (element: Element) => Remedy | undefined): RecoveryStep[] {
    const found = new Map<string, RecoveryStep & { order: number }>();
    for (const element of whatComesBack(outcome)) {
        const remedy = remedyOf(element);
        if (!remedy) continue;
        const text = filledIn(remedy.says, element);
        const order = componentKinds[element.kind].recoveryOrder;
        const { takes, source, confidence, atHand = [] } = remedy;
        if (!found.has(text))
            found.set(text, { element, text, ...(takes && { takes }), atHand, source, confidence, order });
    }
    return [...found.values()].sort((a, b) => a.order - b.order).map(({ order: _, ...step }) => step);
}

/** What failed; of a region or zone, what stands in it and went with it. Parts come back with their whole. */
function whatComesBack(outcome: Outcome): Element[] {
    const { graph, propagation } = outcome;
    const isDown = (name: string) => !isAlive(outcome, name);
    const places = outcome.failures.some(({ kind }) => kind === 'region' || kind === 'zone');
    const standing = places
        ? graph.elements.all.filter(
              (element) =>
                  element.locality !== undefined &&
                  propagation.down[graph.nodeOfElement.get(element.name)!] &&
                  !element.parents.some(isDown),
          )
        : [];
    const failed = outcome.failures.filter(({ kind }) => kind !== 'region' && kind !== 'zone');
    return [...failed, ...standing];
}

function filledIn(template: string, element: Element): string {
    const name = elementPhrase(element);
    const text = template.replaceAll('{name}', name).replaceAll('{cluster}', code(element.cluster ?? element.name));
    return text.charAt(0).toUpperCase() + text.slice(1);
}

function rebuildsManagementPlane({ kind }: Element): boolean {
    return kind === 'management-cluster' || kind === 'management-plane';
}

/** What this estate has of that which must be at hand. */
function estateNotes(outcome: Outcome, plane: ManagementPlane): string[] {
    const postgres = isAlive(outcome, storeName('postgres'))
        ? 'here: Postgres stands outside and keeps its data'
        : `here: Postgres is lost too; ${backupPhrase(plane.postgres.backup.value, 'changes since then are lost')}`;
    return [postgres, `here: of the iam-signing-key, ${backupPhrase(plane.iamSigningKey.backup.value)}`];
}

function backupPhrase(backup: Backup, loss?: string): string {
    switch (backup.kind) {
        case 'unknown':
            return 'the file does not say whether there is a backup';
        case 'none':
            return 'there is no backup';
        case 'kept': {
            const every = backup.every === undefined ? '' : ` every ${duration(backup.every)}`;
            return `a backup is made${every}${loss ? `; ${loss}` : ''}`;
        }
    }
}
