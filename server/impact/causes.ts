import type { Because, Cause } from '../failure/explain.js';
import { nodePhrase } from './phrases.js';

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
