import { passages, type Span } from './free.js';

/**
 * Lines through rows of boxes. A line leaves its box into the channel beside it, goes along the channel, through rows in a
 * passage that is free in all of them, along the channel of its target, and into that. So no line touches a box that is
 * not its own, and all stretches are horizontal or vertical.
 *
 * Channel `n` is above row `n`; the last one is below the last row.
 */
export interface Wire {
    readonly id: string;
    /** Lines of one bundle share ports and lanes. */
    readonly bundle: string;
    /** Lanes of a lower rank lie higher in a channel. */
    readonly rank: number;
    readonly from: End;
    readonly to: End;
}

/** Where a line begins or ends. */
export type End =
    /** At the upper or lower edge of a box; `near`: anywhere along it, next to the other end. */
    | {
          readonly side: 'top' | 'floor';
          readonly row: number;
          readonly box: Span & { readonly id: string };
          readonly near?: boolean;
      }
    /** At the side of a box, from the channel below its row; `y` from the top of the row. */
    | {
          readonly side: 'left' | 'right';
          readonly row: number;
          readonly box: Span & { readonly id: string };
          readonly y: number;
          readonly near?: never;
      };

/** How a line goes, before anything has a height. */
export interface Course {
    readonly from: number;
    readonly to: number;
    /** The lanes along the channels of both ends; the same where there is one channel only. */
    readonly lanes: readonly { readonly channel: number; readonly lane: number | undefined }[];
    /** Where it goes through the rows between. */
    readonly passage?: number;
}

export interface Routes {
    readonly courses: ReadonlyMap<string, Course>;
    /** How many lanes each channel has. */
    readonly laneCounts: readonly number[];
}

const portGap = 9;
const passageGap = 6;
/** So many places to the left and to the right are tried. */
const mostSteps = 24;

/** A vertical stretch, by the rows and channels that it crosses: channel `n` is 2n, row `n` is 2n + 1. */
interface Upright {
    readonly x: number;
    readonly from: number;
    readonly to: number;
    readonly bundle: string;
}

/** All vertical stretches so far, by where they are. */
interface Uprights {
    add(this: void, upright: Upright): void;
    /** Those that are not farther from a place than so many px; perhaps some more, in the order in which they came. */
    around(this: void, x: number, reach: number): readonly Upright[];
}

const bucketWidth = 128;

function createUprights(): Uprights {
    const buckets = new Map<number, Upright[]>();
    const bucketOf = (x: number) => Math.floor(x / bucketWidth);
    return {
        add(upright) {
            const bucket = buckets.get(bucketOf(upright.x));
            if (bucket) bucket.push(upright);
            else buckets.set(bucketOf(upright.x), [upright]);
        },
        around(x, reach) {
            const found: Upright[] = [];
            for (let bucket = bucketOf(x - reach); bucket <= bucketOf(x + reach); bucket++) {
                found.push(...(buckets.get(bucket) ?? []));
            }
            return found;
        },
    };
}

/** Routes all wires, in their order. @param within how far to the left and right lines may go */
export function routed(rows: readonly (readonly Span[])[], wires: readonly Wire[], within: Span): Routes {
    const uprights = createUprights();
    const ports = portsOf(wires, uprights);
    const found = new Map<string, { wire: Wire; from: number; to: number; passage?: number }>();
    const passagesOf = passageFinder(rows, within);
    for (const wire of wires) {
        const [from, to] = [ports.get(portKey(wire, 'from'))!, ports.get(portKey(wire, 'to'))!];
        const [start, end] = [channelOf(wire.from), channelOf(wire.to)];
        if (start === end) {
            found.set(wire.id, { wire, from, to });
            continue;
        }
        const [low, high] = [Math.min(start, end), Math.max(start, end)];
        const passage = choosePassage(passagesOf(low, high), wire.bundle, from, to, low, high, uprights);
        uprights.add({ x: passage, from: 2 * low, to: 2 * high, bundle: wire.bundle });
        found.set(wire.id, { wire, from, to, passage });
    }
    return lanesOf([...found.values()], rows.length + 1);
}

