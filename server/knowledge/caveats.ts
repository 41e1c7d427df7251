import type { Confidence, SourceTag } from './sources.js';

/** Something to know beside a result, which decides none: told where it matters. */
export interface Caveat {
    /** Where it is told, and what it says. */
    readonly says: string;
    readonly source: SourceTag;
    readonly confidence: Confidence;
}

export const caveats = {
    'repeated-errors': {
        says: 'Endpoints of a cluster that is down are withdrawn by nobody. Whoever found them down tries them again after 30 s, 60 s and so on, 300 s at most, and loses a few requests each time.',
        source: 'xcp-scenarios',
        confidence: 'likely',
    },
    'moved-name': {
        says: 'Moving the DNS name of the management plane moves what connects anew. A stream that stands, which may be a year old, stays at the old side.',
        source: 'xcp-scenarios',
        confidence: 'likely',
    },
    'central-key': {
        says: 'Restoring a management plane needs two keys from 1.12 on: iam-signing-key and tsb-iam-jwks, each with the kid that stands in the tokens of the control planes.',
        source: 'active-standby',
        confidence: 'certain',
    },
    'central-ca': {
        says: 'Where central provides the CA of a cluster, its edge is not even installed while central is away.',
        source: 'xcp-scenarios',
        confidence: 'likely',
    },
    'only-gitops': {
        says: 'GitOps is meant to be on in one cluster only, so the loss of that one stops GitOps for the whole estate.',
        source: 'gitops-guide',
        confidence: 'certain',
    },
} as const satisfies Record<string, Caveat>;
