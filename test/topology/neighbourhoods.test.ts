import { expect, test } from 'vitest';
import { partsOf } from '../../server/topology/neighbourhoods.js';
import { estate } from '../fixture.js';

test('an edit leaves the parts that it does not touch, from the first one on', async () => {
    const text = 'topology shop\nworkload cluster east\nservice a on east\nservice b on east';
    const opened = await estate(text);
    const before = partsOf(opened.topology);
    const { topology } = await opened.change({ 'main.tsbtopo': `${text} { no failover }` });
    const after = partsOf(topology);
    expect(after.world).toBe(before.world);
    const [a, b] = before.neighbourhoods;
    expect(after.neighbourhoods[0]).toBe(a);
    expect(after.neighbourhoods[1]).not.toBe(b);
});
