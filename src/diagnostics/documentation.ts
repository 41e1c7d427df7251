import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient';
import { headingLines } from './headings.js';

/**
 * Lets the code of a diagnostic open its chapter of the documentation. The server links to `diagnostics.md#code`, as a
 * browser follows it; VS Code opens a file at a line only. Without that file there is no link.
 *
 * @param docs the folder with `diagnostics.md`
 */
export function linkToLines(docs: vscode.Uri): NonNullable<Middleware['handleDiagnostics']> {
    const page = vscode.Uri.joinPath(docs, 'diagnostics.md');
    const chapters = readHeadings(page);
    return (uri, diagnostics, next) => {
        // every call waits for the same promise, so that later diagnostics stay later
        void chapters.then((lines) => {
            for (const diagnostic of diagnostics) {
                const { code } = diagnostic;
                if (typeof code !== 'object' || code.target.path !== page.path) continue;
                diagnostic.code = lines
                    ? { ...code, target: atLine(page, lines.get(code.target.fragment)) }
                    : code.value;
            }
            next(uri, diagnostics);
        });
    };
}

async function readHeadings(page: vscode.Uri): Promise<ReadonlyMap<string, number> | undefined> {
    try {
        return headingLines(new TextDecoder().decode(await vscode.workspace.fs.readFile(page)));
    } catch {
        return undefined;
    }
}

function atLine(page: vscode.Uri, line: number | undefined): vscode.Uri {
    return page.with({ fragment: line === undefined ? '' : `L${line}` });
}
