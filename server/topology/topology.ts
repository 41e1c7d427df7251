import type { ElementName } from './element-name.js';
import type { SourceLocation } from './place.js';
import type { Thing } from './thing.js';
import { defaultValue, type DefaultId, type DefaultValue } from '../knowledge/defaults.js';

/**
 * The estate as plain, immutable data: what the file says, what is assumed where it says nothing, and where each comes
 * from. Everything behind this point (engine, sentences, findings) sees only this, never the syntax tree.
 *
 * Durations are in seconds throughout.
 */

export type { SourceLocation, SourcePosition, SourceRange } from './place.js';

/**
 * Where a value comes from: said at a place in a file, said once for all workload clusters, or assumed.
 * An assumed value names the entry of `knowledge/defaults.ts` that explains it.
 */
export type Origin =
    | { readonly kind: 'stated'; readonly at: SourceLocation }
    | { readonly kind: 'cluster-defaults'; readonly at: SourceLocation }
    | { readonly kind: 'assumed'; readonly default: string };

/** A value together with where it comes from. */
export interface Setting<T> {
    readonly value: T;
    readonly origin: Origin;
}

/** What every declared thing has: the place of its declaration and of its name, and whom to call. */
export interface Declared {
    /** The whole declaration. */
    readonly at: SourceLocation;
    /** The name alone (the first keyword where there is no name); results are drawn at this line. */
    readonly nameAt: SourceLocation;
    readonly owner?: string;
    readonly labels: ReadonlyMap<string, string>;
}

/** One estate: all files with the same `topology NAME` in one workspace folder. */
export interface Topology {
    readonly name: string;
    /** The header of the file that has one; the first one where several do. */
    readonly at?: SourceLocation;
    /** Every file of the estate. */
    readonly files: readonly string[];
    readonly tsbVersion: Setting<string>;
    readonly regions: readonly Region[];
    /** In order of declaration. A sound estate has exactly one management cluster; an unfinished file may have none. */
    readonly clusters: readonly Cluster[];
    readonly services: readonly Service[];
    readonly externalServices: readonly ExternalService[];
    readonly sharedFates: readonly SharedFate[];
    readonly network: Network;
    /** What other things than services require. */
    readonly needs: readonly DeclaredNeed[];
    /** What `about` names that has no declaration, and says to require something. */
    readonly needy: readonly Thing[];
}

/** What something requires. */
export interface DeclaredNeed {
    /** The element that requires it, and with it all that is part of it. */
    readonly of: ElementName;
    /** One of them will do. */
    readonly anyOf: readonly Needed[];
    readonly when: NeededWhen;
    readonly at: SourceLocation;
}

/** A service, by its short name, or an external service. */
export type Needed = Pick<Callee, 'kind' | 'name'>;

/** At every moment; to start; or again and again: what one got is worth something for `ttl` seconds. */
export type NeededWhen = 'always' | 'start' | { readonly every: number; readonly ttl: number };

export interface Region extends Declared {
    readonly name: string;
    readonly zones: readonly Zone[];
}

export interface Zone extends Declared {
    readonly name: string;
}

/** Where something stands. A zone is always one of the region's. */
export interface Locality {
    readonly region: string;
    readonly zone?: string;
    /** A zone is said, and the region has none of that name. */
    readonly hasUnknownZone?: boolean;
    readonly at: SourceLocation;
}

export type Cluster = ManagementCluster | WorkloadCluster | StandbyCluster;

interface ClusterBase extends Declared {
    /** It says that it runs nothing, although no service has a home on it. */
    readonly noWorkloads?: { readonly at: SourceLocation };
    readonly name: string;
    readonly locality?: Locality;
    readonly gateways: readonly Gateway[];
    readonly dataPlaneAt?: SourceLocation;
}

export interface ManagementCluster extends ClusterBase {
    readonly kind: 'management';
    /** The vendor runs it: it fails as one, and its planes, stores and secrets are no elements. */
    readonly isHosted?: true;
    readonly managementPlane: ManagementPlane;
    readonly central: CentralControlPlane;
    /** Only where a gateway or a service stands on the management cluster: then it is a workload cluster too. */
    readonly edge?: EdgeControlPlane;
}

export interface WorkloadCluster extends ClusterBase {
    readonly kind: 'workload';
    readonly edge: EdgeControlPlane;
}

/** A management cluster that waits, and takes no part until somebody promotes it. */
export interface StandbyCluster extends ClusterBase {
    readonly kind: 'standby';
    /** What it has of the configuration; undefined: it shares the database of the active one. */
    readonly copy?: Copy;
    readonly edge?: undefined;
}

