import { expect, test } from 'vitest';
import { unusedIn } from '../../server/engine/index.js';
import { buildFailureGraph } from '../../server/failure/build.js';
import { worldGraphOf } from '../../server/failure/world-graph.js';
import { partsOf } from '../../server/topology/neighbourhoods.js';
import { estate } from '../fixture.js';

test('however often a cluster is called otherwise, numbers do not grow with what is gone', async () => {
    const text = (name: string) =>
        `topology t\nmanagement cluster m\nworkload cluster east { gateway ingress }\nservice a on east\nworkload cluster ${name} { gateway ingress x }`;
    const opened = await estate(text('c'));
    const gone: number[] = [];
    for (let edit = 0; edit < 300; edit++) {
        const { topology } = await opened.change({ 'main.tsbtopo': text(`c${edit % 20}`) });
        buildFailureGraph(topology);
        gone.push(unusedIn(worldGraphOf(partsOf(topology).world).piece));
    }
    expect(Math.max(...gone)).toBeLessThan(5_000);
    // it goes on meanwhile, and does not begin anew each time
    expect(gone.filter((numbers) => numbers === 0).length).toBeLessThan(10);
});
