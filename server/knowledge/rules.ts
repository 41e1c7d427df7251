import type { Confidence, SourceTag } from './sources.js';

export type RuleId = 'R1' | 'R2' | 'R3' | 'R4' | 'R5' | 'R6' | 'R7' | 'R8' | 'R9' | 'R10' | 'R11';

/** A rule by which failures spread or are judged. R1 to R5 are pinned by at least one published mark each, R6 by a sentence; tests show of each what it changes. */
export interface Rule {
    readonly id: RuleId;
    readonly name: string;
    readonly says: string;
    readonly source: SourceTag;
    readonly confidence: Confidence;
}

export const rules: Readonly<Record<RuleId, Rule>> = {
    R1: {
        id: 'R1',
        name: 'containment',
        says: 'What fails takes along everything that it hosts.',
        source: 'components',
        confidence: 'certain',
    },
    R2: {
        id: 'R2',
        name: 'paths',
        says: 'A function lives exactly as long as everything on its way lives. No control plane is on the way of a running workload.',
        source: 'scenarios',
        confidence: 'certain',
    },
    R3: {
        id: 'R3',
        name: 'persistence',
        says: 'A cut above freezes what is stored below; it never deletes it.',
        source: 'delete-cluster',
        confidence: 'certain',
    },
    R4: {
        id: 'R4',
        name: 'queue',
        says: 'What waits in durable storage is delayed, not lost. Metrics are lost at once where no buffer is declared.',
        source: 'scenarios',
        confidence: 'certain',
    },
    R5: {
        id: 'R5',
        name: 'roll-up',
        says: 'An operation is lost when all of its primary facets in all scopes are lost, and limited when any facet is.',
        source: 'derivation',
        confidence: 'inferred',
    },
    R6: {
        id: 'R6',
        name: 'partial configuration',
        says: 'While configuration does not arrive, new workloads run on what the cluster has stored; this alone changes no mark.',
        source: 'scenarios',
        confidence: 'certain',
    },
    R7: {
        id: 'R7',
        name: 'clocks',
        says: 'What is renewed at intervals fails once its source has been away for longer than it lasts, and so do those who depend on it.',
        source: 'certificates',
        confidence: 'inferred',
    },
    R8: {
        id: 'R8',
        name: 'failover',
        says: 'A request may take any target that is up, linked and reachable, of the same name and namespace, exposed by a gateway, and not pinned by weights.',
        source: 'cluster-failover',
        confidence: 'certain',
    },
    R9: {
        id: 'R9',
        name: 'residual redundancy',
        says: 'While something is down, what one more failure would take is judged with it, and compared with what the same failure takes in health: the difference is redundancy that is used up.',
        source: 'design',
        confidence: 'inferred',
    },
    R10: {
        id: 'R10',
        name: 'recovery',
        says: 'What was stopped has to start again: it needs what it starts with, in that order, and its time.',
        source: 'ha-dr',
        confidence: 'likely',
    },
    R11: {
        id: 'R11',
        name: 'promotion',
        says: 'What stands by takes no part until it is promoted; from then on it does what the other one did, which takes no part any more.',
        source: 'active-standby',
        confidence: 'certain',
    },
};

export const allRules: ReadonlySet<RuleId> = new Set(Object.keys(rules) as RuleId[]);