/** The channel into which an end leads. */
export function channelOf({ side, row }: End): number {
    return side === 'top' ? row : row + 1;
}

function portKey(wire: Wire, end: 'from' | 'to'): string {
    const { box, side } = wire[end];
    return `${box.id}|${side}|${wire.bundle}`;
}

/** Where on its box each bundle begins and ends: narrow boxes have theirs side by side in the order of the other ends. */
function portsOf(wires: readonly Wire[], uprights: Uprights): Map<string, number> {
    interface Port {
        readonly key: string;
        readonly end: End;
        readonly bundle: string;
        readonly others: { readonly end: End; readonly key: string }[];
    }
    const bySide = new Map<string, Map<string, Port>>();
    for (const wire of wires) {
        for (const [own, other] of [
            ['from', 'to'],
            ['to', 'from'],
        ] as const) {
            const side = `${wire[own].box.id}|${wire[own].side}`;
            const key = portKey(wire, own);
            const ports = bySide.get(side) ?? new Map<string, Port>();
            bySide.set(side, ports);
            const port = ports.get(key) ?? { key, end: wire[own], bundle: wire.bundle, others: [] };
            ports.set(key, port);
            port.others.push({ end: wire[other], key: portKey(wire, other) });
        }
    }
    const middle = ({ box }: End) => box.x + box.width / 2;
    const places = new Map<string, number>();
    const near: Port[] = [];
    for (const ports of bySide.values()) {
        const wish = (port: Port) => mean(port.others.map(({ end }) => middle(end)));
        const all = [...ports.values()].sort((a, b) => wish(a) - wish(b));
        all.forEach((port, index) => {
            const { end, key, bundle } = port;
            const { box, side } = end;
            if (side === 'left' || side === 'right') {
                // one bundle a side; the others keep outside of it
                const away = 9 + 7 * index;
                places.set(key, side === 'left' ? box.x - away : box.x + box.width + away);
            } else if (end.near) {
                near.push(port);
                return;
            } else {
                const step = Math.min(portGap, (box.width - 16) / all.length);
                places.set(key, Math.round(middle(end) + (index - (all.length - 1) / 2) * step));
            }
            const channel = 2 * channelOf(end);
            uprights.add({ x: places.get(key)!, from: channel, to: channel, bundle });
        });
    }
    for (const { key, end, bundle, others } of near) {
        const { x, width } = end.box;
        const wished = others.map((other) => places.get(other.key) ?? middle(other.end));
        const nearest = wished.reduce((best, each) =>
            Math.abs(each - middle(end)) < Math.abs(best - middle(end)) ? each : best,
        );
        const inset = Math.min(6, width / 3);
        // straight where the other end is opposite; to several on both sides from the middle
        const isOpposite = nearest >= x + inset && nearest <= x + width - inset;
        const isBetween = wished.some((each) => each < x) && wished.some((each) => each > x + width);
        const wish = isOpposite || !isBetween ? clamp(nearest, x + inset, x + width - inset) : middle(end);
        const channel = 2 * channelOf(end);
        const place = freeUpright(
            wish,
            [{ x: x + inset, width: width - 2 * inset }],
            bundle,
            channel,
            channel,
            uprights,
            new Set(others.map((other) => places.get(other.key))),
        );
        places.set(key, place);
        uprights.add({ x: place, from: channel, to: channel, bundle });
    }
    return places;
}

function passageFinder(
    rows: readonly (readonly Span[])[],
    within: Span,
): (low: number, high: number) => readonly Span[] {
    const known = new Map<string, readonly Span[]>();
    return (low, high) => {
        const key = `${low}|${high}`;
        let found = known.get(key);
        if (!found) {
            found = passages(rows.slice(low, high), within, 7, 2);
            known.set(key, found);
        }
        return found;
    };
}

