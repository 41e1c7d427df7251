import type { Course, Wire } from './route.js';

/** All measures are in px of a picture that is not scaled. */
export interface Point {
    readonly x: number;
    readonly y: number;
}

export interface Size {
    readonly width: number;
    readonly height: number;
}

export interface Rect extends Point, Size {}

export const laneGap = 8;

/** Rows with the channels between them: where each begins, and how high it is. */
export interface Stack {
    readonly rows: readonly { readonly y: number; readonly height: number }[];
    /** One more than rows; `first` is the place of the first lane. */
    readonly channels: readonly {
        readonly y: number;
        readonly height: number;
        readonly first: number;
        readonly gap: number;
    }[];
    readonly height: number;
}

/** The points of a line, given where everything stands. @param edge the height at which an end leaves its box */
export function pointsOf(
    wire: Wire,
    { from, to, lanes, passage }: Course,
    { channels }: Stack,
    edge: { readonly from: number; readonly to: number },
): Point[] {
    const laneY = ({ channel, lane }: Course['lanes'][number]) => {
        const { first, gap } = channels[channel]!;
        return first + (lane ?? 0) * gap;
    };
    const points: Point[] = [];
    const add = (x: number, y: number) => points.push({ x, y });
    if (wire.from.side === 'left') add(wire.from.box.x, edge.from);
    if (wire.from.side === 'right') add(wire.from.box.x + wire.from.box.width, edge.from);
    add(from, edge.from);
    const [start, end = start] = lanes;
    add(from, laneY(start!));
    if (passage !== undefined) {
        add(passage, laneY(start!));
        add(passage, laneY(end!));
    }
    add(to, laneY(end!));
    add(to, edge.to);
    if (wire.to.side === 'left') add(wire.to.box.x, edge.to);
    if (wire.to.side === 'right') add(wire.to.box.x + wire.to.box.width, edge.to);
    return simplified(points);
}

/** Without points that lie on the way from the one before to the one behind. */
export function simplified(points: readonly Point[]): Point[] {
    const kept: Point[] = [];
    for (const point of points) {
        const last = kept.at(-1);
        if (last && last.x === point.x && last.y === point.y) continue;
        const before = kept.at(-2);
        if (before && last && isStraight(before, last, point)) kept.pop();
        kept.push(point);
    }
    return kept;
}

function isStraight(a: Point, b: Point, c: Point): boolean {
    const isBetween = (p: number, q: number, r: number) => (p <= q && q <= r) || (p >= q && q >= r);
    return (
        (a.x === b.x && b.x === c.x && isBetween(a.y, b.y, c.y)) ||
        (a.y === b.y && b.y === c.y && isBetween(a.x, b.x, c.x))
    );
}

/** How high a channel is: room before its first lane and behind its last one, and what it was before. */
export interface ChannelRoom {
    readonly before: number;
    readonly behind: number;
    readonly least: number;
    /** As high as it was; its lanes move together before it grows. */
    readonly kept?: number;
    /** By so much what is above it has become higher since. */
    readonly grown?: number;
    /** Of the room before and behind its lanes what has to stay free. */
    readonly firm?: { readonly before: number; readonly behind: number };
}

/** Lanes that lie closer than this cannot be told apart. */
const leastLaneGap = 3;

/** So much of the room before and behind its lanes a channel keeps where it makes room for others. */
const tight = 0.45;

/** Stacks rows and channels. */
export function stacked(
    rowHeights: readonly number[],
    laneCounts: readonly number[],
    roomOf: (channel: number) => ChannelRoom,
    start = 0,
): Stack {
    const rows: { y: number; height: number }[] = [];
    const channels: { y: number; height: number; first: number; gap: number }[] = [];
    let y = start;
    for (let index = 0; index <= rowHeights.length; index++) {
        const channel = channelOf(roomOf(index), Math.max(0, (laneCounts[index] ?? 0) - 1));
        channels.push({ y, height: channel.height, first: y + channel.first, gap: channel.gap });
        y += channel.height;
        const row = rowHeights[index];
        if (row === undefined) break;
        rows.push({ y, height: row });
        y += row;
    }
    return { rows, channels, height: y - start };
}

/** @param gaps between lanes: one less than lanes */
function channelOf(room: ChannelRoom, gaps: number) {
    const { before, behind, least, kept = 0, grown = 0, firm = { before: 0, behind: 0 } } = room;
    const wanted = Math.max(least, before + gaps * laneGap + behind);
    const squeezed = (all: number, hard: number, share: number) => hard + (all - hard) * share;
    const ends = (share: number) =>
        Math.ceil(squeezed(before, firm.before, share) + squeezed(behind, firm.behind, share));
    // what the row above has become higher by, where there is room for all of it: else what is below moves anyway
    const isAbsorbed = kept - grown >= ends(tight) + gaps * leastLaneGap;
    const now = isAbsorbed ? kept - grown : kept;
    if (now < wanted) {
        for (const share of [0.7, tight, 0.3]) {
            const gap = (now - ends(share)) / Math.max(1, gaps);
            const first = squeezed(before, firm.before, share);
            if (gap >= leastLaneGap) return { height: now, first, gap: Math.min(laneGap, gap) };
        }
    }
    const height = Math.max(now, wanted);
    return { height, first: before + (height - before - behind - gaps * laneGap) / 2, gap: laneGap };
}
