import type { ComponentKindId } from './components.js';
import type { Confidence, SourceTag } from './sources.js';

/** How one sees that something is back. */
export interface RecoveryCheck {
    /** Markdown; `{command}` stands for the command. */
    readonly says: string;
    /** Of a shell; `{name}` stands for the cluster. */
    readonly command?: string;
    readonly source: SourceTag;
    readonly confidence: Confidence;
}

const managementPlane: RecoveryCheck = {
    says: '`GET /v2/organizations/ORG/status` answers (front-envoy, iam and tsb are up), and so does `GET /promql/api/v1/labels` (front-envoy, iam and oap)',
    source: 'monitoring',
    confidence: 'certain',
};

const edge: RecoveryCheck = {
    says: '{command} says `READY XCP_ACCEPTED`',
    command: 'tctl x status cluster {name}',
    source: 'manual-failover',
    confidence: 'certain',
};

const central: RecoveryCheck = {
    says: '`xcp_central_current_edge_connections` counts every cluster, and the last propagation is less than 30 s old',
    source: 'alerting',
    confidence: 'certain',
};

export const recoveryChecks: Readonly<Partial<Record<ComponentKindId, RecoveryCheck>>> = {
    'management-cluster': managementPlane,
    'management-plane': managementPlane,
    'front-envoy': managementPlane,
    iam: managementPlane,
    tsb: managementPlane,
    postgres: managementPlane,
    'management-oap': managementPlane,
    elasticsearch: managementPlane,
    banyandb: managementPlane,
    'central-control-plane': central,
    mpc: central,
    'workload-cluster': edge,
    'edge-control-plane': edge,
    'xcp-edge': edge,
    link: edge,
    'directed-link': edge,
};
