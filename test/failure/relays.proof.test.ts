import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import { simulate } from '../../server/failure/outcome.js';
import { trafficOutcome } from '../../server/failure/traffic-outcome.js';
import { callPath, hostPath } from '../../server/impact/path.js';
import { share } from '../share.js';
import { harmsOf, takenEnds, withFailures } from './failing.js';
import { estateWithRelays } from './random-relays.js';

const estateAndFailures = withFailures(estateWithRelays);

const rounding = 1e-9;

test('with relays deaths never heal: no mark and no share of a set is better than that of a part of it', () => {
    let relayed = 0;
    fc.assert(
        fc.property(estateAndFailures, ({ topology, failures }) => {
            const graph = buildFailureGraph(topology);
            const paths = [...graph.traffic.callers.values()].flat().map(({ path }) => path);
            if (paths.some(({ relays }) => relays.length > 0)) relayed++;
            const all = harmsOf(simulate(graph, failures));
            for (const left of failures) {
                const fewer = simulate(
                    graph,
                    failures.filter((name) => name !== left),
                );
                expect(harmsOf(fewer).every((harm, at) => harm <= all[at]! + rounding)).toBe(true);
            }
        }),
        { numRuns: share(1_000) },
    );
    expect(relayed).toBeGreaterThan(share(1_000) / 10);
});

test('with relays whoever is served has a way on which every hop holds, and is served from where such ways end', () => {
    fc.assert(
        fc.property(estateAndFailures, ({ topology, failures }) => {
            const outcome = simulate(buildFailureGraph(topology), failures);
            for (const host of outcome.graph.traffic.hosts) {
                const said = outcome.hosts.find((each) => each.host === host.exposure.host)!;
                expect([...takenEnds(hostPath(outcome, host), host.service)].sort()).toEqual(said.servedFrom);
            }
            for (const [service, callers] of outcome.graph.traffic.callers) {
                const { consumers } = outcome.services.find(({ name }) => name === service)!;
                for (const said of consumers.filter(({ kind }) => kind === 'caller')) {
                    // a home that uses a service in several ways is told by the worst of them
                    const ways = callers
                        .filter((each) => each.service === said.name && each.cluster === said.cluster)
                        .map(({ path }) => [...takenEnds(callPath(outcome, path), service)].sort());
                    expect(ways).toContainEqual(said.servedFrom);
                    expect(ways.some((ends) => ends.length > 0)).toBe(said.severity !== 'total');
                    expect(ways.every((ends) => ends.length > 0) || said.severity !== 'unaffected').toBe(true);
                }
            }
        }),
        { numRuns: share(500) },
    );
});

test('with relays a host is limited where a share of it is lost, and what was touched tells as much as everything', () => {
    fc.assert(
        fc.property(estateAndFailures, ({ topology, failures }) => {
            const outcome = simulate(buildFailureGraph(topology), failures);
            for (const { severity, lostShare, missed, gapSeconds } of outcome.hosts) {
                expect(severity === 'total').toBe(lostShare === 1);
                expect(severity === 'unaffected').toBe(lostShare === 0 && missed.length === 0);
                if (severity === 'total') expect(gapSeconds).toBeNull();
            }
            const { down } = outcome.propagation;
            const whole = trafficOutcome(outcome.graph.traffic, (node) => down[node] === 1);
            expect(outcome.hosts).toEqual(whole.hosts());
            expect(outcome.services).toEqual(whole.services());
        }),
        { numRuns: share(500) },
    );
});

test('in health nothing is lost, relays or none', () => {
    fc.assert(
        fc.property(estateWithRelays, (topology) => {
            const { hosts, services, operations: marks } = simulate(buildFailureGraph(topology), []);
            expect(hosts.filter(({ severity }) => severity !== 'unaffected')).toEqual([]);
            expect(
                services.filter(({ consumers }) => consumers.some((each) => each.severity !== 'unaffected')),
            ).toEqual([]);
            expect(Object.values(marks).every((mark) => mark === 'unaffected')).toBe(true);
        }),
        { numRuns: share(1_000) },
    );
});
