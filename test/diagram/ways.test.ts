import { expect, test } from 'vitest';
import { stretchesIn, stretchId } from '../../server/diagram/ways.js';
import { estate } from '../fixture.js';
import { simulated } from '../failure/check.js';

const text = `topology t
management cluster m
workload cluster east { gateway ingress shop-gw { external authorization by guard  fails closed }  gateway egress out  gateway egress other }
service guard on east
service shop on east { exposed "shop.example.com" via east.shop-gw  calls stripe through east.out }
external service stripe
`;

test('a gateway leads to what it asks about requests, and a call leaves by the gateway that it names', async () => {
    const { diagnostics } = await estate(text);
    expect(diagnostics.filter(({ severity }) => severity === 1)).toEqual([]);
    const { graph, propagation } = await simulated(text, []);
    const stretches = stretchesIn(graph, (node) => propagation.down[node] === 1);
    const taken = (from: string, to: string) => stretches.get(stretchId(from, to))?.taken;
    expect(taken('east.shop-gw', 'guard@east')).toBe(true);
    expect(taken('shop@east', 'east.out')).toBe(true);
    expect(taken('shop@east', 'east.other')).toBeUndefined();
});

test('a gateway that cannot ask lets nothing pass', async () => {
    const { graph, propagation } = await simulated(text, ['guard@east']);
    const stretches = stretchesIn(graph, (node) => propagation.down[node] === 1);
    expect(stretches.get(stretchId('host:shop.example.com', 'east.shop-gw'))?.taken).toBe(false);
    expect(stretches.get(stretchId('east.shop-gw', 'guard@east'))?.taken).toBe(false);
});
