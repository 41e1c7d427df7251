import { describe, expect, test } from 'vitest';
import { briefText } from '../../server/cli/simulate-brief.js';
import { verboseText } from '../../server/cli/simulate-verbose.js';
import { actionAnswers, actionLines, actionsPage, actionSummary } from '../../server/impact/actions.js';
import { runbookOf } from '../../server/impact/runbook.js';
import { plain } from '../../server/encoding/markdown.js';
import type { ActionId } from '../../server/knowledge/actions.js';
import { scenario, simulated } from '../failure/check.js';

/** Two clusters; `edge` fills the edge control plane of `east`, `plane` the management plane. */
const estateOf = (edge = '', plane = '') => `topology actions
management cluster mgmt { management plane { ${plane} } }
workload cluster east { edge control plane { ${edge} } }
workload cluster west
service shop on east, west`;

const signs = { yes: '✅', caveat: '⚠️', no: '❌' };

/** The answers for a cluster, in the order asked: "✅ ⚠️ ❌"; a dash for what is not known there. */
async function answers(
    failures: string,
    asked: readonly ActionId[],
    text = estateOf(),
    cluster = 'east',
): Promise<string> {
    const found = actionAnswers(await simulated(text, failures.split(' ').filter(Boolean)), [cluster]);
    return asked
        .map((action) => found.find((answer) => answer.action === action))
        .map((answer) => (answer ? signs[answer.verdict] : '–'))
        .join(' ');
}

const pods = ['deploy', 'scale', 'roll-back', 'restart-pod'] as const;
const estateWide = ['push-api', 'log-in', 'dashboards'] as const;

describe('every action, by what is down', () => {
    test.each([
        ['', '✅ ✅ ✅ ✅', '✅ ✅ ✅'],
        ['mp', '⚠️ ⚠️ ⚠️ ⚠️', '❌ ❌ ❌'],
        ['mgmt', '⚠️ ⚠️ ⚠️ ⚠️', '❌ ❌ ❌'],
        ['central', '⚠️ ⚠️ ⚠️ ⚠️', '⚠️ ✅ ✅'],
        ['mpc', '⚠️ ⚠️ ⚠️ ⚠️', '⚠️ ✅ ✅'],
        ['east.istiod', '❌ ❌ ❌ ❌', '✅ ✅ ✅'],
        ['east.kubernetes-api', '❌ ❌ ❌ ❌', '⚠️ ✅ ✅'],
        ['link:east/mgmt', '⚠️ ⚠️ ⚠️ ⚠️', '⚠️ ✅ ⚠️'],
        ['east.edge', '⚠️ ⚠️ ⚠️ ⚠️', '⚠️ ✅ ⚠️'],
        ['east', '❌ ❌ ❌ ❌', '⚠️ ✅ ⚠️'],
        ['west', '✅ ✅ ✅ ✅', '✅ ✅ ✅'],
        ['elasticsearch', '✅ ✅ ✅ ✅', '✅ ✅ ❌'],
        ['iam', '✅ ✅ ✅ ✅', '❌ ❌ ❌'],
        ['mgmt.mp.oap', '✅ ✅ ✅ ✅', '✅ ✅ ❌'],
    ])('%s', async (failures, newPods, management) => {
        expect(await answers(failures, pods)).toBe(newPods);
        expect(await answers(failures, estateWide)).toBe(management);
    });

    test('without an identity provider that is down, nobody logs in; the rest goes on', async () => {
        expect(await answers('identity-provider', estateWide, estateOf('', 'identity-provider'))).toBe('✅ ❌ ✅');
    });

    test('an expired certificate takes no API: what runs is gone, what starts gets a new one', async () => {
        const { outcome } = await scenario(estateOf(), ['east.istiod'], { at: 86_400 });
        expect(actionAnswers(outcome, ['east'])[0]).toMatchObject({ action: 'deploy', verdict: 'no' });
    });
});