/** What takes over once it is promoted. */
export interface Copy {
    readonly at: SourceLocation;
    /** How old it may be, seconds; undefined: it follows all the time. */
    readonly every?: number;
    /** How long it takes at most until it is promoted, seconds; undefined: nobody says. */
    readonly within?: number;
}

/** A copy of a store. */
export interface StoreCopy extends Copy {
    /** Undefined: nobody says. */
    readonly locality?: Locality;
    /** The name of its place means nothing (yet). */
    readonly hasUnknownPlace?: true;
    /** Nobody has to promote it. */
    readonly promotesItself?: true;
}

export interface ManagementPlane {
    /** Undefined where the file does not mention the plane. */
    readonly at?: SourceLocation;
    readonly postgres: Postgres;
    readonly telemetryStore: TelemetryStore;
    readonly iamSigningKey: Secret;
    readonly rootCa: Secret;
    readonly identityProvider?: IdentityProvider;
    /** Whether TSB objects are also pushed to the management plane from Git. */
    readonly gitops: Setting<boolean>;
    /** The external service that it is pushed from. */
    readonly gitopsFrom?: string;
}

/** `internal`: inside the management cluster, lost with it. */
export type Placement = 'internal' | 'external';

interface Store {
    readonly at?: SourceLocation;
    readonly placement: Setting<Placement>;
    /** Of an external store. */
    readonly locality?: Locality;
    readonly backup: Setting<Backup>;
    readonly replicas?: Replicas;
    readonly copy?: StoreCopy;
}

export interface Postgres extends Store {
    readonly kind: 'postgres';
}

/** How metrics reach the store: straight from each cluster, or through the management plane's front door. */
export type StorePath = 'direct' | 'front-envoy';

export interface TelemetryStore extends Store {
    readonly kind: 'elasticsearch' | 'banyandb';
    readonly path: Setting<StorePath>;
}

export interface Secret {
    readonly at?: SourceLocation;
    readonly backup: Setting<Backup>;
    /** Of the root CA: for how long it is worth something, seconds; undefined: nobody says. */
    readonly life?: number;
}

/** `every` and `within`, how long it takes to restore from it, in seconds; `locality`: where the backup is kept. */
export type Backup =
    | { readonly kind: 'unknown' }
    | { readonly kind: 'none' }
    | { readonly kind: 'kept'; readonly every?: number; readonly locality?: Locality; readonly within?: number };

export interface IdentityProvider {
    readonly at: SourceLocation;
    readonly placement: Setting<Placement>;
    readonly locality?: Locality;
}

/** Who answers port 9443 for the edges: central by a service of its own, or the management plane's front-envoy. */
export type XcpListener = 'own' | 'front-envoy';

export interface CentralControlPlane {
    readonly at?: SourceLocation;
    readonly listener: Setting<XcpListener>;
}

export type GitOps = 'off' | 'sync' | 'async';

/** Who issues the cluster's intermediate CA: central (auto-managed), or the operator of the cluster. */
export type CertificateAuthority = 'central' | 'own';

export interface EdgeControlPlane {
    readonly at?: SourceLocation;
    /** Life of the agents' tokens, seconds. */
    readonly tokenTtl: Setting<number>;
    /** Life of a workload's leaf certificate, seconds. */
    readonly leafCertificateTtl: Setting<number>;
    readonly certificateAuthority: Setting<CertificateAuthority>;
    /** For how long metrics are held back while their way is cut, seconds; undefined where nobody knows. */
    readonly metricsBuffer: Setting<number | undefined>;
    readonly gitops: Setting<GitOps>;
    /** The external service that it is pushed from. */
    readonly gitopsFrom?: string;
}

export type GatewayRole = 'tier1' | 'ingress' | 'east-west' | 'egress' | 'vm';

export interface Gateway extends Declared {
    /** As given, or else its first role. */
    readonly name: string;
    /** It has a name of its own, which no other gateway of its cluster has. */
    readonly named: boolean;
    readonly cluster: string;
    readonly roles: readonly GatewayRole[];
    readonly replicas?: Replicas;
    /** What decides on all requests that pass it. */
    readonly externalAuthorization?: Helper;
    readonly rateLimit?: Helper;
    /** A name of something that it asks means nothing (yet). */
    readonly hasUnknownCallees?: boolean;
}

