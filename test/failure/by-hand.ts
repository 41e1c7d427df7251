/** Estates as plain data, without a parser. */

import {
    type Declared,
    type EdgeControlPlane,
    type ExternalService,
    type Gateway,
    type GatewayRole,
    type GitOps,
    type Home,
    type Locality,
    type ManagementCluster,
    type ManagementPlane,
    type Needed,
    type Region,
    type Replicas,
    type Service,
    type Topology,
    type WorkloadCluster,
} from '../../server/topology/topology.js';
import { said, somewhere } from './random-traffic.js';
const declared: Declared = { at: somewhere, nameAt: somewhere, labels: new Map() };

export function place(region: string, zone?: string): Locality {
    return zone === undefined ? { region, at: somewhere } : { region, zone, at: somewhere };
}

export function region(name: string, zones: readonly string[] = []): Region {
    return { ...declared, name, zones: zones.map((zone) => ({ ...declared, name: zone })) };
}

export function replicas(count: number, zones: readonly string[] = []): Replicas {
    return { count, zones, at: somewhere };
}

/** Said of an edge control plane; silent: no GitOps, no metrics buffer. */
export interface EdgeParts {
    readonly gitops?: GitOps;
    /** Seconds. */
    readonly metricsBuffer?: number;
}

export function edge(parts: EdgeParts = {}): EdgeControlPlane {
    return {
        tokenTtl: said(3600),
        leafCertificateTtl: said(86_400),
        certificateAuthority: said('central'),
        metricsBuffer: said(parts.metricsBuffer),
        gitops: said(parts.gitops ?? 'off'),
    };
}

export function gateway(cluster: string, roles: readonly GatewayRole[], parts: Partial<Gateway> = {}): Gateway {
    return { ...declared, cluster, roles, name: roles[0] ?? 'gateway', named: parts.name !== undefined, ...parts };
}

export function workloadCluster(name: string, parts: Partial<WorkloadCluster> = {}): WorkloadCluster {
    return { ...declared, kind: 'workload', name, gateways: [], edge: edge(), ...parts };
}

/** Silent: external PostgreSQL outside every region, internal Elasticsearch reached directly. */
export function managementPlane(parts: Partial<ManagementPlane> = {}): ManagementPlane {
    const backup = said({ kind: 'unknown' } as const);
    return {
        postgres: { kind: 'postgres', placement: said('external'), backup },
        telemetryStore: { kind: 'elasticsearch', placement: said('internal'), path: said('direct'), backup },
        iamSigningKey: { backup },
        rootCa: { backup },
        gitops: said(false),
        ...parts,
    };
}

/** Silent: a listener of its own, and nothing on it but the management and the central control plane. */
export function management(name: string, parts: Partial<ManagementCluster> = {}): ManagementCluster {
    return {
        ...declared,
        kind: 'management',
        name,
        gateways: [],
        managementPlane: managementPlane(),
        central: { listener: said('own') },
        ...parts,
    };
}

export function home(cluster: string, parts: Partial<Home> = {}): Home {
    return { cluster, at: somewhere, namespace: said('default'), ...parts };
}

export function service(name: string, homes: readonly Home[], parts: Partial<Service> = {}): Service {
    return {
        ...declared,
        namespace: said('default'),
        name,
        shortName: name,
        homes,
        exposures: [],
        calls: [],
        requires: [],
        eastWestFailover: said(false),
        outlierDetection: said(true),
        ...parts,
    };
}

export function externalService(name: string, ...places: readonly (Locality | undefined)[]): ExternalService {
    return { ...declared, name, places: places.filter((place) => place !== undefined) };
}

/** As something that is required. */
export function outside(name: string): Needed {
    return { kind: 'external-service', name };
}

export function estate(parts: Partial<Topology>): Topology {
    return {
        name: 'estate',
        files: [somewhere.uri],
        tsbVersion: said('1.10'),
        regions: [],
        clusters: [],
        services: [],
        externalServices: [],
        needs: [],
        needy: [],
        sharedFates: [],
        network: { declared: false, at: [], lines: [] },
        ...parts,
    };
}
