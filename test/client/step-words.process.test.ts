import { describe, expect, test, vi } from 'vitest';
import type { SimulationEvent, SimulationStep, SimulationView } from '../../server/protocol/simulation-state.js';
import { nextChange, stepMarkdown, stepWords } from '../../src/simulation/step-words.js';

// in English VS Code puts the values into the text as it is
vi.mock('vscode', () => ({
    l10n: {
        t: (text: string, ...values: readonly (string | number)[]) =>
            text.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)])),
    },
    Uri: { parse: (text: string) => ({ toString: () => text }) },
    workspace: { asRelativePath: (uri: { toString: () => string }) => uri.toString().replace('file:///', '') },
}));

const a = 'file:///a.tsbtopo';
const b = 'file:///b.tsbtopo';

function step(...places: [uri: string, line: number][]): SimulationStep {
    return {
        from: 0,
        changed: places.map(([uri, line]) => {
            const start = { line, character: 4 };
            return { uri, range: { start, end: start } };
        }),
    };
}

function view(text = 'the metrics buffer of west is full'): SimulationView {
    const events: SimulationEvent[] = [
        { at: 0, label: 'at once', certain: true, text: 'east fails', hurt: '' },
        { at: 600, label: '10 min', certain: true, text, hurt: '' },
    ];
    const range = { start: { line: 3, character: 0 }, end: { line: 3, character: 9 } };
    return {
        time: { at: 600, label: '10 min', lasts: 'until repaired', events, current: 1 },
        files: [{ uri: a, annotations: [{ range, state: 'limited', text: 'no *metrics*', struck: [] }] }],
    } as Partial<SimulationView> as SimulationView;
}

const inSight = { uri: a, first: 10, last: 40 };

describe('what a step in time has changed', () => {
    test('what has happened, how many lines, and where they are out of sight', () => {
        expect(stepWords(view(), step([a, 12]), inSight)).toBe('1 line changed · the metrics buffer of west is full');
        expect(stepWords(view(), step([a, 3], [a, 12], [a, 50], [a, 60], [b, 1]), inSight)).toBe(
            '5 lines changed, 1 above, 2 below, 1 in other files · the metrics buffer of west is full',
        );
        expect(stepWords(view(), step(), inSight)).toMatch(/^no line changed · /);
    });

    test('between events nothing has happened, and without an editor all lines are elsewhere', () => {
        const between = view();
        expect(stepWords({ ...between, time: { ...between.time, at: 700 } }, step([a, 1]))).toBe(
            '1 line changed, 1 in other files',
        );
    });

    test('a long event is cut between words', () => {
        expect(stepWords(view('word '.repeat(30)), step(), inSight)).toMatch(/ · (word ){11}word…$/);
    });

    test('line by line what stands there now', () => {
        expect(stepMarkdown(view(), step([a, 3], [a, 7]))).toBe(
            '- a.tsbtopo:4 no &#42;metrics&#42;\n- a.tsbtopo:8 as without the failures',
        );
        const many = step(...Array.from({ length: 20 }, (_, line): [string, number] => [a, line]));
        expect(stepMarkdown(view(), many).split('\n').at(-1)).toBe('- … and 8');
    });

    test('one after the other, file by file, and from the beginning again', () => {
        const changes = step([a, 3], [a, 7], [b, 1]);
        const lineAfter = (uri: string, line: number) => nextChange(changes, { uri, line })?.range.start.line;
        expect([lineAfter(a, 0), lineAfter(a, 3), lineAfter(a, 7), lineAfter(b, 1), lineAfter('file:///c', 0)]).toEqual(
            [3, 7, 1, 3, 3],
        );
        expect(nextChange(changes)?.range.start.line).toBe(3);
        expect(nextChange(step())).toBeUndefined();
    });
});
