import { table } from '../knowledge/table.js';
import { shellWord } from '../encoding/shell.js';
import type { Outcome } from '../failure/outcome.js';
import { isAlive } from '../failure/outcome.js';
import { figures } from '../knowledge/clocks.js';
import type { Remedy } from '../knowledge/components.js';
import { componentKinds } from '../knowledge/components.js';
import { recoveryChecks, type RecoveryCheck } from '../knowledge/recovery-checks.js';
import type { Element } from '../topology/element.js';
import { backupOfKind } from '../topology/backups.js';
import { carriesWorkloads } from '../topology/topology.js';
import type { RecoveryStep } from './recovery-step.js';
import { edgeNeeds, mainNeeds } from './restoration.js';
import { code } from '../encoding/markdown.js';
import { capitalized, filled, listing } from '../words/english.js';
import { duration } from '../words/times.js';
import { elementPhrase } from './phrases.js';
import { isReplaced, isTakenOver, replacedSteps, takeoverSteps } from './takeover.js';

/** In which order a step comes; the kinds of components have theirs in the same numbers. */
type Ordered = RecoveryStep & { readonly order: number };

const afterTheEdge = 3.5;

/**
 * Rule R10: what happens once everything that failed is available again, stores first and workloads last. Where an
 * outcome is looked at later than its beginning, it is as if everything were repaired at that time.
 */
export function recoverySteps(outcome: Outcome): RecoveryStep[] {
    const returning = steps(outcome, 'itself', (element) => componentKinds[element.kind].recovery);
    const others = returning.filter(({ element }) => !element || !isReplaced(outcome, element));
    return [...replacedSteps(outcome), ...inOrder([...others, ...renewals(outcome), ...pushes(outcome)])];
}

/** What to do where something cannot be recovered, and what must be at hand. */
export function restorationSteps(outcome: Outcome): RecoveryStep[] {
    const isMovedInstead = isTakenOver(outcome);
    const restored = steps(outcome, 'person', (element) => componentKinds[element.kind].restoration).filter(
        ({ element }) => !element || !(isReplaced(outcome, element) || isMovedInstead(element)),
    );
    const others = inOrder(
        restored.map((step) => {
            if (!step.element) return step;
            const takes = restorationTime(outcome, step.element);
            if (takes !== undefined) return { ...step, takes };
            if (rebuildsManagementPlane(step.element)) return { ...step, atHand: mainNeeds(outcome) };
            return { ...step, atHand: [...step.atHand, ...edgeNeeds(outcome, step.element)] };
        }),
    );
    return [...takeoverSteps(outcome), ...others];
}

/** How long a restoration from the backup takes, where the file says so. */
function restorationTime({ graph: { topology } }: Outcome, { kind }: Element): string | undefined {
    const backup = backupOfKind(topology, kind);
    return backup?.kind === 'kept' && backup.within !== undefined
        ? `${duration(backup.within)}, as the file says`
        : undefined;
}

function inOrder(found: readonly Ordered[]): RecoveryStep[] {
    return [...found].sort((a, b) => a.order - b.order).map(({ order: _, ...step }) => step);
}

function steps(
    outcome: Outcome,
    by: RecoveryStep['by'],
    remedyOf: (element: Element) => Remedy | undefined,
): Ordered[] {
    const found = new Map<string, Ordered>();
    for (const element of whatComesBack(outcome)) {
        const remedy = remedyOf(element);
        if (!remedy) continue;
        const text = filledIn(remedy.says, element);
        const order = componentKinds[element.kind].recoveryOrder;
        const check = checkText(recoveryChecks[element.kind], element.cluster ?? element.ends?.from ?? '');
        const { takes, source, confidence, atHand = [] } = remedy;
        if (found.has(text)) continue;
        found.set(text, {
            element,
            text,
            by,
            ...(takes && { takes }),
            ...(check && { check }),
            atHand,
            source,
            confidence,
            order,
        });
    }
    return [...found.values()];
}

