import { describe, expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import { glance } from '../../server/impact/summary.js';
import { asElementName } from '../../server/topology/element-name.js';
import { estate } from '../fixture.js';
import { readPage } from './examples.js';

/** Each example of the tutorial with what the text below it says that its lenses say. */
const steps = [...readPage('tutorial.md').matchAll(/^```tsbtopo\n([^]*?)^```\n([^]*?)(?=^```|(?![^]))/gm)].map(
    ([, text = '', below = '']) => ({
        text,
        lenses: [...below.matchAll(/^> `(\S+)` (.+)$/gm)].map(([, name = '', says = '']) => ({ name, says })),
    }),
);

describe('docs/tutorial.md', () => {
    test('has four estates, each with what their lenses say', () => {
        expect(steps.map(({ lenses }) => lenses.length)).toEqual([2, 1, 2, 2]);
    });

    test.each(steps)('step %#', async ({ text, lenses }) => {
        const { topology, diagnostics } = await estate(text);
        expect(diagnostics.filter(({ severity }) => severity === 1)).toEqual([]);
        const { blasts } = analysisOf(topology);
        for (const { name, says } of lenses) expect(glance(blasts.blastRadiusOf(asElementName(name)))).toBe(says);
    });
});
