import { expect, test } from 'vitest';
import { explainer } from '../../server/failure/explain.js';
import { simulate } from '../../server/failure/outcome.js';
import { analysisOf } from '../../server/failure/analysis.js';
import { andSoOn, budgetForCauses, causeLine, causesTold } from '../../server/impact/causes.js';
import { hostPath, pathLines } from '../../server/impact/path.js';
import { asElementName } from '../../server/topology/element-name.js';
import { estate } from '../fixture.js';
import { simulated } from './check.js';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

test('a chain of thousands of requirements is explained, and what is told of it ends', async () => {
    const length = 4_000;
    const services = numbers(length).map((n) => `service s${n} on c ${n + 1 < length ? `{ requires s${n + 1} }` : ''}`);
    const { topology } = await estate(['management cluster mgmt', 'workload cluster c', ...services].join('\n'));
    const { graph } = analysisOf(topology);
    const outcome = simulate(graph, [asElementName(`s${length - 1}@c`)]);
    const because = explainer(outcome)(graph.traffic.serving.get('s0')![0]!.serves);
    const budget = budgetForCauses();
    let [told, depth] = [because, 0];
    for (let next = causesTold(told, depth, budget); next?.[0]; next = causesTold(told, depth, budget)) {
        told = next[0].because;
        depth++;
    }
    expect(depth).toBeLessThan(100);
    expect(andSoOn(told)).toBe(`And so on, back to \`s${length - 1}\` on \`c\`.`);
    expect(causeLine(because).length).toBeLessThan(200);
});

test('gateways on which ways meet are drawn once, so that hops do not multiply', async () => {
    const gateways = numbers(10).map((n) => `g${n}`);
    const linesFor = async (hops: number) => {
        const through = numbers(hops).map(() => `through ${gateways.join(', ')}`);
        const outcome = await simulated(
            [
                'management cluster mgmt',
                ...gateways.map((name) => `workload cluster c-${name} { gateway tier1 ${name} }`),
                'workload cluster w { gateway ingress }',
                `service s on w { exposed "a.example.com" via ${gateways.join(', ')} ${through.join(' ')} }`,
            ].join('\n'),
            ['g0'],
        );
        expect(outcome.hosts[0]).toMatchObject({ lostShare: 0.1 });
        return pathLines(hostPath(outcome, outcome.graph.traffic.hosts[0]!)).length;
    };
    const [two, four, eight] = [await linesFor(2), await linesFor(4), await linesFor(8)];
    // each hop adds as many lines as the one before
    expect(eight - four).toBe(2 * (four - two));
});
