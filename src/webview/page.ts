import * as vscode from 'vscode';
import { xml } from '../../server/encoding/xml.js';

/** A page that VS Code shows in a webview. */
export interface Page {
    /** As its script and its style sheet are called in `dist`. */
    readonly bundle: 'picture' | 'matrix';
    /** With `{name}` where a value stands. */
    readonly html: string;
    readonly values: ReadonlyMap<string, string>;
    /** What its script says by itself, in the language of the user. */
    readonly words: object;
    /** Whether it makes style sheets and images of its own. */
    readonly paints?: boolean;
}

/**
 * The page with its values: nothing in it comes from elsewhere, and no script but its own runs.
 *
 * @param dist the folder of what was built
 */
export function pageIn(webview: vscode.Webview, dist: vscode.Uri, page: Page): string {
    const address = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
    const nonce = randomText();
    const policy = [
        `default-src 'none'`,
        `script-src 'nonce-${nonce}'`,
        `style-src ${webview.cspSource}${page.paints ? ` 'nonce-${nonce}'` : ''}`,
        ...(page.paints ? [['img-src', 'data:'].join(' ')] : []),
    ].join('; ');
    const values = new Map<string, string>([
        ...page.values,
        ['language', vscode.env.language],
        ['policy', policy],
        ['nonce', nonce],
        ['styleAddress', address(`${page.bundle}-style.css`)],
        ['scriptAddress', address(`${page.bundle}.js`)],
        ['words', JSON.stringify(page.words)],
    ]);
    return page.html.replace(/\{(\w+)\}/g, (_, name: string) => xml(values.get(name) ?? ''));
}

/** A text that nobody guesses, so that no other script runs in the page. */
function randomText(): string {
    return [...crypto.getRandomValues(new Uint8Array(24))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
