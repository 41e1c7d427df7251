import { expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import { asElementName, clusterName, partName } from '../../server/topology/element-name.js';
import { estate } from '../fixture.js';

const clusters = Array.from({ length: 20 }, (_, index) => `c${index}`);
const text = ['topology many', 'management cluster mgmt', ...clusters.map((name) => `workload cluster ${name}`)].join(
    '\n',
);

test('the last outcomes are kept, and no others', async () => {
    const analysis = analysisOf((await estate(text)).topology);
    const outcomes = clusters.map((name) => analysis.outcomeOf(clusterName(name)));
    expect(analysis.outcomeOf(clusterName('c19'))).toBe(outcomes[19]);
    expect(analysis.outcomeOf(clusterName('c10'))).toBe(outcomes[10]);
    expect(analysis.outcomeOf(clusterName('c0'))).not.toBe(outcomes[0]);
    expect(analysis.outcomeOf(asElementName('nothing'))).toBeUndefined();
});

test('what goes with an element, and what does not', async () => {
    const analysis = analysisOf((await estate(text)).topology);
    const node = analysis.graph.nodeOfElement.get(partName('c1', 'istiod'))!;
    expect(analysis.takesDown(clusterName('c1'), node)).toBe(true);
    expect(analysis.takesDown(clusterName('c2'), node)).toBe(false);
    expect(analysis.takesDown(asElementName('nothing'), node)).toBe(false);
});
