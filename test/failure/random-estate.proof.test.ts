import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementsOf } from '../../server/topology/elements.js';
import { managementCluster, type Topology } from '../../server/topology/topology.js';
import { isAskedByName } from './evaluator/declared.js';
import { hostsOf, type Entry, type Host } from './evaluator/entries.js';
import { Ways, type Instances } from './evaluator/ways.js';
import { elementNames } from './names-in.js';
import { randomEstate } from './random-estate.js';

/** An estate, with what the evaluator finds in it in health. */
interface Sample {
    readonly topology: Topology;
    readonly ways: Ways;
    readonly hosts: readonly Host[];
}

const samples = fc.sample(randomEstate, { numRuns: 1_000, seed: 1 }).map((topology): Sample => {
    const ways = new Ways(topology);
    return { topology, ways, hosts: hostsOf(topology, ways) };
});

function inPercent(trait: (sample: Sample) => boolean): number {
    return (100 * samples.filter(trait).length) / samples.length;
}

const someEntry = (trait: (entry: Entry, host: Host) => boolean) => (sample: Sample) =>
    sample.hosts.some((host) => host.entries.some((entry) => trait(entry, host)));

const someHome = (trait: (instances: Instances, sample: Sample) => boolean) => (sample: Sample) =>
    sample.ways.instances.some((instances) => trait(instances, sample));

/** Whether requests between services have that choice of ways somewhere. */
const someWay = (trait: (ranks: ReturnType<Ways['between']>, detects: boolean) => boolean) => (sample: Sample) =>
    sample.topology.services.some((service) =>
        sample.topology.clusters.some(({ name }) =>
            trait(sample.ways.between(name, service), service.outlierDetection.value),
        ),
    );

const weighted = ({ name, service }: Host) =>
    service.exposures.some(({ host, to }) => host === name && to.some(({ weight }) => weight !== undefined));

/** Whether a home, on machines or in pods, has an application that asks for what it has a way to in health. */
const asks =
    (onMachines: boolean) =>
    (instances: Instances, { ways }: Sample) => {
        const { calls, needs } = ways.usesOf(instances);
        const isThere = (instances.home.virtualMachines !== undefined) === onMachines;
        return isThere && [...calls, ...needs.flat()].some((callee) => isAskedByName(callee));
    };

describe('random estates', () => {
    it.each<[string, number, (sample: Sample) => boolean]>([
        ['a host that is served', 50, ({ hosts }) => hosts.length > 0],
        ['several entries', 25, ({ hosts }) => hosts.some(({ entries }) => entries.length > 1)],
        ['GSLB', 15, ({ hosts }) => hosts.some(({ entries, ttl }) => entries.length > 1 && ttl !== undefined)],
        ['transit', 15, someEntry((_, { service }) => service.exposures.some(({ through }) => through.length > 0))],
        ['a choice of chains', 10, someEntry(({ targets }) => targets.some(({ chains }) => chains.length > 1))],
        ['a choice of targets', 10, someEntry(({ targets }) => targets.length > 1)],
        [
            'targets in the own region and elsewhere',
            7,
            someEntry(({ targets }) => targets.some(({ near }) => near) && targets.some(({ near }) => !near)),
        ],
        ['a draw by weight', 4, someEntry(({ strict, targets }) => strict && targets.length > 1)],
        [
            'a draw by weight, with GSLB',
            1,
            someEntry(({ strict, targets }, { ttl }) => strict && targets.length > 1 && ttl !== undefined),
        ],
        [
            'weights that spread clients',
            5,
            ({ hosts }) =>
                hosts.some(
                    (host) => host.entries.length > 1 && host.entries.some(({ strict }) => !strict) && weighted(host),
                ),
        ],
        [
            'weight 0',
            8,
            ({ topology }) =>
                topology.services.some(({ exposures }) =>
                    exposures.some(({ to }) => to.some(({ weight }) => weight === 0)),
                ),
        ],
        [
            'a home that has no way in health to what it needs',
            15,
            someHome((instances, { ways }) => !ways.servesInHealth(instances)),
        ],
        ['a home that needs something', 40, someHome((instances, { ways }) => ways.usesOf(instances).needs.length > 0)],
        ['a helper that fails open', 15, someHome((instances, { ways }) => ways.usesOf(instances).open.length > 0)],
        ['virtual machines', 20, someHome(({ home }) => home.virtualMachines !== undefined)],
        [
            'virtual machines behind a gateway elsewhere',
            3,
            someHome(
                ({ home }) =>
                    home.virtualMachines?.gateway !== undefined &&
                    home.virtualMachines.gateway.cluster !== home.cluster,
            ),
        ],
        ['pods that ask for something by its name', 50, someHome(asks(false))],
        ['machines that do so', 25, someHome(asks(true))],
        [
            'pods whose sidecars ask a helper',
            25,
            someHome(
                ({ home, service }, { ways }) =>
                    home.virtualMachines === undefined &&
                    [service.externalAuthorization, service.rateLimit].some(
                        (helper) => helper?.by && ways.callReaches(home.cluster, helper.by),
                    ),
            ),
        ],
        ['a spare home', 20, someWay((ranks) => ranks.length > 1)],
        ['a spare of a spare', 1, someWay((ranks) => ranks.length > 2)],
        ['several homes at once', 5, someWay(([first]) => (first?.length ?? 0) > 1)],
        [
            'several homes at once that nobody probes',
            2,
            someWay(([first], detects) => !detects && (first?.length ?? 0) > 1),
        ],
        [
            'several east-west gateways',
            10,
            someWay((ranks) => ranks.flat().some(({ gateways }) => gateways.length > 1)),
        ],
        ['a closed network', 15, ({ topology }) => topology.network.declared],
        [
            'a store that elects, in a region',
            4,
            ({ topology }) => {
                const hub = managementCluster(topology);
                const store = hub?.managementPlane.telemetryStore;
                const place = store?.placement.value === 'internal' ? hub?.locality : store?.locality;
                return store?.kind === 'elasticsearch' && (store.replicas?.count ?? 1) > 1 && place !== undefined;
            },
        ],
    ])('have %s: at least %d in a hundred', (_, least, trait) => {
        expect(inPercent(trait)).toBeGreaterThanOrEqual(least);
    });

    it('are small enough for all pairs of their elements', () => {
        const sizes = samples.map(({ topology }) => elementNames(topology).length);
        expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toBeLessThan(80);
        expect(Math.max(...sizes)).toBeLessThan(250);
        expect(samples.every(({ topology }) => topology.clusters.length <= 6 && topology.services.length <= 4)).toBe(
            true,
        );
    });

    it('have no two things of one name, also where a cluster has several gateways of a role', () => {
        expect(
            samples.filter(({ topology }) => new Set(elementNames(topology)).size < elementNames(topology).length),
        ).toEqual([]);
        const several = ({ topology }: Sample) =>
            topology.clusters.some(
                ({ gateways }) => new Set(gateways.map(({ roles }) => roles[0])).size < gateways.length,
            );
        expect(inPercent(several)).toBeGreaterThan(15);
    });

    it('have elements by the names that all else knows them by', () => {
        for (const { topology } of samples) {
            const known = new Set<string>(elementsOf(topology).all.map(({ name }) => name));
            expect(elementNames(topology).filter((name) => !known.has(name))).toEqual([]);
        }
    });
});
