import { describe, expect, test } from 'vitest';
import { estateOf, told, twoClusters } from './tell.js';

describe('one cluster, several, or all', () => {
    const three = estateOf('a b c', 'service shop on a, b, c\nservice solo on a');
    test.each([
        ['a', 'localClusterOperations', 'No change can be made on a: it is down.'],
        ['a b', 'localClusterOperations', 'No change can be made on a and b: they are down.'],
        ['a.kubernetes-api', 'localClusterOperations', 'No kubectl on a.'],
        [
            'a.edge',
            'localClusterOperations',
            'a no longer hears of service changes on other clusters, and keeps the endpoints that it knows.',
        ],
        [
            'a.edge b.edge',
            'localClusterOperations',
            'a and b no longer hear of service changes on other clusters, and keep the endpoints that they know.',
        ],
        [
            'central',
            'localClusterOperations',
            'No cluster hears of service changes on the others any more; each keeps the endpoints that it knows.',
        ],
        [
            'a.istiod',
            'localClusterOperations',
            "New pods are refused on a, as istiod's webhooks do not answer; running pods stay.",
        ],
        ['a.edge', 'metricsCollection', 'No metrics from a.'],
        ['a.edge b', 'metricsCollection', 'No metrics from b and a.'],
        ['link:a/mgmt', 'metricsCollection', 'a collects and queues its own;'],
        ['link:a/mgmt link:b/mgmt', 'metricsCollection', 'a and b collect and queue theirs;'],
        ['mgmt', 'metricsCollection', 'The clusters collect and queue theirs;'],
        ['a.otel-collector', 'metricsCollection', "only the telemetry of TSB's own components is lost, from a."],
        ['mp', 'metricsCollection', "only the telemetry of TSB's own components is lost, from every cluster."],
        ['a', 'managementOperations', 'Changes for a are queued, and applied when it is back; all others arrive.'],
        [
            'a b',
            'managementOperations',
            'Changes for a and b are queued, and applied when they are back; all others arrive.',
        ],
        [
            'link:a/mgmt',
            'managementOperations',
            'Changes for a are queued, and applied when it can be reached again; all others arrive.',
        ],
        ['a link:b/mgmt', 'managementOperations', 'applied when they can be reached again; all others arrive.'],
        ['a b c', 'managementOperations', 'queue up: none reaches a cluster for now.'],
        ['mp', 'managementOperations', 'Every cluster runs on with the configuration that it has.'],
        ['mp a', 'managementOperations', 'Every other cluster runs on with the configuration that it has.'],
    ] as const)('%s: %s', async (failures, operation, sentence) => {
        expect((await told(three, failures))[operation]).toContain(sentence);
    });
});

describe('nothing is said that is not so', () => {
    const three = estateOf('a b c');
    const one = estateOf('a');
    const withoutManagement = 'workload cluster a\nworkload cluster b';
    test.each([
        ['others, where all are touched', three, 'a b c', 'localClusterOperations', /Other clusters/],
        [
            'others, where they are partly configured',
            three,
            'postgres a',
            'localClusterOperations',
            /Other clusters are not touched/,
        ],
        ['others, where there are none', one, 'a', 'metricsCollection', /Other clusters/],
        ['other clusters, where there is one', one, 'a.edge', 'localClusterOperations', /other clusters|the others/],
        ['each other, where there is one', one, 'mpc', 'localClusterOperations', /each other/],
        ['every cluster, where there is one', one, 'mp', 'runningWorkloads', /every cluster/],
        ['every cluster, where one is down', `${three}\nservice s on a`, 'b', 'runningWorkloads', /in every cluster/],
        [
            'kubectl on the management cluster, which is down',
            three,
            'mgmt',
            'localClusterOperations',
            /kubectl works everywhere/,
        ],
        ['kubectl where there is none', three, 'a.kubernetes-api', 'localClusterOperations', /kubectl works/],
        ['that dead clusters run on', three, 'mp a b c', 'managementOperations', /runs on/],
        [
            'that all is read, where it is not',
            three,
            'elasticsearch mpc',
            'managementOperations',
            /can be read as before/,
        ],
        ['that the store is gone, where it is not', three, 'link:a/mgmt', 'metricsCollection', /is gone/],
        [
            'discovery, where nobody passes it on',
            withoutManagement,
            'a.istiod',
            'localClusterOperations',
            /hears|learning/,
        ],
        [
            'a second time that parts of a dead cluster are down',
            three,
            'a',
            'localClusterOperations',
            /kubectl|pods|endpoints/,
        ],
    ] as const)('%s', async (_, text, failures, operation, untrue) => {
        expect((await told(text, failures))[operation]).not.toMatch(untrue);
    });
});

