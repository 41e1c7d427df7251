import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildFailureGraph } from '../../server/failure/build.js';
import { heededAt } from '../../server/failure/heeded.js';
import type { Outcome } from '../../server/failure/outcome.js';
import type { Reading } from '../../server/failure/reading.js';
import { run } from '../../server/failure/run.js';
import { failuresFor } from '../../server/failure/timeline.js';
import type { Topology } from '../../server/topology/topology.js';
import { share } from '../share.js';
import { withFailures } from './failing.js';
import { randomEstate } from './random-estate.js';
import { estateWithRelays } from './random-relays.js';

const marksOf = ({ operations, clusters, hosts, services }: Outcome) => ({
    operations,
    clusters,
    hosts: hosts.map(({ host, severity, servedFrom }) => [host, severity, servedFrom]),
    services: services.map(({ name, severity, lostHomes, missed }) => [name, severity, lostHomes, missed]),
});

/** The other word on outlier detection, of some services. */
function turned(topology: Topology, owners: ReadonlySet<string>): Topology {
    return {
        ...topology,
        services: topology.services.map((service) => {
            const { value, origin } = service.outlierDetection;
            return owners.has(service.shortName)
                ? { ...service, outlierDetection: { value: !value, origin } }
                : service;
        }),
    };
}

/** Failover is on in most random estates: here a third has it. */
function withLittleFailover(topology: Topology): Topology {
    return {
        ...topology,
        services: topology.services.map((service, place) => {
            const { value, origin } = service.eastWestFailover;
            return { ...service, eastWestFailover: { value: value && place % 3 === 0, origin } };
        }),
    };
}

test.each([
    ['any estate', randomEstate],
    ['one with relays', estateWithRelays],
])('of whom outlier detection is not heeded, nobody fares otherwise with it, at any time: %s', (_, estates) => {
    let [heeding, all] = [0, 0];
    fc.assert(
        fc.property(withFailures(estates.map(withLittleFailover)), ({ topology, failures }) => {
            const owners = topology.services.map(({ shortName }) => shortName);
            const heeded = new Set(heededAt(topology, 'outlier-detection-on', owners));
            const others = new Set(owners.filter((owner) => !heeded.has(owner)));
            all += owners.length;
            heeding += heeded.size;
            const [here, there] = [buildFailureGraph(topology), buildFailureGraph(turned(topology, others))];
            const course = (graph: typeof here, reading: Reading) =>
                run(graph, failuresFor(failures), reading).map(({ at, outcome }) => ({ at, marks: marksOf(outcome) }));
            for (const reading of ['earliest', 'latest'] as const)
                expect({ failures, course: course(there, reading) }).toEqual({
                    failures,
                    course: course(here, reading),
                });
        }),
        { numRuns: share(2_000) },
    );
    // both kinds are looked at
    expect(heeding / all).toBeGreaterThan(0.05);
    expect(heeding / all).toBeLessThan(0.95);
});
