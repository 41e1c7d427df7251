import * as vscode from 'vscode';
import type { SimulationView } from '../../server/simulation/protocol.js';
import type { RunningSimulations } from './running.js';
import type { SimulationServer } from './server.js';

const scheme = 'tsbtopo-runbook';

/** The scenario as a page of Markdown, in a read-only document that follows the simulation. */
export class Runbooks implements vscode.TextDocumentContentProvider, vscode.Disposable {
    private readonly changed = new vscode.EventEmitter<vscode.Uri>();
    private readonly disposable: vscode.Disposable;

    readonly onDidChange = this.changed.event;

    constructor(
        running: RunningSimulations,
        private readonly server: SimulationServer,
    ) {
        this.disposable = vscode.Disposable.from(
            this.changed,
            vscode.workspace.registerTextDocumentContentProvider(scheme, this),
            running.onDidChange(() => {
                for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === scheme) this.changed.fire(uri);
            }),
        );
    }

    /** Opens it beside the editor, as a preview where VS Code has one. */
    async open({ topology, uri }: SimulationView): Promise<void> {
        const page = vscode.Uri.from({ scheme, path: `/Runbook of ${topology}.md`, query: uri });
        if (vscode.extensions.getExtension('vscode.markdown-language-features')) {
            await vscode.commands.executeCommand('markdown.showPreviewToSide', page);
        } else {
            await vscode.window.showTextDocument(page, { viewColumn: vscode.ViewColumn.Beside, preview: true });
        }
    }

    async provideTextDocumentContent({ query }: vscode.Uri): Promise<string> {
        return (await this.server.runbook({ uri: query })) ?? 'No failure is simulated.\n';
    }

    dispose(): void {
        this.disposable.dispose();
    }
}
