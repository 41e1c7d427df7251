/** Random estates in which gateways lead to hosts of external services. */

import fc from 'fast-check';
import type { Exposure, Gateway, Service, Topology } from '../../server/topology/topology.js';
import { externalService, place, service } from './by-hand.js';
import { randomEstate } from './random-estate.js';
import { exposure, gatewayRef, index, pick, said } from './random-traffic.js';

interface OutsideSketch {
    /** Of an external service that there is besides: where it stands. */
    readonly place: number;
    readonly exposures: readonly {
        readonly of: number;
        readonly via: readonly number[];
        readonly through: readonly number[];
        readonly gslbTtl: number | undefined;
        readonly gslbBy: number | undefined;
    }[];
}

const outsideSketch: fc.Arbitrary<OutsideSketch> = fc.record({
    place: index,
    exposures: fc.array(
        fc.record({
            of: index,
            via: fc.array(index, { minLength: 1, maxLength: 3 }),
            through: fc.oneof(fc.constant<readonly number[]>([]), fc.array(index, { minLength: 1, maxLength: 2 })),
            gslbTtl: fc.constantFrom(undefined, 10, 60),
            gslbBy: fc.option(index, { nil: undefined }),
        }),
        { minLength: 1, maxLength: 3 },
    ),
});

/** A random estate with hosts of external services. */
export const estateWithOutside: fc.Arbitrary<Topology> = fc.tuple(randomEstate, outsideSketch).map(withOutside);

function withOutside([topology, sketch]: [Topology, OutsideSketch]): Topology {
    const region = pick(topology.regions, sketch.place);
    const externalServices = [
        ...topology.externalServices,
        externalService('soap', region && place(region.name, pick(region.zones, sketch.place)?.name)),
    ];
    const all = topology.clusters.flatMap(({ gateways }) => gateways);
    const entries = all.filter(({ roles }) => roles.includes('tier1') || roles.includes('ingress'));
    const refs = (gateways: readonly Gateway[], numbers: readonly number[]) =>
        [...new Set(numbers.flatMap((number) => pick(gateways, number) ?? []))].map(({ cluster, name }) =>
            gatewayRef(`${cluster}.${name}`),
        );
    const exposures = new Map<string, Exposure[]>();
    sketch.exposures.forEach(({ of, via, through, gslbTtl, gslbBy }, number) => {
        const { name } = pick(externalServices, of)!;
        const drawn = exposure(`outside-${number}.com`, {
            via: refs(entries, via),
            through: through.length > 0 ? [refs(entries, through)] : [],
            ...(gslbTtl !== undefined && { gslbTtl: said(gslbTtl) }),
            ...(gslbTtl !== undefined && gslbBy !== undefined && { gslbBy: pick(externalServices, gslbBy)!.name }),
        });
        if (drawn.via.length > 0) exposures.set(name, [...(exposures.get(name) ?? []), drawn]);
    });
    const outside = [...exposures].map(([name, those]): Service =>
        service(name, [], { outside: true, exposures: those }),
    );
    return { ...topology, externalServices, services: [...topology.services, ...outside] };
}