/** Several copies of one thing; `zones` where they are spread over, empty where that is not said. */
export interface Replicas {
    readonly count: number;
    /** How many of them have to be left; undefined: a majority of what elects a leader, one of anything else. */
    readonly needed?: number;
    readonly zones: readonly string[];
    readonly at: SourceLocation;
}

export interface Service extends Declared {
    readonly namespace: Setting<string>;
    readonly name: string;
    /** The shortest name by which the topology knows it: `checkout`, or `shop/checkout` where the bare name is not unique. */
    readonly shortName: string;
    readonly homes: readonly Home[];
    /**
     * It stands for the external service of its name, which is exposed: it has no homes and is no element, and the ways of
     * its hosts lead out of the mesh, to that.
     */
    readonly outside?: true;
    /** A name in the list of homes means nothing (yet), so that there may be more than these. */
    readonly hasUnknownHomes?: boolean;
    readonly exposures: readonly Exposure[];
    readonly calls: readonly Callee[];
    readonly requires: readonly Callee[];
    /** Of each list it requires one, whichever; a list has two or more, none of which it requires anyway. */
    readonly requiresOneOf?: readonly (readonly Callee[])[];
    /** What it requires to start, or again and again. */
    readonly needs?: readonly Omit<DeclaredNeed, 'of'>[];
    /** A name of something that it calls, requires or asks means nothing (yet). */
    readonly hasUnknownCallees?: boolean;
    /** Whether callers go on to other homes through east-west gateways. */
    readonly eastWestFailover: Setting<boolean>;
    readonly outlierDetection: Setting<boolean>;
    readonly externalAuthorization?: Helper;
    readonly rateLimit?: Helper;
}

/** A cluster in which instances of a service run. */
export interface Home {
    readonly cluster: string;
    readonly at: SourceLocation;
    readonly namespace: Setting<string>;
    readonly replicas?: Replicas;
    /** The instances are virtual machines behind a VM gateway (of this cluster where none is named). */
    readonly virtualMachines?: VirtualMachines;
}

export interface VirtualMachines {
    readonly gateway?: GatewayRef;
    /** A gateway is named, and there is none of that name. */
    readonly hasUnknownGateway?: boolean;
    readonly at: SourceLocation;
}

export interface GatewayRef {
    readonly cluster: string;
    readonly gateway: string;
    readonly at: SourceLocation;
}

/** What a service calls: by its `shortName`, or an external service by its name. */
export interface Callee {
    readonly kind: 'service' | 'external-service';
    readonly name: string;
    readonly at: SourceLocation;
    /**
     * Of an external service: the egress gateways by which calls leave; undefined: those of the caller's cluster. Of a
     * service: the gateways by which calls get to other clusters; undefined: by east-west failover, or as a host inside says.
     */
    readonly through?: readonly GatewayRef[];
    /** A gateway is named that does not exist (yet), or leads nowhere near it. */
    readonly hasUnknownGateways?: boolean;
}

/** A name under which clients reach a service. */
export interface Exposure {
    readonly host: string;
    /** Its clients are the clusters of the mesh; undefined: clients outside. */
    readonly inside?: true;
    readonly at: SourceLocation;
    readonly hostAt: SourceLocation;
    /** Further names of the same line. */
    readonly aliases?: readonly string[];
    /** The first name of the line, of which this is a further one: it goes wherever that goes. */
    readonly aliasOf?: string;
    /** The entry gateways; empty: the ingress gateways of the service's homes. */
    readonly via: readonly GatewayRef[];
    /** Transit between the entry gateways and the homes: for each hop, the gateways of which one will do. */
    readonly through: readonly (readonly GatewayRef[])[];
    /** Empty: all homes with an ingress gateway, chosen automatically. */
    readonly to: readonly Target[];
    /** A gateway or a cluster that it names does not exist (yet). */
    readonly hasUnknownNames?: boolean;
    /** Time to live of the DNS answer, seconds; undefined: no global load balancing in front of the gateways. */
    readonly gslbTtl?: Setting<number>;
    /** The external service without which nobody can move its clients. */
    readonly gslbBy?: string;
}

/** Where requests enter the mesh's own cluster. A weight makes the whole list strict: no health check, no failover. */
export interface Target {
    readonly cluster: string;
    /** The ingress gateways there that have the host, of which one will do; undefined: any of the cluster. */
    readonly gateways?: readonly string[];
    readonly weight?: number;
    /** Requests leave the mesh from there. */
    readonly outside?: true;
    readonly at: SourceLocation;
}