describe('dashboards, UI, Git and logins', () => {
    const text = twoClusters('identity-provider  gitops');
    test.each([
        ['elasticsearch', /Dashboards stay empty; configuration can be read and changed/],
        ['mp.oap', /Dashboards stay empty/],
        ['web', /The web UI does not answer; API and tctl do/],
        ['mp.gitops', /Nothing comes in from Git; UI, API and tctl work/],
        ['identity-provider', /Nobody can log in anew/],
        ['mpc', /Changes are accepted and stored, but queue up/],
        ['teamsync', /^Configuration can be read and changed, and changes arrive everywhere\.$/],
        ['front-envoy', /can be neither changed nor read/],
        ['postgres', /can be neither changed nor read/],
    ])('%s', async (failure, sentence) => {
        expect((await told(text, failure)).managementOperations).toMatch(sentence);
    });
});

describe('metrics buffers', () => {
    const buffered = (a: string, b: string) =>
        `management cluster mgmt
        workload cluster a { edge control plane { ${a} } }
        workload cluster b { edge control plane { ${b} } }`;
    test.each([
        [
            'metrics buffer 90m',
            'metrics buffer 90m',
            'mgmt',
            'Metrics of a and b are held back for 1 h 30 min, and lost after that.',
        ],
        [
            'metrics buffer 1h',
            'metrics buffer 2d',
            'mgmt',
            'Metrics of a and b are held back for at least 1 h, and lost after that.',
        ],
        ['metrics buffer 1h', '', 'mgmt', 'Metrics of a are held back for 1 h, and lost after that.'],
        ['metrics buffer 1h', '', 'mgmt', 'Metrics of b do not arrive: Elasticsearch is down.'],
        ['metrics buffer 1h', '', 'a.oap', 'No metrics from a.'],
    ])('%s | %s: %s', async (a, b, failure, sentence) => {
        expect((await told(buffered(a, b), failure)).metricsCollection).toContain(sentence);
    });
});

describe('estates that are not complete', () => {
    test.each([
        ['workload cluster a', 'a', 'managementOperations', 'The estate has no management cluster yet.'],
        ['workload cluster a', 'a', 'metricsCollection', 'There is nothing to collect yet.'],
        ['management cluster mgmt', 'mgmt', 'localClusterOperations', 'There is no workload cluster yet.'],
        ['management cluster mgmt', 'mgmt', 'metricsCollection', 'There is nothing to collect yet.'],
    ] as const)('%s: %s fails', async (text, failure, operation, sentence) => {
        expect((await told(text, failure))[operation]).toBe(sentence);
    });
});

test('a management cluster that carries workloads counts as one of the clusters', async () => {
    const text = 'management cluster mgmt { gateway tier1 }\nworkload cluster a';
    const story = await told(text, 'mgmt');
    expect(story.localClusterOperations).toContain('No change can be made on mgmt: it is down.');
    expect(story.managementOperations).toContain('Every other cluster runs on');
});

test('every story has a sentence, and every sentence ends', async () => {
    const text = twoClusters('identity-provider  gitops', '', 'region us');
    for (const failure of [
        'east',
        'mgmt',
        'mp',
        'central',
        'region:us',
        'east.edge',
        'shop',
        'link:east/west',
        'iam-signing-key',
    ]) {
        for (const story of Object.values(await told(text, failure))) expect(story).toMatch(/^[^ ].*\.$/);
    }
});
