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
    const seen = ['lines', 'problems', 'json', 'markdown', 'html', 'xml', 'workflow'].includes(form);
    const shown = form === 'csv' ? text.replaceAll('\r\n', ' ') : text;
    const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.exec(seen ? shown.replaceAll('\n', ' ') : shown);
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
    html: deedsOfPage,
    csv: (text) => {
        const lines = text.split('\r\n');
        const cells = (line: string) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)];
        return lines
            .slice(0, -1)
            .flatMap((line) => [
                ...(cells(line).length === cells(lines[0]!).length ? [] : [`breaks the row ${line}`]),
                ...cells(line).flatMap(([, quoted, bare]) =>
                    /^\s*[=+\-@]/.test(quoted ?? bare ?? '') ? [`calculates ${quoted ?? bare}`] : [],
                ),
            ]);
    },
    json: (text) => {
        JSON.parse(text);
        return [];
    },
    xml: (text) => {
        const outside = text.replace(/"[^"<]*"/g, '""').replace(/(?<=>)[^<>]*(?=<)/g, '');
        return outside
            .split(/(?<=>)/)
            .filter(
                (tag) =>
                    !/^<(\?xml|!-- [\w ,;]+ --|\/?(testsuites?|testcase|failure|error|system-out))( [a-z]+="")*[?/]?>$/.test(
                        tag.trim(),
                    ) && tag.trim() !== '',
            )
            .map((tag) => `has the tag ${tag}`);
    },
    workflow: (text) => {
        const lines = text.trim().split('\n').slice(0, -1);
        const command =
            /^::(error|warning|notice)( file=[^:,]*(,(line|endLine|col|endColumn)=\d+)*(,title=[^:,]*)?| title=[^:,]*)?::(?!.*%(?!25))/;
        return lines.filter((line) => !command.test(line)).map((line) => `forges the command ${line}`);
    },
};

/** Elements that a report has, and no others: none of them runs or loads anything. */
const ourElements =
    /^(html|head|meta|title|style|body|a|header|h[1-4]|p|strong|em|code|ul|ol|li|b|span|nav|main|section|article|div|figure|table|thead|tbody|tr|th|td|footer|svg|desc|defs|pattern|path|rect|circle|g|text|tspan|line|polygon)$/;

function deedsOfPage(text: string): string[] {
    const page = text.replace(/<style>.*?<\/style>/s, '').replace('<!DOCTYPE html>', '');
    return [...page.matchAll(/<[^>]*>?/g)].flatMap(([tag]) => {
        const [, name = '', attributes = ''] =
            /^<\/?([a-zA-Z0-9]+)((?:\s+[\w:-]+(?:="[^"<>]*"|=\w+)?)*)\s*\/?>$/.exec(tag) ?? [];
        if (!ourElements.test(name)) return [`has ${tag}`];
        return [...attributes.matchAll(/([\w:-]+)(?:="([^"]*)"|=(\w+))?/g)].flatMap(([, key = '', value = '']) => {
            if (/^on|^style$|^src|^xlink/.test(key)) return [`acts by ${tag}`];
            const leads = key !== 'href' || /^#[\w-]+$/.test(value) || ourPages.includes(value);
            return leads ? [] : [`links to ${value}`];
        });
    });
}

function deedsOfMarkdown(tokens: readonly Token[]): string[] {
    const found: string[] = [];
    void marked.walkTokens([...tokens], (token) => {
        if (token.type === 'image' || token.type === 'html') found.push(`has ${token.type} ${token.raw}`);
        if (token.type === 'link' && !isOurs((token as Tokens.Link).href)) found.push(`links to ${token.raw}`);
        if (token.type === 'del') found.push(`strikes ${token.raw}`);
        if (token.type === 'code' && (token as Tokens.Code).lang === 'mermaid')
            found.push(...deedsOfMermaid((token as Tokens.Code).text));
    });
    return found;
}

/** Lines of a flowchart that are neither boxes nor arrows as we draw them. */
function deedsOfMermaid(text: string): string[] {
    const label = String.raw`"[\p{L}\p{N} .,:/@()#;-]*"`;
    const ours = [
        'flowchart (LR|TB)',
        String.raw` +n\d+(\(\[|\[/|\[\[|\[\(|\{\{|\[)${label}(\]\)|\\\]|\]\]|\)\]|\}\}|\])(:::\w+)?`,
        String.raw` +subgraph n\d+\[${label}\]`,
        ' +end',
        String.raw` {4}n\d+ (-->|==>|-\.-x|-\.->)(\|${label}\|)? n\d+`,
        String.raw` {4}classDef \w+ [\w:#, -]+`,
    ].map((line) => new RegExp(`^${line}$`, 'u'));
    return text.split('\n').flatMap((line) => (ours.some((one) => one.test(line)) ? [] : [`draws ${line}`]));
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
    expect(deedsIn({ where: '', form: 'html', text: '<p><img src=x></p>' })).toEqual(['has <img src=x>']);
    expect(deedsIn({ where: '', form: 'html', text: '<p onclick="x">' })).toEqual(['acts by <p onclick="x">']);
    expect(deedsIn({ where: '', form: 'html', text: '<a href="javascript:x">' })).toEqual(['links to javascript:x']);
    expect(deedsIn({ where: '', form: 'csv', text: 'a,b\r\n=1,2\r\n3\r\n' })).toEqual([
        'calculates =1',
        'breaks the row 3',
    ]);
    const xml = (text: string) => deedsIn({ where: '', form: 'xml', text: `<testsuites>${text}</testsuites>` });
    expect(xml('<img src=x/>')).not.toEqual([]);
    expect(xml('<failure message="a"b">c</failure>')).not.toEqual([]);
    expect(xml('<failure message="a&quot;b">c &lt;</failure>')).toEqual([]);
    const workflow = (text: string) => deedsIn({ where: '', form: 'workflow', text: `${text}\nNo findings` });
    expect(workflow('::error file=a::b\n::set-env::c')).toHaveLength(1);
    expect(workflow('::error file=a,b::c')).toHaveLength(1);
    expect(workflow('::error file=a::b%0A')).toHaveLength(1);
    expect(workflow('::error file=a%2Cb::100%25')).toEqual([]);
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
