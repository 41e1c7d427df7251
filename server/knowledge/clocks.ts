import type { ComponentKindId } from './components.js';
import { defaultValue } from './defaults.js';
import type { Confidence, SourceTag } from './sources.js';

/** From least to most, in seconds; equal where a time is exact. */
export type Range = readonly [least: number, most: number];

/**
 * Something that runs out while whatever renews it is away, or a buffer that fills: what goes wrong if an outage lasts
 * (rule R7). Times are in seconds.
 */
export interface Clock {
    readonly title: string;
    /** The published life, where the file does not say another; absent where only the file can say. */
    readonly life?: number;
    /** How much of a life is left at least when an outage begins: 1 where a full life is assumed. */
    readonly leastLeft: number;
    /** How long after its source is back something that ran out is renewed. */
    readonly renewal: Range;
    /** What carries it. Once all of these are gone nobody notices that it runs out. */
    readonly carriedBy: readonly (ComponentKindId | 'telemetry-store')[];
    /** What runs out, in the plural where there are several: "agent tokens". */
    readonly renews: string;
    /** That it has run out, as the rest of a sentence: "have run out". */
    readonly expired: string;
    /** What happens then, as a clause. */
    readonly because: string;
    /** The whole of it, in a sentence of its own. */
    readonly consequence: string;
    readonly source: SourceTag;
    readonly confidence: Confidence;
}

export type ClockId = keyof typeof clocks;

const hour = 3_600;
const day = 24 * hour;
const atOnce: Range = [0, 0];
const proxies = ['gateway', 'instances'] as const;

/** A proxy renews its certificate when half of its life is over (certain: Istio's own default, give or take 1 %). */
const leftWhenRenewed = 0.5;

