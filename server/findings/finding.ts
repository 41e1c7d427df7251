import type { ProblemSeverity } from '../knowledge/severities.js';
import type { GatewayRole, SourceLocation } from '../topology/topology.js';

/** Something wrong or risky in an estate as a whole. Each code has a section in docs/diagnostics.md. */
export interface Finding {
    readonly code: FindingCode;
    readonly severity: ProblemSeverity;
    /** Plain text: what is the case, what follows, and what to do. */
    readonly message: string;
    readonly at: SourceLocation;
    readonly related?: readonly { readonly at: SourceLocation; readonly message: string }[];
    /** What would mend it, all of it together; how that is written is the affair of fixes/. */
    readonly remedy?: readonly Remedy[];
    /** Of an `internal-error`: what was thrown, for the log. */
    readonly error?: unknown;
}

/** A change of the estate, in its own terms. */
export type Remedy =
    | { readonly do: 'open'; readonly way: Way }
    | { readonly do: 'declare-gateway'; readonly cluster: string; readonly role: GatewayRole }
    /** `gateway`: where its name stands. */
    | { readonly do: 'give-role'; readonly gateway: SourceLocation; readonly role: GatewayRole }
    /** `service`: where its name stands. */
    | { readonly do: 'fail-over'; readonly service: SourceLocation };

/** From one cluster to another. */
export interface Way {
    readonly from: string;
    readonly to: string;
}

export type FindingCode =
    | 'internal-error'
    | 'no-management-cluster'
    | 'several-management-clusters'
    | 'several-standbys'
    | 'standby-cannot-take-over'
    | 'standby-shares-place'
    | 'standby-assumed'
    | 'copy-shares-place'
    | 'copy-may-divide'
    | 'copy-unsaid'
    | 'no-workload-cluster'
    | 'service-without-home'
    | 'tier1-on-management-cluster'
    | 'workload-on-management-cluster'
    | 'gateway-without-service'
    | 'virtual-machines-without-gateway'
    | 'egress-gateway-without-effect'
    | 'zones-outside-cluster'
    | 'management-in-two-places'
    | 'colliding-name'
    | 'links-unlisted'
    | 'postgres-unprotected'
    | 'postgres-protection-unsaid'
    | 'signing-key-unprotected'
    | 'signing-key-protection-unsaid'
    | 'telemetry-store-unprotected'
    | 'telemetry-store-protection-unsaid'
    | 'telemetry-path-assumed'
    | 'replicas-no-majority'
    | 'backup-shares-fate'
    | 'not-restorable'
    | 'host-exposed-twice'
    | 'target-is-no-home'
    | 'target-unreachable'
    | 'host-unreachable'
    | 'ingress-to-other-cluster'
    | 'transit-by-east-west'
    | 'one-way-reachability'
    | 'single-homed-exposed-service'
    | 'weighted-targets-without-failover'
    | 'single-entry-gateway'
    | 'single-transit-gateway'
    | 'target-gateway-unsaid'
    | 'entry-gateways-without-gslb'
    | 'only-entry-on-management-cluster'
    | 'homes-in-one-place'
    | 'entries-in-one-place'
    | 'failover-without-gateway'
    | 'failover-unreachable'
    | 'failover-namespaces-differ'
    | 'failover-same-zone'
    | 'failover-many-ways'
    | 'failover-without-outlier-detection'
    | 'outlier-detection-unsaid'
    | 'gateway-without-failover'
    | 'call-unreachable'
    | 'never-starts-again'
    | 'needed-to-start-only'
    | 'required-in-one-place'
    | 'helper-single-point'
    | 'telemetry-through-front-envoy'
    | 'short-token-ttl'
    | 'gitops-sync-in-incident'
    | 'gitops-in-several-clusters'
    | 'redundancy-shares-fate'
    | 'unknown-thing'
    | 'nothing-to-judge';
