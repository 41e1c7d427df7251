import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
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

describe.each(['language.md', 'diagnostics.md', 'model.md', 'time.md', 'editors.md', 'security.md'])(
    'docs/%s',
    (name) => {
        const page = readPage(name);

        test('links only to pages and sections that exist', () => {
            const links = [...page.matchAll(/\]\(([^)#]*)#?([^)]*)\)/g)].map(([, target, anchor]) => ({
                target,
                anchor,
            }));
            expect(links.length).toBeGreaterThan(3);
            for (const { target, anchor } of links.filter((link) => !link.target?.includes('://'))) {
                const path = pagePath(target || name);
                expect(existsSync(path), path).toBe(true);
                if (anchor) expect([...anchorsOf(readPage(target || name))]).toContain(anchor);
            }
        });

        test('defines each source that it names', () => {
            const named = [...page.matchAll(/(?:certain|likely|inferred)(?:,| \|) \[([a-z-]+)\]/g)].map(
                ([, tag]) => tag,
            );
            for (const tag of new Set(named)) expect(page).toContain(`\n[${tag}]: https://`);
        });
    },
);
