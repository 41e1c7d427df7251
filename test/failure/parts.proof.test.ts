import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildFailureGraph, wholeGraph } from '../../server/failure/build.js';
import { graphOfParts } from '../../server/failure/graph-of-parts.js';
import { explainer } from '../../server/failure/explain.js';
import type { FailureGraph } from '../../server/failure/graph.js';
import { simulate } from '../../server/failure/outcome.js';
import { run } from '../../server/failure/run.js';
import type { ElementName } from '../../server/topology/element-name.js';
import { follow } from '../../server/topology/neighbourhoods.js';
import type { Service, Topology } from '../../server/topology/topology.js';
import { share } from '../share.js';
import { elementNames, randomEstate } from './random-estate.js';

/** What the failures of an estate do, one after the other, now and later, without a number of a node. */
function told(graph: FailureGraph, names: readonly ElementName[]): unknown {
    return names.map((name) => {
        const outcome = simulate(graph, [name]);
        const { operations, clusters, hosts, services, effects } = outcome;
        const explain = explainer(outcome);
        const told = effects.map(({ facet: { flow, scope, rank }, state, node }) => ({
            ...{ flow, scope, rank, state },
            root: explain(node).root,
        }));
        const times = run(graph, [{ at: 0, action: 'fail', element: name }], 'earliest').map(
            ({ at, expired, outcome }) => ({
                at,
                expired: expired.map(({ clock, scope }) => ({ clock, scope })),
                marks: outcome.operations,
            }),
        );
        return { name, operations, clusters, hosts, services, told, times };
    });
}

const namesIn = (topology: Topology) => (elementNames(topology) as ElementName[]).filter((_, place) => place % 3 === 0);

test('a graph put together from parts says what one built in one piece says', () => {
    let divided = 0;
    fc.assert(
        fc.property(randomEstate, (topology) => {
            if (graphOfParts(topology)) divided++;
            const names = namesIn(topology);
            const graph = buildFailureGraph(topology);
            const whole = wholeGraph(topology);
            expect(graph.elements.all).toEqual(whole.elements.all);
            expect(graph.elements.size).toBe(whole.elements.size);
            expect(told(graph, names)).toEqual(told(whole, names));
        }),
        { numRuns: share(500) },
    );
    expect(divided).toBeGreaterThan(share(250));
});

/** A service that is not as it was, or that is gone. */
function changed(service: Service, how: number): Service[] {
    const { outlierDetection, homes } = service;
    if (how === 0) return [];
    if (how === 1) return [{ ...service, calls: [], requires: [] }];
    if (how === 2) return [{ ...service, homes: homes.slice(1) }];
    return [{ ...service, outlierDetection: { ...outlierDetection, value: !outlierDetection.value } }];
}

test('after any edits the graph says what a fresh one says', () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(3)), { minLength: 1, maxLength: 5 });
    fc.assert(
        fc.property(randomEstate, edits, (first, steps) => {
            let topology = first;
            buildFailureGraph(topology);
            for (const [index, how] of steps) {
                const chosen = topology.services[index % Math.max(1, topology.services.length)];
                const services = topology.services.flatMap((each) => (each === chosen ? changed(each, how) : [each]));
                const next = { ...topology, services };
                follow(topology, next);
                topology = next;
                const graph = buildFailureGraph(topology);
                const fresh = buildFailureGraph({ ...topology });
                const names = graph.elements.all.map(({ name }) => name).filter((_, place) => place % 5 === 0);
                expect(graph.elements.all).toEqual(fresh.elements.all);
                expect(told(graph, names)).toEqual(told(fresh, names));
            }
        }),
        { numRuns: share(500) },
    );
});
