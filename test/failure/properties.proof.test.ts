import { createPropagation, propagate } from '../../server/engine/index.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analysisOf } from '../../server/failure/analysis.js';
import { buildFailureGraph } from '../../server/failure/build.js';
import { simulate, type Outcome } from '../../server/failure/outcome.js';
import { operations, severities, type Severity } from '../../server/knowledge/operations.js';
import type { ElementName } from '../../server/topology/element-name.js';
import type { Cluster, Topology } from '../../server/topology/topology.js';
import { randomEstate } from './random-estate.js';
import { share } from '../share.js';

const gravity = (severity: Severity) => severities.indexOf(severity);

/** An estate and some of its elements. */
const estateAndFailures = randomEstate.chain((topology) => {
    const names = buildFailureGraph(topology).elements.all.map((element) => element.name);
    return fc.record({
        topology: fc.constant(topology),
        failures: fc.subarray(names, { minLength: 1, maxLength: 4 }),
    });
});

/**
 * What can only get worse. Services are left out: they are judged by who uses them, and a caller that dies no longer
 * misses anything; so are hosts as far as they answer in part only, for the same reason.
 */
const severitiesOf = (outcome: Outcome) => [
    ...operations.map((operation) => outcome.operations[operation]),
    ...outcome.hosts.map((host): Severity => (host.severity === 'total' ? 'total' : 'unaffected')),
    ...outcome.clusters.flatMap((cluster) => Object.values(cluster.operations)),
];

describe('the engine', () => {
    test('more failures never help', () => {
        fc.assert(
            fc.property(estateAndFailures, ({ topology, failures }) => {
                const graph = buildFailureGraph(topology);
                const more = severitiesOf(simulate(graph, failures));
                const fewer = severitiesOf(simulate(graph, failures.slice(1)));
                expect(fewer.every((severity, index) => gravity(severity) <= gravity(more[index]!))).toBe(true);
            }),
        );
    });

    test('a whole that fails is at least as bad as any part of it', () => {
        fc.assert(
            fc.property(randomEstate, (topology) => {
                const graph = buildFailureGraph(topology);
                for (const { name, parents } of graph.elements.all) {
                    const part = severitiesOf(simulate(graph, [name]));
                    for (const parent of parents) {
                        const whole = severitiesOf(simulate(graph, [parent]));
                        expect(part.every((severity, index) => gravity(severity) <= gravity(whole[index]!))).toBe(true);
                    }
                }
            }),
            { numRuns: share(50) },
        );
    });

    test('nothing is lost where nothing fails', () => {
        fc.assert(
            fc.property(randomEstate, (topology) => {
                const outcome = simulate(buildFailureGraph(topology), []);
                expect(outcome.effects).toEqual([]);
                expect(new Set(severitiesOf(outcome))).toEqual(new Set(['unaffected']));
            }),
        );
    });

    test('the order of declarations changes nothing', () => {
        fc.assert(
            fc.property(estateAndFailures, ({ topology, failures }) => {
                const turned: Topology = {
                    ...topology,
                    regions: [...topology.regions].reverse(),
                    clusters: [...topology.clusters].reverse(),
                    services: [...topology.services].reverse(),
                };
                const graph = buildFailureGraph(turned);
                // the name of a link depends on which cluster is declared first
                fc.pre(failures.every((name) => graph.nodeOfElement.has(name)));
                fc.pre(topology.clusters.filter(({ kind }) => kind === 'management').length <= 1);
                const straight = simulate(buildFailureGraph(topology), failures);
                expect(simulate(graph, failures).operations).toEqual(straight.operations);
            }),
        );
    });

    test('renaming changes nothing', () => {
        fc.assert(
            fc.property(randomEstate, (topology) => {
                const graph = buildFailureGraph(topology);
                const renamed = buildFailureGraph(withOtherClusterNames(topology));
                for (const [index, { name }] of graph.elements.all.entries()) {
                    const other = renamed.elements.all[index]!.name;
                    expect(simulate(renamed, [other]).operations).toEqual(simulate(graph, [name]).operations);
                }
            }),
            { numRuns: share(50) },
        );
    });

    test('a sweep that undoes only what it touched equals one from scratch', () => {
        fc.assert(
            fc.property(randomEstate, (topology) => {
                const analysis = analysisOf(topology);
                const { graph } = analysis;
                const scratch = createPropagation(graph);
                for (const { name } of graph.elements.all) {
                    const seeds = [graph.nodeOfElement.get(name)!];
                    expect(propagate(graph, seeds, scratch).order).toEqual(propagate(graph, seeds).order);
                    expect(analysis.marksOf(name)).toEqual(simulate(graph, [name]).operations);
                }
            }),
            { numRuns: share(50) },
        );
    });

    test('one more home never hurts a service, and never saves one that it does not serve', () => {
        fc.assert(
            fc.property(estateAndFailures, ({ topology, failures }) => {
                const [service, ...others] = topology.services;
                fc.pre(service !== undefined && service.homes.length > 0);
                // By nature a new home can hurt: where requests are pinned to it (weights, no outlier detection, entry
                // gateways with clients of their own), or where it is another service by its namespace.
                fc.pre(service.outlierDetection.value && service.exposures.length === 0);
                fc.pre(service.homes.every(({ namespace }) => namespace.value === service.namespace.value));
                const spare = topology.clusters.find(
                    (cluster) => cluster.edge && !service.homes.some((home) => home.cluster === cluster.name),
                );
                fc.pre(spare !== undefined);
                const { replicas: _, virtualMachines: __, ...home } = service.homes[0]!;
                const homes = [...service.homes, { ...home, cluster: spare.name }];
                const richer = buildFailureGraph({ ...topology, services: [{ ...service, homes }, ...others] });
                fc.pre(failures.every((name) => richer.nodeOfElement.has(name)));
                const fares = (outcome: Outcome) => outcome.services.find(({ name }) => name === service.shortName)!;
                const poorer = buildFailureGraph(topology);
                // where no home serves even in health, there is nothing to lose before
                fc.pre(fares(simulate(poorer, [])).homes.some(({ serves }) => serves));
                const before = fares(simulate(poorer, failures));
                const after = fares(simulate(richer, failures));
                // its first caller is a new facet, too, and one that can be lost
                fc.pre((before.consumers.length === 0) === (after.consumers.length === 0));
                expect(before.severity === 'total' || after.severity !== 'total').toBe(true);
            }),
        );
    });

    test('one more east-west gateway beside another never hurts', () => {
        fc.assert(
            fc.property(estateAndFailures, ({ topology, failures }) => {
                const poorer = buildFailureGraph(topology);
                // By nature a share that is lost in place of everything can hurt others: what needs each other in a circle
                // loses shares as one.
                fc.pre(poorer.traffic.circleOf.size === 0);
                const richer = buildFailureGraph(withSecondEastWestGateways(topology));
                const before = severitiesOf(simulate(poorer, failures));
                const after = severitiesOf(simulate(richer, failures));
                expect(after.every((severity, index) => gravity(severity) <= gravity(before[index]!))).toBe(true);
            }),
        );
    });

    test('mutual dependence alone fails nothing, and every loss has a cause', () => {
        fc.assert(
            fc.property(estateAndFailures, ({ topology, failures }) => {
                const graph = buildFailureGraph(topology);
                const { propagation } = simulate(graph, failures);
                const seeds = new Set(failures.map((name) => graph.nodeOfElement.get(name)!));
                const seen = new Set<number>();
                for (const node of propagation.order) {
                    const { offsets, targets } = graph.inputs;
                    const causes = [...targets.subarray(offsets[node], offsets[node + 1])].filter((input) =>
                        seen.has(input),
                    );
                    expect(seeds.has(node) || causes.length >= graph.thresholds[node]!).toBe(true);
                    seen.add(node);
                }
            }),
        );
    });
});

