import { resolve } from 'node:path';
import { createRegistry } from 'vscode-tmgrammar-test/dist/common/index.js';
import { getVSCodeTokens } from 'vscode-tmgrammar-test/dist/snapshot/index.js';

/** The TextMate grammar, as VS Code loads it. */
export const grammarFile = resolve(import.meta.dirname, '../../syntaxes/tsbtopo.tmLanguage.json');

const scopeName = 'source.tsbtopo';
const registry = createRegistry([{ path: grammarFile, scopeName, language: 'tsbtopo' }]);

/** The lines of a text with their tokens. */
export function tokenLines(text: string): ReturnType<typeof getVSCodeTokens> {
    return getVSCodeTokens(registry, scopeName, text);
}

/** The innermost scope of each piece of a one-line text: `service shop` gives `service` and `shop`, spaces left out. */
export async function scopesIn(line: string): Promise<{ text: string; scope: string }[]> {
    const [tokens] = await tokenLines(line);
    return (tokens?.tokens ?? [])
        .map(({ startIndex, endIndex, scopes }) => ({
            text: line.slice(startIndex, endIndex),
            scope: scopes.at(-1)!,
        }))
        .filter(({ text }) => text.trim() !== '');
}
