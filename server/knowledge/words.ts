import type { ClockId } from './clocks.js';
import type { DefaultId } from './defaults.js';
import type { SourceTag } from './sources.js';
import { table, type Table } from './table.js';

/** What a word of the language means; shown on hover and in completion. */
export interface Word {
    /** How it is written. */
    readonly form: string;
    readonly says: string;
    readonly default?: DefaultId;
    readonly clock?: ClockId;
    readonly source?: SourceTag;
    /** What single words of it mean, where the whole does not say it. */
    readonly parts?: Table<string>;
    /** What its number or duration means here; `AMOUNT` stands for it. */
    readonly amount?: string;
}

const inPlace = 'Where it stands: it is lost with its region, and with its zone where one is named.';
const inside = 'Inside the management cluster, and lost with it.';
const outside = 'A system of its own, outside the management cluster.';
const leavingBy =
    'The gateways by which these calls leave the cluster: egress gateways for what is outside the mesh, tier1 or ingress gateways on the way to a service in other clusters. One of them will do, the nearest first. Without it: the egress gateways of the own cluster, or directly; inside the mesh by east-west failover, or by a host inside.';
const byServer = 'The service that is asked.';
const failOpen = 'Requests pass while the server is away.';
const failClosed = 'Requests are refused while the server is away.';
const failMode = 'What happens to requests while the server is away.';

