import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementsOf } from '../../server/topology/elements.js';
import { managementCluster, type NeededWhen, type Topology } from '../../server/topology/topology.js';
import { hostsOf } from './evaluator/entries.js';
import { Ways } from './evaluator/ways.js';
import { elementNames } from './names-in.js';
import { estatesWithNeeds } from './random-needs.js';

const samples = fc.sample(estatesWithNeeds(false), { numRuns: 500, seed: 1 });

function inPercent(trait: (topology: Topology) => boolean): number {
    return (100 * samples.filter(trait).length) / samples.length;
}

const isRepeated = (when: NeededWhen) => typeof when !== 'string';

/** Whether a cluster, or something that is none, has a need of that kind. */
const someNeed =
    (ofCluster: boolean, is: (when: NeededWhen) => boolean) =>
    ({ needs, clusters }: Topology) =>
        needs.some(({ of, when }) => is(when) && clusters.some(({ name }) => name === of) === ofCluster);

const someService = (is: (when: NeededWhen) => boolean) => (topology: Topology) =>
    topology.services.some(({ needs = [] }) => needs.some(({ when }) => is(when)));

describe('random estates with needs', () => {
    it.each<[string, number, (topology: Topology) => boolean]>([
        ['a cluster that needs something at every moment', 20, someNeed(true, (when) => when === 'always')],
        ['a cluster that needs something to start', 20, someNeed(true, (when) => when === 'start')],
        ['a cluster that needs something again and again', 20, someNeed(true, isRepeated)],
        ['another thing that needs something at every moment', 30, someNeed(false, (when) => when === 'always')],
        ['another thing that needs something to start', 30, someNeed(false, (when) => when === 'start')],
        ['another thing that needs something again and again', 30, someNeed(false, isRepeated)],
        ['a service that needs something to start', 30, someService((when) => when === 'start')],
        ['a service that needs something again and again', 30, someService(isRepeated)],
        ['a need that one of several meets', 40, ({ needs }) => needs.some(({ anyOf }) => anyOf.length > 1)],
        [
            'GSLB by somebody, with several entries',
            8,
            (topology) =>
                hostsOf(topology, new Ways(topology)).some(
                    ({ movedBy, entries }) => movedBy !== undefined && entries.length > 1,
                ),
        ],
        [
            'GitOps of a cluster from somewhere',
            30,
            ({ clusters }) => clusters.some(({ edge }) => edge?.gitopsFrom && edge.gitops.value !== 'off'),
        ],
        [
            'GitOps of the management plane from somewhere',
            15,
            (topology) => {
                const plane = managementCluster(topology)?.managementPlane;
                return plane?.gitopsFrom !== undefined && plane.gitops.value;
            },
        ],
        [
            'the life of the root',
            30,
            (topology) => managementCluster(topology)?.managementPlane.rootCa.life !== undefined,
        ],
        [
            'a cluster that would run an unnamed workload if it did not say otherwise',
            15,
            ({ clusters, services }) =>
                clusters.some(
                    ({ name, noWorkloads, gateways }) =>
                        noWorkloads &&
                        !gateways.some(({ roles }) => roles.includes('tier1')) &&
                        !services.some(({ homes }) => homes.some(({ cluster }) => cluster === name)),
                ),
        ],
    ])('have %s: at least %d in a hundred', (_, least, trait) => {
        expect(inPercent(trait)).toBeGreaterThanOrEqual(least);
    });

    it('name what there is', () => {
        for (const topology of samples) {
            const known = new Set<string>(elementsOf(topology).all.map(({ name }) => name));
            expect(elementNames(topology).filter((name) => !known.has(name))).toEqual([]);
            expect(topology.needs.filter(({ of }) => typeof of !== 'string' || !known.has(of))).toEqual([]);
        }
    });
});
