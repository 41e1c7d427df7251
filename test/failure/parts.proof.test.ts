import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blastsIn } from '../../server/failure/blast-radius.js';
import { buildFailureGraph, wholeGraph } from '../../server/failure/build.js';
import { graphOfParts } from '../../server/failure/graph-of-parts.js';
import { explainer } from '../../server/failure/explain.js';
import type { FailureGraph } from '../../server/failure/graph.js';
import { simulate } from '../../server/failure/outcome.js';
import { run } from '../../server/failure/run.js';
import { worldGraphOf } from '../../server/failure/world-graph.js';
import type { ElementName } from '../../server/topology/element-name.js';
import { partsOf } from '../../server/topology/neighbourhoods.js';
import type { Topology } from '../../server/topology/topology.js';
import { share } from '../share.js';
import { afterEdits } from './after-edits.js';
import { elementNames } from './names-in.js';
import { randomEstate } from './random-estate.js';
import { estateWithNeeds } from './random-needs.js';

/** In one of three all kinds of things require services and what is outside. */
const estates = fc.oneof({ arbitrary: randomEstate, weight: 2 }, { arbitrary: estateWithNeeds, weight: 1 });

/** What the failures of an estate do, one after the other, now and later, without a number of a node. */
function told(graph: FailureGraph, names: readonly ElementName[]): unknown {
    const blasts = blastsIn(graph);
    return names.map((name) => {
        const outcome = simulate(graph, [name]);
        const { operations, clusters, hosts, services, effects } = outcome;
        const explain = explainer(outcome);
        const told = effects.map(({ facet: { flow, scope, rank }, state, node }) => ({
            ...{ flow, scope, rank, state },
            root: explain(node).root,
        }));
        const steps = [
            { at: 0, action: 'fail', element: name },
            { at: 600, action: 'recover', element: name },
        ] as const;
        const times = run(graph, steps, 'earliest').map(({ at, expired, outcome }) => ({
            at,
            expired: expired.map(({ clock, scope }) => ({ clock, scope })),
            marks: outcome.operations,
        }));
        const blast = { ...blasts.blastRadiusOf(name), worseFrom: blasts.worseFrom(name) };
        return { name, operations, clusters, hosts, services, told, times, blast };
    });
}

const namesIn = (topology: Topology) => (elementNames(topology) as ElementName[]).filter((_, place) => place % 3 === 0);

test('a graph put together from parts says what one built in one piece says', () => {
    let divided = 0;
    fc.assert(
        fc.property(estates, (topology) => {
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

test('after any edits the graph says what a fresh one says', () => {
    afterEdits(share(500), (topology, isFirst) => {
        const graph = buildFailureGraph(topology);
        if (isFirst) return;
        const fresh = buildFailureGraph({ ...topology });
        const names = graph.elements.all.map(({ name }) => name).filter((_, place) => place % 5 === 0);
        expect(graph.elements.all).toEqual(fresh.elements.all);
        expect(told(graph, names)).toEqual(told(fresh, names));
        // of services that have gone on from one world to the next, too
        expect(askedOfWorld(topology)).toEqual(expect.arrayContaining(askedOfWorld(fresh.topology)));
    });
});

function askedOfWorld(topology: Topology): string[] {
    return [...worldGraphOf(partsOf(topology).world).view.asked.keys()];
}