function choosePassage(
    free: readonly Span[],
    bundle: string,
    from: number,
    to: number,
    low: number,
    high: number,
    uprights: Uprights,
): number {
    let best: { x: number; way: number; span: Span } | undefined;
    for (const span of free) {
        const x = clamp((from + to) / 2, span.x, span.x + span.width);
        const way = Math.abs(from - x) + Math.abs(to - x);
        if (!best || way < best.way - 0.5) best = { x, way, span };
    }
    // between the outermost boxes and the edge there always is one
    const { x, span } = best!;
    const own = uprights
        .around(x, 60)
        .find(
            (each) =>
                each.bundle === bundle &&
                each.x >= span.x &&
                each.x <= span.x + span.width &&
                Math.abs(each.x - x) < 60,
        );
    if (own) return own.x;
    const straight = [from, to].find((end) => end >= span.x && end <= span.x + span.width);
    return freeUpright(straight ?? x, [span], bundle, 2 * low, 2 * high, uprights, new Set([from, to]));
}

/** The place next to a wish at which no other bundle goes up or down. */
function freeUpright(
    wish: number,
    spans: readonly Span[],
    bundle: string,
    from: number,
    to: number,
    uprights: Uprights,
    own: ReadonlySet<number | undefined>,
): number {
    const near = uprights
        .around(wish, mostSteps * passageGap)
        .filter(
            (each) =>
                each.bundle !== bundle &&
                each.from <= to &&
                each.to >= from &&
                !(own.has(each.x) && each.from === each.to),
        );
    for (const gap of [passageGap, passageGap / 2]) {
        for (let step = 0; step < mostSteps; step++) {
            for (const sign of step === 0 ? [1] : [1, -1]) {
                const x = Math.round(wish + sign * step * gap);
                const isInside = spans.some((span) => x >= span.x && x <= span.x + span.width);
                if (isInside && near.every((each) => Math.abs(each.x - x) >= gap)) return x;
            }
        }
    }
    return Math.round(wish);
}

function lanesOf(
    found: readonly { readonly wire: Wire; readonly from: number; readonly to: number; readonly passage?: number }[],
    channels: number,
): Routes {
    interface Stretch {
        readonly rank: number;
        from: number;
        to: number;
    }
    const inChannel = Array.from({ length: channels }, () => new Map<string, Stretch>());
    const along = (channel: number, wire: Wire, one: number, other: number) => {
        if (Math.abs(one - other) < 1) return;
        const known = inChannel[channel]!.get(wire.bundle);
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        if (known) {
            known.from = Math.min(known.from, from);
            known.to = Math.max(known.to, to);
        } else inChannel[channel]!.set(wire.bundle, { rank: wire.rank, from, to });
    };
    for (const { wire, from, to, passage } of found) {
        const [start, end] = [channelOf(wire.from), channelOf(wire.to)];
        along(start, wire, from, passage ?? to);
        if (passage !== undefined) along(end, wire, passage, to);
    }
    const lanes = inChannel.map((stretches) => {
        const taken: number[] = [];
        const laneOf = new Map<string, number>();
        const order = [...stretches].sort(([, a], [, b]) => a.rank - b.rank || a.from - b.from || a.to - b.to);
        let first = 0;
        let rank: number | undefined;
        for (const [bundle, stretch] of order) {
            if (stretch.rank !== rank) {
                first = taken.length;
                rank = stretch.rank;
            }
            let lane = first;
            while (lane < taken.length && taken[lane]! > stretch.from - 12) lane++;
            taken[lane] = stretch.to;
            laneOf.set(bundle, lane);
        }
        return { laneOf, count: taken.length };
    });
    const courses = new Map<string, Course>();
    for (const { wire, from, to, passage } of found) {
        const laneIn = (channel: number) => ({ channel, lane: lanes[channel]!.laneOf.get(wire.bundle) });
        const [start, end] = [channelOf(wire.from), channelOf(wire.to)];
        courses.set(wire.id, {
            from,
            to,
            ...(passage !== undefined && { passage }),
            lanes: passage === undefined ? [laneIn(start)] : [laneIn(start), laneIn(end)],
        });
    }
    return { courses, laneCounts: lanes.map(({ count }) => count) };
}

function mean(numbers: readonly number[]): number {
    return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

function clamp(number: number, least: number, most: number): number {
    return Math.max(least, Math.min(most, number));
}
