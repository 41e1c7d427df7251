import { bands, type Band } from './box.js';
import type { ChannelRoom, Stack } from './geometry.js';
import { spacing } from './spacing.js';

/** A row of the picture, over all columns of its shelf: those of hosts stand above all shelves. */
export interface Row {
    readonly shelf: number;
    readonly band: Band | 'clients';
    readonly index: number;
}

/** How many rows there are. */
export interface RowCounts {
    readonly hosts: number;
    readonly shelves: readonly Readonly<Record<Band, number>>[];
}

const none: Readonly<Record<Band, number>> = { entrance: 0, workloads: 0, outside: 0, management: 0, added: 0 };

/** The counts with a row of hosts, or of a band of a shelf. */
export function counting(
    before: RowCounts | undefined,
    hostRows: readonly number[],
    cards: readonly { readonly shelf: number; readonly band: Band; readonly row: number }[],
    shelfCount: number,
): RowCounts {
    const shelves = Array.from({ length: Math.max(shelfCount, before?.shelves.length ?? 0) }, (_, shelf) => ({
        ...(before?.shelves[shelf] ?? none),
    }));
    for (const { shelf, band, row } of cards) {
        const counts = shelves[shelf]!;
        counts[band] = Math.max(counts[band], row + 1);
    }
    // regions without anything in them stand somewhere, too
    for (const counts of shelves) if (bands.every((band) => counts[band] === 0)) counts.workloads = 1;
    return { hosts: Math.max(before?.hosts ?? 0, ...hostRows.map((row) => row + 1)), shelves };
}

/** All rows from top to bottom. */
export function rowsIn({ hosts, shelves }: RowCounts): Row[] {
    const clients = Array.from({ length: hosts }, (_, index): Row => ({ shelf: 0, band: 'clients', index }));
    const others = shelves.flatMap((counts, shelf) =>
        bands.flatMap((band) => Array.from({ length: counts[band] }, (_, index): Row => ({ shelf, band, index }))),
    );
    return [...clients, ...others];
}

export function rowKey({ shelf, band, index }: Row): string {
    return `${shelf} ${band} ${index}`;
}

/** Each row's place from the top, by its key. */
export function placesOfRows(rows: readonly Row[]): Map<string, number> {
    return new Map(rows.map((row, place) => [rowKey(row), place]));
}

/** The room of a channel: the one above a row, or below the last. */
export function roomOfChannel(channel: number, rows: readonly Row[]): ChannelRoom {
    const below = rows[channel];
    const above = rows[channel - 1];
    const head = spacing.regionHead;
    if (!above) {
        const isHead = below !== undefined && below.band !== 'clients';
        return isHead
            ? { before: 8, behind: head, least: head + 8, firm: { before: 0, behind: head } }
            : { before: 4, behind: 4, least: 4 };
    }
    if (!below) return { before: 18, behind: 14, least: 26 };
    if (below.band === 'clients') return { before: 10, behind: 10, least: 20 };
    if (above.band === 'clients')
        return { before: 20, behind: head + 16, least: 88, firm: { before: 0, behind: head } };
    if (above.shelf !== below.shelf) {
        const before = spacing.regionFoot + 14;
        const firm = { before: spacing.regionFoot, behind: head };
        return { before, behind: head + 16, least: before + head + 16 + 12, firm };
    }
    return { before: 22, behind: 26, least: 58 };
}

/** From where to where the regions of each shelf reach. */
export function heightsOfShelves(
    rows: readonly Row[],
    stack: Stack,
): { readonly top: number; readonly bottom: number }[] {
    const count = Math.max(0, ...rows.map(({ shelf, band }) => (band === 'clients' ? 0 : shelf + 1)));
    return Array.from({ length: count }, (_, shelf) => {
        const own = rows.flatMap((row, place) => (row.band !== 'clients' && row.shelf === shelf ? [place] : []));
        const below = stack.channels[own.at(-1)! + 1]!;
        const isLast = shelf === count - 1;
        return {
            top: stack.rows[own[0]!]!.y - spacing.regionHead,
            bottom: isLast ? below.y + below.height : below.y + spacing.regionFoot,
        };
    });
}

/** Where a band is, for its name at the left; on each shelf its own. */
export interface BandPlace {
    readonly shelf: number;
    readonly band: Band | 'clients';
    readonly y: number;
    readonly height: number;
}

export function placesOfBands(rows: readonly Row[], stack: Stack): BandPlace[] {
    const places = new Map<string, BandPlace>();
    for (const [place, { shelf, band }] of rows.entries()) {
        const { y, height } = stack.rows[place]!;
        const known = places.get(`${shelf} ${band}`);
        places.set(`${shelf} ${band}`, { shelf, band, y: known?.y ?? y, height: y + height - (known?.y ?? y) });
    }
    return [...places.values()].filter(({ height }) => height > 0);
}