/** A helper on the data path, such as an external authorization server. */
export interface Helper {
    readonly at: SourceLocation;
    /** Who answers; undefined: something of which nothing is known. */
    readonly by?: Callee;
    /** `open`: requests go on without it; `closed`: requests are refused without it. */
    readonly fails: Setting<'open' | 'closed'>;
}

/** Something outside the mesh: a SaaS, a database, a DNS provider. */
export interface ExternalService extends Declared {
    readonly name: string;
    /** Where it stands, each place once; empty: nobody says. It is lost with all of them, or as its copies say. */
    readonly places: readonly Locality[];
    /** A place is named that does not exist (yet), so that there may be more than these. */
    readonly hasUnknownPlaces?: true;
    readonly replicas?: Replicas;
}

/** What fails together, for whatever reason: a transit provider, an image, a rack. */
export interface SharedFate extends Declared {
    readonly name: string;
    readonly members: readonly Thing[];
    /** The elements that these mean. */
    readonly takes: readonly ElementName[];
}

/** Which clusters' data paths are open. Control links to the management cluster always exist and are not listed. */
export interface Network {
    /** False: no `network` block, so all clusters reach each other. */
    readonly declared: boolean;
    readonly at: readonly SourceLocation[];
    /** As they are written: `network.ts` tells which of them opens a way. */
    readonly lines: readonly NetworkLine[];
    /** What lines say besides by names that mean nothing (yet): nobody knows to where, or from where, they open a way. */
    readonly unknown?: UnknownWays;
}

/** Each cluster on the one side reaches each on the other; names that mean nothing are left out. */
export interface NetworkLine {
    readonly from: readonly string[];
    readonly to: readonly string[];
    /** Each on the other side reaches each on the one, too. */
    readonly bothWays: boolean;
    readonly at: SourceLocation;
}

export interface UnknownWays {
    /** The clusters from which a way leads to nobody knows where. */
    readonly from: readonly string[];
    /** The clusters to which a way leads from nobody knows where. */
    readonly to: readonly string[];
    /** A way has no end that is known: it may be any. */
    readonly anywhere: boolean;
}

/** A setting that the file states. */
export function stated<T>(value: T, at: SourceLocation): Setting<T> {
    return { value, origin: { kind: 'stated', at } };
}

/** A setting that nobody stated: what is assumed then. */
export function byDefault<Id extends DefaultId>(id: Id): Setting<DefaultValue<Id>> {
    return assumed(defaultValue(id), id);
}

/** A setting that nobody stated; `defaultId` is the entry of `knowledge/defaults.ts` that explains it. */
export function assumed<T>(value: T, defaultId: string): Setting<T> {
    return { value, origin: { kind: 'assumed', default: defaultId } };
}

/** The management cluster; undefined in an unfinished estate. The first one where there are several. */
export function managementCluster(topology: Topology): ManagementCluster | undefined {
    return topology.clusters.find((cluster) => cluster.kind === 'management');
}

/** What waits to take the place of the management cluster; the first one where there are several. */
export function standbyCluster(topology: Topology): StandbyCluster | undefined {
    return topology.clusters.find((cluster) => cluster.kind === 'standby');
}

/** The name of a service with its namespace, whatever shorter one it is known by. */
export function qualifiedServiceName({ namespace, name }: Service): string {
    return `${namespace.value}/${name}`;
}

/** What the files declare as services: those that stand for external services are left out. */
export function servicesInside({ services }: Topology): readonly Service[] {
    return services.some(({ outside }) => outside) ? services.filter(({ outside }) => !outside) : services;
}

/** The service of that name, with its namespace or without, where one single service has it. */
export function serviceNamed(topology: Topology, text: string): Service | undefined {
    const services = servicesInside(topology);
    const known = services.find(({ shortName }) => shortName === text);
    if (known) return known;
    const fitting = services.filter((service) => service.name === text || qualifiedServiceName(service) === text);
    return fitting.length === 1 ? fitting[0] : undefined;
}

export function namesOf(needed: readonly Needed[]): readonly string[] {
    return needed.map(({ name }) => name);
}

/** What a service requires, alone or with others in its place. */
export function requiredBy({ requires, requiresOneOf }: Service): readonly Callee[] {
    return requiresOneOf ? [...requires, ...requiresOneOf.flat()] : requires;
}

/** Whether anything but the management plane runs on the cluster, so that it counts for workloads and their metrics. */
export function carriesWorkloads(cluster: Cluster): cluster is Cluster & { readonly edge: EdgeControlPlane } {
    return cluster.edge !== undefined;
}
