import { describe, expect, test } from 'vitest';
import { branchesIn } from '../../server/diagram/branches.js';
import { isAlive } from '../../server/failure/outcome.js';
import { findingsOf } from '../../server/findings/findings.js';
import { restorationSteps } from '../../server/impact/recovery.js';
import { restorationDangers, whatIsLost } from '../../server/impact/restoration.js';
import { runbookOf } from '../../server/impact/runbook.js';
import { timelineEntries } from '../../server/impact/timeline.js';
import { elementsOf } from '../../server/topology/elements.js';
import { estate } from '../fixture.js';
import { problems } from '../language/tell.js';
import { scenario, simulated } from './check.js';

const text = (more = '', head = 'hosted management cluster tetrate') => `topology t
region us { zones a, b }
${head}
workload cluster east in us/a { gateway ingress e-gw }
workload cluster west in us/b { gateway ingress w-gw }
service shop on east, west { exposed "shop.example.com" via e-gw, w-gw { gslb ttl 30s } }
${more}`;

describe('a hosted management cluster', () => {
    test('is one element, and asks for nothing', async () => {
        const { topology, diagnostics } = await estate(text());
        expect(diagnostics).toEqual([]);
        expect(findingsOf(topology)).toEqual([]);
        const ofVendor = elementsOf(topology).all.filter(
            ({ name, kind }) => name.startsWith('tetrate') || kind === 'postgres' || kind === 'iam-signing-key',
        );
        expect(ofVendor.map(({ name, kind }) => [name, kind])).toEqual([['tetrate', 'hosted-management-cluster']]);
        // the same estate with one of its own does ask
        const own = await estate(text('', 'management cluster tetrate'));
        expect(findingsOf(own.topology).map(({ code }) => code)).toContain('signing-key-protection-unsaid');
    });

    test('fails with what an own one takes along, and as if its store were inside', async () => {
        const own = await simulated(text('', 'management cluster tetrate'), ['tetrate']);
        const { operations, clusters, effects } = await simulated(text(), ['tetrate']);
        expect(operations).toEqual(own.operations);
        expect(clusters).toEqual(own.clusters);
        expect(effects.map(({ facet }) => facet.flow)).toEqual(own.effects.map(({ facet }) => facet.flow));
        expect(operations).toEqual({
            runningWorkloads: 'unaffected',
            localClusterOperations: 'limited',
            metricsCollection: 'total',
            managementOperations: 'total',
        });
    });

    test('is reached over the network, which fails by itself', async () => {
        const outcome = await simulated(text(), ['link:east/tetrate']);
        expect(outcome.operations).toMatchObject({ metricsCollection: 'limited', managementOperations: 'unaffected' });
        expect(isAlive(outcome, 'tetrate')).toBe(true);
    });

    test('renews the tokens of agents, and lets them run out without it', async () => {
        const { timeline } = await scenario(text(), ['tetrate']);
        expect(timelineEntries(timeline).map(({ at }) => at)).toContain(3_600);
    });

    test('is restored by nobody here', async () => {
        const view = await scenario(text(), ['tetrate']);
        expect(restorationSteps(view.outcome).map(({ text: says }) => says)).toEqual([
            'Nothing of `tetrate` can be restored from here: the vendor runs it. Ask Tetrate support, and keep what the clusters have.',
        ]);
        expect([...restorationDangers(view.outcome), ...whatIsLost(view.outcome)]).toEqual([]);
        const page = runbookOf(view);
        expect(page).toContain('No metrics arrive from any cluster: `tetrate` is down.');
        expect(page).not.toMatch(/Postgres|Elasticsearch|signing-key/);
    });

    test('is one box of the picture', async () => {
        const { topology } = await estate(text());
        const branches = branchesIn(topology);
        expect(new Set(branches.flatMap(({ from, to, via }) => [from, to, via]))).toEqual(
            new Set(['tetrate', 'east.edge-control-plane', 'east', 'west.edge-control-plane', 'west', undefined]),
        );
    });

    test('has an identity provider, if that is said', async () => {
        const said = 'hosted management cluster tetrate { management plane { identity-provider external in us } }';
        const outcome = await simulated(text('', said), ['identity-provider']);
        expect(outcome.operations.managementOperations).toBe('limited');
    });

    test.each([
        ['management plane { postgres external { backup } }', 'its stores, keys and backups are not judged here'],
        ['management plane { root-ca { backup } }', 'its stores, keys and backups are not judged here'],
        ['management plane { gitops }', 'its stores, keys and backups are not judged here'],
        ['central control plane { listener own }', 'its planes are not judged one by one'],
        ['edge control plane', 'nothing of yours runs there'],
        ['data plane', 'nothing of yours runs there'],
    ])('%s is not said of it', async (item, why) => {
        const found = await problems(text('', `hosted management cluster tetrate { ${item} }`));
        expect(found.filter((each) => each.startsWith('misplaced-item'))).toEqual([
            expect.stringContaining(`\`tetrate\` is run by the vendor: ${why}. Take it out.`),
        ]);
    });

    test('runs no service', async () => {
        const { topology } = await estate(text('service admin on tetrate'));
        expect(findingsOf(topology).map(({ code, message }) => `${code} ${message}`)).toEqual([
            "workload-on-management-cluster 'tetrate' is run by the vendor, and runs no services of yours: say on which of your clusters 'admin' runs.",
        ]);
    });

    test.each([
        'service hosted on east',
        'workload cluster hosted',
        'region hosted',
        'about east { labels hosted yes }',
    ])('in `%s` the word is a name', async (line) => {
        expect((await estate(text(line))).diagnostics).toEqual([]);
    });
});
