import { clusterKinds } from '../knowledge/components.js';
import type { Outcome } from '../failure/outcome.js';
import type { Element } from '../topology/element.js';
import type { SourceLocation } from '../topology/topology.js';
import { factsOf } from './facts.js';
import type { Remark } from './remark.js';
import { hostRemarks, remarker } from './remarks.js';

/** What a simulation takes from those who use the estate, or leaves to them in part, and what only operators miss. */
export interface Loss {
    readonly kind: 'host' | 'service' | 'cluster';
    readonly name: string;
    readonly state: LossState;
    /** Plain text. */
    readonly text: string;
    readonly at: SourceLocation;
}

/** Down, degraded, or noticed by operators only; the gravest first. */
const lossStates = ['total', 'limited', 'operators'] as const;

export type LossState = (typeof lossStates)[number];

const kinds = ['host', 'service', 'cluster'] as const satisfies readonly Loss['kind'][];

/** The gravest first; of the same gravity hosts, then services, then clusters. What was made to fail is none. */
export function lossesOf(outcome: Outcome): Loss[] {
    const facts = factsOf(outcome);
    const losses: Loss[] = hostRemarks(facts).flatMap(({ host, at, remark }) => lossIn('host', host, at, [remark]));
    const remarksOn = remarker(facts);
    const failed = new Set(outcome.failures);
    for (const element of outcome.graph.elements.listed) {
        const kind = kindOf(element);
        if (!kind || failed.has(element)) continue;
        losses.push(...lossIn(kind, element.service ?? element.name, element.at, remarksOn([element])(element)));
    }
    return losses.sort(
        (a, b) =>
            lossStates.indexOf(a.state) - lossStates.indexOf(b.state) || kinds.indexOf(a.kind) - kinds.indexOf(b.kind),
    );
}

function lossIn(kind: Loss['kind'], name: string, at: SourceLocation, remarks: readonly Remark[]): Loss[] {
    const losses = remarks.flatMap(({ state, text }) => {
        const lost = lossStates.find((each) => each === (state === 'gone' ? 'total' : state));
        return lost ? [{ state: lost, text }] : [];
    });
    const state = lossStates.find((each) => losses.some((loss) => loss.state === each));
    return state ? [{ kind, name, state, text: losses.map(({ text }) => text).join(' · '), at }] : [];
}

function kindOf({ kind }: Element): Loss['kind'] | undefined {
    if (kind === 'service') return 'service';
    return clusterKinds.has(kind) ? 'cluster' : undefined;
}