/** What failed; of a region or zone, what stands in it and went with it. Parts come back with their whole. */
export function whatComesBack(outcome: Outcome): Element[] {
    const { graph, propagation } = outcome;
    const isDown = (name: string) => !isAlive(outcome, name);
    const places = outcome.failures.some(({ kind }) => kind === 'region' || kind === 'zone');
    const standing = places
        ? graph.elements.listed.filter(
              (element) =>
                  (element.locality ?? element.places) !== undefined &&
                  propagation.down[graph.nodeOfElement.get(element.name)!] &&
                  !element.parents.some(isDown),
          )
        : [];
    const failed = outcome.failures.filter(({ kind }) => kind !== 'region' && kind !== 'zone');
    return [...new Set([...failed, ...standing])];
}

/** Tokens that have run out, or would if it lasts. */
function renewals(outcome: Outcome): Ordered[] {
    const { graph, propagation, state } = outcome;
    const within = `up to ${duration(figures.tokenRetry)}`;
    const clustersByText = new Map<string, string[]>();
    for (const { clock, scope, source, node, rise } of graph.timers) {
        if (clock !== 'agent-token' || !propagation.down[source]) continue;
        const text = state.expired.includes(node)
            ? 'the agents of {clusters} get new tokens as soon as their operator asks again, and connect'
            : `if it has lasted longer than ${duration(rise[1])}, the agents of {clusters} connect once their operator has asked for new tokens`;
        clustersByText.set(text, [...(clustersByText.get(text) ?? []), scope.cluster ?? '']);
    }
    return [...clustersByText].map(([text, clusters]) => ({
        text: sentence(filled(text, table({ clusters: listing(clusters) }))),
        by: 'itself',
        takes: within,
        check: tokenCheck(clusters),
        atHand: [],
        source: 'onboarding',
        confidence: 'inferred',
        order: afterTheEdge,
    }));
}

function tokenCheck(clusters: readonly string[]): string {
    const [only, ...more] = clusters;
    const check = recoveryChecks['edge-control-plane'];
    return more.length === 0 ? checkText(check, only ?? '') : `${checkText(check, 'NAME')} for each of them`;
}

function checkText(check: RecoveryCheck | undefined, cluster: string): string {
    if (check === undefined) return '';
    return filled(
        check.says,
        table({ command: code(filled(check.command ?? '', table({ name: shellWord(cluster) }))) }),
    );
}

/** What clusters have accepted meanwhile, and hold back. */
function pushes({ graph, propagation }: Outcome): Ordered[] {
    const holding = graph.topology.clusters
        .filter(carriesWorkloads)
        .filter(({ name: cluster }) => {
            const accepted = graph.flowNode('gitops-async', { cluster });
            const pushed = graph.flowNode('gitops-push', { cluster });
            return pushed !== undefined && propagation.down[pushed] && !propagation.down[accepted!];
        })
        .map(({ name }) => name);
    if (holding.length === 0) return [];
    const [, backOff] = figures.gitopsBackOff;
    return [
        {
            text: `What was applied on ${listing(holding)} meanwhile is pushed to the management plane (GitOps async).`,
            by: 'itself',
            takes: `up to ${duration(backOff)}; the next reconciliation comes after ${duration(figures.gitopsReconcile)} at most`,
            atHand: [],
            source: 'terraform',
            confidence: 'certain',
            order: afterTheEdge,
        },
    ];
}

function filledIn(template: string, element: Element): string {
    const gaps = table({ name: elementPhrase(element), cluster: code(element.cluster ?? element.name) });
    return capitalized(filled(template, gaps));
}

function sentence(clause: string): string {
    return `${capitalized(clause)}.`;
}

function rebuildsManagementPlane({ kind }: Element): boolean {
    return kind === 'management-cluster' || kind === 'management-plane';
}