/** By nature the first gateway of a cluster can hurt: it opens ways that can be lost. A second one only helps. */
function withSecondEastWestGateways(topology: Topology): Topology {
    return {
        ...topology,
        clusters: topology.clusters.map((cluster): Cluster => {
            const gateway = cluster.gateways.find(({ roles }) => roles.includes('east-west'));
            if (!gateway) return cluster;
            // what it asks about each request would be asked of those that it lets pass, too
            const { replicas: _, externalAuthorization: __, rateLimit: ___, ...second } = gateway;
            return {
                ...cluster,
                gateways: [...cluster.gateways, { ...second, name: 'one-more', named: true, roles: ['east-west'] }],
            };
        }),
    };
}

function withOtherClusterNames(topology: Topology): Topology {
    const renamed = (name: string) => `renamed-${name}`;
    return {
        ...topology,
        clusters: topology.clusters.map((cluster) => ({
            ...cluster,
            name: renamed(cluster.name),
            gateways: withClusters(cluster.gateways, renamed),
        })),
        services: withClusters(topology.services, renamed),
        network: {
            ...topology.network,
            lines: topology.network.lines.map((line) => ({
                ...line,
                from: line.from.map(renamed),
                to: line.to.map(renamed),
            })),
        },
    };
}

/** With another name wherever a part says in which cluster it is, however deep. */
function withClusters<T>(value: T, renamed: (name: string) => string): T {
    if (typeof value !== 'object' || value === null || value instanceof Map) return value;
    if (Array.isArray(value)) return value.map((part: unknown) => withClusters(part, renamed)) as T;
    const entries = Object.entries(value).map(([key, part]: [string, unknown]) => [
        key,
        key === 'cluster' && typeof part === 'string' ? renamed(part) : withClusters(part, renamed),
    ]);
    return Object.fromEntries(entries) as T;
}

test('an unknown element is an error of the caller', () => {
    const [topology] = fc.sample(randomEstate, 1);
    expect(() => simulate(buildFailureGraph(topology!), ['nothing' as ElementName])).toThrow(RangeError);
});
