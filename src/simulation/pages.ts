import * as vscode from 'vscode';
import type {
    ElementArgument,
    EstateArgument,
    PageArgument,
    Question,
    SimulationView,
} from '../../server/simulation/protocol.js';
import type { RunningSimulations } from './running.js';
import type { SimulationServer } from './server.js';

const scheme = 'tsbtopo-page';

/** Which page of Markdown: what a virtual document's address carries in its query. */
type Page =
    | ({ readonly kind: 'runbook' } & EstateArgument)
    | ({ readonly kind: 'failover' } & ElementArgument)
    | ({ readonly kind: 'answer' } & PageArgument);

/** The title of a page: about a topology, or about what would be without an element. */
const titles: Readonly<Record<Question, { in: (topology: string) => string; without: (element: string) => string }>> = {
    timeline: {
        in: (topology) => vscode.l10n.t('What happens when in {0}', topology),
        without: (element) => vscode.l10n.t('What happens when without {0}', element),
    },
    actions: {
        in: (topology) => vscode.l10n.t('What can I still do in {0}', topology),
        without: (element) => vscode.l10n.t('What can I still do without {0}', element),
    },
    next: {
        in: (topology) => vscode.l10n.t('What would hurt next in {0}', topology),
        without: (element) => vscode.l10n.t('What would hurt next without {0}', element),
    },
};

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
        await open(vscode.l10n.t('Failover of {0}', inTitle(element)), { kind: 'failover', uri, element });
    }

    /** The answer to a question, about a running scenario or about the failure of one element. */
    async openAnswer(page: Question, about: SimulationView | ElementArgument): Promise<void> {
        const { uri } = about;
        if ('element' in about) {
            const { element } = about;
            await open(titles[page].without(inTitle(element)), { kind: 'answer', uri, page, element });
        } else {
            await open(titles[page].in(about.topology), { kind: 'answer', uri, page });
        }
    }

    async provideTextDocumentContent({ query }: vscode.Uri): Promise<string> {
        const page = JSON.parse(query) as Page;
        switch (page.kind) {
            case 'runbook':
                return (await this.server.runbook(page)) ?? `${vscode.l10n.t('No failure is simulated.')}\n`;
            case 'failover':
                return this.server.failover(page);
            case 'answer':
                return this.server.page(page);
        }
    }

    dispose(): void {
        this.disposable.dispose();
    }
}

/** The name of an element as a part of a file's name. */
function inTitle(element: string): string {
    return element.replace(/^(service|region|zone|link|external):/, '').replaceAll('/', '.');
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