export const clocks = {
    'agent-token': {
        title: 'agent token',
        life: defaultValue('token-ttl'),
        leastLeft: 1,
        renewal: [0, 15 * 60],
        carriedBy: ['xcp-edge', 'edge-oap', 'edge-otel-collector', 'edge-gitops'],
        renews: 'agent tokens',
        expired: 'have run out',
        because: 'an agent whose token has run out is refused when it reconnects',
        consequence:
            'Without the management plane no new token is issued: an agent that reconnects after its token has run out is refused. Once it is back, the operator asks again within 15 minutes.',
        source: 'terraform',
        confidence: 'inferred',
    },
    'leaf-certificate': {
        title: 'workload certificate',
        life: defaultValue('leaf-certificate-ttl'),
        leastLeft: leftWhenRenewed,
        renewal: atOnce,
        carriedBy: proxies,
        renews: 'workload certificates',
        expired: 'have run out',
        because: 'nobody accepts a workload whose certificate has run out',
        consequence:
            'A proxy renews its certificate at half of its life. Without istiod it cannot: traffic starts to fail after half of that life, and all of it has failed by its end.',
        source: 'istio-proxy',
        confidence: 'likely',
    },
    'machine-certificate': {
        title: 'certificate of a virtual machine',
        life: day,
        leastLeft: leftWhenRenewed,
        renewal: atOnce,
        carriedBy: ['instances'],
        renews: 'machine certificates',
        expired: 'have run out',
        because: 'nobody accepts a machine whose certificate has run out',
        consequence:
            'A virtual machine reaches istiod through its VM gateway; without either its certificate is not renewed.',
        source: 'istio-proxy',
        confidence: 'inferred',
    },
    'cluster-ca': {
        title: 'intermediate CA of a cluster',
        life: 365 * day,
        leastLeft: 1,
        renewal: atOnce,
        carriedBy: proxies,
        renews: 'intermediate CA',
        expired: 'has run out',
        because: 'certificates that an expired CA has signed are worth nothing',
        consequence:
            'Where central issues it and is away when it has to be renewed, istiod can no longer sign certificates.',
        source: 'certificates',
        confidence: 'inferred',
    },
    'root-certificate': {
        title: 'root of trust',
        leastLeft: 1,
        renewal: atOnce,
        carriedBy: proxies,
        renews: 'root of trust',
        expired: 'has run out',
        because: 'what an expired root has signed is worth nothing',
        consequence:
            'How long the root of the mesh lives only the file can say (`root-ca { ttl 1y }`). While it is out of reach nobody renews it; once it has run out, nothing that it has signed is trusted: no workload, no edge, no front door.',
        source: 'certificates',
        confidence: 'inferred',
    },
    'last-answer': {
        title: 'what is required again and again',
        leastLeft: 1,
        renewal: atOnce,
        carriedBy: [],
        renews: 'last answers from outside',
        expired: 'have run out',
        because: 'what was got last is worth nothing any more',
        consequence:
            'What the file says to be required `every` so often is worth something for its `ttl`; while nobody gives it anew, it runs out.',
        source: 'design',
        confidence: 'certain',
    },
    'tsb-certificates': {
        title: "TSB's own certificates",
        life: 90 * day,
        leastLeft: 1 / 3,
        renewal: atOnce,
        carriedBy: ['front-envoy'],
        renews: 'TSB certificates',
        expired: 'have run out',
        because: 'nobody trusts front-envoy once its certificate has run out',
        consequence:
            'They are renewed 30 days before their end. Where nobody does so, the front door of the management plane is not trusted any more.',
        source: 'certificates',
        confidence: 'inferred',
    },
    'metrics-buffer': {
        title: 'metrics buffer',
        leastLeft: 1,
        renewal: atOnce,
        carriedBy: ['edge-oap'],
        renews: 'metrics buffer',
        expired: 'is full',
        because: 'what no longer fits is lost',
        consequence: 'Metrics that no longer fit into the declared buffer are lost.',
        source: 'scenarios',
        confidence: 'certain',
    },
    'metrics-retention': {
        title: 'retention of metrics',
        life: 7 * day,
        leastLeft: 1,
        renewal: atOnce,
        carriedBy: ['telemetry-store'],
        renews: 'stored metrics',
        expired: 'are forgotten',
        because: 'the store forgets metrics after their retention, and no newer ones have arrived',
        consequence: 'After so long without metrics the store holds none any more; traces go after 3 days.',
        source: 'terraform',
        confidence: 'certain',
    },
    'user-session': {
        title: 'session of a user',
        life: 30 * day,
        leastLeft: 1,
        renewal: atOnce,
        carriedBy: ['tsb'],
        renews: 'user sessions',
        expired: 'have ended',
        because: 'a session cannot be prolonged beyond its refresh token',
        consequence: 'Who is logged in goes on for as long as the refresh token lasts, and cannot log in again.',
        source: 'iam-keys',
        confidence: 'inferred',
    },
} as const satisfies Record<string, Clock>;

/** Published times that decide no mark, and are told where they matter; seconds. */
/** The secrets of each control plane that are renewed where its tokens are worth nothing any more. */
export const agentSecrets = ['otel-token', 'oap-token', 'ngac-token', 'xcp-edge-central-auth-token'];

export const figures = {
    /** Detection of a dead target, and reconfiguration, as documented. */
    detection: { from: 0, to: 60 },
    /**
     * The other reading of it: a proxy ejects an endpoint after ten failures in a row, each of which takes up to the 10 s
     * that a connection may: together, or one after the other. It tries the endpoint again after `ejection`, after twice
     * that, and so on.
     */
    reckonedDetection: {
        takes: [10, 100] as Range,
        ejection: 30,
        longestEjection: 300,
        source: 'xcp-scenarios',
        confidence: 'likely',
    },
    /** How long a request waits for a helper that does not answer. */
    helperTimeout: {
        'rate-limit': { seconds: 0.02, source: 'terraform', confidence: 'certain' },
        'external-authorization': { seconds: 1, source: 'terraform', confidence: 'certain' },
    },
    /** The edges get new tokens from a promoted standby, where its signing key is the same, and connect. */
    reconnection: [0, 60] as Range,
    /** Central restores its cache. */
    centralRestore: [60, 120] as Range,
    /** A failed token renewal is tried again. */
    tokenRetry: 15 * 60,
    /** GitOps (async) pushes again after at most so long, and reconciles so often. */
    gitopsBackOff: [3, 120] as Range,
    gitopsReconcile: 10 * 60,
    /** Embedded Postgres is backed up daily. */
    embeddedPostgresBackup: day,
} as const;