describe('GitOps: three kinds, three outcomes', () => {
    const asked = ['push-gitops-sync', 'push-gitops-async', 'push-git'] as const;

    test.each([
        ['sync', estateOf('gitops sync'), '❌ – –'],
        ['async', estateOf('gitops async'), '– ⚠️ –'],
        ['of the management plane', estateOf('', 'gitops'), '– – ❌'],
        ['off', estateOf(), '– – –'],
    ])('%s, without the management plane', async (_, text, expected) => {
        expect(await answers('mp', asked, text)).toBe(expected);
    });

    test.each([
        [
            'mp',
            '❌: kubectl apply of TSB objects is refused',
            '⚠️: accepted by the cluster, and pushed to the management plane later',
        ],
        [
            'link:east/mgmt',
            '❌: kubectl apply of TSB objects is refused',
            '⚠️: accepted by the cluster, and pushed to the management plane later',
        ],
        ['east.kubernetes-api', '❌: the Kubernetes API does not answer', '❌: the Kubernetes API does not answer'],
        ['central', '⚠️: accepted, and delivered later', '⚠️: delivered later'],
        ['east.istiod', '✅: ', '✅: '],
    ])('%s: sync and async', async (failure, sync, async) => {
        const told = async (kind: 'sync' | 'async') => {
            const outcome = await simulated(estateOf(`gitops ${kind}`), [failure]);
            const { verdict, says } = actionAnswers(outcome).find(({ action }) => action === `push-gitops-${kind}`)!;
            return `${signs[verdict]}: ${says[0] ?? ''}`;
        };
        expect([await told('sync'), await told('async')]).toEqual([sync, async]);
    });
});

describe('in words', () => {
    const lines = async (failures: string) =>
        actionLines(actionAnswers(await simulated(estateOf(), failures.split(' ')))).map(plain);

    test('what is not a plain yes, with what follows and why', async () => {
        expect(await lines('east.istiod')).toEqual([
            '❌ Deploy a new version on east: no pod starts (istiod of east)',
            '❌ Scale out on east: no pod starts; fewer is possible (istiod of east)',
            '❌ Roll back a deployment on east: the old version cannot start either (istiod of east)',
            '❌ Restart a pod on east: a pod that stops does not come back (istiod of east)',
        ]);
    });

    test('clusters that fare alike together, with the cause that they share', async () => {
        const text = estateOf().replace('east {', 'east in us {').replace('cluster west', 'cluster west in us');
        const outcome = await simulated(`region us\n${text}`, ['region:us']);
        expect(actionLines(actionAnswers(outcome)).map(plain)).toEqual([
            '❌ east and west are down: nothing can be done there until they are back (region us)',
            '⚠️ Change TSB configuration by UI, API or tctl: stored, and delivered later (region us)',
            '⚠️ See dashboards: without new metrics (region us)',
        ]);
    });

    test('where kubectl does not answer, nothing is said that needs it', async () => {
        expect((await lines('east.kubernetes-api')).slice(0, 4).map((line) => line.split(': ')[1])).toEqual(
            Array(4).fill('the Kubernetes API does not answer (the Kubernetes API of east)'),
        );
    });

    test('a cluster that is down has one answer, in every output', async () => {
        const view = await scenario(estateOf('gitops async'), ['east']);
        const answer = 'east is down: nothing can be done there until it is back';
        expect(
            new Set(
                actionAnswers(view.outcome, ['east']).flatMap(({ verdict, says }) => (verdict === 'no' ? says : [])),
            ),
        ).toEqual(new Set(['down: nothing can be done there until it is back']));
        for (const page of [
            briefText(view, [], { paths: [], errors: [] }),
            verboseText(view, []),
            runbookOf(view),
            actionsPage(view.outcome, ''),
        ]) {
            expect(plain(page).split(answer)).toHaveLength(2);
            expect(page).not.toMatch(/no pod starts|does not come back|cannot start either|API does not answer/);
        }
        expect(plain(actionSummary(view.outcome))).toMatch(/^nothing ❌ on east, down · /);
    });

    test('no cause where each has its own', async () => {
        expect((await lines('east.istiod west.istiod'))[0]).toBe('❌ Deploy a new version: no pod starts');
    });

    test('the cause may be something that has run out', async () => {
        const { outcome } = await scenario(estateOf(), ['iam'], { at: 7_200, duration: 7_200 });
        const { because } = actionAnswers(outcome, ['east']).find(({ action }) => action === 'push-api')!;
        expect(plain(because)).toBe('the agent tokens of east');
    });

    test.each([
        ['', 'everything'],
        ['east.istiod', 'deploy, scale, roll back, restart a pod ❌ on east · all else ✅'],
        ['mp', 'deploy, scale, roll back, restart a pod ⚠️ · change TSB configuration, log in, see dashboards ❌'],
        ['elasticsearch', 'see dashboards ❌ · all else ✅'],
    ])('in one line: %s', async (failures, expected) => {
        const outcome = await simulated(estateOf(), failures.split(' ').filter(Boolean));
        expect(plain(actionSummary(outcome))).toBe(expected);
    });
});
