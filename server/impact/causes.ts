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

/** A chain as lines that read top to bottom, from what is lost to what was made to fail. */
export function causeSteps(because: Because, depth = 0): CauseStep[] {
    if (because.causes.length === 0) {
        return depth === 0 ? [{ text: `${capitalized(nodePhrase(because.node))} was made to fail.`, depth }] : [];
    }
    return because.causes.flatMap((cause) => [
        {
            text: causeSentence(because, cause),
            rule: cause.reason.rule,
            source: cause.reason.source,
            confidence: cause.reason.confidence,
            depth,
        },
        ...causeSteps(cause.because, depth + 1),
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
    const failed = cause.causes.length === 0 ? '(failed)' : '(gone too)';
    if (reason.rule === 'R1') return `${dependent} went with ${cutting} ${failed}: ${reason.because}.`;
    return `${dependent} cannot do without ${cutting} ${failed}: ${reason.because}.`;
}

/** Between a loss and its cause, in a line. */
export const arrow = ' ← ';

/** The chain in one short line, elements and what ran out: "front-envoy ← the management plane ← `mgmt`". */
export function causeLine(because: Because): string {
    const names: string[] = [];
    for (let step: Because | undefined = because.causes[0]?.because; step; step = step.causes[0]?.because) {
        if (step.node.kind === 'element' || step.node.kind === 'clock') names.push(nodePhrase(step.node));
    }
    return names.join(arrow);
}
