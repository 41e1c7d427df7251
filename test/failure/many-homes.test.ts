import { expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import { explainer } from '../../server/failure/explain.js';
import { run } from '../../server/failure/run.js';
import { nodePhrase } from '../../server/impact/phrases.js';
import { asElementName } from '../../server/topology/element-name.js';
import { estate } from '../fixture.js';
import { namesOf } from '../mesh.js';

/** Each cluster has a home of a service, and calls it; all reach each other. */
async function graphOf(size: number) {
    const names = namesOf(size);
    const { topology } = await estate(
        [
            'topology homes',
            'management cluster mgmt',
            namesOf(size, (name) => `workload cluster ${name} { gateway east-west }`, '\n'),
            `service shop on ${names} { calls pay }`,
            `service pay on ${names} { failover east-west }`,
            `network { ${names} <-> ${names} }`,
        ].join('\n'),
    );
    return analysisOf(topology).graph;
}

test('a way from a cluster to a home costs two and a half nodes and five edges', async () => {
    const step = 52;
    const graphs = [await graphOf(step), await graphOf(2 * step), await graphOf(3 * step)];
    // what is left of a sum of squares, sizes and constants, once the latter two are taken out
    const forEachWay = ([one = 0, two = 0, three = 0]: number[]) => (three - 2 * two + one) / (2 * step ** 2);
    expect(forEachWay(graphs.map(({ nodes }) => nodes.length))).toBe(2.5);
    expect(forEachWay(graphs.map(({ inputs }) => inputs.targets.length))).toBe(5);
    expect(forEachWay(graphs.map(({ dependents }) => dependents.targets.length))).toBe(5);
});

test('elements and nodes lead to each other, links that requests cross among them', async () => {
    const { elements, nodes, nodeOfElement } = await graphOf(52);
    const named = elements.byName.get(asElementName('link:c7->c3'));
    expect(named).toMatchObject({ kind: 'directed-link', ends: { from: 'c7', to: 'c3' }, parents: ['link:c3/c7'] });
    expect(elements.all).toHaveLength(elements.size);
    expect(elements.size - elements.listed.length).toBe(3 * ((52 * 51) / 2));
    for (const element of elements.all) {
        expect(elements.byName.get(element.name)).toBe(element);
        expect(nodes.at(nodeOfElement.get(element.name)!)).toEqual({ kind: 'element', element });
    }
    for (const other of ['link:c7/c3', 'link:c3/c3', 'link:c3->nothing', 'c3/c7', 'c7->c3'].map(asElementName)) {
        expect([elements.byName.has(other), nodeOfElement.has(other)]).toEqual([false, false]);
    }
});

test('a way is lost to instances of whose return nobody has told', async () => {
    const { topology } = await estate(`
        management cluster mgmt
        workload cluster east { gateway east-west }
        workload cluster west { gateway east-west }
        service shop on east { calls pay }
        service pay on west { failover east-west }`);
    const { graph } = analysisOf(topology);
    const pay = asElementName('pay@west');
    const moments = run(
        graph,
        [
            { at: 0, action: 'fail', element: pay },
            { at: 10, action: 'fail', element: asElementName('mgmt.central-control-plane') },
            { at: 20, action: 'recover', element: pay },
        ],
        'earliest',
    );
    const { outcome } = moments.find(({ at }) => at === 20)!;
    const told: string[] = [];
    const [path] = graph.traffic.paths('east', { kind: 'service', name: 'pay' });
    for (let step = explainer(outcome)(path!.lost); ; step = step.causes[0]!.because) {
        told.push(nodePhrase(step.node), ...step.causes.map(({ reason }) => reason.because));
        if (step.causes.length === 0) break;
    }
    expect(told).toEqual([
        'the way from `east` to `pay`',
        'it is one of the places that can answer',
        'the way from `east` to `pay` on `west`',
        'requests go nowhere of which nobody knows that it is there',
        '`pay` on `west`, as far as `east` knows',
    ]);
});
