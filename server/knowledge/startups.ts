import { figures, type Range } from './clocks.js';
import type { ComponentKindId } from './components.js';
import type { Confidence, SourceTag } from './sources.js';

/** What something needs in order to start, rather than to run (R10). Once started it does without. */
export interface Startup {
    readonly needs: readonly StartNeed[];
    /** How long it takes from then on, seconds. */
    readonly takes: Range;
}

export interface StartNeed {
    readonly on: ComponentKindId | 'telemetry-store';
    readonly because: string;
    readonly source: SourceTag;
    readonly confidence: Confidence;
}

const kubernetes: StartNeed = {
    on: 'kubernetes-api',
    because: 'Kubernetes starts it',
    source: 'ha-dr',
    confidence: 'certain',
};

const resolver: StartNeed = {
    on: 'cluster-dns',
    because: 'it looks up by name what it connects to',
    source: 'kubernetes-dns',
    confidence: 'inferred',
};

const injection: StartNeed = {
    on: 'istiod',
    because: "istiod's webhook adds the proxy, and nobody else signs its certificate",
    source: 'istio',
    confidence: 'certain',
};

const telemetryStore: StartNeed = {
    on: 'telemetry-store',
    because: 'OAP does not start without its store',
    source: 'skywalking-start',
    confidence: 'likely',
};

const pod: Startup = { needs: [kubernetes, resolver], takes: [0, 0] };
const meshedPod: Startup = { needs: [kubernetes, resolver, injection], takes: [0, 0] };
const oap: Startup = { needs: [kubernetes, resolver, telemetryStore], takes: [0, 0] };

/** By kind; what is missing here starts by itself, such as a cluster or a link. */
export const startups: Readonly<Partial<Record<ComponentKindId, Startup>>> = {
    'front-envoy': pod,
    iam: {
        needs: [
            kubernetes,
            resolver,
            {
                on: 'postgres',
                because: 'iam reads its users and roles when it starts',
                source: 'components',
                confidence: 'inferred',
            },
        ],
        takes: [0, 0],
    },
    tsb: pod,
    web: pod,
    mpc: pod,
    'management-oap': oap,
    'management-otel-collector': pod,
    'management-gitops': pod,
    teamsync: pod,
    'management-operator': pod,
    'central-control-plane': {
        needs: [
            {
                ...kubernetes,
                because: 'central starts from the snapshot that it keeps there',
                source: 'dataflow',
            },
            resolver,
        ],
        takes: figures.centralRestore,
    },
    'cluster-dns': { needs: [kubernetes], takes: [0, 0] },
    postgres: pod,
    elasticsearch: pod,
    banyandb: pod,
    'xcp-edge': pod,
    'edge-oap': oap,
    'edge-otel-collector': pod,
    'edge-gitops': pod,
    'edge-operator': pod,
    istiod: {
        needs: [
            {
                ...kubernetes,
                because: 'istiod serves nobody before it has read what the Kubernetes API holds',
                source: 'istio-server',
            },
            resolver,
        ],
        takes: [0, 0],
    },
    gateway: meshedPod,
    instances: meshedPod,
};

/** Virtual machines are started by somebody else than Kubernetes. */
export const machineStartup: Startup = {
    needs: [{ ...injection, because: 'nobody else signs its certificate', confidence: 'inferred' }],
    takes: [0, 0],
};
