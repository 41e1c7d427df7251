import { describe, expect, test } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import { standardModel, type Model } from '../../server/failure/construction.js';
import type { Outcome } from '../../server/failure/outcome.js';
import { nextFailures, redundancyUsedUp } from '../../server/failure/residual.js';
import { run, type Step } from '../../server/failure/run.js';
import { failuresFor, timelineOf } from '../../server/failure/timeline.js';
import { factsOf } from '../../server/impact/facts.js';
import { operationStories } from '../../server/impact/operations.js';
import { flows, type Flow, type FlowId } from '../../server/knowledge/flows.js';
import { allRules, type RuleId } from '../../server/knowledge/rules.js';
import { findElement } from '../../server/topology/element-names.js';
import { asElementName } from '../../server/topology/element-name.js';
import { estate } from '../fixture.js';
import { marksOf, publishedArchitecture, publishedMarks, publishedTable, simulated } from './check.js';

/** How many of the 24 marks come out as published. */
async function marksDerived(model: Model): Promise<number> {
    const table = await publishedTable(publishedArchitecture, model);
    return table
        .flatMap((row, scenario) =>
            row.split(' ').map((mark, index) => mark === publishedMarks[scenario]![2].split(' ')[index]),
        )
        .filter(Boolean).length;
}

const without = (rule: RuleId): Model => ({
    ...standardModel,
    rules: new Set([...allRules].filter((other) => other !== rule)),
});

const withFlow = (id: FlowId, change: (flow: Flow) => Flow): Model => ({
    ...standardModel,
    flows: { ...flows, [id]: change(flows[id]) },
});

const neither: Model = { ...standardModel, rules: new Set([...without('R7').rules].filter((rule) => rule !== 'R10')) };

const central = asElementName('mgmt.central-control-plane');

async function graphOf(model: Model) {
    return buildFailureGraph((await estate(publishedArchitecture)).topology, model);
}

/** How it ends if this fails and stays so, and something else is restarted after a minute. */
async function endOf(failures: readonly string[], model: Model, restarted?: string): Promise<Outcome> {
    const graph = await graphOf(model);
    const nameOf = (text: string) => findElement(graph.elements, text).found!.name;
    const restart = restarted === undefined ? [] : [{ at: 60, action: 'restart', element: nameOf(restarted) } as const];
    return run(graph, [...failuresFor(failures.map(nameOf)), ...restart], 'earliest').at(-1)!.outcome;
}

/** Every time at which something changes. */
async function timesOf(steps: readonly Step[], model: Model): Promise<number[]> {
    return timelineOf(await graphOf(model), steps).points.map(({ at }) => at);
}

describe('each rule is needed', () => {
    test('all rules together derive all marks', async () => {
        expect(await marksDerived(standardModel)).toBe(24);
    });

    test.each(['R1', 'R2', 'R3', 'R4', 'R5'] as const)('without %s a published mark changes', async (rule) => {
        expect(await marksDerived(without(rule))).toBeLessThan(24);
    });

    test('a queued delivery that counted as a loss would change four marks', async () => {
        expect(await marksDerived(without('R4'))).toBe(20);
    });

    test('if the worst facet won, five marks would change', async () => {
        expect(await marksDerived(without('R5'))).toBe(19);
    });

    test('without R8 nobody would notice that the only way in is lost', async () => {
        const text = `topology x
            management cluster mgmt
            workload cluster dmz { gateway tier1 front }
            workload cluster east { gateway ingress }
            service web on east { exposed "a.example.com" via front }`;
        expect(await marksOf(text, ['front'])).toBe('❌ ✅ ✅ ✅');
        expect(await marksOf(text, ['front'], without('R8'))).toBe('✅ ✅ ✅ ✅');
    });

    test('without R7 an outage could last for ever', async () => {
        const after = async (model: Model) => (await endOf(['mp'], model)).operations.localClusterOperations;
        expect(await after(standardModel)).toBe('limited');
        expect(await after(without('R7'))).toBe('unaffected');
    });

    test('without R10 central would be back at once, and a pod start without istiod', async () => {
        const repaired = failuresFor([central], 600);
        expect(await timesOf(repaired, standardModel)).toEqual([0, 600, 660, 720]);
        expect(await timesOf(repaired, without('R10'))).toEqual([0, 600]);
        const restarted = async (model: Model) =>
            (await endOf(['east.istiod'], model, 'shop@east')).services[0]!.homes[0];
        expect(await restarted(without('R7'))).toMatchObject({ cluster: 'east', alive: false });
        expect(await restarted(neither)).toMatchObject({ cluster: 'east', alive: true });
    });

    test('without R9 nobody would see what two failures do that neither does alone', async () => {
        const text = `management cluster mgmt
            workload cluster east { gateway ingress }
            workload cluster west { gateway ingress }
            service web on east, west { exposed "a.example.com" { gslb } }`;
        const gone = async (failures: string[]) =>
            (await simulated(text, failures)).hosts.filter(({ severity }) => severity === 'total').length;
        expect([await gone(['east']), await gone(['west'])]).toEqual([0, 0]);
        expect(await gone(['east', 'west'])).toBe(1);
        const { graph, state } = await simulated(text, ['east']);
        const [gravest] = redundancyUsedUp(graph, nextFailures(graph, state));
        expect(gravest!.harms.told).toContainEqual({ kind: 'host-down', what: 'a.example.com' });
    });

    test('without R6 no mark changes, but a sentence does', async () => {
        expect(await marksDerived(without('R6'))).toBe(24);
        const sentences = async (model: Model) =>
            operationStories(factsOf(await simulated(publishedArchitecture, ['mp'], model))).localClusterOperations
                .sentences;
        expect((await sentences(standardModel)).join()).toContain('partially configured');
        expect((await sentences(without('R6'))).join()).not.toContain('partially configured');
    });
});

describe('each choice about what counts is needed', () => {
    const notCounting = ({ facet: _, ...flow }: Flow): Flow => flow;
    const asSecondary = (flow: Flow): Flow => ({
        ...flow,
        facet: { operation: flow.facet!.operation, rank: 'secondary' },
    });

    test('service discovery between clusters counts', async () => {
        expect(await marksDerived(withFlow('endpoint-sync', notCounting))).toBe(20);
    });

    test("the telemetry of TSB's own components counts", async () => {
        expect(await marksDerived(withFlow('component-telemetry', notCounting))).toBe(23);
    });

    test('application metrics are primary', async () => {
        expect(await marksDerived(withFlow('application-metrics', asSecondary))).toBe(23);
    });

    test('partial configuration is a note, not a loss', async () => {
        expect(await marksDerived(withFlow('partial-configuration', asSecondary))).toBe(23);
    });

    test('running workloads do not need the edge control plane', async () => {
        const needsEdge = (flow: Flow): Flow => ({
            ...flow,
            needs: [...flow.needs, { on: 'control-stream', because: 'test', source: 'design', confidence: 'certain' }],
        });
        expect(await marksDerived(withFlow('instances-serve', needsEdge))).toBeLessThan(24);
    });
});
