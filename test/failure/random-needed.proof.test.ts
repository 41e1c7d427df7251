import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementsOf } from '../../server/topology/elements.js';
import type { DeclaredNeed, NeededWhen, Topology } from '../../server/topology/topology.js';
import { gatewayName } from './evaluator/components.js';
import { clusterWhere } from './evaluator/stands-in.js';
import { waysOf, type CallWays } from './evaluator/ways.js';
import { servicesNeeded } from './random-needed.js';
import { estatesWithNeeds } from './random-needs.js';
import { estateWithRelays } from './random-relays.js';
import { restartsIn } from './random-restarts.js';
import { scenariosIn } from './random-scenario.js';
import { estatesWithStandby } from './random-standby.js';
import { estatesWithCopy } from './random-store-copies.js';
import { callee } from './random-traffic.js';

const sampled = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number) => fc.sample(arbitrary, { numRuns, seed: 1 });
const samples = sampled(estatesWithNeeds(true), 500);
const withRelays = sampled(estatesWithNeeds(true, estateWithRelays), 500);

function inPercent(trait: (topology: Topology) => boolean, among = samples): number {
    return (100 * among.filter(trait).length) / among.length;
}

/** What needs a service, from where. */
type Asking = Pick<DeclaredNeed, 'anyOf' | 'when'> & { readonly of: string; readonly from: string | undefined };

function askingIn(topology: Topology): Asking[] {
    const ofElements = topology.needs.map((need) => ({ ...need, from: clusterWhere(topology, need.of) }));
    const ofServices = topology.services.flatMap(({ shortName, needs = [], homes }) =>
        homes.flatMap(({ cluster: from }) => needs.map((need) => ({ ...need, of: `service:${shortName}`, from }))),
    );
    return [...ofElements, ...ofServices].filter(({ anyOf }) => anyOf.some(isService));
}

const isService = ({ kind }: DeclaredNeed['anyOf'][number]) => kind === 'service';
const isRepeated = (when: NeededWhen) => typeof when !== 'string';
const isCluster = ({ of, from }: Asking) => of === from;
const isOfService = ({ of }: Asking) => of.startsWith('service:');

const some = (is: (need: Asking, topology: Topology) => boolean) => (topology: Topology) =>
    askingIn(topology).some((need) => is(need, topology));

const someNamed = (pattern: RegExp) => some(({ of }) => pattern.test(of));

/** Whether some way to what is needed is such. */
const someWay = (is: (ways: CallWays, from: string, when: NeededWhen) => boolean) =>
    some(({ anyOf, from, when }, topology) =>
        anyOf
            .filter(isService)
            .some(({ name }) => from !== undefined && is(waysOf(topology).ofCall(from, callee(name)), from, when)),
    );

const goesElsewhere = ({ homes }: CallWays) => homes[0] !== undefined && homes[0][0]!.gateways.length > 0;

const isGateway = (topology: Topology, name: string) =>
    topology.clusters.some(({ gateways }) => gateways.some((gateway) => gatewayName(gateway) === name));

