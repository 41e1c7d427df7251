import { expect, test } from 'vitest';
import { simulate, type State } from '../../server/failure/outcome.js';
import { isSameState } from '../../server/failure/same-state.js';
import { analysisOf } from '../../server/failure/analysis.js';
import { clusterName } from '../../server/topology/element-name.js';
import { estate } from '../fixture.js';

test('states are the same only where everything in them is, sets in whatever order', async () => {
    const { topology } = await estate('topology shop\nworkload cluster east { gateway ingress }\n');
    const { state } = simulate(analysisOf(topology).graph, [clusterName('east')]);
    const withSets = { ...state, withdrawn: new Set([1, 2]), expired: [1, 2] };
    expect(isSameState(withSets, { ...withSets, withdrawn: new Set([2, 1]), expired: [1, 2] })).toBe(true);
    expect(isSameState(withSets, { ...withSets, expired: [2, 1] })).toBe(false);
    const otherwise = (is: unknown) => {
        if (is instanceof Set) return new Set([...(is as Set<unknown>), 3]);
        return Array.isArray(is) ? [...(is as unknown[]), 3] : !is;
    };
    const fields = Object.keys(withSets) as (keyof State)[];
    const noticed = fields.filter(
        (field) => !isSameState(withSets, { ...withSets, [field]: otherwise(withSets[field]) }),
    );
    expect(noticed).toEqual(fields);
});
