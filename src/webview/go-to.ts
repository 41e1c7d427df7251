import * as vscode from 'vscode';
import type { SourceLocation } from '../../server/topology/topology.js';

/**
 * Shows a place of a file beside a panel: where the file is open already, else in another column than the panel's.
 *
 * @param focus whether somebody goes on from there in the file
 */
export async function goTo(at: SourceLocation, panel: vscode.WebviewPanel, focus: boolean): Promise<void> {
    const uri = vscode.Uri.parse(at.uri);
    const { line, character } = at.range.start;
    const selection = new vscode.Range(line, character, line, character);
    const { visibleTextEditors } = vscode.window;
    const open =
        visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString()) ??
        visibleTextEditors.find(({ viewColumn }) => viewColumn !== panel.viewColumn);
    const viewColumn =
        open?.viewColumn ??
        (panel.viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One);
    await vscode.window.showTextDocument(uri, { selection, viewColumn, preserveFocus: !focus });
}
