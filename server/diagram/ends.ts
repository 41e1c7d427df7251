import type { ElementName } from '../topology/element-name.js';
import type { Scene } from './box.js';
import { hostId, type Stretch } from './ways.js';

/** The box at which a way to an element or a host ends; undefined where none is drawn. */
export type EndOf = (id: string) => string | undefined;

/** Ways to what is folded end at what it is folded into. */
export function endsIn({ boxesOf, hostsOf, columns }: Pick<Scene, 'boxesOf' | 'hostsOf' | 'columns'>): EndOf {
    const boxOfHost = new Map([...hostsOf].flatMap(([box, hosts]) => hosts.map((host) => [hostId(host), box])));
    const groupOf = new Map(
        columns.flatMap(({ cards }) => cards.flatMap(({ id, clusters }) => clusters.map((each) => [each, id]))),
    );
    return (id) => {
        const box = boxOfHost.get(id) ?? boxesOf.get(id as ElementName)?.[0];
        return box === undefined ? undefined : (groupOf.get(box) ?? box);
    };
}

/** Stretches as they lead from one drawn box to another; what leads from a box to itself is left out. */
export function* stretchesBetween(endOf: EndOf, stretches: Iterable<Stretch>): Generator<Stretch> {
    for (const stretch of stretches) {
        const [from, to] = [endOf(stretch.from), endOf(stretch.to)];
        if (from !== undefined && to !== undefined && from !== to) yield { ...stretch, from, to };
    }
}
