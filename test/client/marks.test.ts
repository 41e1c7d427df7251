import { describe, expect, it } from 'vitest';
import { inlineText, markOf, marksAfter, nowhere, stateSigns, type Mark } from '../../src/simulation/marks.js';
import { annotationStates as states } from '../../server/knowledge/states.js';

const annotation = (start: [number, number], end: [number, number]) => ({
    range: { start: { line: start[0], character: start[1] }, end: { line: end[0], character: end[1] } },
    state: 'gone' as const,
    text: 'down with east',
    struck: [{ start: { line: start[0], character: start[1] }, end: { line: end[0], character: end[1] } }],
});

describe('marks', () => {
    const lines = ['workload cluster east {', '    management plane {  ', '    postgres external { no backup }'];
    const markIn = (start: [number, number], end: [number, number]) =>
        markOf(annotation(start, end), (line) => lines[line]!);

    it('strike out a name', () => {
        expect(markIn([0, 17], [0, 21])).toMatchObject({
            line: 0,
            start: 17,
            end: 21,
            struck: [{ start: 17, end: 21 }],
        });
    });

    it('strike out the line that opens a block, without its brace', () => {
        expect(markIn([1, 4], [2, 21])).toMatchObject({ line: 1, start: 4, end: 20 });
        expect(markIn([0, 0], [2, 21])).toMatchObject({ line: 0, start: 0, end: 21 });
        expect(markIn([2, 4], [2, 35])).toMatchObject({ line: 2, start: 4, end: 21 });
    });

    it('never end before they begin', () => {
        expect(markIn([0, 22], [0, 23])).toMatchObject({ start: 22, end: 22 });
        expect(markIn([0, 40], [0, 44])).toMatchObject({ start: 40, end: 40 });
    });

    it('have a sign for each state, which is no picture', () => {
        for (const state of states) expect(stateSigns[state]).not.toMatch(/\p{Emoji_Presentation}|\uFE0F/u);
    });

    it('are cut where the setting says', () => {
        const mark: Mark = { line: 0, start: 0, end: 4, state: 'held', text: 'served from west', struck: [] };
        expect(inlineText(mark, 16)).toBe('✓ served from west');
        expect(inlineText(mark, 15)).toBe('✓ served from we…');
        expect(inlineText(mark, 8)).toBe('✓ served…');
    });

    it('know whether the last step in time changed them', () => {
        expect(markOf({ ...annotation([0, 17], [0, 21]), changed: true }, (line) => lines[line]!).changed).toBe(true);
        expect(markIn([0, 17], [0, 21])).not.toHaveProperty('changed');
    });

    it('follow their lines, and stand nowhere when these are edited', () => {
        const marks = [1, 3].map((line): Mark => ({ line, start: 0, end: 4, state: 'failed', text: '', struck: [] }));
        const edit = { start: { line: 1, character: 2 }, end: { line: 1, character: 2 }, text: '\n' };
        expect(marksAfter(marks, edit, () => undefined).map(({ line }) => line)).toEqual([nowhere, 4]);
    });
});
