import { isPlainServiceName, serviceIn } from './element-name.js';
import type { Element } from './element.js';
import { elementsOf, type Elements } from './elements.js';
import type { Neighbourhood, World } from './neighbourhood.js';
import { partsOf } from './neighbourhoods.js';
import type { Topology } from './topology.js';

/** What can fail of an estate without its services. */
export interface WorldElements {
    readonly elements: Elements;
    /** Whether the name of an element may be taken for that of a service, or for that of another element. */
    readonly isAmbiguous: boolean;
}

const known = new WeakMap<World, WorldElements>();

/** Listed once for each world. */
export function worldElementsOf(world: World): WorldElements {
    let found = known.get(world);
    if (!found) {
        const elements = elementsOf(world.topology, world.homed);
        const isAmbiguous = elements.colliding.length > 0 || elements.listed.some(mayBeTakenForService);
        known.set(world, (found = { elements, isAmbiguous }));
    }
    return found;
}

/** Names of services and of their instances are told from all others by their signs. */
function mayBeTakenForService({ name, kind }: Element): boolean {
    return kind !== 'instances' && serviceIn(name) !== undefined;
}

const arePlain = new WeakMap<Neighbourhood, boolean>();

/** Whether one sees from the name of each element whether it is one of a service, and of which. */
export function hasPlainNames(topology: Topology): boolean {
    const { world, neighbourhoods } = partsOf(topology);
    return !worldElementsOf(world).isAmbiguous && neighbourhoods.every(haveServicesPlainNames);
}

function haveServicesPlainNames(neighbourhood: Neighbourhood): boolean {
    let known = arePlain.get(neighbourhood);
    if (known === undefined) {
        known = neighbourhood.services.every(({ shortName }) => isPlainServiceName(shortName));
        arePlain.set(neighbourhood, known);
    }
    return known;
}

/** Elements of which the names are those of others: see {@link Elements}. */
export function collidingIn(topology: Topology): readonly Element[] {
    return hasPlainNames(topology) ? [] : elementsOf(topology).colliding;
}
