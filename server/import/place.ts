/** Where something was read. */
export interface Place {
    /** The file, as the user named it. */
    readonly source: string;
    /** Counted from 1; not known in dumps, whose lines mean nothing. */
    readonly line?: number | undefined;
    /** In a dump: what it is, such as `Service shop/checkout`. */
    readonly object?: string | undefined;
}

/** `tsb/gateways.yaml:14`, `dumps/east.json Service shop/checkout`. */
export function shownPlace({ source, line, object }: Place): string {
    if (line !== undefined) return `${source}:${line}`;
    return object === undefined ? source : `${source} ${object}`;
}

/** Several places, with the file said once: `a.yaml:3, 9, b.yaml:1`. */
export function shownPlaces(places: readonly Place[]): string {
    const unique = [...new Map(places.map((place) => [shownPlace(place), place])).values()].sort(comparePlaces);
    let before: Place | undefined;
    const shown = unique.slice(0, mostPlaces).map((place) => {
        const same = before?.source === place.source && place.line !== undefined && before.line !== undefined;
        before = place;
        return same ? String(place.line) : shownPlace(place);
    });
    const rest = unique.length - shown.length;
    return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ');
}

/** So many stand behind a line. */
const mostPlaces = 4;

export function comparePlaces(a: Place, b: Place): number {
    return compareTexts(a.source, b.source) || (a.line ?? 0) - (b.line ?? 0) || compareTexts(a.object, b.object);
}

/** The same on every machine, whatever its language is. */
export function compareTexts(a = '', b = ''): number {
    return a < b ? -1 : a > b ? 1 : 0;
}
