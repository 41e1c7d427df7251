import { describe, expect, test } from 'vitest';
import { codesOf, said } from './traffic-check.js';

describe('telemetry-through-front-envoy', () => {
    test('is said', async () => {
        const text = `management cluster mgmt { management plane { elasticsearch internal via <|front-envoy|> } }`;
        expect(await said(text, 'telemetry-through-front-envoy')).toEqual([
            {
                severity: 'info',
                message:
                    'Metrics reach Elasticsearch through front-envoy, so a failure of the management plane ends metrics of all clusters; the published scenarios lose only a part of them. Where metrics matter in such a failure, give them a way of their own: `direct`.',
                at: 0,
                related: [],
            },
        ]);
    });

    test.each(['elasticsearch internal direct', 'elasticsearch internal', 'banyandb internal', ''])(
        'not of `%s`',
        async (store) => {
            const text = `management cluster mgmt { management plane { ${store} } }`;
            expect(await said(text, 'telemetry-through-front-envoy')).toEqual([]);
        },
    );
});

/** Two workload clusters with an edge control plane as given, and a management plane of which nothing is told. */
const clusters = (defaults: string, east: string) => `
    management cluster mgmt { management plane { elasticsearch internal direct } }
    defaults for workload clusters { edge control plane { ${defaults} } }
    workload cluster east { ${east} }
    workload cluster west`;

describe('short-token-ttl', () => {
    const message = (ttl: string) =>
        `Tokens of the agents live ${ttl} only (1 h unless set): when the management plane is away for longer, an agent that reconnects is refused until it is back. Let them live longer than the longest outage that you want to bridge.`;

    test('each line that says so, and the defaults once for all clusters', async () => {
        const text = clusters('<|token ttl 30m|>', 'edge control plane { <|token ttl 59m|> }');
        expect((await said(text, 'short-token-ttl')).sort((a, b) => Number(a.at) - Number(b.at))).toEqual([
            { severity: 'info', message: message('30 min'), at: 0, related: [] },
            { severity: 'info', message: message('59 min'), at: 1, related: [] },
        ]);
    });

    test('not of the default, said or not, or of more', async () => {
        expect(await codesOf(clusters('', ''))).toEqual([]);
        expect(await codesOf(clusters('token ttl 1h', 'edge control plane { token ttl 24h }'))).toEqual([]);
    });
});

describe('gitops-sync-in-incident', () => {
    const message = (names: string) =>
        `GitOps of ${names} is in sync mode: while the management plane is away, \`kubectl apply\` of TSB objects is refused there, in the midst of an incident. \`gitops async\` accepts them, and pushes them later.`;

    test('of one cluster', async () => {
        const text = clusters('gitops async', 'edge control plane { <|gitops sync|> }');
        expect(await said(text, 'gitops-sync-in-incident')).toEqual([
            { severity: 'info', message: message(`'east'`), at: 0, related: [] },
        ]);
    });

    test('of all, where the defaults say so', async () => {
        expect(await said(clusters('<|gitops sync|>', ''), 'gitops-sync-in-incident')).toEqual([
            { severity: 'info', message: message(`'east' and 'west'`), at: 0, related: [] },
        ]);
    });

    test('also where no mode is said', async () => {
        const [own] = await said(clusters('', '<|edge control plane { gitops }|>'), 'gitops-sync-in-incident');
        expect(own).toMatchObject({ at: 0, message: message(`'east'`) });
        const all = await said(
            clusters('gitops', '').replace('cluster east', 'cluster <|east|>'),
            'gitops-sync-in-incident',
        );
        expect(all).toMatchObject([{ at: 0, message: message(`'east' and 'west'`) }]);
    });

    test('not of GitOps that is off, async, or of the management plane', async () => {
        expect(await codesOf(clusters('gitops async', 'edge control plane { gitops off }'))).toEqual([]);
        const management = `management cluster mgmt { management plane { gitops  elasticsearch internal direct } }
            workload cluster east`;
        expect(await codesOf(management)).toEqual([]);
    });
});

describe('gitops-in-several-clusters', () => {
    const message = (names: string) =>
        `GitOps is on in ${names}: TSB means it for one cluster, since two sources of the same object overwrite each other in turn. Leave it on in one, unless each has objects of its own.`;

    test('once for the estate, where it is said first', async () => {
        const text = clusters('<|gitops async|>', '').replace('cluster west', 'cluster <|west|>');
        expect(await said(text, 'gitops-in-several-clusters')).toEqual([
            {
                severity: 'info',
                message: message(`'east' and 'west'`),
                at: 0,
                related: [[1, `'west' has GitOps, too`]],
            },
        ]);
        const own = await said(
            clusters('gitops async', '<|edge control plane { gitops }|>'),
            'gitops-in-several-clusters',
        );
        expect(own).toMatchObject([{ at: 0, message: message(`'east' and 'west'`) }]);
    });

    test('not in one cluster, beside that of the management plane', async () => {
        const one = clusters('', 'edge control plane { gitops async }');
        expect(await said(one, 'gitops-in-several-clusters')).toEqual([]);
        const none = clusters('', '').replace('management plane {', 'management plane { gitops ');
        expect(await said(none, 'gitops-in-several-clusters')).toEqual([]);
    });
});