/** By the name of the grammar rule that reads the construct. */
export const words: Table<Word> = table({
    Header: {
        form: 'topology NAME for tsb VERSION',
        says: 'Names the estate. All files of a folder with the same name describe it together.',
        default: 'tsb-version',
        parts: table({
            for: 'The version of TSB, by which the facts are chosen that hold.',
            tsb: 'The version of TSB, by which the facts are chosen that hold.',
        }),
        amount: 'What is known of TSB AMOUNT decides the results.',
    },
    Region: { form: 'region NAME { zones a, b }', says: 'A place that can fail as a whole, with its zones.' },
    Zones: {
        form: 'zones a, b',
        says: 'Parts of the region that fail one by one. What is pinned to none of them survives the loss of one.',
    },
    ManagementCluster: {
        form: 'management cluster NAME in REGION',
        says: 'The Kubernetes cluster with the management plane and the central control plane. An estate has one.',
        source: 'scenarios',
        parts: table({
            in: inPlace,
            hosted: 'The vendor runs it, with central: stores, keys and backups are theirs, and it fails as one.',
            standby:
                'It waits in another place, and takes no part until somebody promotes it: then it does what the management cluster did. An estate has one.',
        }),
    },
    WorkloadCluster: {
        form: 'workload cluster NAME in REGION/ZONE',
        says: 'A Kubernetes cluster in which services run. Its edge control plane, istiod and link to the management cluster are implied.',
        source: 'scenarios',
        parts: table({ in: inPlace }),
    },
    ManagementPlane: {
        form: 'management plane { … }',
        says: 'The stores and secrets of the management plane, and where they stand.',
        source: 'components',
    },
    CentralControlPlane: { form: 'central control plane { … }', says: 'How edges reach central.', source: 'dataflow' },
    EdgeControlPlane: {
        form: 'edge control plane { … }',
        says: 'Settings of the edge control plane of one cluster, or of all in `defaults for workload clusters`.',
        source: 'scenarios',
    },
    DataPlane: { form: 'data plane { … }', says: 'istiod and the gateways of the cluster.', source: 'scenarios' },
    WorkloadDefaults: {
        form: 'defaults for workload clusters { … }',
        says: 'Said once for every workload cluster; a cluster that says otherwise has its own way.',
    },
    Postgres: {
        form: 'postgres external in REGION { backup every 1h }',
        says: 'The database that holds all TSB configuration. `internal`: inside the management cluster, lost with it.',
        default: 'postgres-placement',
        source: 'components',
        parts: table({ internal: inside, external: outside, in: inPlace }),
    },
    TelemetryStore: {
        form: 'elasticsearch internal direct',
        says: 'Where metrics and traces are kept, and how clusters reach it: `direct`, or `via front-envoy`, which then is on the way of all metrics.',
        default: 'telemetry-store-path',
        source: 'components',
        parts: table({
            internal: inside,
            external: outside,
            in: inPlace,
            direct: 'Each cluster sends its metrics straight to the store: they arrive while the management plane is down.',
            via: 'The way of the metrics, where it is not direct.',
            'front-envoy': 'All metrics pass the front door of the management plane, and stop with it.',
        }),
    },
    Secret: {
        form: 'iam-signing-key { backup }',
        says: 'Needed to rebuild the management plane. Without the iam-signing-key, four secrets have to be renewed on every cluster; without the same root CA, clusters trust nobody.',
        default: 'backup-unknown',
        source: 'dr-management-plane',
    },
    Copy: {
        form: 'copy every 15m in REGION promoted within 30m',
        says: 'What takes over from a store once it is promoted, or what a standby has of the configuration: what was changed since the last copy is lost then. A standby without this line shares the database of the active side.',
        source: 'active-standby-overview',
        parts: table({
            every: 'How often the copy is brought up to date. Unsaid: it follows all the time, and loses what nobody knows.',
            in: 'Where the copy of a store stands: it is lost with that place. Unsaid: with the store. That of a standby stands where the standby stands.',
            promoted: 'How long people need to promote it; nothing promotes a management cluster by itself.',
            promotes:
                'Nobody has to promote it. When the store comes back then, both take themselves for the store, until somebody decides.',
            itself: 'Nobody has to promote it. When the store comes back then, both take themselves for the store, until somebody decides.',
            within: 'How long it takes at most until it is promoted. Unsaid: nobody knows, so that nothing is taken to get better by it.',
        }),
        amount: 'AMOUNT: so old the copy is at most, or so long it takes to promote it.',
    },
    Backup: {
        form: 'backup every 1h in REGION restored within 2h',
        says: 'A copy is kept. What was changed since the last one is lost when it is needed.',
        default: 'backup-unknown',
        source: 'best-practices',
        parts: table({
            every: 'How often a copy is made.',
            in: 'Where the copy is kept: it is of no use while that place is lost.',
            restored: 'How long people need to make a new one from the copy, in another place where its own is lost.',
            within: 'How long people need to make a new one from the copy, in another place where its own is lost.',
        }),
        amount: 'AMOUNT: so old the copy is at most, or so long it takes to restore from it.',
    },
    NoBackup: {
        form: 'no backup',
        says: 'There is no copy.',
        default: 'backup-unknown',
        source: 'best-practices',
        parts: table({ no: 'There is nothing to restore from.' }),
    },
    Replicas: {
        form: 'replicas 3 across zones a, b',
        says: 'Several copies; spread over zones, they are lost only when all of these zones are, or when fewer are left than are needed: `replicas 2 of 3`.',
        parts: table({
            of: 'So many of these copies are needed: with fewer of them left it is lost. They are spread evenly over the zones, or over all zones of the region where none are named.',
            across: 'The zones over which the copies are spread.',
            zones: 'The zones over which the copies are spread.',
        }),
        amount: 'AMOUNT copies. Together they are lost only with all of the zones over which they are spread; without `across zones`, with the place in which they stand. Elasticsearch is lost as soon as no majority of them is left.',
    },
    IdentityProvider: {
        form: 'identity-provider external in REGION',
        says: 'LDAP or OIDC. Without it nobody can log in anew.',
        default: 'placement',
        source: 'components',
        parts: table({ internal: inside, external: outside, in: inPlace }),
    },
    GitOps: {
        form: 'gitops off|sync|async from EXTERNAL',
        says: '`sync`: a TSB object applied by kubectl is refused while the management plane does not answer. `async`: it is accepted, and pushed later.',
        default: 'gitops-off',
        source: 'terraform',
        parts: table({
            from: 'Where the objects are fetched: while it is away, nothing new comes.',
            off: 'TSB objects are not taken from the cluster.',
            sync: 'An object that is applied with kubectl is refused while the management plane does not answer.',
            async: 'An object that is applied with kubectl is accepted, and pushed once the management plane answers.',
        }),
    },
    NoWorkloads: {
        form: 'no workloads',
        says: 'The cluster runs nothing of its own, although no service says so: its loss takes no workloads along.',
        parts: table({ no: 'Nothing runs here.' }),
    },
    EndOfLife: {
        form: 'ttl 1y',
        says: 'How long the root lives. While it is out of reach nobody renews it; after its end nothing that it has signed is trusted.',
        amount: 'It lives for AMOUNT.',
    },
    Listener: {
        form: 'listener own|front-envoy',
        says: 'Who answers the edges at port 9443. With `front-envoy`, the loss of the front door cuts every edge off central, too.',
        default: 'xcp-listener',
        source: 'firewall',
        parts: table({
            own: 'Central answers by a service of its own: edges stay connected while the management plane is down.',
            'front-envoy': 'The front door of the management plane answers: without it no edge reaches central.',
        }),
    },
    TokenTtl: {
        form: 'token ttl DURATION',
        says: "Life of the agents' tokens. A short one means that a long outage of the management plane is felt sooner.",
        default: 'token-ttl',
        clock: 'agent-token',
        source: 'terraform',
        amount: 'Agents stay admitted for AMOUNT without the management plane; after that, one that reconnects is refused.',
    },
    LeafCertificateTtl: {
        form: 'leaf certificate ttl DURATION',
        says: 'Life of workload certificates, which istiod renews.',
        default: 'leaf-certificate-ttl',
        clock: 'leaf-certificate',
        source: 'certificates',
        amount: 'A workload certificate lives for AMOUNT; without istiod it is not renewed, and traffic fails before that time is over.',
    },
    CertificateAuthority: {
        form: 'certificate authority central|own',
        says: 'Who issues the intermediate CA of the cluster. With `central` it has to be renewed through the control plane.',
        default: 'certificate-authority',
        clock: 'cluster-ca',
        source: 'terraform',
        parts: table({
            central: 'Central issues and renews the intermediate CA of the cluster.',
            own: 'Somebody else issues it, by means that TSB does not know.',
        }),
    },
    MetricsBuffer: {
        form: 'metrics buffer DURATION',
        says: 'For how long the cluster holds metrics back while their way is cut. Then metrics are limited at first, and lost only after that.',
        default: 'metrics-buffer',
        source: 'scenarios',
        amount: 'Metrics are held back for AMOUNT while their way is cut, and lost after that.',
    },
    Gateway: {
        form: 'gateway ROLE, ROLE NAME',
        says: '`tier1` takes traffic from outside for several clusters, `ingress` for this one, `east-west` from other clusters, `egress` lets traffic out, `vm` serves virtual machines. One gateway can have several roles.',
        source: 'cluster-failover',
        parts: table({
            tier1: 'Takes traffic from outside, for several clusters.',
            ingress: 'Takes traffic from outside, for its own cluster.',
            'east-west': 'Takes traffic from other clusters; failover between clusters needs it where requests go to.',
            egress: 'Lets traffic out of the mesh.',
            vm: 'Connects virtual machines with the cluster.',
        }),
    },
    Network: {
        form: 'network { a -> b   c <-> d }',
        says: 'Which clusters open connections to which. With a block, what is not said is closed; control links to the management cluster always exist.',
        default: 'network-open',
        source: 'reachability',
    },
    Link: {
        form: 'a, b -> c   or   a <-> b',
        says: 'Connections may be opened from left to right; with `<->` in both directions. Reachability is directed in TSB.',
        source: 'reachability',
        parts: table({
            '->': 'Connections are opened from left to right only.',
            '<->': 'Connections are opened in both directions.',
        }),
    },
    Service: {
        form: 'service NAMESPACE/NAME on CLUSTER, CLUSTER',
        says: 'An application of the mesh, with the clusters in which its instances run.',
    },
    Namespace: {
        form: 'namespace NAME',
        says: 'Failover between clusters needs the same name and the same namespace in both.',
        default: 'namespace',
        source: 'east-west',
    },
    Homes: { form: 'on CLUSTER, CLUSTER', says: 'The clusters in which instances of the service run.' },
    VirtualMachines: {
        form: 'virtual machines via GATEWAY',
        says: 'The instances are virtual machines beside the cluster, configured through a VM gateway.',
        source: 'firewall',
        parts: table({
            via: 'The gateway that connects the machines; without it, the one of the cluster with the role `vm`.',
        }),
    },
    Exposure: {
        form: 'exposed "HOST" via GATEWAY to CLUSTER',
        says: 'A name under which clients outside reach the service, and the gateways that they enter by.',
        source: 'cluster-failover',
        parts: table({
            inside: 'Only the mesh knows this name: requests enter these gateways from its clusters, and not from outside. Callers with no other way to the service come by it (inferred).',
            via: 'The gateways at which clients enter. Without it: the ingress gateways of its clusters.',
            through:
                'A hop on the way from the entry gateways to the clusters of the service: one of these gateways will do.',
            to: 'The clusters to which requests go, or the ingress gateways there that have the host. Without it: all of its clusters with an ingress gateway.',
        }),
    },
    Target: {
        form: 'to CLUSTER.GATEWAY weight N',
        says: 'Where an entry gateway sends requests: to one ingress gateway of a cluster, or to any of them where none is named. Weights are strict: no health check, no failover.',
        source: 'cluster-failover',
        parts: table({ weight: 'The share of this target among all weights of the line.' }),
        amount: 'AMOUNT of the sum of all weights in the line go to this target, also while it is down.',
    },
    Gslb: {
        form: 'gslb by EXTERNAL ttl DURATION',
        says: 'Global load balancing by DNS in front of the entry gateways. Clients keep the address of one that is down until the answer expires.',
        default: 'gslb-ttl',
        source: 'cluster-failover',
        parts: table({
            by: 'While this is away nobody can move the clients: those of a gateway that is down stay there.',
        }),
        amount: 'Clients keep the address of a gateway that is down for up to AMOUNT.',
    },
    Calls: {
        form: 'calls SERVICE, SERVICE',
        says: 'Needed for part of the answers: without it the service is limited, one hop up.',
        parts: table({ through: leavingBy }),
    },
    Requires: {
        form: 'requires NAME   or   requires NAME to start   or   requires NAME every 20m ttl 1h',
        says: 'A service cannot serve without it, all the way up; anything else goes down with it. `to start`: only what starts needs it. `every`: what it gives is worth something for its `ttl`.',
        parts: table({
            through: leavingBy,
            or: 'One of them will do.',
            to: 'Needed only when something starts.',
            start: 'Needed only when something starts.',
            every: 'It is asked again and again: without it, what was got last runs out.',
            ttl: 'For so long what was got is worth something; unless said, until it is asked again.',
        }),
        amount: 'AMOUNT.',
    },
    Failover: {
        form: 'failover east-west   or   no failover',
        says: 'Callers fail over to other clusters through east-west gateways. It has to be configured in TSB.',
        default: 'east-west-failover-off',
        source: 'east-west',
        parts: table({
            no: 'Callers do not fail over to other clusters.',
            'east-west': 'Callers fail over through the east-west gateway of another cluster.',
        }),
    },
    OutlierDetection: {
        form: 'outlier detection   or   no outlier detection',
        says: 'How a target that is down is noticed, within 60 s. Without it east-west failover does not happen.',
        default: 'outlier-detection-on',
        source: 'cluster-failover',
        parts: table({ no: 'Nobody notices that a target is down, so that callers do not fail over.' }),
    },
    ExternalAuthorization: {
        form: 'external authorization by SERVICE fails closed|open',
        says: 'Asks a server whether a request may pass. While it is away, requests are refused unless it fails open.',
        default: 'external-authorization-closed',
        source: 'envoy-ext-authz',
        parts: table({ by: byServer, fails: failMode, open: failOpen, closed: failClosed }),
    },
    RateLimit: {
        form: 'rate limit by SERVICE fails open|closed',
        says: 'Asks a server whether a request is one too many. While it is away, requests pass unless it fails closed.',
        default: 'rate-limit-open',
        source: 'terraform',
        parts: table({ by: byServer, fails: failMode, open: failOpen, closed: failClosed }),
    },
    ExternalService: {
        form: 'external service NAME in PLACE, PLACE',
        says: 'Something outside the mesh: a SaaS, a database, a DNS provider. In several places it is lost with all of them, or when fewer copies are left there than are needed: `replicas 2 of 3`.',
        parts: table({ in: inPlace }),
    },
    SharedFate: {
        form: 'shared fate NAME of THING, THING',
        says: 'What fails together, for whatever reason: a provider, an image, a rack. It can be made to fail, and no redundancy helps whose members share it.',
        parts: table({ of: 'What fails with it.' }),
    },
    About: {
        form: 'about THING { … }',
        says: 'Says more of something that is declared elsewhere, such as in a file that import writes anew each time. Lists add up; a single value that is said by hand holds over an imported one.',
    },
    Scenario: {
        form: 'scenario "TEXT" { at 0m fail THING   expect THING unaffected }',
        says: 'What happens, when, and what is expected then. It is run while you type, and by `tsbtopo check`.',
    },
    ScenarioLine: {
        form: 'at TIME …',
        says: 'When it happens: so long after the beginning (`30m`), or at that time of the clock (`14:05`). Without it: at the beginning; of an expectation: all the time.',
        amount: 'AMOUNT after the beginning.',
    },
    Failing: {
        form: 'fail THING, THING for DURATION',
        says: 'These things fail, all at once. `any cluster` tries each of them.',
        parts: table({ for: 'They are repaired after so long.' }),
        amount: 'They are repaired after AMOUNT.',
    },
    Step: {
        form: 'recover THING   or   restart, promote, deploy, scale',
        says: '`recover`: it is available again. `restart`: it stops and starts again, with all that it needs to start. `promote`: what stands by takes the place of the other. `deploy` and `scale`: people do that then, and it has to be possible.',
        parts: table({
            recover: 'It is available again.',
            restart: 'It stops and starts again, with all that it needs to start.',
            promote:
                'What stands by takes the place of the other, from then on; where that cannot be, it is refused, and the scenario is not kept.',
            deploy: 'A new version is deployed then: it has to be possible wherever the thing stands.',
            scale: 'More pods are started then: it has to be possible wherever the thing stands.',
            to: 'So many replicas are wanted.',
        }),
        amount: 'So many replicas are wanted: AMOUNT.',
    },
    Expectation: {
        form: 'expect THING not lost',
        says: 'The worst that is seen of them: in the whole scenario, or from a time on until the next thing happens.',
        parts: table({
            not: 'Anything but this.',
            unaffected: 'Whoever uses it is served in full.',
            limited: 'Some of it is lost, or it answers in part.',
            lost: 'All of it is lost.',
            live: 'What is written reaches the cluster.',
            queued: 'What is written waits for the cluster.',
            frozen: 'Nothing can be written for the cluster.',
            stale: 'The cluster has missed something.',
            possible: 'Said of what people do, such as `deployments on east`: they can, perhaps with a reservation.',
            impossible: 'Said of what people do: it is refused.',
        }),
    },
    Objective: {
        form: 'objective THING survives any cluster failure',
        says: 'What is promised about failures. It is judged while you type, and by `tsbtopo check`; a broken one tells the smallest failure that breaks it.',
    },
    Survival: {
        form: 'survives any zone failure for 24h',
        says: 'Nobody who uses it loses a request for good, at once and for as long as is said. Another region and the time in which requests move are allowed; so is what it only `calls`.',
        parts: table({
            survive: 'Nobody who uses them loses a request for good.',
            partly: 'Something of it is left: it is not lost as a whole.',
            for: 'So long the failure lasts: clocks run meanwhile.',
        }),
        amount: 'The failure lasts for AMOUNT.',
    },
    Recovery: {
        form: 'recovers within 2m from any cluster failure',
        says: 'Nobody who uses it is away for longer, with the failure still there. What has to be restored cannot be judged, unless the file says how long that takes.',
        parts: table({ recover: 'Nobody who uses them is away for longer, with the failure still there.' }),
        amount: 'After AMOUNT everybody is served again.',
    },
    LossBound: {
        form: 'loses at most 1h from any region failure',
        says: 'What is lost of a store is no older than that: the age of the backup that survives.',
        parts: table({ lose: 'What is lost of them is no older than that.' }),
        amount: 'No more than AMOUNT of changes are lost.',
    },
    Acceptance: {
        form: 'accept CODE because "REASON" until DAY',
        says: 'A risk that is taken: it stays visible as a hint, until that day. In a block it is about what the block is about, at the top about the whole estate.',
        parts: table({
            because: 'Why it is taken.',
            until: 'The last day on which it is accepted, such as 2027-03-31.',
        }),
    },
    AcceptedFailure: {
        form: 'accept THING because "REASON" until DAY',
        says: 'This failure is left out of the objective, until that day.',
        parts: table({
            because: 'Why it is taken.',
            until: 'The last day on which it is accepted, such as 2027-03-31.',
        }),
    },
    Choice: {
        form: 'any 2 failures in REGION   or   every host with tier gold',
        says: '`any`: each choice of so many, one after the other. `every`: each of them.',
        amount: 'Each choice of AMOUNT of them, at once.',
        parts: table({
            any: 'Each choice of so many, one after the other.',
            every: 'Each of them.',
            with: 'Only those with this label.',
            in: 'Only what stands there.',
        }),
    },
    Owner: { form: 'owner "TEAM"', says: 'Whom to call.' },
    Labels: { form: 'labels KEY "VALUE"', says: 'Marks of your own, carried along into reports.' },
});
