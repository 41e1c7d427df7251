import { CancellationToken, CancellationTokenSource } from 'vscode-languageserver';
import { expect, test } from 'vitest';
import { snapshotsOf } from '../../server/estate/snapshot.js';
import { Weighing } from '../../server/features/weighing.js';
import type { ElementName } from '../../server/topology/element-name.js';
import { editor } from './editor.js';

const { None } = CancellationToken;

/** An estate, of which each failure takes so long to weigh that others have a turn behind it. */
async function slowEstate() {
    const { services, uri } = await editor(`topology acme
management cluster mgmt
workload cluster east { gateway ingress }
service shop on east { exposed "shop.example.com" }
`);
    const { elements, blasts } = snapshotsOf(services.tsbtopo).of(uri())!;
    const asked: ElementName[] = [];
    const weightOf = (name: ElementName) => {
        asked.push(name);
        const end = performance.now() + 12;
        while (performance.now() < end);
        return blasts.weightOf(name);
    };
    return { elements, asked, weights: blasts, weighing: new Weighing({ elements, blasts: { ...blasts, weightOf } }) };
}

test('what is known of some is what is known of them in the end, and each is weighed once', async () => {
    const { elements, asked, weights, weighing } = await slowEstate();
    await weighing.goOn(None, Infinity, () => weighing.weighed === 2);
    expect([weighing.weighed, weighing.left]).toEqual([2, elements.size - 2]);
    // those for which somebody opens the table come before what no line declares
    expect(weighing.known().map(({ element }) => element.name)).toContain('service:shop');
    await weighing.goOn(None);
    expect(weighing.left).toBe(0);
    expect([...asked].sort()).toEqual(elements.all.map(({ name }) => name).sort());
    expect(weighing.known()).toEqual(
        elements.all.map((element) => ({ element, weight: weights.weightOf(element.name) })),
    );
});

test('after the time that there is, it is enough; two who go on at once share the work', async () => {
    const { elements, asked, weighing } = await slowEstate();
    await weighing.goOn(None, 1);
    expect(weighing.weighed).toBe(1);
    await Promise.all([weighing.goOn(None), weighing.goOn(None)]);
    expect(asked).toHaveLength(elements.size);
});

test('who takes it back, loses nothing of it', async () => {
    const { weighing } = await slowEstate();
    const source = new CancellationTokenSource();
    source.cancel();
    await expect(weighing.goOn(source.token)).rejects.toBeDefined();
    expect(weighing.weighed).toBeGreaterThan(0);
});
