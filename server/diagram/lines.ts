import { xml } from '../encoding/xml.js';
import type { Layer, Scene } from './box.js';
import { simplified, type Point } from './geometry.js';
import { textWidth } from './measure.js';
import type { BranchState, Mark, WayState } from './mark.js';
import type { Overlay } from './overlay.js';
import type { Placement } from './place.js';
import { round, textAt } from './shapes.js';

type LineState = WayState | BranchState;

/** All lines of a bundle that fare alike: they are drawn together, so that they lie on each other and not beside. */
interface Bundle {
    readonly key: string;
    readonly layer: Layer;
    readonly state: LineState;
    readonly paths: Set<string>;
    readonly tips: Map<string, Tip>;
}

interface Tip {
    readonly end: Point;
    readonly before: Point;
    readonly label?: string;
}

/** What is dead lies below, what lives above it, what has taken over on top. */
const order: readonly LineState[] = ['idle', 'cut', 'spare', 'held', 'flow', 'takes-over'];

const radius = 8;

/** The lines of the layers that are asked for. */
export function drawnLines(
    scene: Scene,
    placement: Placement,
    overlay: Overlay,
    shown: ReadonlySet<Layer>,
    spares: boolean,
): { key: string; markup: string }[] {
    const bundles = new Map<string, Bundle>();
    const add = (
        layer: Layer,
        state: LineState,
        shared: string,
        points: readonly Point[],
        isReversed: boolean,
        label?: string,
    ) => {
        if (points.length < 2) return;
        const key = `${layer}|${state}|${shared}`;
        const bundle = bundles.get(key) ?? {
            key,
            layer,
            state,
            paths: new Set<string>(),
            tips: new Map<string, Tip>(),
        };
        bundles.set(key, bundle);
        const [end, before] = [points.at(-1)!, points.at(-2)!];
        // lines of one bundle begin at what they share, so that their dashes fall on each other
        const drawn = shortened(points, state);
        bundle.paths.add(roundedPath(isReversed ? [...drawn].reverse() : drawn));
        const tip = `${end.x} ${end.y}`;
        if (!bundle.tips.get(tip)?.label) bundle.tips.set(tip, { end, before, ...(label !== undefined && { label }) });
    };
    if (shown.has('traffic')) {
        const shares = sharesOf(scene);
        const hosts = new Set(scene.hosts.map(({ id }) => id));
        const isFolded = foldedBoxesIn(scene);
        for (const way of scene.ways) {
            const state = overlay.ways.get(way.id) ?? 'flow';
            if (state === 'lost-spare' || (state === 'spare' && !spares)) continue;
            if (isFolded(way.from) && isFolded(way.to) && !isWorthALine(state, overlay.boxes.get(way.from))) continue;
            const points = wholeLine(placement, way.id);
            const isFromHost = hosts.has(way.from);
            add('traffic', state, isFromHost ? way.from : way.to, points, !isFromHost, shares.get(way.id));
        }
    }
    for (const branch of scene.branches) {
        if (!shown.has(branch.layer)) continue;
        const state = overlay.branches.get(branch.id) ?? 'flow';
        const shared = branch.clusters.length > 0 ? 'trunk' : branch.id;
        add(branch.layer, state, shared, wholeLine(placement, branch.id), branch.layer === 'metrics');
    }
    for (const layer of ['configuration', 'metrics'] as const) {
        const trunk = placement.lines.get(`${layer} trunk`);
        const states = scene.branches
            .filter((branch) => branch.layer === layer)
            .map(({ id }) => overlay.branches.get(id) ?? 'flow');
        if (!trunk || !shown.has(layer)) continue;
        const state = (['flow', 'held', 'cut', 'idle'] as const).find((each) => states.includes(each)) ?? 'flow';
        add(layer, state, 'trunk inside', trunk, false);
    }
    return [...bundles.values()]
        .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
        .map((bundle) => ({ key: `line ${bundle.key}`, markup: drawnBundle(bundle) }));
}

function wholeLine({ lines }: Placement, id: string): Point[] {
    return simplified([
        ...(lines.get(`${id}\nout`) ?? []),
        ...(lines.get(id) ?? []),
        ...(lines.get(`${id}\nin`) ?? []),
    ]);
}

/** Whether a box is one of those that calls between folded regions lead to. */
function foldedBoxesIn({ columns }: Scene): (id: string) => boolean {
    const cards = columns
        .filter(({ isFolded }) => isFolded)
        .flatMap((column) => column.cards.filter(({ band }) => band === 'workloads'));
    const ids = new Set(cards.flatMap(({ id, doors }) => [id, ...doors.map((door) => door.id)]));
    return (id) => ids.has(id);
}

/** Calls between folded regions would cover the picture: those are drawn that have taken over, or are cut and missed. */
function isWorthALine(state: LineState, source: Mark | undefined): boolean {
    return state === 'takes-over' || (state === 'cut' && (source?.state === 'total' || source?.state === 'limited'));
}

