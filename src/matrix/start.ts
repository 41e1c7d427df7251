import * as vscode from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import type { EstateArgument } from '../../server/protocol/arguments.js';
import { matrixRequests } from '../../server/protocol/matrix.js';
import type { Analysis } from '../client/analysis.js';
import { reportingErrors } from '../client/errors.js';
import { commandIds } from '../simulation/command-ids.js';
import type { RunningSimulations } from '../simulation/running.js';
import type { SimulationServer } from '../simulation/server.js';
import type { ViewServer } from '../views/server.js';
import { estateFor } from '../webview/estate.js';
import type { PageState } from './messages.js';
import { MatrixPanel, viewType } from './panel.js';

/** Shows matrices of estates, keeps them up to date as long as they are open, and writes reports. */
export function startMatrices(
    client: BaseLanguageClient,
    { extensionUri }: vscode.ExtensionContext,
    parts: { running: RunningSimulations; server: SimulationServer; analysis: Analysis; views: ViewServer },
): vscode.Disposable {
    const { running, server, analysis, views } = parts;
    const panels = new Set<MatrixPanel>();
    const dist = vscode.Uri.joinPath(extensionUri, 'dist');

    function follow(uri: string, panel: vscode.WebviewPanel): void {
        const shown = new MatrixPanel(uri, panel, dist, client, server);
        panels.add(shown);
        panel.onDidDispose(() => panels.delete(shown));
        panel.onDidChangeViewState(() => tellFailed(shown));
        tellFailed(shown);
    }

    function tellFailed(panel: MatrixPanel): void {
        const elements = running.all.filter(({ uri }) => uri === panel.uri).flatMap(({ failed }) => failed);
        panel.tell({ kind: 'failed', elements: elements.map(({ name }) => name) });
    }

    const changed = () => {
        for (const panel of panels) panel.tell({ kind: 'changed' });
    };

    const register = <Arguments extends unknown[]>(id: string, run: (...args: Arguments) => Promise<unknown>) =>
        vscode.commands.registerCommand(
            id,
            reportingErrors(async (...args: Arguments) => void (await run(...args))),
        );

    return vscode.Disposable.from(
        register(commandIds.showMatrix, async (argument?: Partial<EstateArgument>) => {
            const uri = (await estateFor(argument, views))?.toString();
            if (uri === undefined) return;
            const open = [...panels].find((panel) => panel.uri === uri);
            if (open) return open.panel.reveal();
            const title = vscode.l10n.t('Matrix');
            follow(uri, vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Beside));
        }),
        register(commandIds.writeReport, async (argument?: Partial<EstateArgument> & { readonly to?: string }) => {
            const uri = (await estateFor(argument, views))?.toString();
            if (uri === undefined) return;
            const to = typeof argument?.to === 'string' ? vscode.Uri.parse(argument.to) : await whereTo(uri);
            if (to) await writeReport(uri, to, argument?.to === undefined);
        }),
        analysis.onDidAnalyse(changed),
        running.onDidChange(() => panels.forEach(tellFailed)),
        client.onDidChangeState(({ newState }) => {
            if (newState === State.Running) changed();
        }),
        vscode.window.registerWebviewPanelSerializer(viewType, {
            deserializeWebviewPanel: async (panel, state: unknown) => {
                const { uri } = (state ?? {}) as Partial<PageState>;
                if (typeof uri === 'string') follow(uri, panel);
                else panel.dispose();
            },
        }),
    );

    async function writeReport(uri: string, to: vscode.Uri, offersToOpen: boolean): Promise<void> {
        const options = {
            location: vscode.ProgressLocation.Notification,
            title: vscode.l10n.t('Writing the report…'),
            cancellable: true,
        };
        const page = await vscode.window.withProgress(options, (_, token) =>
            client.sendRequest<string | null>(matrixRequests.report, { uri } satisfies EstateArgument, token),
        );
        if (page === null) return;
        await vscode.workspace.fs.writeFile(to, new TextEncoder().encode(page));
        if (!offersToOpen) return;
        const open = vscode.l10n.t('Open');
        const said = await vscode.window.showInformationMessage(vscode.l10n.t('The report is written.'), open);
        if (said === open) await vscode.env.openExternal(to);
    }
}

async function whereTo(uri: string): Promise<vscode.Uri | undefined> {
    const folder = vscode.Uri.joinPath(vscode.Uri.parse(uri), '..');
    return vscode.window.showSaveDialog({
        defaultUri: vscode.Uri.joinPath(folder, 'report.html'),
        filters: { HTML: ['html'] },
        title: vscode.l10n.t('Write a Report'),
    });
}
