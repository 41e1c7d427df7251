import type { Because, Cause } from '../failure/explain.js';
import { clocks } from '../knowledge/clocks.js';
import type { Confidence, SourceTag } from '../knowledge/sources.js';
import type { RuleId } from '../knowledge/rules.js';
import { capitalized, nodePhrase } from './wording.js';

/** One step of a chain, in words, with the rule and source behind it. */
export interface CauseStep {
    readonly text: string;
    readonly rule?: RuleId;
    readonly source?: SourceTag;
    readonly confidence?: Confidence;
    /** How far down the chain; steps of equal depth below one step are causes together. */
    readonly depth: number;
}

/** No page tells more steps of one loss, and none deeper down: they end with what was made to fail. */
const limits = { steps: 100, depth: 24 } as const;

/** How much may still be told of one loss. */
export interface Budget {
    left: number;
}

/** A budget for one loss. */
export function budgetForCauses(): Budget {
    return { left: limits.steps };
}

/** The causes of a step, or undefined where they are not told one by one any more. */
export function causesTold(because: Because, depth: number, budget: Budget): readonly Cause[] | undefined {
    if (because.causes.length === 0) return [];
    if (depth >= limits.depth || budget.left < because.causes.length) return undefined;
    budget.left -= because.causes.length;
    return because.causes;
}

/** Stands for causes that are not told one by one. */
export function andSoOn({ root }: Because): string {
    return `And so on, back to ${nodePhrase(root)}.`;
}

/** A chain as lines that read top to bottom, from what is lost to what was made to fail. */
export function causeSteps(because: Because): CauseStep[] {
    if (because.causes.length === 0) {
        const ends = because.node.kind === 'element' ? 'was made to fail' : 'is back, and nobody has told so';
        return [{ text: `${capitalized(nodePhrase(because.node))} ${ends}.`, depth: 0 }];
    }
    return stepsBehind(because, 0, budgetForCauses());
}

function stepsBehind(because: Because, depth: number, budget: Budget): CauseStep[] {
    const causes = causesTold(because, depth, budget);
    if (!causes) return [{ text: andSoOn(because), depth }];
    return causes.flatMap((cause) => [
        {
            text: causeSentence(because, cause),
            rule: cause.reason.rule,
            source: cause.reason.source,
            confidence: cause.reason.confidence,
            depth,
        },
        ...stepsBehind(cause.because, depth + 1, budget),
    ]);
}

/** "Requests to the management plane cannot do without `front-envoy` (gone too): front-envoy is the only door." */
function causeSentence(because: Because, { reason, because: cause }: Cause): string {
    const dependent = capitalized(nodePhrase(because.node));
    const cutting = nodePhrase(cause.node);
    if (cause.node.kind === 'clock')
        return `${dependent}: ${cutting} ${clocks[cause.node.clock].expired}; ${reason.because}.`;
    if (because.node.kind === 'clock')
        return `${dependent} ${clocks[because.node.clock].expired}: ${reason.because}, without ${cutting}.`;
    const failed = cause.causes.length === 0 ? '(failed)' : '(down too)';
    if (reason.rule === 'R1') return `${dependent} went with ${cutting} ${failed}: ${reason.because}.`;
    return `${dependent} cannot do without ${cutting} ${failed}: ${reason.because}.`;
}

/** Between a loss and its cause, in a line. */
export const arrow = ' ← ';

/** So many names at the beginning of a line, and at its end. */
const mostNames = { first: 4, last: 2 } as const;

/** The chain in one short line, elements and what ran out: "front-envoy ← the management plane ← `mgmt`". */
export function causeLine(because: Because): string {
    const names: string[] = [];
    for (let step: Because | undefined = because.causes[0]?.because; step; step = step.causes[0]?.because) {
        if (step.node.kind === 'element' || step.node.kind === 'clock') names.push(nodePhrase(step.node));
    }
    const { first, last } = mostNames;
    const shown = names.length <= first + last + 1 ? names : [...names.slice(0, first), '…', ...names.slice(-last)];
    return shown.join(arrow);
}
