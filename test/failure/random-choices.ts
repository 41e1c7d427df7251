/** Random estates in which services require one of several things. */

import fc from 'fast-check';
import type { Callee, Service, Topology } from '../../server/topology/topology.js';
import { estateWithRelays } from './random-relays.js';
import { callee, externalCallee, pickEachOnce, index, pick } from './random-traffic.js';

/** Of each service: of what it requires one, by numbers; and whether what it requires each of is a choice instead. */
interface ChoicesSketch {
    readonly choices: readonly (readonly (readonly number[])[])[];
    readonly joined: readonly boolean[];
}

const choicesSketch: fc.Arbitrary<ChoicesSketch> = fc.record({
    choices: fc.array(fc.array(fc.array(index, { minLength: 2, maxLength: 3 }), { maxLength: 2 }), {
        minLength: 4,
        maxLength: 4,
    }),
    joined: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
});

/** A random estate in which services require one of several things; calls may pass relays. */
export const estateWithChoices: fc.Arbitrary<Topology> = fc
    .tuple(estateWithRelays, choicesSketch)
    .map(([topology, sketch]) => withChoices(topology, sketch));

function withChoices(topology: Topology, { choices, joined }: ChoicesSketch): Topology {
    const callees = [
        ...topology.services.map(({ shortName }) => callee(shortName)),
        ...topology.externalServices.map(({ name }) => externalCallee(name)),
    ];
    const services = topology.services.map((service, at): Service => {
        const { requires } = service;
        const isJoined = pick(joined, at)! && requires.length > 1;
        const alone = isJoined ? [] : requires;
        const isAlone = ({ name }: Callee) => alone.some((each) => each.name === name);
        const drawn = pick(choices, at)!.map((numbers) => pickEachOnce(callees, numbers, ({ name }) => name));
        const all = [...(isJoined ? [requires] : []), ...drawn];
        const requiresOneOf = all.filter((choice) => choice.length > 1 && !choice.some(isAlone));
        return { ...service, requires: alone, ...(requiresOneOf.length > 0 && { requiresOneOf }) };
    });
    return { ...topology, services };
}
