/** An item of a list, with items of its own. */
export interface Item {
    readonly text: string;
    readonly below: readonly string[];
}

export type Items = readonly (string | Item)[];

/** A section of a page with a list; nothing where the list is empty. */
export function section(title: string, items: Items, numbered = false): string[] {
    if (items.length === 0) return [];
    return [`## ${title}`, list(items, numbered)];
}

/** What stands below an item is indented by its mark, so that it belongs to it. */
export function list(items: Items, numbered = false): string {
    return items
        .flatMap((item, index) => {
            const mark = numbered ? `${index + 1}.` : '-';
            const { text: says, below } = typeof item === 'string' ? { text: item, below: [] } : item;
            return [`${mark} ${says}`, ...below.map((each) => `${' '.repeat(mark.length + 1)}- ${each}`)];
        })
        .join('\n');
}

/** A section with a table of Markdown cells; nothing where it has no rows. */
export function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string[] {
    if (rows.length === 0) return [];
    const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
    return [`## ${title}`, [line(head), line(head.map(() => ':--')), ...rows.map(line)].join('\n')];
}
