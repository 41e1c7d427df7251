import fc from 'fast-check';
import { createGraphBuilder, type GateGraph } from '../../server/engine/index.js';

/**
 * Any graph: nodes with several inputs, some of them twice, in circles, and with thresholds that none or all reach; many have the
 * inputs of another one in another order, some of them with another threshold, or with an input once more.
 */
export const anyGraph = fc
    .array(
        fc.record({
            threshold: fc.integer({ min: 1, max: 4 }),
            inputs: fc.array(fc.nat(), { maxLength: 5 }),
            like: fc.option(fc.nat()),
            more: fc.record({ threshold: fc.constantFrom(0, 0, 0, 1), input: fc.constantFrom(0, 0, 0, 1) }),
        }),
        { minLength: 2, maxLength: 14 },
    )
    .map((nodes): GateGraph => {
        const builder = createGraphBuilder<object, string>();
        const made = nodes.map(({ threshold, inputs, like, more }) => {
            if (like === null) return { threshold, inputs };
            const other = nodes[like % nodes.length]!;
            const again = more.input ? other.inputs.slice(0, 1) : [];
            return { threshold: other.threshold + more.threshold, inputs: [...again, ...other.inputs].reverse() };
        });
        for (const { threshold } of made) builder.node({}, threshold);
        for (const [node, { inputs }] of made.entries())
            for (const input of inputs) builder.input(node, input % nodes.length, 'it is so');
        return builder.finish();
    });
