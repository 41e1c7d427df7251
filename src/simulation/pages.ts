import * as vscode from 'vscode';
import type { ElementArgument, SimulationView } from '../../server/simulation/protocol.js';
import type { RunningSimulations } from './running.js';
import type { SimulationServer } from './server.js';

const scheme = 'tsbtopo-page';

/** Which page of Markdown: what a virtual document's address carries in its query. */
type Page =
    | { readonly kind: 'runbook'; readonly uri: string }
    | { readonly kind: 'failover'; readonly uri: string; readonly element: string };

/** What the server writes as a page of Markdown, in read-only documents that follow the simulation. */
export class Pages implements vscode.TextDocumentContentProvider, vscode.Disposable {
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

    /** The running scenario, for whoever has to act. */
    async openRunbook({ topology, uri }: SimulationView): Promise<void> {
        await open(vscode.l10n.t('Runbook of {0}', topology), { kind: 'runbook', uri });
    }

    /** Why a service would, or would not, fail over. */
    async openFailover({ uri, element }: ElementArgument): Promise<void> {
        const service = element.replace(/^service:/, '').replaceAll('/', '.');
        await open(vscode.l10n.t('Failover of {0}', service), { kind: 'failover', uri, element });
    }

    async provideTextDocumentContent({ query }: vscode.Uri): Promise<string> {
        const page = JSON.parse(query) as Page;
        switch (page.kind) {
            case 'runbook':
                return (
                    (await this.server.runbook({ uri: page.uri })) ?? `${vscode.l10n.t('No failure is simulated.')}\n`
                );
            case 'failover':
                return this.server.failover({ uri: page.uri, element: page.element });
        }
    }

    dispose(): void {
        this.disposable.dispose();
    }
}

/** Opens a page beside the editor, as a preview where VS Code has one. */
async function open(title: string, page: Page): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${title}.md`, query: JSON.stringify(page) });
    if (vscode.extensions.getExtension('vscode.markdown-language-features')) {
        await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
    } else {
        await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preview: true });
    }
}
