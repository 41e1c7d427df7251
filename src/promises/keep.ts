import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
    promiseRequests,
    type KeepArgument,
    type KeptScenario,
    type PromisingEstate,
} from '../../server/protocol/promises.js';
import type { SimulationView } from '../../server/protocol/simulation-state.js';
import type { RunningSimulations } from '../simulation/running.js';

/** So many failures are named in a proposed name; of more only the first. */
const mostNamed = 2;

/**
 * Writes the running simulation into its file, as a scenario that expects what holds now. The editor shows it, with its
 * name selected.
 *
 * @param argument which topology, and the name, for whoever asks the user for neither
 */
export async function keepAsScenario(
    client: BaseLanguageClient,
    running: RunningSimulations,
    argument?: Partial<KeepArgument>,
): Promise<void> {
    const view = running.meant(argument);
    if (!view) {
        void vscode.window.showInformationMessage(vscode.l10n.t('No failure is simulated.'));
        return;
    }
    const name = argument?.name ?? (await askForName(client, view));
    if (name === undefined) return;
    const document = vscode.window.activeTextEditor?.document;
    const uri =
        document && running.annotationsIn(document) && running.nearest(document) === view ? document.uri : view.uri;
    const kept = await client.sendRequest<KeptScenario | null>(promiseRequests.keep, { uri: uri.toString(), name });
    if (kept) await write(kept);
}

async function askForName(client: BaseLanguageClient, view: SimulationView): Promise<string | undefined> {
    const estates = await client.sendRequest<PromisingEstate[]>(promiseRequests.list);
    const promises = estates.find(({ uri }) => uri === view.uri)?.promises ?? [];
    const taken = new Set(promises.filter(({ kind }) => kind === 'scenario').map(({ label }) => label));
    const proposed = proposedName(view);
    let value = proposed;
    for (let number = 2; taken.has(value); number++) value = `${proposed} (${number})`;
    const name = await vscode.window.showInputBox({
        prompt: vscode.l10n.t('How is the scenario called? What holds now becomes its expectations.'),
        value,
        validateInput: (typed) => {
            if (typed.trim() === '') return vscode.l10n.t('A scenario needs a name.');
            return taken.has(typed.trim()) ? vscode.l10n.t('A scenario is already called “{0}”.', typed.trim()) : null;
        },
    });
    return name?.trim();
}

/** "east is lost for 4 h", "east and west are lost". */
function proposedName({ failures, time: { duration, lasts } }: SimulationView): string {
    const [first = '', second = ''] = failures;
    const rest = failures.length - 1;
    const names =
        rest === 0
            ? first
            : vscode.l10n.t(
                  '{0} and {1}',
                  first,
                  failures.length <= mostNamed ? second : vscode.l10n.t('{0} more', rest),
              );
    if (rest === 0)
        return duration === undefined
            ? vscode.l10n.t('{0} is lost', names)
            : vscode.l10n.t('{0} is lost for {1}', names, lasts);
    return duration === undefined
        ? vscode.l10n.t('{0} are lost', names)
        : vscode.l10n.t('{0} are lost for {1}', names, lasts);
}

async function write({ uri, at, text, isNewFile }: KeptScenario): Promise<void> {
    const file = vscode.Uri.parse(uri);
    const edit = new vscode.WorkspaceEdit();
    const start = new vscode.Position(at.line, at.character);
    if (isNewFile) edit.createFile(file, { ignoreIfExists: true });
    edit.insert(file, start, text);
    if (!(await vscode.workspace.applyEdit(edit))) return;
    const document = await vscode.workspace.openTextDocument(file);
    const before = text.slice(0, text.indexOf('scenario'));
    const line = start.line + before.split('\n').length - 1;
    const written = document.lineAt(line).text;
    const [from, to] = [written.indexOf('"') + 1, written.lastIndexOf('"')];
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(line, from, line, to) });
}
