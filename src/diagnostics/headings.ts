/** The line of each heading of a Markdown text, counted from 1, by its text without backticks. */
export function headingLines(markdown: string): ReadonlyMap<string, number> {
    const lines = new Map<string, number>();
    for (const [index, line] of markdown.split(/\r?\n/).entries()) {
        const heading = /^#{1,6}\s+(.*?)\s*#*\s*$/.exec(line)?.[1]?.replaceAll('`', '').trim();
        if (heading && !lines.has(heading)) lines.set(heading, index + 1);
    }
    return lines;
}
