const clockTime = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;

/** Whether a text is a time of the clock on the wall: `14:05`, `09:30:15`. */
export function isClockTime(text: string): boolean {
    return clockTime.test(text);
}

/** Times of a clock on the wall, counted from the first of them in seconds; one that goes back is of the next day. */
export interface ClockTimes {
    readonly first: string;
    /** Undefined where no time is said, or none of a clock. */
    readonly times: readonly (number | undefined)[];
}

/** @returns undefined where no time is one of a clock */
export function clockTimesOf(texts: readonly (string | undefined)[]): ClockTimes | undefined {
    const first = texts.find((text) => text !== undefined && isClockTime(text));
    if (first === undefined) return undefined;
    const day = 86_400;
    const beginning = secondsOf(first)!;
    let last = beginning;
    const times = texts.map((text) => {
        const seconds = text === undefined ? undefined : secondsOf(text);
        if (seconds === undefined) return undefined;
        let now = seconds + Math.floor(last / day) * day;
        if (now < last) now += day;
        last = now;
        return now - beginning;
    });
    return { first, times };
}

function secondsOf(text: string): number | undefined {
    const [, hours, minutes, seconds = '0'] = clockTime.exec(text) ?? [];
    return hours === undefined ? undefined : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
