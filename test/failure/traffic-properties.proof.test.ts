import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import { simulate } from '../../server/failure/outcome.js';
import { callPath, hostPath } from '../../server/impact/path.js';
import { carriesWorkloads, type Topology } from '../../server/topology/topology.js';
import { randomEstate } from './random-estate.js';
import { share } from '../share.js';
import { harmsOf, takenEnds, withFailures } from './failing.js';

const estateAndFailures = withFailures(randomEstate);

const rounding = 1e-9;

const isWorseNowhere = (fewer: readonly number[], more: readonly number[]) =>
    fewer.every((harm, index) => harm <= more[index]! + rounding);

describe('deaths never heal', () => {
    test('in singles, pairs and triples: no mark and no share of a set is better than that of a part of it', () => {
        fc.assert(
            fc.property(estateAndFailures, ({ topology, failures }) => {
                const graph = buildFailureGraph(topology);
                const all = harmsOf(simulate(graph, failures));
                for (const left of failures) {
                    const fewer = harmsOf(
                        simulate(
                            graph,
                            failures.filter((name) => name !== left),
                        ),
                    );
                    expect(isWorseNowhere(fewer, all)).toBe(true);
                }
            }),
            { numRuns: share(1_000) },
        );
    });

    test('a whole loses at least the share that a part of it loses', () => {
        fc.assert(
            fc.property(randomEstate, (topology) => {
                const graph = buildFailureGraph(topology);
                for (const { name, parents } of graph.elements.all) {
                    const part = harmsOf(simulate(graph, [name]));
                    for (const parent of parents)
                        expect(isWorseNowhere(part, harmsOf(simulate(graph, [parent])))).toBe(true);
                }
            }),
            { numRuns: share(50) },
        );
    });
});

describe('a result agrees with itself', () => {
    const simulated = (topology: Topology, failures: Parameters<typeof simulate>[1]) =>
        simulate(buildFailureGraph(topology), failures);

    test('a host that is not gone has a way on which every hop holds, and is served from where such ways end', () => {
        fc.assert(
            fc.property(estateAndFailures, ({ topology, failures }) => {
                const outcome = simulated(topology, failures);
                for (const host of outcome.graph.traffic.hosts) {
                    const said = outcome.hosts.find((each) => each.host === host.exposure.host)!;
                    const drawn = hostPath(outcome, host);
                    expect(drawn.alive).toBe(said.severity !== 'total');
                    const taken = takenEnds(drawn, host.service);
                    if (said.severity !== 'total') expect(taken.size).toBeGreaterThan(0);
                    expect([...taken].sort()).toEqual(said.servedFrom);
                }
            }),
            { numRuns: share(500) },
        );
    });

    test('a caller that is served has a way on which every hop holds', () => {
        fc.assert(
            fc.property(estateAndFailures, ({ topology, failures }) => {
                const outcome = simulated(topology, failures);
                for (const [service, callers] of outcome.graph.traffic.callers) {
                    const { consumers } = outcome.services.find(({ name }) => name === service)!;
                    for (const { service: name, cluster, path } of callers) {
                        const said = consumers.find((each) => each.name === name && each.cluster === cluster);
                        if (!said) continue;
                        const ends = takenEnds(callPath(outcome, path), service);
                        expect([...ends].sort()).toEqual(said.servedFrom);
                        expect(ends.size > 0).toBe(said.severity !== 'total');
                    }
                }
            }),
            { numRuns: share(500) },
        );
    });

    test('where every host and service is gone and no unnamed workload lives, running workloads are lost', () => {
        let seen = 0;
        fc.assert(
            fc.property(estateAndFailures, ({ topology, failures }) => {
                const outcome = simulated(topology, failures);
                const homed = new Set(topology.services.flatMap(({ homes }) => homes.map(({ cluster }) => cluster)));
                const unnamed = topology.clusters.filter(
                    (cluster) => carriesWorkloads(cluster) && !homed.has(cluster.name),
                );
                const served = outcome.services.filter(({ homes }) => homes.some(({ serves }) => serves));
                const isAllGone =
                    unnamed.length === 0 &&
                    outcome.services.length > 0 &&
                    [...outcome.hosts, ...outcome.services].every(({ severity }) => severity === 'total');
                if (!isAllGone) return;
                seen += served.length > 0 ? 1 : 0;
                expect(outcome.operations.runningWorkloads).toBe('total');
            }),
            // so rare that a share of other ones may have none
            { numRuns: 2_000, seed: 1 },
        );
        // some of them run on where nobody reaches them
        expect(seen).toBeGreaterThan(0);
    });

    test('a host is told the same wherever it is told', () => {
        fc.assert(
            fc.property(estateAndFailures, ({ topology, failures }) => {
                const { hosts, services } = simulated(topology, failures);
                for (const { host, service, severity, servedFrom } of hosts) {
                    const consumers = services.find(({ name }) => name === service)?.consumers ?? [];
                    expect(consumers.find(({ name }) => name === host)).toMatchObject({ severity, servedFrom });
                }
            }),
            { numRuns: share(500) },
        );
    });

    test('what is lost in part is limited, and what is limited is lost in part or answers in part', () => {
        fc.assert(
            fc.property(estateAndFailures, ({ topology, failures }) => {
                for (const { severity, lostShare, missed, gapSeconds } of simulated(topology, failures).hosts) {
                    expect(severity === 'total').toBe(lostShare === 1);
                    expect(severity === 'unaffected').toBe(lostShare === 0 && missed.length === 0);
                    if (severity === 'total') expect(gapSeconds).toBeNull();
                }
            }),
            { numRuns: share(500) },
        );
    });
});
