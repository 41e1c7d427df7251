import * as vscode from 'vscode';
import type { ElementArgument, EstateArgument } from '../../server/protocol/arguments.js';
import type { SimulationView } from '../../server/protocol/simulation-state.js';
import { bareName } from '../../server/topology/element-name.js';
import type { PageArgument, Question } from '../../server/protocol/simulation.js';
import { languageId } from '../client/documents.js';
import type { Comparison } from '../comparison/comparison.js';
import { inPreview } from './page-links.js';
import type { RunningSimulations } from './running.js';
import type { SimulationServer } from './server.js';

const scheme = 'tsbtopo-page';

/** So long one waits for a preview to appear, in milliseconds. */
const longestWait = 3_000;

/** Which page of Markdown: what a virtual document's address carries in its query. */
type Page =
    | ({ readonly kind: 'runbook' } & EstateArgument)
    | ({ readonly kind: 'failover' | 'maintenance' } & ElementArgument)
    | ({ readonly kind: 'answer' } & PageArgument)
    | { readonly kind: 'comparison' };

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

/**
 * What the server writes as a page of Markdown, in read-only documents that follow the simulation. They open as previews;
 * where VS Code has none, as text.
 */
export class Pages implements vscode.TextDocumentContentProvider, vscode.Disposable {
    private readonly opened = new Map<string, vscode.Uri>();
    private readonly changed = new vscode.EventEmitter<vscode.Uri>();
    private readonly disposable: vscode.Disposable;

    readonly onDidChange = this.changed.event;

    constructor(
        running: RunningSimulations,
        private readonly server: SimulationServer,
        private readonly comparison: Comparison,
    ) {
        this.disposable = vscode.Disposable.from(
            this.changed,
            vscode.workspace.registerTextDocumentContentProvider(scheme, this),
            running.onDidChange(() => this.refresh()),
            comparison.onDidChange(() => this.refresh()),
        );
    }

    /** The running scenario, for whoever has to act. */
    async openRunbook({ topology, uri }: SimulationView): Promise<void> {
        await this.open(vscode.l10n.t('Runbook of {0}', topology), { kind: 'runbook', uri });
    }

    /** Why a service would, or would not, fail over. */
    async openFailover({ uri, element }: ElementArgument): Promise<void> {
        await this.open(vscode.l10n.t('Failover of {0}', inTitle(element)), { kind: 'failover', uri, element });
    }

    /** The answer to a question, about a running scenario or about the failure of one element. */
    async openAnswer(page: Question, about: SimulationView | ElementArgument): Promise<void> {
        const { uri } = about;
        if ('element' in about) {
            const { element } = about;
            await this.open(titles[page].without(inTitle(element)), { kind: 'answer', uri, page, element });
        } else {
            await this.open(titles[page].in(about.topology), { kind: 'answer', uri, page });
        }
    }

    /** Whether an element may be taken down now. */
    async openMaintenance({ uri, element }: ElementArgument): Promise<void> {
        const title = vscode.l10n.t('May I take {0} down now', inTitle(element));
        await this.open(title, { kind: 'maintenance', uri, element });
    }

    /** What the estate means for failures, compared with another state of its files. */
    async openComparison(state: string): Promise<void> {
        await this.open(vscode.l10n.t('Compared with {0}', inTitle(state)), { kind: 'comparison' });
    }

    async provideTextDocumentContent({ query }: vscode.Uri): Promise<string> {
        const markdown = await this.markdownOf(JSON.parse(query) as Page);
        return hasPreview() ? inPreview(markdown, pathInWorkspace) : markdown;
    }

    private async markdownOf(page: Page): Promise<string> {
        switch (page.kind) {
            case 'runbook':
                return (await this.server.runbook(page)) ?? `${vscode.l10n.t('No failure is simulated.')}\n`;
            case 'failover':
                return this.server.failover(page);
            case 'maintenance':
                return this.server.maintenance(page);
            case 'answer':
                return this.server.page(page);
            case 'comparison': {
                const { current } = this.comparison;
                if (!current) return `${vscode.l10n.t('Nothing is compared.')}\n`;
                return current.answer?.page ?? `${vscode.l10n.t('There is no such topology there.')}\n`;
            }
        }
    }

    dispose(): void {
        this.disposable.dispose();
    }

    /** Opens a page beside the editor. A preview keeps to its page, whatever else of Markdown the user looks at. */
    private async open(title: string, page: Page): Promise<void> {
        const uri = vscode.Uri.from({ scheme, path: `/${title}.md`, query: JSON.stringify(page) });
        this.opened.set(uri.toString(), uri);
        await besideTheFile();
        if (hasPreview()) {
            await vscode.commands.executeCommand('markdown.showLockedPreviewToSide', uri);
            await onceShown(uri);
        } else await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preview: true });
    }

    private refresh(): void {
        const known = new Set<string>();
        for (const { uri } of vscode.workspace.textDocuments) {
            if (uri.scheme !== scheme) continue;
            known.add(uri.toString());
            this.changed.fire(uri);
        }
        for (const [address, uri] of this.opened) {
            if (known.has(address)) continue;
            // VS Code forgets a document that no editor shows; a preview is none, but follows when it is opened again
            if (isPreviewed(uri)) void vscode.workspace.openTextDocument(uri);
            else this.opened.delete(address);
        }
    }
}

/** The command for a preview is done before there is one. */
async function onceShown(uri: vscode.Uri): Promise<void> {
    if (isPreviewed(uri)) return;
    await new Promise<void>((done) => {
        const end = () => {
            clearTimeout(timer);
            changes.dispose();
            done();
        };
        const timer = setTimeout(end, longestWait);
        const changes = vscode.window.tabGroups.onDidChangeTabs(() => isPreviewed(uri) && end());
    });
}

/** From a page the next one would open one column further on: the file is made active, so that pages share a column. */
async function besideTheFile(): Promise<void> {
    const { tabGroups, visibleTextEditors } = vscode.window;
    const file = visibleTextEditors.find(({ document }) => document.languageId === languageId);
    if (file && file.viewColumn !== tabGroups.activeTabGroup.viewColumn)
        await vscode.window.showTextDocument(file.document, { viewColumn: file.viewColumn });
}

/** The name of an element as a part of a file's name. */
function inTitle(element: string): string {
    return bareName(element).replaceAll('/', '.');
}

function hasPreview(): boolean {
    return vscode.extensions.getExtension('vscode.markdown-language-features') !== undefined;
}

/** Whether a tab shows the preview of a page. */
function isPreviewed({ path }: vscode.Uri): boolean {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    return tabs.some(
        ({ input, label }) =>
            input instanceof vscode.TabInputWebview &&
            input.viewType.endsWith('markdown.preview') &&
            label.endsWith(path.slice(1)),
    );
}

/** The preview looks for files in the first folder of the workspace. */
function pathInWorkspace(uri: string): string | undefined {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.toString();
    const address = vscode.Uri.parse(uri).toString();
    return folder !== undefined && address.startsWith(`${folder}/`) ? address.slice(folder.length) : undefined;
}
