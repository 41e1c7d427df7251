import type { Place } from './place.js';

/** What import has found out, before it is written down: in the words of the language, each with where it comes from. */
export interface ImportedEstate {
    readonly name: string;
    readonly version?: Said<string> | undefined;
    readonly management: ImportedManagement;
    /** Regions with the zones that are known of them. */
    readonly regions: ReadonlyMap<string, readonly string[]>;
    readonly clusters: readonly ImportedCluster[];
    /** Empty where nothing is said of it: then all clusters reach each other. */
    readonly network: readonly ImportedLink[];
    readonly services: readonly ImportedService[];
    readonly externals: readonly ImportedExternal[];
    readonly questions: readonly Question[];
    readonly conflicts: readonly Conflict[];
    /** What bears on failures, and has no words yet or no place; grouped by what it is. */
    readonly remarks: readonly Remark[];
    readonly covered: Covered;
}

/** What the sources would have told: of nothing else it can be concluded that an estate does not have it. */
export interface Covered {
    /** Which cluster has the management plane is said, and not made up. */
    readonly management: boolean;
    readonly clusters: boolean;
    /** The clusters whose gateways are told. */
    readonly gateways: ReadonlySet<string>;
    /** The clusters whose services are told. */
    readonly services: ReadonlySet<string>;
    readonly hosts: boolean;
    readonly failover: boolean;
    readonly calls: boolean;
    /** Services (`namespace/name`) of which it is asked where they run. */
    readonly homesAsked: ReadonlySet<string>;
}

/** A value and where it was read. */
export interface Said<T> {
    readonly value: T;
    readonly at: readonly Place[];
}

export interface ImportedManagement {
    readonly name: string;
    readonly at: readonly Place[];
    /** The vendor runs it. */
    readonly hosted?: Said<true> | undefined;
    readonly region?: Said<string> | undefined;
    readonly zone?: string | undefined;
    readonly postgres?: Said<'internal' | 'external'> | undefined;
    readonly telemetryStore?: Said<{
        readonly kind: 'elasticsearch' | 'banyandb';
        readonly placement?: 'internal' | 'external' | undefined;
        readonly path?: 'direct' | 'front-envoy' | undefined;
    }>;
    readonly identityProvider?: Said<'internal' | 'external'> | undefined;
    readonly gitops?: Said<boolean> | undefined;
    /** Where it is a cluster of the mesh, too. */
    readonly edge: ImportedEdge;
    readonly gateways: readonly ImportedGateway[];
}

export interface ImportedEdge {
    /** As the language writes it: `24h`. */
    readonly tokenTtl?: Said<string> | undefined;
    readonly certificateAuthority?: Said<'central' | 'own'> | undefined;
    readonly gitops?: Said<'off' | 'sync' | 'async'> | undefined;
}

export interface ImportedCluster {
    readonly name: string;
    readonly at: readonly Place[];
    readonly region?: Said<string> | undefined;
    readonly zone?: string | undefined;
    readonly edge: ImportedEdge;
    readonly gateways: readonly ImportedGateway[];
    readonly labels: readonly (readonly [string, string])[];
}

export const roles = ['tier1', 'ingress', 'east-west', 'egress', 'vm'] as const;
export type Role = (typeof roles)[number];

export interface ImportedGateway {
    readonly name: string;
    readonly roles: readonly Role[];
    readonly replicas?: number | undefined;
    readonly zones: readonly string[];
    /** What it asks about every request that passes it. */
    readonly helpers: readonly ImportedHelper[];
    readonly at: readonly Place[];
}

export interface ImportedLink {
    readonly from: string;
    readonly to: string;
    readonly at: readonly Place[];
}

/** A gateway by its cluster and its name there. */
export interface GatewayName {
    readonly cluster: string;
    readonly name: string;
}

export interface ImportedService {
    readonly namespace: string;
    readonly name: string;
    readonly at: readonly Place[];
    readonly homes: readonly ImportedHome[];
    readonly exposures: readonly ImportedExposure[];
    readonly failover?: Said<true> | undefined;
    readonly outlierDetection?: Said<true> | undefined;
    readonly helpers: readonly ImportedHelper[];
    readonly calls: readonly ImportedCall[];
    readonly owner?: Said<string> | undefined;
    /** What it is a part of, as its objects say. */
    readonly partOf?: Said<string> | undefined;
}

export interface ImportedHome {
    readonly cluster: string;
    readonly replicas?: number | undefined;
    readonly isVirtualMachines: boolean;
    readonly at: readonly Place[];
}

export interface ImportedExposure {
    readonly host: string;
    /** Only the mesh uses it. */
    readonly isInside: boolean;
    /** Empty: the ingress gateways of the homes. */
    readonly via: readonly GatewayName[];
    /** One step for each hop. */
    readonly through: readonly (readonly GatewayName[])[];
    /** Empty: all homes with an ingress gateway. */
    readonly to: readonly ImportedTarget[];
    readonly at: readonly Place[];
}

export interface ImportedTarget {
    readonly cluster: string;
    /** The ingress gateway that has the host, where it is known. */
    readonly gateway?: string | undefined;
    readonly weight?: number | undefined;
}

export interface ImportedHelper {
    readonly what: 'external authorization' | 'rate limit';
    readonly by: Callee;
    readonly fails?: 'open' | 'closed' | undefined;
    readonly at: readonly Place[];
}

/** Who is called: a service with its namespace, or an external one without. */
export interface Callee {
    readonly namespace?: string | undefined;
    readonly name: string;
}

/** A call that was observed. */
export interface ImportedCall {
    readonly callee: Callee;
    /** The egress gateways by which it leaves, where they are said; else empty. */
    readonly through: readonly GatewayName[];
    readonly requests: number;
    readonly at: Place;
}

export interface ImportedExternal {
    readonly name: string;
    readonly at: readonly Place[];
}

/** What the sources leave open. */
export interface Question {
    readonly about: Anchor;
    /** What is asked, as it would be written: `calls shop/payments`, `homes`. */
    readonly asked: string;
    /** Why it is asked: plain words. */
    readonly why: string;
    /** Lines that would answer it at its place. */
    readonly answers: readonly string[];
    readonly at: readonly Place[];
    /** Where requests to its service were answered, as metrics have seen it. */
    readonly seen?: readonly SeenShare[];
}

/** Of the requests to a service that were seen, how many a cluster has answered: from 0 to 1. */
export interface SeenShare {
    readonly cluster: string;
    readonly share: number;
}

/** The element in whose block a question stands. */
export type Anchor =
    | { readonly kind: 'topology' | 'management plane' | 'network' }
    | { readonly kind: 'cluster'; readonly name: string }
    | { readonly kind: 'service'; readonly namespace: string; readonly name: string };

/** Two sources that disagree. */
export interface Conflict {
    /** Such as `token ttl of east`. */
    readonly about: string;
    readonly taken: string;
    readonly at: readonly Place[];
    readonly others: readonly { readonly value: string; readonly at: Place }[];
}

export interface Remark {
    readonly what: string;
    readonly at: readonly Place[];
}
