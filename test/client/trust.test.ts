import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const sources = globSync('src/**/*.ts', { cwd: root }).map((file) => readFileSync(resolve(root, file), 'utf8'));

test('Markdown may link to the commands that are listed, and to no other', () => {
    const trusted = sources.flatMap((source) =>
        [...source.matchAll(/isTrusted\s*[:=]\s*(.*)$/gm)].map(([, what]) => what!),
    );
    expect(trusted.length).toBeGreaterThan(2);
    for (const what of trusted)
        expect(what).toMatch(/^\{ enabledCommands: (linkedCommands|\[commandIds\.\w+(, commandIds\.\w+)*\]) \}[;,]$/);
});

test('Markdown draws neither HTML nor icons that a text asks for', () => {
    for (const source of sources) {
        expect(source).not.toMatch(/supportHtml|supportThemeIcons/);
        expect(source).not.toMatch(/new vscode\.MarkdownString\([^;]*, true\)/);
    }
});

test('what a server says becomes no link in a notification', () => {
    const shown = sources.flatMap((source) => [
        ...source.matchAll(/show(?:Error|Warning|Information)Message\(\s*([^\n]*)/g),
    ]);
    expect(shown.length).toBeGreaterThan(3);
    // texts of the extension itself, or texts without links
    for (const [, what] of shown) expect(what).toMatch(/^(vscode\.l10n\.t\('[^{]*'\)|linkless\(|$)/);
});
