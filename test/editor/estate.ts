// What the suites do with files of the workspace, and what they ask VS Code about them.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { poll } from './poll.js';

/** An estate that keeps one of its promises, and breaks the other. */
export const promising = `topology promising
management cluster mgmt
workload cluster red { gateway ingress }
workload cluster blue { gateway ingress }
service till on red { exposed "till.example.com" { gslb ttl 30s } }
scenario "blue is away" {
    at 0m  fail blue
    expect till unaffected
}
objective till survives any cluster failure
`;

/** The folder which the tests run in: a copy of test/editor/workspace/. */
export function workspaceFolder(): vscode.Uri {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder, 'no folder is open');
    return folder.uri;
}

export function fileIn(path: string): vscode.Uri {
    return vscode.Uri.joinPath(workspaceFolder(), path);
}

/** Shows a file of the workspace in the editor, alone. */
export async function show(path: string): Promise<vscode.TextEditor> {
    return vscode.window.showTextDocument(fileIn(path), { preview: false });
}

/** Writes a file that no editor shows. */
export async function write(path: string, text: string): Promise<vscode.Uri> {
    await vscode.workspace.fs.writeFile(fileIn(path), new TextEncoder().encode(text));
    return fileIn(path);
}

export async function remove(path: string): Promise<void> {
    await vscode.workspace.fs.delete(fileIn(path), { useTrash: false, recursive: true });
}

/** Closes all editors; what was typed is forgotten, not written. */
export async function closeAll(): Promise<void> {
    for (const document of vscode.workspace.textDocuments) {
        if (!document.isDirty) continue;
        await vscode.window.showTextDocument(document);
        await vscode.commands.executeCommand('workbench.action.files.revert');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    // results of tests, or a terminal, would leave little room for the lines of whoever comes next
    await vscode.commands.executeCommand('workbench.action.closePanel');
}

/** Replaces a text in a document, as typing it would. */
export async function replace({ document }: vscode.TextEditor, text: string, by: string): Promise<void> {
    const start = document.getText().indexOf(text);
    assert.ok(start >= 0, `no "${text}" in ${document.uri.path}`);
    const edit = new vscode.WorkspaceEdit();
    const range = new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
    edit.replace(document.uri, range, by);
    assert.ok(await vscode.workspace.applyEdit(edit));
}

/** The middle of the first occurrence of a word behind `after`. */
export function positionOf(document: vscode.TextDocument, word: string, after = ''): vscode.Position {
    const text = document.getText();
    const start = text.indexOf(word, text.indexOf(after) + after.length);
    assert.ok(start >= 0, `no "${word}" behind "${after}" in ${document.uri.path}`);
    return document.positionAt(start + Math.floor(word.length / 2));
}

/** The diagnostic with a text or a code, once there is one. */
export function diagnostic(uri: vscode.Uri, what: string): Promise<vscode.Diagnostic> {
    return poll(`${what} in ${uri.path}`, () =>
        vscode.languages.getDiagnostics(uri).find((each) => codeOf(each) === what || each.message.includes(what)),
    );
}

/** Waits until no diagnostic has a text or a code any more. */
export async function noDiagnostic(uri: vscode.Uri, what: string): Promise<void> {
    await poll(
        `no ${what} in ${uri.path}`,
        () =>
            !vscode.languages.getDiagnostics(uri).some((each) => codeOf(each) === what || each.message.includes(what)),
    );
}

export function codeOf({ code }: vscode.Diagnostic): string {
    return String(typeof code === 'object' ? code.value : code);
}

/** The hover at a place as Markdown, once there is one. */
export function hoverAt(uri: vscode.Uri, position: vscode.Position): Promise<vscode.MarkdownString> {
    return poll('a hover', async () => {
        const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
            'vscode.executeHoverProvider',
            uri,
            position,
        );
        return hovers.flatMap(({ contents }) => contents).find((content) => content instanceof vscode.MarkdownString);
    });
}

/** All lenses of a file with their titles, one text a line: `12: ▷ Simulate failure | component… | ✓ …`. */
export async function lensLines(uri: vscode.Uri): Promise<string[]> {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 1000);
    const lines = new Map<number, string[]>();
    for (const { range, command } of lenses) {
        lines.set(range.start.line, [...(lines.get(range.start.line) ?? []), command?.title ?? '?']);
    }
    return [...lines].sort(([a], [b]) => a - b).map(([line, titles]) => `${line + 1}: ${titles.join(' | ')}`);
}
