/** What is needed, at random: external services, and services of the mesh. */

import type { DeclaredNeed, Needed, Service, Topology } from '../../server/topology/topology.js';
import { outside } from './by-hand.js';
import { clusterWhere } from './evaluator/stands-in.js';
import { isThereInHealth } from './evaluator/needs.js';
import { elementNames } from './names-in.js';
import { pick } from './random-traffic.js';

/** Whether random estates are compared in which things require services, and places and links require something. */
export const comparesServices = true;

/** What half of all numbers pick: services, mostly those to which there is a way; the other half picks external services. */
export type Drawing = (of: string, numbers: readonly number[]) => Needed[];

/** Of an estate as far as it is drawn; one that draws no services picks external services by all numbers. */
export function drawingIn(topology: Topology, drawsServices: boolean): Drawing {
    const serviceNamed = (of: string) => topology.services.find(({ shortName }) => of === `service:${shortName}`);
    return (of, numbers) => {
        const own = serviceNamed(of);
        const froms = own ? own.homes.map(({ cluster }) => cluster) : [clusterWhere(topology, of)];
        // a service that needs itself says nothing
        const all = topology.services.filter((service) => service !== own).map(asNeeded);
        const there = all.filter((needed) => froms.some((from) => isThereInHealth(topology, needed, from)));
        const services = [...there, ...there, ...all];
        const externals = topology.externalServices
            .filter(({ name }) => of !== `external:${name}`)
            .map(({ name }) => outside(name));
        const drawn = numbers.map((number) => {
            const half = Math.floor(number / 2);
            return drawsServices && number % 2 === 1 && services.length > 0
                ? pick(services, half)!
                : pick(externals, drawsServices ? half : number)!;
        });
        return drawn.filter((one, at) => drawn.findIndex((other) => areSame(one, other)) === at);
    };
}

/** Something that requires, by its name, as far as it is not said by all generators. */
export function placesAndParts(topology: Topology): string[] {
    const { regions, clusters, externalServices } = topology;
    return [
        ...externalServices.map(({ name }) => `external:${name}`),
        ...regions.flatMap(({ name, zones }) => [
            `region:${name}`,
            ...zones.map((zone) => `zone:${name}/${zone.name}`),
        ]),
        ...clusters.flatMap(({ name, edge }) => [
            `${name}.dns`,
            ...(edge ? [`${name}.istiod`, `${name}.data-plane`, `${name}.edge-control-plane.xcp-edge`] : []),
        ]),
        ...elementNames(topology).filter((name) => name.startsWith('link:')),
    ];
}

/** All services of which something is needed. */
export function servicesNeeded({ needs, services }: Topology): Service[] {
    const all = [...needs, ...services.flatMap((service) => service.needs ?? [])].flatMap(({ anyOf }) => anyOf);
    return services.filter(({ shortName }) => all.some(({ kind, name }) => kind === 'service' && name === shortName));
}

/** The names of what can be made away so that this is not there: the external service, or all homes of the service. */
export function whole({ kind, name }: DeclaredNeed['anyOf'][number]): string {
    return kind === 'service' ? `service:${name}` : `external:${name}`;
}

function asNeeded({ shortName }: Service): Needed {
    return { kind: 'service', name: shortName };
}

function areSame(one: Needed, other: Needed): boolean {
    return one.kind === other.kind && one.name === other.name;
}
