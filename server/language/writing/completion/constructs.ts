import { table, type Table } from '../../../knowledge/table.js';
import type { Known } from './known.js';
import { choice, field } from './snippet.js';

/** A whole declaration or item, ready to be filled in. */
export interface Construct {
    readonly label: string;
    readonly says: string;
    /** The snippet, with the names that the estate has; undefined where it would make no sense there. */
    readonly text: (known: Known) => string | undefined;
}

/** By the rule that reads them. They are offered wherever the first word of that rule is. */
export const constructs: Table<readonly Construct[]> = table({
    Header: [
        {
            label: 'topology in five lines',
            says: 'A whole estate. What it leaves unsaid has a documented default.',
            text: ({ isNew }) =>
                isNew
                    ? lines(
                          `topology ${field(1, 'demo')}`,
                          '',
                          `management cluster ${field(2, 'mgmt')}`,
                          `workload cluster ${field(3, 'east')}`,
                          `workload cluster ${field(4, 'west')}`,
                          `service ${field(5, 'shop')} on $3, $4`,
                      )
                    : undefined,
        },
    ],
    Region: [
        {
            label: 'region with zones',
            says: 'A place that can fail as a whole, and the parts of it that fail one by one.',
            text: () => `region ${field(1, 'name')} { zones ${field(2, 'a')}, ${field(3, 'b')}$0 }`,
        },
    ],
    ManagementCluster: [
        {
            label: 'management cluster with planes',
            says: 'With its stores, their backups and the secrets that a restore needs.',
            text: (known) =>
                lines(
                    `management cluster ${field(1, 'mgmt')}${inRegion(2, known)} {`,
                    '\tmanagement plane {',
                    `\t\tpostgres external { backup every ${field(3, '1h')} }`,
                    `\t\telasticsearch internal ${choice(4, ['direct', 'via front-envoy'])}`,
                    '\t\tiam-signing-key { backup }',
                    '\t\troot-ca { backup }',
                    '\t}',
                    `\tcentral control plane { listener ${choice(5, ['own', 'front-envoy'])} }`,
                    '}$0',
                ),
        },
    ],
    Copy: [
        {
            label: 'copy that is promoted by hand',
            says: 'How old it may be, and how long people need to promote it.',
            text: (known) =>
                `copy every ${field(1, '15m')}${known.isInStore ? inRegion(3, known) : ''} promoted within ${field(2, '30m')}$0`,
        },
        {
            label: 'copy that promotes itself',
            says: 'How old it may be, and after which time it has taken over at the latest.',
            text: (known) =>
                known.isInStore
                    ? `copy every ${field(1, '15m')}${inRegion(3, known)} promotes itself within ${field(2, '2m')}$0`
                    : undefined,
        },
    ],
    WorkloadCluster: [
        {
            label: 'workload cluster with gateways',
            says: 'A cluster that takes traffic from outside and from other clusters.',
            text: (known) =>
                lines(
                    `workload cluster ${field(1, 'name')}${inRegion(2, known)} {`,
                    '\tgateway ingress, east-west $1-gw',
                    '}$0',
                ),
        },
        {
            label: 'workload cluster with tier1 gateway',
            says: 'A cluster at the edge, which takes traffic from outside for several clusters.',
            text: (known) =>
                lines(`workload cluster ${field(1, 'name')}${inRegion(2, known)} {`, '\tgateway tier1 front-$1', '}$0'),
        },
    ],
    WorkloadDefaults: [
        {
            label: 'defaults for workload clusters with edge control plane',
            says: 'Said once for every workload cluster.',
            text: () =>
                lines(
                    'defaults for workload clusters {',
                    '\tedge control plane {',
                    `\t\ttoken ttl ${field(1, '1h')}`,
                    `\t\tmetrics buffer ${field(2, '1h')}`,
                    `\t\tgitops ${choice(3, ['off', 'sync', 'async'])}`,
                    '\t}',
                    '}$0',
                ),
        },
    ],
    Network: [
        {
            label: 'network with links',
            says: 'Which clusters open connections to which. With this block, what is not said is closed.',
            text: ({ clusters }) =>
                clusters.length < 2
                    ? undefined
                    : lines(
                          'network {',
                          `\t${choice(1, clusters)} ${choice(2, ['->', '<->'])} ${choice(3, rotated(clusters))}$0`,
                          '}',
                      ),
        },
    ],
    Service: [
        {
            label: 'service exposed with gslb',
            says: 'In two clusters, with a host, found by clients through DNS.',
            text: (known) =>
                known.clusters.length < 2
                    ? undefined
                    : lines(
                          `service ${field(1, 'name')} on ${twoOf(2, known.clusters)} {`,
                          `\texposed "$1.${field(4, known.domain)}"${via(5, known)} { gslb ttl ${field(6, '30s')} }`,
                          '}$0',
                      ),
        },
        {
            label: 'service with failover',
            says: 'In two clusters; callers fail over to the other one through east-west gateways.',
            text: ({ clusters }) =>
                clusters.length < 2
                    ? undefined
                    : lines(
                          `service ${field(1, 'name')} on ${twoOf(2, clusters)} {`,
                          '\tfailover east-west',
                          '\toutlier detection',
                          '}$0',
                      ),
        },
    ],
    ExternalService: [
        {
            label: 'external service with owner',
            says: 'Something outside the mesh, and whom to call when it is down.',
            text: (known) =>
                `external service ${field(1, 'name')}${inRegion(2, known)} { owner "${field(3, 'team')}" }$0`,
        },
    ],
    ManagementPlane: [
        {
            label: 'management plane with stores',
            says: 'Where the stores stand, how clusters reach the telemetry store, and what is backed up.',
            text: () =>
                lines(
                    'management plane {',
                    `\tpostgres ${choice(1, ['external', 'internal'])} { backup every ${field(2, '1h')} }`,
                    `\telasticsearch ${choice(3, ['internal', 'external'])} ${choice(4, ['direct', 'via front-envoy'])}`,
                    '\tiam-signing-key { backup }',
                    '\troot-ca { backup }',
                    '}$0',
                ),
        },
    ],
    CentralControlPlane: [
        {
            label: 'central control plane with listener',
            says: 'Who answers the edges at port 9443.',
            text: () => `central control plane { listener ${choice(1, ['own', 'front-envoy'])} }$0`,
        },
    ],
    EdgeControlPlane: [
        {
            label: 'edge control plane with clocks',
            says: 'The lives of tokens and certificates: how long an outage can last.',
            text: () =>
                lines(
                    'edge control plane {',
                    `\ttoken ttl ${field(1, '1h')}`,
                    `\tleaf certificate ttl ${field(2, '24h')}`,
                    `\tcertificate authority ${choice(3, ['own', 'central'])}`,
                    '}$0',
                ),
        },
    ],
    Gateway: [
        {
            label: 'gateway … replicas across zones',
            says: 'A gateway that is lost only when all of these zones are.',
            text: ({ zones }) =>
                zones.length < 2
                    ? undefined
                    : `gateway ${choice(1, ['ingress', 'tier1', 'east-west', 'egress', 'vm'])} ${field(2, 'name')} { replicas ${zones.length} across zones ${zones.join(', ')} }$0`,
        },
    ],
    Postgres: [
        {
            label: 'postgres with backup',
            says: 'The database of the configuration, and how much of it may be lost.',
            text: (known) => `postgres external${inRegion(1, known)} { backup every ${field(2, '1h')} }$0`,
        },
    ],
    Exposure: [
        {
            label: 'exposed … via … to',
            says: 'A host, the gateways that its clients enter by, and the clusters that they send requests to.',
            text: (known) =>
                known.gateways.length === 0
                    ? undefined
                    : `exposed "${field(1, known.host)}"${via(2, known)}${known.isOutside ? '' : ` to ${choice(3, known.homes)}`}$0`,
        },
        {
            label: 'exposed … via … with gslb',
            says: 'A host behind several entry gateways, between which DNS chooses.',
            text: (known) =>
                known.gateways.length === 0
                    ? undefined
                    : `exposed "${field(1, known.host)}"${via(2, known)} { gslb ttl ${field(3, '30s')} }$0`,
        },
    ],
    Homes: [
        {
            label: 'on … with replicas',
            says: 'A cluster, and how many copies of the service run there.',
            text: ({ newHomes }) =>
                newHomes.length === 0 ? undefined : `on ${choice(1, newHomes)} { replicas ${field(2, '3')} }$0`,
        },
    ],
    ExternalAuthorization: [
        {
            label: 'external authorization by … fails',
            says: 'Asks a server whether a request may pass, and says what happens while it is away.',
            text: ({ callees }) =>
                callees.length === 0
                    ? undefined
                    : `external authorization by ${choice(1, callees)} fails ${choice(2, ['closed', 'open'])}$0`,
        },
    ],
    RateLimit: [
        {
            label: 'rate limit by … fails',
            says: 'Asks a server whether a request is one too many, and says what happens while it is away.',
            text: ({ callees }) =>
                callees.length === 0
                    ? undefined
                    : `rate limit by ${choice(1, callees)} fails ${choice(2, ['open', 'closed'])}$0`,
        },
    ],
});

function lines(...all: readonly string[]): string {
    return all.join('\n');
}

function inRegion(number: number, { regions }: Known): string {
    return regions.length > 0 ? ` in ${choice(number, regions)}` : '';
}

function via(number: number, { gateways }: Known): string {
    return gateways.length > 0 ? ` via ${choice(number, gateways)}` : '';
}

/** Two different names to begin with. */
function twoOf(number: number, names: readonly string[]): string {
    return `${choice(number, names)}, ${choice(number + 1, rotated(names))}`;
}

function rotated(names: readonly string[]): string[] {
    return [...names.slice(1), ...names.slice(0, 1)];
}
