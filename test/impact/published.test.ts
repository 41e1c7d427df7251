import { describe, expect, test } from 'vitest';
import { differenceSentence, differencesFromPublished, publishedAssumptions } from '../../server/impact/published.js';
import { estate } from '../fixture.js';
import { publishedArchitecture, simulated } from '../failure/check.js';
import { twoClusters } from './tell.js';

async function differences(text: string, failures: string): Promise<string[]> {
    return differencesFromPublished(await simulated(text, failures.split(' '))).map(differenceSentence);
}

const edges = (settings: string) => `defaults for workload clusters { edge control plane { ${settings} } }`;

describe('where an estate differs, the decisive difference is named', () => {
    test.each([
        [
            'one that decides',
            twoClusters('elasticsearch via front-envoy  postgres internal'),
            'mp',
            [
                'Metrics collection: ❌ here, ⚠️ on the published page, because the telemetry store is reached via front-envoy.',
            ],
        ],
        [
            'two of which each would do',
            twoClusters('', 'listener front-envoy', edges('gitops sync  metrics buffer 1h')),
            'mp',
            [
                'Local cluster operations: ⚠️ here, ✅ on the published page, because front-envoy serves the listener at which edges reach central, and because clusters push through GitOps.',
            ],
        ],
        [
            'one that decides, beside one that does not',
            twoClusters('elasticsearch via front-envoy', '', edges('metrics buffer 1h')),
            'mgmt',
            ['Metrics collection: ⚠️ here, ❌ on the published page, because a metrics buffer is declared.'],
        ],
        [
            'a workload on the management cluster',
            'management cluster mgmt\nworkload cluster east\nworkload cluster west\nservice shop on mgmt, east',
            'mgmt',
            [
                'Running workloads: ⚠️ here, ✅ on the published page, because workloads or gateways stand on the management cluster.',
            ],
        ],
    ])('%s', async (_, text, failure, expected) => {
        expect(await differences(text, failure)).toEqual(expected);
    });
});

describe('nothing is said', () => {
    test.each([
        ['of the published architecture', publishedArchitecture, 'mp'],
        ['where a difference changes no mark', twoClusters('elasticsearch via front-envoy'), 'east'],
        ['of failures of which the page says nothing', twoClusters('elasticsearch via front-envoy'), 'front-envoy'],
        ['of several failures', twoClusters('elasticsearch via front-envoy'), 'mp east'],
        ['without a management cluster', 'workload cluster east', 'east'],
    ])('%s', async (_, text, failures) => {
        expect(await differences(text, failures)).toEqual([]);
    });
});

test('each assumption of the page can be given up, and be restored', async () => {
    const differing: Record<string, string> = {
        'telemetry-store-internal': twoClusters('elasticsearch external'),
        'telemetry-store-direct': twoClusters('elasticsearch via front-envoy'),
        'listener-own': twoClusters('', 'listener front-envoy'),
        'gitops-off': twoClusters('', '', edges('gitops')),
        'metrics-unbuffered': twoClusters('', '', edges('metrics buffer 1h')),
        'postgres-external': twoClusters('postgres internal'),
        'several-workload-clusters': 'management cluster mgmt\nworkload cluster east',
        'management-cluster-without-workloads': 'management cluster mgmt { gateway tier1 }\nworkload cluster east',
    };
    expect(Object.keys(differing).sort()).toEqual(publishedAssumptions.map(({ id }) => id).sort());
    const { topology: published } = await estate(publishedArchitecture);
    for (const assumption of publishedAssumptions) {
        const { topology } = await estate(differing[assumption.id]!);
        const held = [published, topology, assumption.restored(topology)].map((each) => assumption.holds(each));
        expect([assumption.id, ...held]).toEqual([assumption.id, true, false, true]);
    }
});