describe('random estates in which services are needed', () => {
    it.each<[string, number, (topology: Topology) => boolean]>([
        ['a service that something needs', 70, some(() => true)],
        ['one that a cluster needs at every moment', 7, some((need) => isCluster(need) && need.when === 'always')],
        ['one that a cluster needs to start', 7, some((need) => isCluster(need) && need.when === 'start')],
        ['one that a cluster needs again and again', 7, some((need) => isCluster(need) && isRepeated(need.when))],
        ['one that a service needs to start', 20, some((need) => isOfService(need) && need.when === 'start')],
        ['one that a service needs again and again', 20, some((need) => isOfService(need) && isRepeated(need.when))],
        ['one that a plane needs', 7, someNamed(/-plane$/)],
        ['one that a part of a plane, or istiod, needs', 5, someNamed(/(istiod|xcp-edge)$/)],
        ['one that the DNS of a cluster needs', 3, someNamed(/dns$/)],
        ['one that a store needs', 3, someNamed(/^store:/)],
        ['one that the identity provider needs', 1, someNamed(/^identity-provider$/)],
        ['one that a gateway needs', 10, some(({ of }, topology) => isGateway(topology, of))],
        ['one that a place needs', 4, someNamed(/^(region|zone):/)],
        ['one that an external service needs', 4, someNamed(/^external:/)],
        ['one that a link needs', 10, someNamed(/^link:/)],
        ['a service or something outside, whichever', 25, some(({ anyOf }) => !anyOf.every(isService))],
        ['one of two services', 10, some(({ anyOf }) => anyOf.every(isService) && anyOf.length > 1)],
        ['a way to another cluster by failover', 15, someWay(goesElsewhere)],
        ['one that is needed at every moment', 4, someWay((ways, _, when) => goesElsewhere(ways) && when === 'always')],
        ['no way in health', 20, someWay(({ homes, relays }) => homes.length + relays.length === 0)],
        [
            'ways that nobody probes',
            2,
            some(({ anyOf, from }, topology) =>
                anyOf.filter(isService).some(({ name }) => {
                    const detects = topology.services.find(({ shortName }) => shortName === name)?.outlierDetection;
                    const ways = from === undefined ? [] : waysOf(topology).ofCall(from, callee(name)).homes.flat();
                    return detects?.value === false && ways.length > 1;
                }),
            ),
        ],
        [
            'a circle of a cluster and what runs there',
            4,
            some(({ of, when, anyOf }, { services }) =>
                services.some(
                    ({ shortName, homes }) =>
                        when === 'always' &&
                        anyOf.some((needed) => isService(needed) && needed.name === shortName) &&
                        homes.some(({ cluster }) => cluster === of),
                ),
            ),
        ],
    ])('have %s: at least %d in a hundred', (_, least, trait) => {
        expect(inPercent(trait)).toBeGreaterThanOrEqual(least);
    });

    it('have ways by hosts inside, where there are relays', () => {
        expect(
            inPercent(
                someWay(({ relays }) => relays.length > 0),
                withRelays,
            ),
        ).toBeGreaterThan(0.5);
    });

    it('name what there is, and no service as something that it needs itself', () => {
        for (const topology of samples) {
            const known = new Set<string>(elementsOf(topology).all.map(({ name }) => name));
            expect(topology.needs.filter(({ of }) => !known.has(of))).toEqual([]);
            for (const { shortName, needs = [] } of topology.services)
                expect(needs.flatMap(({ anyOf }) => anyOf)).not.toContainEqual({ kind: 'service', name: shortName });
        }
    });

    it('have a standby, and a store with a copy, that need services', () => {
        const standbys = sampled(estatesWithStandby(true), 300);
        expect(inPercent(someNamed(/^dr$/), standbys)).toBeGreaterThan(10);
        expect(inPercent(someNamed(/-plane$/), standbys)).toBeGreaterThan(10);
        const elsewhere = someWay((ways, from) => from === 'dr' && goesElsewhere(ways));
        expect(inPercent(elsewhere, standbys)).toBeGreaterThan(5);
        const copies = sampled(estatesWithCopy(true), 300);
        const needing = copies.filter(({ topology, store }) => someNamed(new RegExp(`^${store}$`))(topology));
        expect(needing.length).toBeGreaterThan(10);
    });
});

describe('random scenarios in which services are needed', () => {
    it('restart something while services, or the ways to them, are away', () => {
        const restarts = sampled(restartsIn(estatesWithNeeds(true)), 300);
        const away = (is: (element: string, topology: Topology) => boolean) =>
            restarts.filter(({ topology, steps }) =>
                steps.some(({ action, element }) => action === 'fail' && is(element, topology)),
            ).length;
        expect(away((element) => element.startsWith('service:'))).toBeGreaterThan(20);
        expect(away((element) => element.includes('@'))).toBeGreaterThan(20);
        expect(away((element) => element.startsWith('link:'))).toBeGreaterThan(10);
        expect(away((element, topology) => isGateway(topology, element))).toBeGreaterThan(10);
    });

    it('fail them in the course of time', () => {
        const scenarios = sampled(scenariosIn(estatesWithNeeds(true)), 200);
        const failing = scenarios.filter(({ topology, steps }) =>
            steps.some(({ element }) =>
                servicesNeeded(topology).some(({ shortName }) => element.startsWith(`${shortName}@`)),
            ),
        );
        expect(failing.length).toBeGreaterThan(20);
    });
});
