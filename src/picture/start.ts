import * as vscode from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import type { ElementArgument } from '../../server/protocol/arguments.js';
import type { Analysis } from '../client/analysis.js';
import { languageId } from '../client/documents.js';
import { reportingErrors } from '../client/errors.js';
import { commandIds } from '../simulation/command-ids.js';
import type { RunningSimulations } from '../simulation/running.js';
import type { SimulationServer } from '../simulation/server.js';
import type { ViewServer } from '../views/server.js';
import { estateFor } from '../webview/estate.js';
import { PicturePanel, viewType, type PictureContext } from './panel.js';
import { savePicture, writePicture } from './save.js';
import { pictureServer } from './server.js';

/** The cursor often moves by many lines at once, milliseconds. */
const cursorPause = 60;

/** What of the pictures others may see: tests, which look at a page from outside. */
export interface Pictures extends vscode.Disposable {
    readonly panels: ReadonlySet<PicturePanel>;
}

/** Shows pictures of estates beside the editor, and keeps them up to date as long as they are in sight. */
export function startPictures(
    client: BaseLanguageClient,
    { extensionUri, workspaceState }: vscode.ExtensionContext,
    parts: { running: RunningSimulations; server: SimulationServer; analysis: Analysis; views: ViewServer },
): Pictures {
    const { running, server, analysis, views } = parts;
    const panels = new Set<PicturePanel>();
    const context: PictureContext = {
        server: pictureServer(client),
        lookAt: async (uri, at) => void (await server.lookAt({ uri, at })),
        dist: vscode.Uri.joinPath(extensionUri, 'dist'),
        memento: workspaceState,
    };
    const follow = (panel: PicturePanel) => {
        panels.add(panel);
        panel.onDidDispose(() => panels.delete(panel));
    };
    const update = () => {
        for (const panel of panels) void panel.update();
    };
    const active = () =>
        [...panels].find(({ panel }) => panel.active) ?? [...panels].find(({ panel }) => panel.visible);
    let pending: ReturnType<typeof setTimeout> | undefined;
    const register = <Arguments extends unknown[]>(id: string, run: (...args: Arguments) => Promise<void>) =>
        vscode.commands.registerCommand(id, reportingErrors(run));

    async function show(argument?: Partial<ElementArgument>): Promise<void> {
        const uri = await estateFor(argument, views);
        if (!uri) return;
        const open = [...panels].find((panel) => panel.uri.toString() === uri.toString());
        const panel = open ?? opened(uri);
        open?.panel.reveal(undefined, true);
        if (typeof argument?.element === 'string') await panel.reveal(argument.element);
    }

    function opened(uri: vscode.Uri): PicturePanel {
        const title = vscode.l10n.t('Picture');
        const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
        const panel = new PicturePanel(uri, vscode.window.createWebviewPanel(viewType, title, place), context);
        follow(panel);
        return panel;
    }

    function isShown(document: vscode.TextDocument): boolean {
        return document.languageId === languageId && panels.size > 0;
    }

    const disposable = vscode.Disposable.from(
        register(commandIds.showPicture, show),
        register(commandIds.tidyPicture, async () => active()?.tidyUp()),
        register(commandIds.savePicture, async (target?: unknown) => {
            const panel = active();
            // whoever runs it by a key binding may say where to; a menu says what was clicked
            if (panel) await (target instanceof vscode.Uri ? writePicture(panel, target) : savePicture(panel));
        }),
        register(commandIds.copyMermaid, async () => {
            const text = await active()?.text('mermaid', 'auto');
            if (text === undefined) return;
            await vscode.env.clipboard.writeText(text);
            vscode.window.setStatusBarMessage(vscode.l10n.t('Copied'), 2_000);
        }),
        analysis.onDidAnalyse(update),
        analysis.onDidChangeAge(() => {
            for (const panel of panels) panel.tell({ kind: 'age', isOlder: analysis.isOlder });
        }),
        running.onDidChange(update),
        client.onDidChangeState(({ newState }) => {
            if (newState === State.Running) update();
        }),
        vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
            if (!isShown(textEditor.document)) return;
            clearTimeout(pending);
            pending = setTimeout(() => {
                for (const panel of panels) void panel.mark(textEditor);
            }, cursorPause);
        }),
        vscode.window.registerWebviewPanelSerializer(viewType, {
            deserializeWebviewPanel: async (panel, state: unknown) => {
                const { uri } = (state ?? {}) as Partial<Record<'uri', unknown>>;
                if (typeof uri === 'string') follow(new PicturePanel(vscode.Uri.parse(uri), panel, context, true));
                else panel.dispose();
            },
        }),
    );
    return { panels, dispose: () => void disposable.dispose() };
}
