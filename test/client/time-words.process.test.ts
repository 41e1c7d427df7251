import { describe, expect, test, vi } from 'vitest';
import { beginningFrom } from '../../server/knowledge/wall-clock.js';
import type { SimulationEvent, SimulationView } from '../../server/protocol/simulation-state.js';
import {
    hasNext,
    hasPrevious,
    linkedCommands,
    scenarioAtTime,
    shortened,
    timeMarkdown,
} from '../../src/simulation/time-words.js';

// in English VS Code puts the values into the text as it is
vi.mock('vscode', () => ({
    l10n: {
        t: (text: string, ...values: readonly (string | number)[]) =>
            text.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)])),
    },
}));

/** A scenario with an event each hour; the one at hour 1 is not certain. */
function view(at: number, hours = 3): SimulationView {
    const events = Array.from({ length: hours }, (_, hour): SimulationEvent => {
        const label = hour === 0 ? 'at once' : `${hour} h`;
        return { at: hour * 3600, label, certain: hour !== 1, text: `Event ${hour}|`, hurt: 'metrics lost' };
    });
    return {
        topology: 'demo',
        uri: 'file:///demo.tsbtopo',
        failures: ['east'],
        time: {
            at,
            label: at === 0 ? 'at once' : `${at / 3600} h`,
            lasts: 'until repaired',
            events,
            current: at / 3600,
        },
    } as Partial<SimulationView> as SimulationView;
}

const rows = (markdown: string) =>
    markdown
        .replaceAll('\u00a0', ' ')
        .split('\n')
        .filter((line) => /^\|.*Event/.test(line));

describe('the tooltip of the time', () => {
    test('each event with a link that goes there, the current one without', () => {
        const [first, second, third] = rows(timeMarkdown(view(3600)));
        expect(first).toMatch(
            /^\| \[at once\]\(command:tsbtopo\.goToTime\?[^)]+\) \| metrics lost \| Event 0&#124; \|$/,
        );
        expect(second).toBe('| **from 1 h** | metrics lost | Event 1&#124; |');
        const [, query] = /\?([^)]+)\)/.exec(third!)!;
        expect(JSON.parse(decodeURIComponent(query!))).toEqual([{ uri: 'file:///demo.tsbtopo', at: 7200 }]);
    });

    test('where somebody has said when it began, times are those of the clock', () => {
        const shown = view(3600);
        const told = { ...shown, time: { ...shown.time, label: '15:05', began: beginningFrom('14:05')! } };
        expect(scenarioAtTime(shown)).toBe('1 failure after 1 h');
        expect(scenarioAtTime(told)).toBe('1 failure at 15:05');
        expect(timeMarkdown(shown)).toMatch(/\[It began at…\]\(command:tsbtopo\.beganAt/);
        expect(timeMarkdown(told)).toMatch(/^\*\*demo\*\* at 15:05\n/);
        expect(timeMarkdown(told)).toContain('[It began at 14:05](command:tsbtopo.beganAt');
    });

    test('of many events those around the current one, and how many more there are', () => {
        expect(rows(timeMarkdown(view(0, 9)))).toHaveLength(9);
        const markdown = timeMarkdown(view(10 * 3600, 20));
        expect(rows(markdown)).toHaveLength(9);
        expect(rows(markdown)[4]).toContain('**10 h**');
        expect(markdown).toContain('… and 6 earlier, 5 later');
        expect(timeMarkdown(view(19 * 3600, 20))).toContain('… and 11 earlier\n');
    });

    test('links only to where there is something, and only to commands that may be linked to', () => {
        const links = (at: number) => timeMarkdown(view(at)).match(/\[(Previous|Next)\]/g);
        expect([links(0), links(3600), links(7200)]).toEqual([['[Next]'], ['[Previous]', '[Next]'], ['[Previous]']]);
        for (const [, command] of timeMarkdown(view(3600)).matchAll(/command:([\w.]+)/g)) {
            expect(linkedCommands).toContain(command);
        }
    });
});

test('before, between and behind events', () => {
    expect([0, 1800, 7200, 9000].map((at) => [hasPrevious(view(at)), hasNext(view(at))])).toEqual([
        [false, true],
        [true, true],
        [true, false],
        [true, false],
    ]);
});

test('a scenario says at which time it is', () => {
    expect([scenarioAtTime(view(0)), scenarioAtTime(view(7200))]).toEqual(['1 failure', '1 failure after 2 h']);
});

test('a long text ends with its last whole word that has room', () => {
    expect([shortened('one two', 7), shortened('one, two', 6), shortened('one two three', 9)]).toEqual([
        'one two',
        'one…',
        'one two…',
    ]);
});
