import { marked, type Token, type Tokens } from 'marked';
import { expect, test, vi } from 'vitest';
import { sources } from '../../server/knowledge/sources.js';
import { clientCommands } from '../../server/protocol/client.js';
import { simulationCommands } from '../../server/protocol/simulation.js';
import { editor } from '../features/editor.js';
import { outputsOf, type Output } from '../outputs.js';
import { hostile, hostileEstate } from './hostile.js';

vi.hoisted(() => {
    process.env['NO_COLOR'] = '1';
    delete process.env['FORCE_COLOR'];
});

const ourCommands: readonly string[] = [...Object.values(simulationCommands), ...Object.values(clientCommands)];
const ourPages = Object.values(sources).flatMap((source) => ('url' in source ? [source.url as string] : []));

/** What an output does although no text of a file may: one word for each deed. */
function deedsIn({ form, text }: Output): string[] {
    const seen = form === 'lines' || form === 'problems' || form === 'json' || form === 'markdown';
    const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.exec(seen ? text.replaceAll('\n', ' ') : text);
    return [...(unseen ? [`hides ${JSON.stringify(unseen[0])}`] : []), ...(deeds[form]?.(text) ?? [])];
}

const deeds: Partial<Record<Output['form'], (text: string) => string[]>> = {
    markdown: (text) => [...deedsOfMarkdown(marked.lexer(text)), ...brokenTables(text)],
    lens: (text) => (/(?<!\\)\$\([a-z]/.test(text) ? ['draws an icon'] : []),
    problems: (text) => {
        const lines = text.trim().split('\n').slice(0, -1);
        return lines
            .filter((line) => !/^a\.tsbtopo:\d+:\d+ \w+ .+ \[[a-z0-9-]+\]$/.test(line))
            .map(() => 'forges a line');
    },
    json: (text) => {
        JSON.parse(text);
        return [];
    },
};

function deedsOfMarkdown(tokens: readonly Token[]): string[] {
    const found: string[] = [];
    void marked.walkTokens([...tokens], (token) => {
        if (token.type === 'image' || token.type === 'html') found.push(`has ${token.type} ${token.raw}`);
        if (token.type === 'link' && !isOurs((token as Tokens.Link).href)) found.push(`links to ${token.raw}`);
        if (token.type === 'del') found.push(`strikes ${token.raw}`);
    });
    return found;
}

function isOurs(href: string): boolean {
    const [, command] = /^command:([\w.]+)(\?|$)/.exec(href) ?? [];
    if (command !== undefined) return ourCommands.includes(command);
    return ourPages.includes(href) || /^file:\/\/\/[\w/.-]+#L\d+$/.test(href);
}

/** Rows with more or fewer cells than the head of their table. */
function brokenTables(text: string): string[] {
    let cells = 0;
    return text.split('\n').flatMap((line) => {
        if (!line.startsWith('|')) {
            cells = 0;
            return [];
        }
        const here = line.split('|').length;
        cells ||= here;
        return here === cells && line.endsWith('|') ? [] : [`breaks the row ${line}`];
    });
}

// each name comes to stand in each place, in one of these estates or another
test.each([0, 5, 11, 16, 22, 27])('no name acts in any output, beginning with the one at %i', async (first) => {
    const opened = await editor(hostileEstate(first));
    opened.services.client.initialize({ clientCommands: true });
    const outputs = await outputsOf(opened, { everyToken: 2, mostElements: 15, mostProposals: 100 });
    const acting = outputs.flatMap((output) => deedsIn(output).map((deed) => `${output.where} ${deed}`));
    expect([...new Set(acting)]).toEqual([]);
    expect(new Set(outputs.map(({ where }) => where)).size).toBeGreaterThan(20);
});

test('what the test above would notice', () => {
    const told = hostile.map((text) => text.replaceAll('\\n', '\n'));
    const silent = told.filter(
        (text) => deedsIn({ where: '', form: 'markdown', text: `| a |\n| - |\n| ${text} |` }).length === 0,
    );
    expect(silent.length).toBeLessThan(told.length / 2);
    expect(deedsIn({ where: '', form: 'lens', text: 'x $(bell)' })).toEqual(['draws an icon']);
    expect(deedsIn({ where: '', form: 'line', text: 'x\ny' })).toEqual(['hides "\\n"']);
});

test('addresses in owners open what one sees of them', async () => {
    const opened = await editor(hostileEstate(0));
    const links = (await outputsOf(opened, { everyToken: 1_000, mostElements: 1, mostProposals: 1 })).filter(
        ({ where }) => where === 'link',
    );
    expect(links.map(({ text }) => text)).toEqual(
        expect.arrayContaining(['mailto:me@example.com', 'https://example.com/']),
    );
});
