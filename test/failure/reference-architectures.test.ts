import { describe, expect, test } from 'vitest';
import { differencesFromPublished } from '../../server/impact/published.js';
import { marksOf, publishedMarks, publishedTable, simulated } from './check.js';

interface Architecture {
    readonly store: 'internal' | 'external';
    readonly path: 'direct' | 'via front-envoy';
    readonly listener: 'own' | 'front-envoy';
    readonly clusters: 1 | 2 | 3;
}

/** The 24 reference architectures of section 5.4. */
const architectures: Architecture[] = (['internal', 'external'] as const).flatMap((store) =>
    (['direct', 'via front-envoy'] as const).flatMap((path) =>
        (['own', 'front-envoy'] as const).flatMap((listener) =>
            ([1, 2, 3] as const).map((clusters) => ({ store, path, listener, clusters })),
        ),
    ),
);

const names = ['east', 'west', 'north'];

function text({ store, path, listener, clusters }: Architecture): string {
    const workloadClusters = names.slice(0, clusters);
    return `topology demo
        management cluster mgmt {
            management plane { elasticsearch ${store} ${path} }
            central control plane { listener ${listener} }
        }
        ${workloadClusters.map((name) => `workload cluster ${name}`).join('\n')}
        service shop on ${workloadClusters.join(', ')}`;
}

const standard: Architecture = { store: 'internal', path: 'direct', listener: 'own', clusters: 2 };
const marksWhere = (change: Partial<Architecture>, failure: string) =>
    marksOf(text({ ...standard, ...change }), [failure]);

describe('24 reference architectures', () => {
    test('exactly two of them reproduce the published table', async () => {
        const published = publishedMarks.map(([, , marks]) => marks).join('|');
        const tables = await Promise.all(architectures.map((architecture) => publishedTable(text(architecture))));
        const matching = architectures.filter((_, index) => tables[index]!.join('|') === published);
        expect(matching).toEqual([standard, { ...standard, clusters: 3 }]);
    });

    test.each([
        ['Elasticsearch through front-envoy', { path: 'via front-envoy' }, 'mp', '✅ ✅ ❌ ❌'],
        ['a shared listener', { listener: 'front-envoy' }, 'mp', '✅ ⚠️ ⚠️ ❌'],
        ['both', { path: 'via front-envoy', listener: 'front-envoy' }, 'mp', '✅ ⚠️ ❌ ❌'],
        ['Elasticsearch outside', { store: 'external' }, 'mgmt', '✅ ⚠️ ⚠️ ❌'],
        ['one cluster', { clusters: 1 }, 'east', '❌ ❌ ❌ ✅'],
        ['one cluster', { clusters: 1 }, 'east.edge', '✅ ⚠️ ❌ ✅'],
        ['one cluster', { clusters: 1 }, 'link:east/mgmt', '✅ ⚠️ ❌ ✅'],
    ] as const)('%s', async (_, change, failure, expected) => {
        expect(await marksWhere(change, failure)).toBe(expected);
    });
});

describe('the assumption that differs is named', () => {
    const blamed = async (change: Partial<Architecture>, failure: string) =>
        differencesFromPublished(await simulated(text({ ...standard, ...change }), [failure])).map(
            ({ operation, because }) => `${operation}: ${because.join(' + ')}`,
        );

    test.each([
        [{}, 'mp', []],
        [{ path: 'via front-envoy' }, 'mp', ['metricsCollection: the telemetry store is reached via front-envoy']],
        [{ path: 'via front-envoy' }, 'east', []],
        [
            { listener: 'front-envoy' },
            'mp',
            ['localClusterOperations: front-envoy serves the listener at which edges reach central'],
        ],
        [
            { store: 'external' },
            'mgmt',
            ['metricsCollection: the telemetry store stands outside the management cluster'],
        ],
        [{ clusters: 1 }, 'east.edge', ['metricsCollection: there is only one workload cluster']],
        [
            { clusters: 1 },
            'east',
            [
                'runningWorkloads: there is only one workload cluster',
                'localClusterOperations: there is only one workload cluster',
                'metricsCollection: there is only one workload cluster',
            ],
        ],
        [{ listener: 'front-envoy' }, 'front-envoy', []],
    ] as const)('%j, %s fails', async (change, failure, expected) => {
        expect(await blamed(change, failure)).toEqual(expected);
    });
});
