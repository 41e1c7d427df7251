import type { Card, Scene } from './box.js';
import { floorEnd, wallEnd, type InnerWire } from './inside.js';

/** A line from one box to another, and the pieces of it that lie inside cards. */
export interface Line {
    readonly id: string;
    readonly bundle: string;
    readonly rank: number;
    readonly from: Joint;
    readonly to: Joint;
}

/** Where a line begins or ends outside of cards. */
export type Joint =
    | { readonly kind: 'host'; readonly id: string }
    /** A door in the upper wall, or one in the floor. */
    | { readonly kind: 'door' | 'floor-door'; readonly card: string; readonly id: string }
    /** Through the wall or the floor of a card, from or to what stands in it; or just the card. */
    | { readonly kind: 'wall' | 'floor' | 'left' | 'right'; readonly card: string; readonly inner?: string };

export interface Wiring {
    /** Lines from one card to another. */
    readonly outer: readonly Line[];
    /** By card: lines inside, and pieces of lines that lead outside. */
    readonly inner: ReadonlyMap<string, readonly InnerWire[]>;
}

/** More spare ways than these have one lane for all, since they would fill the picture. */
const mostSpares = 60;

const ranks = { taken: 0, spare: 1, configuration: 2, metrics: 3 } as const;

/** Which lines there are, in the order in which they are routed: what requests take first. */
export function wiringOf(scene: Scene): Wiring {
    const cardOf = new Map<string, Card>();
    for (const { cards } of scene.columns) {
        for (const card of cards) {
            for (const { id } of [card, ...card.doors, ...card.chips]) cardOf.set(id, card);
            if (card.edge) cardOf.set(card.edge.id, card);
        }
    }
    const outer: Line[] = [];
    const inner = new Map<string, InnerWire[]>();
    const addInner = (card: string, wire: InnerWire) => {
        const wires = inner.get(card);
        if (wires) wires.push(wire);
        else inner.set(card, [wire]);
    };
    const doorKind = (card: Card, id: string) => card.doors.find((door) => door.id === id)?.wall;
    const spares = scene.ways.filter(({ taken }) => !taken).length;
    const ways = [...scene.ways].sort((a, b) => Number(b.taken) - Number(a.taken));
    for (const { id, from, to, taken } of ways) {
        const [source, target] = [cardOf.get(from), cardOf.get(to)];
        const isCommon = !taken && spares > mostSpares;
        const bundle = isCommon ? 'spare' : `${source ? `to ${to}` : `from ${from}`}${taken ? '' : ' spare'}`;
        const line = { id, bundle, rank: taken ? ranks.taken : ranks.spare };
        if (!target) continue;
        if (source === target) {
            if (from !== source.id && to !== source.id) addInner(source.id, { ...line, from, to });
            continue;
        }
        outer.push({
            ...line,
            from: source ? leaving(source, from) : { kind: 'host', id: from },
            to: entering(target, to),
        });
        if (source && from !== source.id && doorKind(source, from) !== 'floor') {
            addInner(source.id, { ...line, id: `${id}\nout`, from, to: floorEnd });
        }
        if (to !== target.id && doorKind(target, to) !== 'top') {
            addInner(target.id, { ...line, id: `${id}\nin`, from: wallEnd, to });
        }
    }
    for (const { id, layer, from, to, via, clusters } of scene.branches) {
        const [source, target] = [cardOf.get(from), cardOf.get(to)];
        if (!source || !target || source === target) continue;
        const line = { id, bundle: clusters.length > 0 ? layer : `${layer} kept`, rank: ranks[layer] };
        if (clusters.length === 0) {
            outer.push({ ...line, from: leaving(source, from), to: entering(target, to) });
            if (from !== source.id) addInner(source.id, { ...line, id: `${id}\nout`, from, to: floorEnd });
            continue;
        }
        const [hub, end] = layer === 'configuration' ? ([source, from] as const) : ([target, to] as const);
        const throughDoor = via !== undefined && cardOf.get(via) === hub;
        const joint: Joint = throughDoor
            ? { kind: 'door', card: hub.id, id: via }
            : { kind: 'wall', card: hub.id, ...(end !== hub.id && { inner: end }) };
        const isSeparate = via !== undefined && cardOf.get(via) !== hub;
        const first: Joint = isSeparate ? { kind: 'door', card: cardOf.get(via)?.id ?? hub.id, id: via } : joint;
        outer.push(
            layer === 'configuration'
                ? { ...line, from: joint, to: { kind: 'left', card: target.id } }
                : { ...line, from: { kind: 'right', card: source.id }, to: first },
        );
        // one line inside stands for the trunk
        if (end === hub.id) continue;
        const trunk = { ...line, id: `${layer} trunk` };
        if ((inner.get(hub.id) ?? []).some((wire) => wire.id === trunk.id)) continue;
        const wall = throughDoor ? via : wallEnd;
        addInner(
            hub.id,
            layer === 'configuration' ? { ...trunk, from: end, to: wall } : { ...trunk, from: wall, to: end },
        );
    }
    return { outer, inner };
}

function leaving(card: Card, id: string): Joint {
    const door = card.doors.find((each) => each.id === id);
    if (door?.wall === 'floor') return { kind: 'floor-door', card: card.id, id };
    return { kind: 'floor', card: card.id, ...(id !== card.id && { inner: id }) };
}

function entering(card: Card, id: string): Joint {
    const door = card.doors.find((each) => each.id === id);
    if (door?.wall === 'top') return { kind: 'door', card: card.id, id };
    return { kind: 'wall', card: card.id, ...(id !== card.id && { inner: id }) };
}
