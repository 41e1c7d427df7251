import type { Confidence, SourceTag } from './sources.js';

/** Something that runs out: what goes wrong if an outage lasts. Lives in seconds. */
export interface Clock {
    readonly title: string;
    /** Seconds; the published default. */
    readonly life: number;
    readonly consequence: string;
    readonly source: SourceTag;
    readonly confidence: Confidence;
}

export type ClockId = keyof typeof clocks;

const hour = 3_600;

export const clocks = {
    'leaf-certificate': {
        title: 'workload certificate',
        life: 24 * hour,
        consequence:
            'Without istiod certificates are not renewed: traffic starts to fail between the renewal point and the end of their life.',
        source: 'certificates',
        confidence: 'certain',
    },
    'agent-token': {
        title: 'agent token',
        life: hour,
        consequence:
            'Without the management plane no new token is issued: an agent that reconnects after its token has run out is refused.',
        source: 'terraform',
        confidence: 'inferred',
    },
    'failover-switch': {
        title: 'detection of a dead target, and reconfiguration',
        life: 60,
        consequence: 'Until then requests to the dead target fail.',
        source: 'cluster-failover',
        confidence: 'certain',
    },
    'cluster-ca': {
        title: 'intermediate CA of a cluster',
        life: 365 * 24 * hour,
        consequence:
            'Where central issues it and is away when it has to be renewed, istiod can no longer sign certificates.',
        source: 'certificates',
        confidence: 'inferred',
    },
} as const satisfies Record<string, Clock>;
