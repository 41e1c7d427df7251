import { describe, expect, test } from 'vitest';
import { standardModel, type Model } from '../../server/failure/construction.js';
import { factsOf } from '../../server/impact/facts.js';
import { operationStories } from '../../server/impact/operations.js';
import { flows, type Flow, type FlowId } from '../../server/knowledge/flows.js';
import { allRules, type RuleId } from '../../server/knowledge/rules.js';
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
        expect(await marksOf(text, ['front'])).toBe('⚠️ ✅ ✅ ✅');
        expect(await marksOf(text, ['front'], without('R8'))).toBe('✅ ✅ ✅ ✅');
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
