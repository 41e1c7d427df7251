/**
 * When something began, on the clock on the wall: `14:05`, `2026-11-28T14:05`, `2026-11-28T14:05:30Z`, `…+01:00`. A text, so
 * that it goes through JSON, links and commands; made by {@link beginningFrom} alone.
 */
export type Beginning = string & { readonly isBeginning: true };

const form =
    /^(?:(\d{4})-(\d\d)-(\d\d)[Tt ])?([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?\s*([Zz]|[+-](?:0\d|1[0-4]):?[0-5]\d)?$/;

/** How to say one, for messages about one that could not be read. */
export const beginningExamples = '14:05, 2026-11-28T14:05 or 2026-11-28T14:05Z';

const day = 86_400;

interface Parts {
    /** `2026-11-28`; undefined where only the time of day is known. */
    readonly date: string | undefined;
    /** Seconds from midnight. */
    readonly time: number;
    /** `Z`, `+01:00`; empty: that of whoever reads it. */
    readonly zone: string;
}

function partsOf(text: string): Parts | undefined {
    const [whole, year, month, date, hours, minutes, seconds = '0', zone = ''] = form.exec(text.trim()) ?? [];
    if (whole === undefined) return undefined;
    const time = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    if (year === undefined) return { date: undefined, time, zone: zone.toUpperCase() };
    const at = new Date(`${year}-${month}-${date}T00:00:00Z`);
    // the 31st of a month that has 30 days is read as the day after
    if (Number.isNaN(at.getTime()) || at.getUTCDate() !== Number(date)) return undefined;
    return { date: `${year}-${month}-${date}`, time, zone: zone.toUpperCase().replace(/^(...)(\d\d)$/, '$1:$2') };
}

/** Undefined for a text that is no time of a clock, or none of any day. */
export function beginningFrom(text: string): Beginning | undefined {
    const parts = partsOf(text);
    if (!parts) return undefined;
    const { date, time, zone } = parts;
    return `${date === undefined ? '' : `${date}T`}${clockText(time)}${zone}` as Beginning;
}

/** What the clock shows so many seconds after a beginning: "15:05", "15:05:30", "02:05 (+1 d)" on the next day. */
export function wallTime(began: Beginning, seconds: number): string {
    const now = partsOf(began)!.time + seconds;
    const days = Math.floor(now / day);
    return `${clockText(now % day)}${days > 0 ? ` (+${days} d)` : ''}`;
}

function clockText(time: number): string {
    const two = (value: number) => String(value).padStart(2, '0');
    const seconds = time % 60;
    const minutes = `${two(Math.floor(time / 3600))}:${two(Math.floor(time / 60) % 60)}`;
    return seconds === 0 ? minutes : `${minutes}:${two(seconds)}`;
}

/**
 * How many seconds after a beginning a clock shows a time: the first time that it does; of a time with a date, then.
 *
 * @returns undefined for a text that is no time of a clock, for a time before the beginning, and for one with a date or a
 *   zone where the beginning has none
 */
export function secondsAfter(began: Beginning, text: string): number | undefined {
    const [first, then] = [partsOf(began)!, partsOf(text)];
    if (!then) return undefined;
    if (then.date === undefined) {
        if (then.zone !== '' && first.zone === '') return undefined;
        const shift = then.zone === '' ? 0 : (offsetOf(first.zone) - offsetOf(then.zone)) * 60;
        return (((then.time + shift - first.time) % day) + day) % day;
    }
    if (first.date === undefined) return undefined;
    const seconds = (instantOf(then, first.zone) - instantOf(first, first.zone)) / 1000;
    return seconds >= 0 ? seconds : undefined;
}

/**
 * How many seconds have passed since a beginning; of one without a date, since the clock showed it last.
 *
 * @param now the clock of this machine, whose zone a beginning without one is in
 * @returns undefined for one that is still to come
 */
export function secondsSince(began: Beginning, now: Date): number | undefined {
    const parts = partsOf(began)!;
    if (parts.date !== undefined) {
        const seconds = Math.floor((now.getTime() - instantOf(parts, parts.zone)) / 1000);
        return seconds >= 0 ? seconds : undefined;
    }
    const offset = parts.zone === '' ? -now.getTimezoneOffset() : offsetOf(parts.zone);
    const shown = Math.floor(now.getTime() / 1000) + offset * 60;
    return (((shown - parts.time) % day) + day) % day;
}

/** Milliseconds, as of a `Date`. */
function instantOf({ date, time, zone }: Parts, zoneUnsaid: string): number {
    const text = `${date}T${clockText(time)}`;
    return new Date(`${text.length === 16 ? `${text}:00` : text}${zone || zoneUnsaid}`).getTime();
}

/** Minutes before UTC. */
function offsetOf(zone: string): number {
    const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
    return hours === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
