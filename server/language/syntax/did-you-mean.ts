/** What a diagnostic carries for the light bulb: texts that could stand at its place instead, or beside it. */
export interface SuggestionData {
    readonly suggestions: readonly string[];
    readonly insertions?: readonly string[];
    /** Whether an insertion belongs behind the place of the diagnostic, rather than before it. */
    readonly behind?: boolean;
}

/** ` Did you mean …?` with a space before it, or nothing. */
export function didYouMean(names: readonly string[]): string {
    if (names.length === 0) {
        return '';
    }
    const quoted = names.map((name) => `\`${name}\``);
    const last = quoted.pop();
    return ` Did you mean ${quoted.length > 0 ? `${quoted.join(', ')} or ${last}` : last}?`;
}
