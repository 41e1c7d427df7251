import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import english from '../../package.nls.json' with { type: 'json' };
import { pagePath, readPage } from './examples.js';

/** The anchors of a page, as GitHub and VS Code make them from its headings. */
function anchorsOf(page: string): Set<string> {
    const headings = page.replace(/^```[^]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm);
    return new Set(
        [...headings].map(([, title]) =>
            title!
                .toLowerCase()
                .replace(/[^\p{L}\p{N}\s_-]/gu, '')
                .replaceAll(' ', '-'),
        ),
    );
}

const pages = ['../README.md', ...readdirSync(pagePath('.')).filter((name) => name.endsWith('.md'))];

describe.each(pages)('docs/%s', (name) => {
    const page = readPage(name);

    test('links only to pages and sections that exist', () => {
        const links = [...page.matchAll(/\]\(([^)#]*)#?([^)]*)\)/g)].map(([, target, anchor]) => ({ target, anchor }));
        expect(links.length).toBeGreaterThan(0);
        for (const { target, anchor } of links.filter((link) => !link.target?.includes('://'))) {
            const linked = target ? join(dirname(name), target) : name;
            expect(existsSync(pagePath(linked)), linked).toBe(true);
            if (anchor) expect([...anchorsOf(readPage(linked))]).toContain(anchor);
        }
    });

    test('defines each source that it names', () => {
        const named = [...page.matchAll(/(?:certain|likely|inferred)(?:,| \|) \[([a-z-]+)\]/g)].map(([, tag]) => tag);
        for (const tag of new Set(named)) expect(page).toContain(`\n[${tag}]: https://`);
    });

    test('calls our commands by their names', () => {
        const titles = Object.values(english);
        for (const [, title] of page.matchAll(/\*\*TSB Topology:\s([^*]*)\*\*/g))
            expect(titles).toContain(title!.replace(/\s+/g, ' '));
    });
});
