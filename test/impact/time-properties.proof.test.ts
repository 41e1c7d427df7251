import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import { enduranceOf } from '../../server/failure/endurance.js';
import { isAlive, type Outcome } from '../../server/failure/outcome.js';
import type { Step } from '../../server/failure/run.js';
import { failuresFor, pointAt, timelineOf } from '../../server/failure/timeline.js';
import { enduranceSentences } from '../../server/impact/endurance.js';
import { timelineEntries, type TimelineEntry } from '../../server/impact/timeline.js';
import { operations, severities } from '../../server/knowledge/operations.js';
import type { Topology } from '../../server/topology/topology.js';
import { randomScenario } from '../failure/random-scenario.js';
import { share } from '../share.js';

const runs = { numRuns: share(150) };

/** Machines whose gateway stands elsewhere live on without their cluster, and so do their clocks: pods in their place. */
function withoutMachinesElsewhere(topology: Topology): Topology {
    const services = topology.services.map((service) => ({
        ...service,
        homes: service.homes.map(({ virtualMachines, ...home }) => {
            const isElsewhere = virtualMachines?.gateway && virtualMachines.gateway.cluster !== home.cluster;
            return virtualMachines && !isElsewhere ? { ...home, virtualMachines } : home;
        }),
    }));
    return { ...topology, services };
}

/** A random estate with short lives, and what happens in it. */
const inTime = randomScenario.map(({ topology, steps }) => ({
    graph: buildFailureGraph(withoutMachinesElsewhere(topology)),
    steps: steps as readonly Step[],
    [fc.toStringMethod]: () => JSON.stringify(steps),
}));

/** The same, with failures from the beginning that last. */
const lasting = inTime.map(({ graph, steps }) => {
    const failures = [...new Set(steps.map(({ element }) => element))];
    return { graph, failures, [fc.toStringMethod]: () => failures.join(' ') };
});

/** What an event is about, if it is about a clock. */
const aboutClocks = /run out|ran out|is full|are forgotten|have ended|renewed|drains|fill again|opened again/;
const aboutStarts = /start|is void/;

