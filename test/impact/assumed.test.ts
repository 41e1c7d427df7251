import { describe, expect, test } from 'vitest';
import { assumptionsAtOnce, assumptionsOf } from '../../server/impact/assumed.js';
import { assumptionSentence, conditionOf } from '../../server/impact/conditions.js';
import { failureMarkdown } from '../../server/impact/hover.js';
import { reportOf } from '../../server/impact/report.js';
import { runbookOf } from '../../server/impact/runbook.js';
import { plain } from '../../server/encoding/markdown.js';
import { alternativesTo } from '../../server/knowledge/alternatives.js';
import { allDefaults, type DefaultId } from '../../server/knowledge/defaults.js';
import { scenario, simulated } from '../failure/check.js';

const api = `topology t
management cluster mgmt
workload cluster a { gateway ingress }
workload cluster b { gateway east-west gw }
workload cluster c { gateway east-west gw }
service web on a { exposed "w.example.com"  requires api }
service api on b, c { failover east-west }`;

const five = `topology t
management cluster mgmt
workload cluster east
workload cluster west
service shop on east, west`;

const hour = 3_600;

/** "outlier-detection-on: api ✅ otherwise ⚠️" … */
async function assumed(text: string, failures: string, at = 0): Promise<string[]> {
    const view = await scenario(text, failures.split(' '), { at });
    return assumptionsOf(view).flatMap(({ id, instead, turns }) =>
        turns
            .filter(({ kind }) => kind !== 'cluster')
            .map(({ what, here, otherwise }) => `${id}, ${instead}: ${what} ${here}, otherwise ${otherwise}`),
    );
}

describe('a default that turns a mark is named', () => {
    test.each<[DefaultId, string, string, string, number?]>([
        ['outlier-detection-on', api, 'b', 'no outlier detection: api unaffected, otherwise limited'],
        ['network-open', api, 'b', 'network { }: api unaffected, otherwise limited'],
        [
            'east-west-failover-off',
            `${api}\nworkload cluster d { gateway east-west gw }\nservice lone on b { calls two }\nservice two on b, d`,
            'two@b',
            'failover east-west: two total, otherwise unaffected',
        ],
        [
            'telemetry-store-placement',
            five,
            'mgmt',
            'elasticsearch external: metricsCollection total, otherwise limited',
        ],
        ['telemetry-store-path', five, 'front-envoy', 'via front-envoy: metricsCollection limited, otherwise total'],
        [
            'banyandb-path',
            five.replace('mgmt', 'mgmt { management plane { banyandb internal } }'),
            'front-envoy',
            'direct: metricsCollection total, otherwise limited',
        ],
        [
            'xcp-listener',
            five,
            'front-envoy',
            'listener front-envoy: localClusterOperations unaffected, otherwise limited',
        ],
        ['metrics-buffer', five, 'elasticsearch', 'metrics buffer 1h: metricsCollection total, otherwise limited'],
        ['gitops-off', five, 'mp', 'gitops sync: localClusterOperations unaffected, otherwise limited'],
        [
            'gitops-sync',
            five.replace('east\n', 'east { edge control plane { gitops } }\n'),
            'mp',
            'gitops async: localClusterOperations limited, otherwise unaffected',
        ],
        [
            'external-authorization-closed',
            `${five}\nservice guard on west\nservice web on west { external authorization by guard }`,
            'guard',
            'fails open: web total, otherwise unaffected',
        ],
        [
            'rate-limit-open',
            `${five}\nservice limits on west\nservice web on west { rate limit by limits }`,
            'limits',
            'fails closed: web unaffected, otherwise total',
        ],
        ['token-ttl', five, 'mp', 'token ttl 24h: localClusterOperations limited, otherwise unaffected', 2 * hour],
        [
            'leaf-certificate-ttl',
            five,
            'east.istiod',
            'leaf certificate ttl 1h: runningWorkloads unaffected, otherwise limited',
            2 * hour,
        ],
    ])('%s', async (id, text, failures, expected, at = 0) => {
        const found = (await assumed(text, failures, at)).filter((line) => line.startsWith(id));
        expect(found).toContain(`${id}, ${expected}`);
    });
});

describe('a mark says on what it rests', () => {
    const condition = ', if outlier detection is on and all clusters reach each other (assumed)';

    test('in words, behind the mark that it turns and behind no other', async () => {
        const assumptions = assumptionsAtOnce(await simulated(api, ['b']));
        expect(conditionOf(assumptions, 'service', 'api')).toBe(condition);
        expect(conditionOf(assumptions, 'operation', 'managementOperations')).toBe('');
        // without it web would answer in part, since it calls api
        expect(conditionOf(assumptions, 'service', 'web')).toBe(', if outlier detection is on (assumed)');
        expect(plain(assumptionSentence(assumptions[0]!))).toMatch(
            /^Outlier detection is on \(assumed for api\)\. With no outlier detection: .*api ⚠️ instead of ✅/,
        );
    });

    test('in the hover, the runbook and JSON', async () => {
        const view = await scenario(api, ['b']);
        const markdown = failureMarkdown(view.outcome.failures[0]!, view.outcome);
        expect(markdown).toContain(`| \`api\` | ◌ | runs in 1 of 2 clusters: \`c\`${condition} |`);
        expect(markdown).toMatch(/^\*\*Assumed\*\* Outlier detection is on /m);
        expect(runbookOf(view)).toContain(`| \`api\` | ◌ | runs in 1 of 2 clusters: \`c\`${condition} |`);
        expect(runbookOf(view)).toContain('## On what this rests\n\n- Outlier detection is on ');
        expect(reportOf(view).assumptions[0]).toMatchObject({
            default: 'outlier-detection-on',
            where: ['api'],
            turns: expect.arrayContaining([
                { kind: 'service', what: 'api', operation: null, here: 'unaffected', otherwise: 'limited' },
            ]) as unknown,
        });
    });

    test('not where the file says it', async () => {
        const said = api
            .replace('{ failover', '{ outlier-detection  failover')
            .replace('outlier-detection', 'outlier detection');
        expect((await assumed(said, 'b')).join()).not.toContain('outlier');
    });

    test('of several who leave it unsaid, those who matter are named', async () => {
        const text = `${api}\nservice other on b, c\nservice lone on a`;
        const [detection] = assumptionsAtOnce(await simulated(text, ['b']));
        expect(detection).toMatchObject({ id: 'outlier-detection-on', where: ['api'] });
    });

    test('nothing is promised of elements that the other estate does not have', async () => {
        const text = five.replace('mgmt', 'mgmt { management plane { gitops } }');
        expect(await assumed(text, 'mp.gitops')).toEqual([]);
    });
});

test('each default has a clause, and other values that a file can say', () => {
    for (const { id } of allDefaults) {
        const { assumes, others } = alternativesTo(id);
        expect(assumes).toMatch(/^\S.*[^.]$/);
        expect(new Set(others.map(({ says }) => says)).size).toBe(others.length);
    }
});
