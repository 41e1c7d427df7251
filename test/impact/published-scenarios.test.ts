import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../server/knowledge/operations.js';
import { publishedArchitecture } from '../failure/check.js';
import { told, twoClusters } from './tell.js';

const reference = readFileSync(new URL('../../examples/reference.tsbtopo', import.meta.url), 'utf8');

/** What the published page says of each scenario, condition by condition, as patterns of our own words. */
const scenarios: readonly (readonly [failure: string, says: Partial<Record<Operation, readonly RegExp[]>>])[] = [
    [
        'east',
        {
            runningWorkloads: [
                /runs? in (1 of 2|fewer) clusters/,
                /runs? in 1 of 2 clusters: |users notice nothing/,
                /other clusters are not touched/,
            ],
            localClusterOperations: [/No change can be made on east/, /Other clusters are not touched/],
            metricsCollection: [/No metrics from east/, /Other clusters are not touched/],
            managementOperations: [/Changes for east are queued, and applied when it is back/, /all others arrive/],
        },
    ],
    [
        'east.edge',
        {
            runningWorkloads: [/Everything that runs goes on running, in every cluster/],
            localClusterOperations: [
                /kubectl works everywhere/,
                /New workloads on east may run partially configured/,
                /policies that the cluster has stored apply; .*namespace-targeted and fine-grained ones do not arrive/,
                /east no longer hears of service changes on other clusters/,
            ],
            metricsCollection: [/No metrics from east/, /Other clusters are not touched/],
            managementOperations: [/Changes for east are queued, and applied when/, /all others arrive/],
        },
    ],
    [
        'link:east/mgmt',
        {
            runningWorkloads: [/Everything that runs goes on running, in every cluster/],
            localClusterOperations: [
                /kubectl works everywhere/,
                /New workloads on east may run partially configured/,
                /east no longer hears of service changes/,
            ],
            metricsCollection: [/east collects and queues its own/, /a long outage loses some/],
            managementOperations: [/Changes for east are queued, and applied when/, /all others arrive/],
        },
    ],
    [
        'central',
        {
            runningWorkloads: [/Everything that runs goes on running, in every cluster/],
            localClusterOperations: [
                /kubectl works everywhere/,
                /New workloads in every cluster may run partially configured/,
                /No cluster hears of service changes on the others/,
            ],
            metricsCollection: [/^Metrics of every cluster arrive\.$/],
            managementOperations: [/can be read as before/, /accepted and stored, but queue up/],
        },
    ],
    [
        'mp',
        {
            runningWorkloads: [/Everything that runs goes on running, in every cluster/],
            localClusterOperations: [
                /kubectl works everywhere/,
                /New workloads in every cluster may run partially configured/,
                /clusters keep learning of service changes on each other/,
            ],
            metricsCollection: [
                /Elasticsearch stays reachable, so application metrics arrive/,
                /own components is lost/,
            ],
            managementOperations: [/neither changed nor read: UI, API, tctl and GitOps/],
        },
    ],
    [
        'mgmt',
        {
            runningWorkloads: [/Everything that runs goes on running, in every cluster/],
            localClusterOperations: [
                /kubectl works on every workload cluster, not on mgmt/,
                /policies that the cluster has stored apply/,
                /No cluster hears of service changes on the others/,
            ],
            metricsCollection: [/No metrics arrive from any cluster: Elasticsearch is down/],
            managementOperations: [/neither changed nor read: UI, API, tctl and GitOps/],
        },
    ],
];

describe.each([
    ['five lines', publishedArchitecture],
    ['the reference', reference],
])('everything that the page says, on %s', (_, text) => {
    test.each(scenarios)('%s fails', async (failure, says) => {
        const story = await told(text, failure);
        for (const [operation, patterns] of Object.entries(says)) {
            for (const pattern of patterns) expect(story[operation as Operation]).toMatch(pattern);
        }
    });
});

describe('what the page says under a condition comes out with the condition evaluated', () => {
    const sync = 'defaults for workload clusters { edge control plane { gitops sync } }';
    const async = 'defaults for workload clusters { edge control plane { gitops async } }';
    const buffered = 'defaults for workload clusters { edge control plane { metrics buffer 2h } }';
    test.each<[string, string, string, Operation, RegExp, boolean]>([
        [
            'GitOps, where it is on',
            twoClusters('', '', sync),
            'east.edge',
            'localClusterOperations',
            /TSB objects is refused on east/,
            true,
        ],
        [
            'GitOps, where it is on',
            twoClusters('', '', sync),
            'link:east/mgmt',
            'localClusterOperations',
            /refused on east/,
            true,
        ],
        [
            'GitOps, where it is on',
            twoClusters('', '', sync),
            'mp',
            'localClusterOperations',
            /refused on east and west/,
            true,
        ],
        ['GitOps, where it is off', twoClusters(), 'east.edge', 'localClusterOperations', /GitOps/, false],
        [
            'GitOps that only queues',
            twoClusters('', '', async),
            'east.edge',
            'localClusterOperations',
            /refused/,
            false,
        ],
        [
            'Elasticsearch through front-envoy',
            twoClusters('elasticsearch via front-envoy'),
            'mp',
            'metricsCollection',
            /No metrics arrive from any cluster/,
            true,
        ],
        [
            'Elasticsearch outside',
            twoClusters('elasticsearch external'),
            'mgmt',
            'metricsCollection',
            /Elasticsearch stays reachable/,
            true,
        ],
        ['Elasticsearch by itself', twoClusters(), 'elasticsearch', 'metricsCollection', /Elasticsearch is down/, true],
        ['BanyanDB', twoClusters('banyandb'), 'mgmt', 'metricsCollection', /BanyanDB is down/, true],
        [
            'endpoints, with a shared listener',
            twoClusters('', 'listener front-envoy'),
            'mp',
            'localClusterOperations',
            /No cluster hears of service changes/,
            true,
        ],
        [
            'the queue of metrics, where its length is known',
            twoClusters('', '', buffered),
            'link:east/mgmt',
            'metricsCollection',
            /Metrics of east are held back for 2 h, and lost after that/,
            true,
        ],
        [
            'the collectors of the cluster, where they live',
            twoClusters(),
            'east.xcp-edge',
            'metricsCollection',
            /^Metrics of every cluster arrive\.$/,
            true,
        ],
        [
            'the collectors alone',
            twoClusters(),
            'east.oap',
            'localClusterOperations',
            /kubectl works everywhere, and clusters keep learning/,
            true,
        ],
    ])('%s: %#', async (_, text, failure, operation, pattern, isSaid) => {
        expect(pattern.test((await told(text, failure))[operation])).toBe(isSaid);
    });
});
