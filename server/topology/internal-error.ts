/** So much of what an exception says is shown; the log has the rest. */
const longestReason = 200;

/**
 * What the user reads where this tool itself made a mistake. How to report one stands in docs/diagnostics.md.
 *
 * @param doing "reading", "looking for risks", …
 */
export function internalErrorMessage(doing: string, error: unknown): string {
    const said = error instanceof Error ? error.message : String(error);
    const reason = said.split('\n', 1)[0]!.slice(0, longestReason);
    return `A mistake of this tool, not of the file, while ${doing}: ${reason}. All else goes on. Please report it.`;
}