/** Machines stand beside their cluster, and are told of with it. */
const aboutMachines = /machine certificates of `[^`]*` on `[^`]*`/g;

/** What a reader of the output sees of an outcome, without what concerns only the dead. */
function seen(outcome: Outcome): string {
    const severityOf = (of: { readonly severity: (typeof severities)[number] }) => severities.indexOf(of.severity);
    return JSON.stringify([
        operations.map((operation) => outcome.operations[operation]),
        outcome.clusters,
        outcome.hosts.map((host) => [severityOf(host), host.lostShare, host.servedFrom]),
        outcome.effects.filter(({ facet }) => facet.rank !== 'note').map(({ node, state }) => [node, state]),
    ]);
}

const causes = ({ sentences }: TimelineEntry) =>
    sentences.filter((sentence) => aboutClocks.test(sentence) || aboutStarts.test(sentence));

describe('events', () => {
    test('whatever changes has an event, and every event a cause', () => {
        fc.assert(
            fc.property(inTime, ({ graph, steps }) => {
                const timeline = timelineOf(graph, steps);
                const entries = timelineEntries(timeline);
                for (const [index, { at, earliest }] of timeline.points.entries()) {
                    const before = timeline.points[index - 1];
                    const isStep = steps.some((step) => step.at === at);
                    if (!before || isStep || seen(before.earliest.outcome) === seen(earliest.outcome)) continue;
                    const entry = entries.find((other) => other.at === at && causes(other).length > 0);
                    expect(entry, `something changes at ${at} s`).toBeDefined();
                }
                const moments = new Set([...steps.map(({ at }) => at), 0]);
                for (const entry of entries) {
                    const hasMoved = entry.sentences.every((sentence) => sentence.startsWith('By now the clients of'));
                    expect(
                        moments.has(entry.at) || hasMoved || causes(entry).length > 0,
                        entry.sentences.join(' '),
                    ).toBe(true);
                }
            }),
            runs,
        );
    });

    test('a dead cluster appears in no event about clocks', () => {
        fc.assert(
            fc.property(inTime, ({ graph, steps }) => {
                const timeline = timelineOf(graph, steps);
                for (const { at, sentences } of timelineEntries(timeline)) {
                    const { outcome } = pointAt(timeline, at).earliest;
                    const told = sentences.filter((sentence) => aboutClocks.test(sentence)).join(' ');
                    const named = told.replaceAll(aboutMachines, '');
                    const dead = outcome.clusters.filter(({ alive }) => !alive);
                    expect(
                        dead.filter(({ name }) => named.includes(`\`${name}\``)),
                        `${at} ${told}`,
                    ).toEqual([]);
                }
            }),
            runs,
        );
    });

    test('what is certain is the same in both readings', () => {
        fc.assert(
            fc.property(inTime, ({ graph, steps }) => {
                const timeline = timelineOf(graph, steps);
                for (const { certain, sentences, operations: marks, atBest } of timelineEntries(timeline)) {
                    if (!certain) continue;
                    const [changed] = sentences.filter((sentence) =>
                        /^(Running|Local|Metrics|Management) /.test(sentence),
                    );
                    if (changed !== undefined) expect(marks).toMatchObject(marksIn(changed, marks));
                    if (changed !== undefined) expect(atBest).toMatchObject(marksIn(changed, marks));
                }
            }),
            runs,
        );
    });
});

/** The marks of those operations that a sentence names. */
function marksIn(sentence: string, marks: TimelineEntry['operations']) {
    const titles = {
        runningWorkloads: 'Running workloads',
        localClusterOperations: 'Local cluster operations',
        metricsCollection: 'Metrics collection',
        managementOperations: 'Management operations',
    };
    return Object.fromEntries(
        operations
            .filter((operation) => sentence.includes(titles[operation]))
            .map((operation) => [operation, marks[operation]]),
    );
}

describe('endurance', () => {
    test('names whatever time changes', () => {
        fc.assert(
            fc.property(lasting, ({ graph, failures }) => {
                const { points } = timelineOf(graph, failuresFor(failures));
                const { worsenings } = enduranceOf(graph, failures);
                const times = new Set(worsenings.map(({ from }) => from));
                for (const [index, { at, earliest }] of points.entries()) {
                    const before = points[index - 1];
                    if (!before || seen(before.earliest.outcome) === seen(earliest.outcome)) continue;
                    expect(times.has(at), `something changes at ${at} s`).toBe(true);
                }
                for (const operation of operations) {
                    const marks = new Set(points.map((point) => point.earliest.outcome.operations[operation]));
                    const told = worsenings.filter(({ of }) => of.kind === 'operation' && of.operation === operation);
                    expect(told).toHaveLength(marks.size - 1);
                }
            }),
            runs,
        );
    });

    test('nothing is called stable beside a timeline that goes on', () => {
        fc.assert(
            fc.property(lasting, ({ graph, failures }) => {
                const timeline = timelineOf(graph, failuresFor(failures));
                const entries = timelineEntries(timeline);
                const [first] = enduranceSentences(timeline.points[0]!.earliest.outcome);
                const later = entries.filter(
                    ({ at, sentences }) =>
                        at > 0 && !sentences.every((sentence) => sentence.startsWith('By now the clients')),
                );
                const isStable = /^(It harms nothing|It does not get worse)/.test(first!);
                expect(
                    isStable,
                    [first, ...later.map(({ at, sentences }) => `${at} ${sentences.join(' ')}`)].join('\n'),
                ).toBe(later.length === 0);
            }),
            runs,
        );
    });

    test('a dead cluster gets no worse', () => {
        fc.assert(
            fc.property(lasting, ({ graph, failures }) => {
                const { outcome } = timelineOf(graph, failuresFor(failures)).points[0]!;
                for (const { of, timers } of enduranceOf(graph, failures).worsenings) {
                    const clusters = [
                        ...(of.kind === 'cluster' || of.kind === 'freshness' ? [of.cluster] : []),
                        ...timers
                            .filter(({ clock }) => clock !== 'machine-certificate')
                            .flatMap(({ scope }) => scope.cluster ?? []),
                    ];
                    expect(clusters.filter((name) => !isAlive(outcome, name))).toEqual([]);
                }
            }),
            runs,
        );
    });
});
