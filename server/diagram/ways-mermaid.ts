import { annotationStates } from '../knowledge/states.js';
import type { ScenarioView } from '../impact/scenario.js';
import { partsOf, type Box, type Column, type Scene, type Way } from './box.js';
import { mermaidOf } from './mermaid.js';
import type { State } from './mark.js';
import { overlayOf, type Overlay } from './overlay.js';
import { sceneOf } from './scene.js';

/** Of a scenario the ways of those whom it hurts, as a flowchart of Mermaid. */
export interface WaysChart {
    readonly mermaid: string;
    /** So many hosts, or services, have ways that would be too much for one chart. */
    readonly leftOut: number;
}

/** A chart with more boxes or arrows than this is none. */
const most = { boxes: 32, ways: 40 };

/**
 * What failed, and the ways of the hosts that notice it: where they are cut, and which ones carry requests now. Where no host
 * notices, those of hosts that are served otherwise, or of the services that notice. Undefined where all of
 * them are as in health, or are too many for one chart.
 */
export function waysMermaid({ outcome, at }: ScenarioView): WaysChart | undefined {
    const whole = sceneOf(outcome.graph, 'services');
    const overlay = overlayOf(whole, outcome, at);
    const starts = hurtIn(whole, overlay);
    let reached: Reach = { boxes: new Set(), ways: new Set() };
    let drawn = 0;
    for (const start of starts) {
        const more = reachOf(start, whole, overlay, reached);
        if (more.boxes.size > most.boxes || more.ways.size > most.ways) break;
        reached = more;
        drawn++;
    }
    // where all ways are as in health there is nothing to see
    if ([...reached.ways].every(({ id }) => overlay.ways.get(id) === 'flow')) return undefined;
    const scene = reduced(whole, reached, overlay);
    const mermaid = mermaidOf({ scene, overlay, layers: new Set(['traffic']), spares: false, caption: {} });
    return { mermaid, leftOut: starts.length - drawn };
}

interface Reach {
    readonly boxes: ReadonlySet<string>;
    readonly ways: ReadonlySet<Way>;
}

/** The hosts that notice, else those that are served otherwise, else the services that notice; the gravest first. */
function hurtIn({ hosts, columns }: Scene, { boxes }: Overlay): string[] {
    const marked = (all: readonly Box[], states: readonly State[]) =>
        all
            .flatMap(({ id }) => {
                const state = boxes.get(id)?.state;
                return state && states.includes(state) ? [{ id, rank: annotationStates.indexOf(state) }] : [];
            })
            .sort((a, b) => a.rank - b.rank)
            .map(({ id }) => id);
    const chips = columns.flatMap(({ cards }) => cards.flatMap((card) => card.chips));
    const services = chips.filter(({ kind }) => kind === 'service');
    const notices: readonly State[] = ['total', 'limited', 'failover'];
    const choices = [marked(hosts, notices), marked(hosts, annotationStates), marked(services, notices)];
    return choices.find((choice) => choice.length > 0) ?? [];
}

/** What is reached from a box on ways that are taken now, or were in health; nothing goes on from what is down. */
function reachOf(start: string, { ways }: Scene, overlay: Overlay, before: Reach): Reach {
    const reach = { boxes: new Set(before.boxes), ways: new Set(before.ways) };
    const next = [start];
    for (let from = next.pop(); from !== undefined; from = next.pop()) {
        if (reach.boxes.has(from)) continue;
        reach.boxes.add(from);
        const state = overlay.boxes.get(from)?.state;
        if (state === 'failed' || state === 'gone') continue;
        for (const way of ways) {
            const now = overlay.ways.get(way.id);
            if (way.from !== from || now === 'spare' || now === 'lost-spare') continue;
            reach.ways.add(way);
            next.push(way.to);
        }
    }
    return reach;
}

/** The scene without all that neither failed nor is on these ways. */
function reduced(scene: Scene, { boxes, ways }: Reach, overlay: Overlay): Scene {
    const isFailed = ({ id }: Box) => overlay.boxes.get(id)?.state === 'failed';
    const isIn = (box: Box) => boxes.has(box.id) || isFailed(box);
    const columns = scene.columns.flatMap((column): Column[] => {
        const wentDown = column.region !== undefined && isFailed(column.region);
        const cards = column.cards
            .filter((card) => wentDown || partsOf(card).some(isIn))
            .map(({ edge, ...card }) => ({
                ...card,
                doors: card.doors.filter(isIn),
                chips: card.chips.filter(isIn),
                cells: card.cells.filter(isIn),
                ...(edge && isIn(edge) && { edge }),
            }));
        return cards.length > 0 || wentDown ? [{ ...column, cards }] : [];
    });
    const hosts = scene.hosts.filter(isIn);
    return { ...scene, hosts, columns, ways: scene.ways.filter((way) => ways.has(way)), branches: [] };
}
