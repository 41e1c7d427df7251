import { describe, expect, test } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import { simulate } from '../../server/failure/outcome.js';
import { marks } from '../../server/impact/summary.js';
import { asElementName } from '../../server/topology/elements.js';
import { estate } from '../fixture.js';

const fiveLines = `
topology demo
management cluster mgmt
workload cluster east
workload cluster west
service shop on east, west`;

/** The 24 marks of the published page: running workloads, local cluster operations, metrics, management operations. */
const published = [
    ['east', '⚠️ ⚠️ ⚠️ ✅'],
    ['east.edge-control-plane', '✅ ⚠️ ⚠️ ✅'],
    ['link:east/mgmt', '✅ ⚠️ ⚠️ ✅'],
    ['mgmt.central-control-plane', '✅ ⚠️ ✅ ✅'],
    ['mgmt.management-plane', '✅ ✅ ⚠️ ❌'],
    ['mgmt', '✅ ⚠️ ❌ ❌'],
] as const;

describe('the published marks follow from the rules', () => {
    test.each(published)('%s → %s', async (element, expected) => {
        const { topology } = await estate(fiveLines);
        expect(marks(simulate(buildFailureGraph(topology), [asElementName(element)]).operations)).toBe(expected);
    });
});
