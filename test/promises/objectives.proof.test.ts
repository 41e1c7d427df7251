import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propagate } from '../../server/engine/index.js';
import { analysisOf } from '../../server/failure/analysis.js';
import { decidingNode } from '../../server/failure/deciding.js';
import { gapOfRequests, gapOfUsers, longestGapOf, longestGapOfUsers } from '../../server/failure/gaps.js';
import type { FailureGraph } from '../../server/failure/graph.js';
import { actionIds } from '../../server/knowledge/actions.js';
import { operations } from '../../server/knowledge/operations.js';
import { search } from '../../server/promises/search.js';
import type { Judged } from '../../server/promises/things.js';
import { watchOf } from '../../server/promises/watch.js';
import type { Element } from '../../server/topology/element.js';
import type { Topology } from '../../server/topology/topology.js';
import { randomEstate } from '../failure/random-estate.js';
import { estateWithRelays } from '../failure/random-relays.js';
import { share } from '../share.js';
import { harmfulChoices, isHarmful } from './brute-force.js';

function run<T>(steps: Generator<void, T>): T {
    for (;;) {
        const step = steps.next();
        if (step.done) return step.value;
    }
}

/** Hosts, services, operations, clusters of an estate, and what people do with them. */
function everybodyIn(graph: FailureGraph): Judged[] {
    return [
        ...graph.traffic.hosts.map((host): Judged => ({ kind: 'host', host, name: host.exposure.host })),
        ...[...graph.traffic.serving.keys()].map((name): Judged => ({ kind: 'service', name })),
        ...operations.map((operation): Judged => ({ kind: 'operation', operation })),
        ...graph.elements.listed
            .filter(({ kind }) => kind === 'workload-cluster' || kind === 'gateway')
            .map((element): Judged => ({ kind: 'element', element })),
        ...graph.topology.clusters.flatMap((cluster) =>
            actionIds.flatMap((action): Judged[] => {
                const node = decidingNode(graph, cluster, action);
                return node === undefined ? [] : [{ kind: 'action', action, cluster: cluster.name, node }];
            }),
        ),
    ];
}

/** What fails of an estate: so many of its elements, spread over all of them, so that pairs of them can be told. */
function someElements(graph: FailureGraph, most: number): Element[] {
    const all = graph.elements.listed.filter(({ kind }) => kind !== 'service');
    const step = Math.max(1, Math.ceil(all.length / most));
    return all.filter((_, index) => index % step === 0);
}

function compare(topology: Topology, seed: number, most: number, lasting?: number): number {
    const { graph } = analysisOf(topology);
    const of = someElements(graph, most);
    const everybody = everybodyIn(graph);
    const judged = everybody[seed % everybody.length]!;
    const watch = watchOf(graph, judged);
    if (!watch) return 0;
    for (const allowed of ['unaffected', 'limited'] as const) {
        const isHarmed = (failures: readonly Element[]) => isHarmful(graph, judged, failures, allowed, lasting);
        const { singles, pairs } = harmfulChoices(of, isHarmed);
        const options = {
            ...{ watches: [watch], of: of.map((element) => [element]), allowed, isSpared: () => false },
            ...(lasting !== undefined && { lasting }),
        };
        const left = new Set<Element>();
        // as if each single one that is found were accepted, until none is left
        for (;;) {
            const isLeftOut = ([element]: readonly Element[]) => left.has(element!);
            const { found } = run(search(graph, { ...options, count: 1, isLeftOut }));
            if (!found) break;
            expect(found.failures).toHaveLength(1);
            left.add(found.failures[0]!);
        }
        expect([...left].map(({ name }) => name).sort()).toEqual(singles.map(({ name }) => name).sort());

        const keyOf = (failures: readonly Element[]) =>
            failures
                .map(({ name }) => name)
                .sort()
                .join(' + ');
        const known = new Set<string>();
        for (;;) {
            const isLeftOut = (failures: readonly Element[]) =>
                failures.length === 1 ? left.has(failures[0]!) : known.has(keyOf(failures));
            const { found } = run(search(graph, { ...options, count: 2, isLeftOut }));
            if (!found) break;
            // the counterexample is minimal: no part of it does it alone
            expect(found.failures).toHaveLength(2);
            expect(found.failures.some((one) => isHarmed([one]))).toBe(false);
            known.add(keyOf(found.failures));
            if (known.size > pairs.length) break;
        }
        expect([...known].sort()).toEqual(pairs.map(keyOf).sort());
    }
    return 1;
}

describe('what a search for counterexamples finds is what trying everything finds', () => {
    test('single failures and pairs of 500 random small estates', () => {
        let count = 0;
        fc.assert(
            fc.property(fc.oneof(randomEstate, estateWithRelays), fc.nat(), (topology, seed) => {
                count += compare(topology, seed, 24);
            }),
            { numRuns: share(500), seed: 17 },
        );
        expect(count).toBeGreaterThan(share(400));
    });

    test('while they last a day', () => {
        fc.assert(
            fc.property(randomEstate, fc.nat(), (topology, seed) => {
                compare(topology, seed, 12, 86_400);
            }),
            { numRuns: share(150), seed: 18 },
        );
    });
});

test('nobody who moves is away for longer than it is said to be possible, and some are for as long', () => {
    let longest = 0;
    fc.assert(
        fc.property(randomEstate, (topology) => {
            const { graph } = analysisOf(topology);
            for (const { name } of graph.elements.listed) {
                const { down } = propagate(graph, [graph.nodeOfElement.get(name)!]);
                const isDown = (node: number) => down[node] === 1;
                const gaps = [
                    ...graph.traffic.hosts.map((host) => [gapOfRequests(host, isDown), longestGapOf(host)] as const),
                    ...[...graph.traffic.serving.keys()].map(
                        (service) =>
                            [
                                gapOfUsers(graph.traffic, service, isDown),
                                longestGapOfUsers(graph.traffic, service),
                            ] as const,
                    ),
                ];
                for (const [gap, most] of gaps) {
                    if (gap === null) continue;
                    expect(gap.to).toBeLessThanOrEqual(most);
                    if (gap.to === most && most > 60) longest++;
                }
            }
        }),
        { numRuns: Math.max(40, share(200)), seed: 19 },
    );
    expect(longest).toBeGreaterThan(share(20));
});
