/** The region in which all of these places are; undefined where they are in several, or there is none. */
export function commonRegion(places: readonly { readonly region: string }[]): string | undefined {
    const [first] = places;
    return first && places.every(({ region }) => region === first.region) ? first.region : undefined;
}
