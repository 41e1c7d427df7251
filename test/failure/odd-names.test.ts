import { expect, test } from 'vitest';
import { buildFailureGraph, wholeGraph } from '../../server/failure/build.js';
import { simulate } from '../../server/failure/outcome.js';
import { estate } from '../fixture.js';

const odd = [
    'service:shop',
    'a@b',
    '@',
    'link:a',
    'cluster:c',
    'external:y',
    'fate:z',
    'store:s',
    'zone:z',
    'region:r',
    'c.d',
];

test.each(odd)('a service of which the name looks like that of an element fails as any other: %s', async (name) => {
    // of two services with one name the namespace is part of the name of both
    const { topology } = await estate(`topology odd
workload cluster c
service "${name}"/worker on c
service red/worker on c
service "${name}" on c { calls red/worker }`);
    const whole = wholeGraph(topology);
    const graph = buildFailureGraph(topology);
    const names = graph.elements.all.map((element) => element.name);
    expect(names).toEqual(whole.elements.all.map((element) => element.name));
    for (const each of names) {
        const [here, there] = [simulate(graph, [each]), simulate(whole, [each])];
        expect([each, here.operations, here.services]).toEqual([each, there.operations, there.services]);
    }
});
