import { describe, expect, test } from 'vitest';
import { explainer, heldRedundancies } from '../../server/failure/explain.js';
import { causeLine } from '../../server/impact/causes.js';
import { reportOf, type BecauseReport } from '../../server/impact/report.js';
import { plain } from '../../server/encoding/markdown.js';
import type { FlowId } from '../../server/knowledge/flows.js';
import { sources } from '../../server/knowledge/sources.js';
import { scenario, simulated } from '../failure/check.js';
import { twoClusters } from './tell.js';

/** The facet that is lost, and why. */
async function because(text: string, failures: string, flow: FlowId, cluster?: string) {
    const outcome = await simulated(text, failures.split(' '));
    const effect = outcome.effects.find(({ facet }) => facet.flow === flow && facet.scope.cluster === cluster);
    if (!effect) throw new Error(`${flow} of ${cluster} is not lost`);
    return explainer(outcome)(effect.node);
}

interface Step {
    readonly text: string;
    readonly depth: number;
    readonly rule: string;
    readonly source: string;
    readonly confidence: string;
}

/** The steps of a chain as a report tells them, from what is lost to what was made to fail. */
async function chain(text: string, failures: string, flow: FlowId, scope = 'estate'): Promise<Step[]> {
    const { effects } = reportOf(await scenario(text, failures.split(' ')));
    const effect = effects.find((each) => each.facet === flow && each.scope === scope)!;
    const steps = (because: readonly BecauseReport[], depth: number): Step[] =>
        because.flatMap(({ source, because: causes, ...step }) => [
            { ...step, depth, source: source.title },
            ...steps(causes, depth + 1),
        ]);
    return steps(effect.because, 0);
}

const proxied = twoClusters('elasticsearch via front-envoy', 'listener front-envoy');

describe('a chain leads from the facet to what was made to fail', () => {
    test('metrics, through front-envoy', async () => {
        const steps = await chain(proxied, 'mp', 'application-metrics', 'east');
        expect(
            steps.map(({ depth, rule, source, confidence, text }) => [depth, rule, source, confidence, text]),
        ).toEqual([
            [0, 'R2', sources.firewall.title, 'certain', expect.stringMatching(/^Requests to the management plane: /)],
            [1, 'R2', sources.firewall.title, 'certain', expect.stringMatching(/^front-envoy: /)],
            [2, 'R1', sources.components.title, 'certain', 'The management plane: it is part of it'],
        ]);
    });

    test.each<[string, FlowId, string | undefined, string]>([
        ['mp', 'endpoint-sync', 'east', 'front-envoy ← the management plane'],
        ['mp', 'application-metrics', 'west', 'front-envoy ← the management plane'],
        ['mgmt', 'application-metrics', 'east', 'Elasticsearch ← mgmt'],
        ['mgmt', 'write', undefined, 'the TSB API server ← the management plane ← mgmt'],
        ['postgres', 'write', undefined, 'the TSB API server ← Postgres'],
        ['iam', 'write', undefined, 'iam'],
        ['east', 'kubectl', 'east', 'the Kubernetes API of east ← east'],
        ['east.kubernetes-api', 'endpoint-sync', 'east', 'the XCP edge of east ← the Kubernetes API of east'],
        ['link:east/mgmt', 'endpoint-sync', 'east', 'the link from east to mgmt ← the link between east and mgmt'],
        ['east.istiod', 'pod-admission', 'east', 'istiod of east'],
    ])('%s fails: %s of %s ← %s', async (failure, flow, cluster, line) => {
        expect(plain(causeLine(await because(proxied, failure, flow, cluster)))).toBe(line);
    });

    test('a step that is known less well says so', async () => {
        const gitops = 'defaults for workload clusters { edge control plane { gitops sync } }';
        const steps = await chain(twoClusters('gitops', '', gitops), 'mp.gitops', 'management-gitops-channel');
        expect(steps.map(({ confidence }) => confidence)).toEqual(['likely']);
    });
});

describe('several causes', () => {
    test('that take something along only together are told side by side', async () => {
        const text = 'region us { zones a, b, c }\nmanagement cluster mgmt\nworkload cluster east in us';
        const steps = await chain(text, 'zone:us/a zone:us/c', 'kubectl', 'east');
        const zones = steps.filter(({ text }) => /^Zone us\/[ac]: /.test(text));
        expect(zones).toHaveLength(2);
        expect(new Set(zones.map(({ depth }) => depth)).size).toBe(1);
    });

    test('of which each would do are not all told', async () => {
        expect(plain(causeLine(await because(proxied, 'east mgmt', 'kubectl', 'east')))).toBe(
            'the Kubernetes API of east ← east',
        );
    });
});

describe('what held, and thanks to what', () => {
    const spread = `region us { zones a, b, c }
management cluster mgmt { management plane { elasticsearch external in us { replicas 3 across zones a, b, c } } }
workload cluster east in us/a
workload cluster west in us/b
service shop on east, west`;
    test.each([
        ['east', [['shop', 'west', 'east']]],
        [
            'zone:us/a',
            [
                ['shop', 'west', 'east'],
                ['store:elasticsearch', 'zone:us/b zone:us/c', 'zone:us/a'],
            ],
        ],
        ['zone:us/c', [['store:elasticsearch', 'zone:us/a zone:us/b', 'zone:us/c']]],
        // one member of three is no majority
        ['zone:us/b zone:us/c', [['shop', 'east', 'west']]],
        ['region:us', []],
        ['east west', []],
        ['service:shop', []],
        ['mp', []],
    ])('%s fails', async (failures, expected) => {
        const held = heldRedundancies(await simulated(spread, failures.split(' ')));
        expect(
            held.map(({ element, service, by, lost }) => [
                element?.name ?? service,
                by.map(({ name }) => name).join(' '),
                lost.map(({ name }) => name).join(' '),
            ]),
        ).toEqual(expected);
    });
});
