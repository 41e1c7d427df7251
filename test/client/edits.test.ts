import { describe, expect, it } from 'vitest';
import { lineAfter, linesChangedBy, type Edit } from '../../src/simulation/edits.js';

const before = ['topology demo', 'cluster east', 'cluster west', 'service shop'];

/** Makes an edit, and says for each line of before where it is now, and which lines are new or changed. */
function edit(start: [line: number, character: number], end: [line: number, character: number], text: string) {
    const made: Edit = { start: at(start), end: at(end), text };
    const offset = ([line, character]: [number, number]) =>
        before.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0) + character;
    const all = before.join('\n');
    const after = (all.slice(0, offset(start)) + text + all.slice(offset(end))).split('\n');
    const lineText = (line: number) => after[line];
    return {
        after,
        lines: before.map((_, line) => lineAfter(line, made, lineText)),
        changed: linesChangedBy(made, lineText),
    };
}

const at = ([line, character]: [number, number]) => ({ line, character });

describe('lines after an edit', () => {
    it('stay when the edit is below, and lose their result when it is in them', () => {
        expect(edit([2, 8], [2, 12], 'north')).toMatchObject({ lines: [0, 1, undefined, 3], changed: [2] });
    });

    it('move when lines are added or removed above', () => {
        expect(edit([0, 0], [0, 0], '// one\n// two\n')).toMatchObject({ lines: [2, 3, 4, 5], changed: [0, 1] });
        expect(edit([1, 0], [2, 0], '')).toMatchObject({ lines: [0, undefined, 1, 2], changed: [] });
    });

    it('stay when Enter is pressed at their end', () => {
        expect(edit([1, 12], [1, 12], '\n    ')).toMatchObject({ lines: [0, 1, 3, 4], changed: [2] });
    });

    it('change when they are broken in two, or joined', () => {
        expect(edit([1, 7], [1, 7], '\n')).toMatchObject({ lines: [0, undefined, 3, 4], changed: [1, 2] });
        expect(edit([1, 12], [2, 0], ' ')).toMatchObject({ lines: [0, undefined, undefined, 2], changed: [1] });
    });

    it('change when something is pasted over several of them', () => {
        expect(edit([1, 3], [2, 3], 'a\nb\nc')).toMatchObject({
            lines: [0, undefined, undefined, 4],
            changed: [1, 2, 3],
        });
    });

    it('that are intact have the same text as before', () => {
        const positions: [number, number][] = before.flatMap((text, line) =>
            [0, 1, text.length].map((character): [number, number] => [line, character]),
        );
        for (const [index, start] of positions.entries()) {
            for (const end of positions.slice(index)) {
                for (const text of ['', 'x', '\n', 'x\n', '\nx', 'x\ny', '\n\n']) {
                    const { after, lines, changed } = edit(start, end, text);
                    for (const [line, now] of lines.entries()) {
                        if (now === undefined) continue;
                        expect(after[now], `line ${line} of ${JSON.stringify({ start, end, text })}`).toBe(
                            before[line],
                        );
                        expect(changed).not.toContain(now);
                    }
                    const accounted = new Set([...lines.filter((now) => now !== undefined), ...changed]);
                    expect(accounted.size, JSON.stringify({ start, end, text, lines, changed })).toBe(after.length);
                }
            }
        }
    });

    it('count as changed where the text around is not known', () => {
        const unknown = () => undefined;
        const enter: Edit = { start: at([1, 12]), end: at([1, 12]), text: '\n' };
        expect(lineAfter(1, enter, unknown)).toBeUndefined();
        expect(linesChangedBy(enter, unknown)).toEqual([1, 2]);
    });
});
