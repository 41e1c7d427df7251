/** ` Did you mean …?` with a space before it, or nothing. */
export function didYouMean(names: readonly string[]): string {
    if (names.length === 0) {
        return '';
    }
    const quoted = names.map((name) => `\`${name}\``);
    const last = quoted.pop();
    return ` Did you mean ${quoted.length > 0 ? `${quoted.join(', ')} or ${last}` : last}?`;
}
