import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
    importRequests,
    saveSettingsCommand,
    type CompareAnswer,
    type CompareArgument,
    type ImportAnswer,
    type ImportArgument,
} from '../../server/protocol/import.js';
import type { EstateArgument } from '../../server/protocol/arguments.js';
import { linkless } from '../../server/encoding/labels.js';
import { languageId } from '../client/documents.js';
import { NoServer, reportingErrors } from '../client/errors.js';
import { commandIds } from '../simulation/command-ids.js';
import type { ViewServer } from '../views/server.js';
import { viewIds } from '../views/view-ids.js';
import { estateFor } from '../webview/estate.js';
import { chooseSources } from './choose.js';
import { readSources, type ReadSources } from './sources.js';

/** Where the last sources are kept, for the workspace. */
const lastSources = 'tsbtopo.import.sources';

/** Whoever runs a command by another one may say the sources; else the user is asked. */
interface From {
    readonly from?: readonly string[];
}

/** Makes an estate of the YAML that somebody has, and compares one with it. No process of ours talks to a cluster. */
export function startImport(
    client: BaseLanguageClient,
    { workspaceState }: vscode.ExtensionContext,
    views: ViewServer,
): vscode.Disposable {
    const register = <Arguments extends unknown[]>(id: string, run: (...args: Arguments) => Promise<void>) =>
        vscode.commands.registerCommand(id, reportingErrors(run));
    return vscode.Disposable.from(
        register(commandIds.importEstate, async (argument?: From) => {
            const read = await sourcesFor(vscode.l10n.t('Import an Estate'), argument);
            if (read) await importFrom(read);
        }),
        register(commandIds.compareWithEstate, async (argument?: Partial<EstateArgument> & From) => {
            const uri = (await estateFor(argument, views))?.toString();
            if (uri === undefined) return;
            const last = workspaceState.get<string[]>(lastSources, []).map((each) => vscode.Uri.parse(each));
            const read = await sourcesFor(vscode.l10n.t('Compare with an Estate'), argument, last);
            if (read) await compareWith(uri, read);
        }),
        vscode.commands.registerCommand(saveSettingsCommand, async (uri: unknown) => {
            const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri);
            await document?.save();
        }),
    );

    async function sourcesFor(title: string, argument?: From, last?: readonly vscode.Uri[]) {
        const given = argument?.from?.map((each) => vscode.Uri.parse(each));
        const chosen = given ?? (await chooseSources(title, last));
        if (chosen === undefined || chosen.length === 0) return undefined;
        if (chosen === 'command-lines') return void (await writeCommandLines());
        await workspaceState.update(
            lastSources,
            chosen.map((uri) => uri.toString()),
        );
        const read = await withProgress(vscode.l10n.t('Reading YAML and JSON…'), (token) => readSources(chosen, token));
        if (read.sources.length === 0) throw new Error(vscode.l10n.t('There is no YAML or JSON.'));
        return read;
    }

    /** The user puts in the names, and presses Enter. */
    async function writeCommandLines(): Promise<void> {
        const line = await ask<string>(importRequests.how, {});
        const terminal = vscode.window.createTerminal({ name: vscode.l10n.t('Dumps of the estate') });
        terminal.show();
        terminal.sendText(line, false);
    }

    async function importFrom({ sources, leftOut }: ReadSources): Promise<void> {
        const answer = await withProgress(vscode.l10n.t('Importing the estate…'), (token) =>
            ask<ImportAnswer>(importRequests.run, { sources } satisfies ImportArgument, token),
        );
        const document = await newDocument(answer);
        await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, preview: false });
        const content = [answer.report, ...leftOut.map((name) => vscode.l10n.t('{0} could not be read.', name))];
        const report = await vscode.workspace.openTextDocument({ language: 'plaintext', content: content.join('\n') });
        await vscode.window.showTextDocument(report, {
            ...{ viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: false },
        });
        await ask(importRequests.compare, { uri: document.uri.toString() } satisfies CompareArgument);
        await vscode.commands.executeCommand(`${viewIds.failures}.focus`);
    }

    async function compareWith(uri: string, { sources }: ReadSources): Promise<void> {
        const argument: CompareArgument = { uri, sources };
        const answer = await withProgress(vscode.l10n.t('Comparing with the estate…'), (token) =>
            ask<CompareAnswer | null>(importRequests.compare, argument, token),
        );
        if (!answer) throw new Error(vscode.l10n.t('These files say nothing of an estate.'));
        const { topology, differences } = answer;
        if (differences === 0) return tell(vscode.l10n.t('{0} says what the estate has.', topology));
        const show = vscode.l10n.t('Show Problems');
        const told =
            differences === 1
                ? vscode.l10n.t('The estate differs from {0} in one thing. The light bulb takes it over.', topology)
                : vscode.l10n.t(
                      'The estate differs from {0} in {1} things. The light bulb takes them over.',
                      topology,
                      differences,
                  );
        const said = vscode.window.showInformationMessage(linkless(told), show);
        void said.then((answered) => {
            if (answered === show) void vscode.commands.executeCommand('workbench.actions.view.problems');
        });
    }

    function ask<Result>(request: string, argument: unknown, token?: vscode.CancellationToken): Promise<Result> {
        if (!client.isRunning()) throw new NoServer();
        return client.sendRequest<Result>(request, argument, token);
    }
}

function tell(text: string): void {
    void vscode.window.showInformationMessage(linkless(text));
}

function withProgress<T>(title: string, run: (token: vscode.CancellationToken) => Promise<T>): Thenable<T> {
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    return vscode.window.withProgress(options, (_, token) => run(token));
}

/** A document with a name, where a folder is open and has none of that name yet; it is written when the user saves it. */
async function newDocument({ topology, text }: ImportAnswer): Promise<vscode.TextDocument> {
    const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;
    const name = `${topology.replace(/[^\w.-]+/g, '-')}.import.tsbtopo`;
    const uri = folder && vscode.Uri.joinPath(folder, name);
    if (!uri || (await exists(uri))) return vscode.workspace.openTextDocument({ language: languageId, content: text });
    const document = await vscode.workspace.openTextDocument(uri.with({ scheme: 'untitled' }));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(edit);
    return document;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
    return vscode.workspace.fs.stat(uri).then(
        () => true,
        () => false,
    );
}
