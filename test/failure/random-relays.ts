/** Random estates with calls through relays, and hosts that only the mesh uses. */

import fc from 'fast-check';
import type { Callee, Exposure, GatewayRef, Service, Topology } from '../../server/topology/topology.js';
import { randomEstate } from './random-estate.js';
import { chance, gatewayRef, index, pick } from './random-traffic.js';

interface RelaySketch {
    /** Of each exposure in order: whether only the mesh uses it. */
    readonly inside: readonly boolean[];
    /** Of each call and requirement in order: the gateways by which it leaves; none: not said. */
    readonly through: readonly (readonly number[])[];
}

const relaySketch: fc.Arbitrary<RelaySketch> = fc.record({
    inside: fc.array(chance(1, 2), { minLength: 8, maxLength: 8 }),
    through: fc.array(
        fc.oneof(
            fc.constant<readonly number[]>([]),
            fc.uniqueArray(index, { minLength: 1, maxLength: 3 }),
            fc.uniqueArray(index, { minLength: 1, maxLength: 3 }),
        ),
        { minLength: 16, maxLength: 16 },
    ),
});

/** A random estate in which calls pass relays. */
export const estateWithRelays: fc.Arbitrary<Topology> = fc.tuple(randomEstate, relaySketch).map(withRelays);

function withRelays([topology, sketch]: [Topology, RelaySketch]): Topology {
    const gateways = topology.clusters
        .flatMap((cluster) => cluster.gateways)
        .filter(({ roles }) => roles.includes('tier1') || roles.includes('ingress'))
        .map(({ cluster, name }) => gatewayRef(`${cluster}.${name}`));
    const tier1 = new Set(
        topology.clusters
            .flatMap((cluster) => cluster.gateways)
            .filter(({ roles }) => roles.includes('tier1'))
            .map(({ cluster, name }) => `${cluster}.${name}`),
    );
    const isDrawn = ({ via }: Exposure) => via.some(({ cluster, gateway }) => tier1.has(`${cluster}.${gateway}`));
    let exposure = 0;
    let call = 0;
    const relayed = (callee: Callee): Callee => {
        const through = refs(gateways, pick(sketch.through, call++)!);
        return callee.kind === 'service' && through.length > 0 ? { ...callee, through } : callee;
    };
    const services = topology.services.map((service): Service => ({
        ...service,
        exposures: service.exposures.map((each) =>
            pick(sketch.inside, exposure++)! ? insideOf(each, isDrawn(each)) : each,
        ),
        calls: service.calls.map(relayed),
        requires: service.requires.map(relayed),
    }));
    return { ...topology, services };
}

function refs(gateways: readonly GatewayRef[], numbers: readonly number[]): GatewayRef[] {
    return [...new Set(numbers.flatMap((number) => pick(gateways, number) ?? []))];
}

/** As a file says it: nobody asks DNS, and weights need somebody who draws by them. */
function insideOf({ gslbTtl: _, ...exposure }: Exposure, isDrawn: boolean): Exposure {
    const to = isDrawn ? exposure.to : exposure.to.map(({ weight: __, ...target }) => target);
    const distinct = to.filter((one, at) => at === to.findIndex(({ cluster }) => cluster === one.cluster));
    return { ...exposure, inside: true, to: isDrawn ? to : distinct };
}
