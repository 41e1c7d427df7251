/**
 * A text that stands for several names together, to look something up by. Names may have spaces, dots and whatever else can
 * be seen in them, so that nothing but a line end tells where one ends.
 */
export function jointKey(...parts: readonly (string | number | boolean)[]): string {
    return parts.join('\n');
}