/** The parts of a weighted way: "80 %", of all that its beginning sends. */
function sharesOf({ ways }: Scene): Map<string, string> {
    const sums = new Map<string, number>();
    for (const { from, weight } of ways) if (weight !== undefined) sums.set(from, (sums.get(from) ?? 0) + weight);
    return new Map(
        ways.flatMap(({ id, from, weight }) =>
            weight === undefined ? [] : [[id, `${Math.round((100 * weight) / (sums.get(from) || 1))} %`]],
        ),
    );
}

function drawnBundle({ layer, state, paths, tips }: Bundle): string {
    const d = [...paths].join('');
    // what is pale lets through what lies below it
    const isAlive = state !== 'idle' && !(state === 'cut' && layer !== 'traffic');
    const isBroken = state === 'cut' && layer === 'traffic';
    const ends = [...tips.values()].map((tip) => {
        const head = isBroken ? crossAt(tip) : state === 'idle' ? '' : headAt(tip, state);
        const label =
            tip.label === undefined
                ? ''
                : textAt(tip.label, tip.end.x - 7, tip.end.y - 13, { class: 'label', anchor: 'end' });
        return head + label + (state === 'takes-over' ? tagAt(tip, 'takes over') : '');
    });
    return `<g class="${layer} ${state}">${isAlive ? `<path class="under" d="${d}"/>` : ''}<path class="line" d="${d}"/>${ends.join('')}</g>`;
}

function direction({ end, before }: Tip): Point {
    const length = Math.max(1, Math.hypot(end.x - before.x, end.y - before.y));
    return { x: (end.x - before.x) / length, y: (end.y - before.y) / length };
}

function headAt(tip: Tip, state: LineState): string {
    const { x, y } = direction(tip);
    const [long, wide] = state === 'takes-over' ? [11, 5.5] : [7, 3.4];
    const base = { x: tip.end.x - x * long, y: tip.end.y - y * long };
    return `<path class="tip" d="M${round(tip.end.x)} ${round(tip.end.y)}L${round(base.x - y * wide)} ${round(base.y + x * wide)}L${round(base.x + y * wide)} ${round(base.y - x * wide)}Z"/>`;
}

function crossAt(tip: Tip): string {
    const { x, y } = direction(tip);
    const [cx, cy] = [tip.end.x - x * 8, tip.end.y - y * 8];
    const at = (dx: number, dy: number) => `${round(cx + dx)} ${round(cy + dy)}`;
    return `<path class="cross" d="M${at(-3.6, -3.6)}L${at(3.6, 3.6)}M${at(3.6, -3.6)}L${at(-3.6, 3.6)}"/>`;
}

function tagAt({ end }: Tip, text: string): string {
    const width = textWidth(text, 10, true) + 12;
    return `<rect class="tag" x="${round(end.x + 9)}" y="${round(end.y - 27)}" width="${width}" height="16" rx="8"/><text class="on-tag" x="${round(end.x + 15)}" y="${round(end.y - 15.5)}">${xml(text)}</text>`;
}

/** Without the part that its arrow head covers, or behind its cross. */
function shortened(points: readonly Point[], state: LineState): Point[] {
    const cut = state === 'takes-over' ? 9 : state === 'cut' ? 10 : state === 'idle' ? 4 : 5;
    const [end, before] = [points.at(-1)!, points.at(-2)!];
    const length = Math.hypot(end.x - before.x, end.y - before.y);
    if (length <= cut) return [...points];
    const part = (length - cut) / length;
    return [
        ...points.slice(0, -1),
        { x: before.x + (end.x - before.x) * part, y: before.y + (end.y - before.y) * part },
    ];
}

function roundedPath(points: readonly Point[]): string {
    const [first, ...rest] = points;
    let d = `M${round(first!.x)} ${round(first!.y)}`;
    let from = first!;
    for (const [index, corner] of rest.entries()) {
        const next = rest[index + 1];
        if (!next) {
            d += `L${round(corner.x)} ${round(corner.y)}`;
            break;
        }
        const one = Math.hypot(corner.x - from.x, corner.y - from.y);
        const other = Math.hypot(next.x - corner.x, next.y - corner.y);
        const reach = Math.min(radius, one / 2, other / 2);
        const towards = (to: Point, length: number): Point => ({
            x: corner.x + ((to.x - corner.x) * reach) / (length || 1),
            y: corner.y + ((to.y - corner.y) * reach) / (length || 1),
        });
        const [a, b] = [towards(from, one), towards(next, other)];
        d += `L${round(a.x)} ${round(a.y)}Q${round(corner.x)} ${round(corner.y)} ${round(b.x)} ${round(b.y)}`;
        from = corner;
    }
    return d;
}
