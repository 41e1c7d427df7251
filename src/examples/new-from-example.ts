import * as vscode from 'vscode';
import { filePattern, languageId } from '../client/documents.js';
import { reportingErrors } from '../client/errors.js';
import { exampleNames, freeName, plainName, renamed, topologyIn, type ExampleName } from './names.js';

/** More files than this are not searched for the names of their topologies. */
const mostFilesSearched = 500;

interface ExampleChoice extends vscode.QuickPickItem {
    readonly name: ExampleName;
}

/** The command that begins a topology with one of the examples. */
export function offerExamples(extensionUri: vscode.Uri): vscode.Disposable {
    return vscode.commands.registerCommand(
        'tsbtopo.newFromExample',
        reportingErrors(() => newFromExample(vscode.Uri.joinPath(extensionUri, 'examples'))),
    );
}

/** Writes a new file where a folder is open, and else shows a new document. Nothing that exists is touched. */
async function newFromExample(examples: vscode.Uri): Promise<void> {
    const choice = await vscode.window.showQuickPick(choices(), {
        placeHolder: vscode.l10n.t('Which estate is most like yours? Begin with it, and change it.'),
        matchOnDetail: true,
    });
    if (!choice) return;
    const example = await read(vscode.Uri.joinPath(examples, `${choice.name}.tsbtopo`));
    const taken = await topologyNames();
    const folder = await writableFolder();
    if (folder === 'none') {
        const content = renamed(example, freeName(choice.name, taken));
        const document = await vscode.workspace.openTextDocument({ language: languageId, content });
        await vscode.window.showTextDocument(document);
        return;
    }
    const name = folder && (await askForName(folder, freeName(choice.name, taken), taken));
    if (!folder || !name) return;
    const uri = fileOf(folder, name);
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { overwrite: false, contents: new TextEncoder().encode(renamed(example, name)) });
    if (!(await vscode.workspace.applyEdit(edit))) {
        throw new Error(vscode.l10n.t('{0} could not be written.', vscode.workspace.asRelativePath(uri)));
    }
    await vscode.window.showTextDocument(uri);
}

function choices(): ExampleChoice[] {
    const labels: Readonly<Record<ExampleName, readonly [label: string, detail: string]>> = {
        minimal: [
            vscode.l10n.t('Minimal'),
            vscode.l10n.t('One service in two clusters: the smallest estate that shows something'),
        ],
        'single-cluster': [
            vscode.l10n.t('Single cluster'),
            vscode.l10n.t('All services in one cluster with three zones: how most begin'),
        ],
        'two-regions': [
            vscode.l10n.t('Two regions, active-active'),
            vscode.l10n.t('Each region can serve everybody alone; clients are led by DNS'),
        ],
        'hub-and-spoke': [
            vscode.l10n.t('Hub and spoke'),
            vscode.l10n.t('Shared services in two hubs; three sites that reach the hubs, not each other'),
        ],
        'dmz-tier1': [
            vscode.l10n.t('DMZ with tier1 gateways'),
            vscode.l10n.t('Clients enter through clusters of their own, in front of those with the services'),
        ],
        'standby-management-plane': [
            vscode.l10n.t('Active-standby management plane'),
            vscode.l10n.t('What a standby in another region needs in order to take over, and where it lies'),
        ],
        'hosted-management-plane': [
            vscode.l10n.t('Management plane of the vendor'),
            vscode.l10n.t('The vendor runs it: what is left to say, and what runs on without it'),
        ],
        'hundred-clusters': [
            vscode.l10n.t('A hundred clusters'),
            vscode.l10n.t('Ten regions on three continents; what clusters have in common is said once'),
        ],
        empty: [vscode.l10n.t('Empty'), vscode.l10n.t('Only the management cluster, which every estate has')],
    };
    return exampleNames.map((name) => ({ name, label: labels[name][0], detail: labels[name][1] }));
}

/** The folder to write to: the only one, or the one that the user chooses; undefined if they choose none. */
async function writableFolder(): Promise<vscode.Uri | 'none' | undefined> {
    const { fs, workspaceFolders = [] } = vscode.workspace;
    const writable = workspaceFolders.filter(({ uri }) => fs.isWritableFileSystem(uri.scheme) !== false);
    if (writable.length <= 1) return writable[0]?.uri ?? 'none';
    const placeHolder = vscode.l10n.t('In which folder?');
    return (await vscode.window.showWorkspaceFolderPick({ placeHolder }))?.uri;
}

function askForName(folder: vscode.Uri, value: string, taken: ReadonlySet<string>): Thenable<string | undefined> {
    return vscode.window.showInputBox({
        title: vscode.l10n.t('What is the topology called?'),
        prompt: vscode.l10n.t('The file gets the same name, with .tsbtopo behind it.'),
        value,
        validateInput: async (name) => {
            if (!plainName.test(name)) {
                return vscode.l10n.t('Letters, digits, _ and inner dashes, a letter first: us-production');
            }
            if (taken.has(name)) return vscode.l10n.t('There is a topology {0} in this workspace.', name);
            if (await exists(fileOf(folder, name)))
                return vscode.l10n.t('There is a file {0} in this folder.', `${name}.tsbtopo`);
            return undefined;
        },
    });
}

function fileOf(folder: vscode.Uri, name: string): vscode.Uri {
    return vscode.Uri.joinPath(folder, `${name}.tsbtopo`);
}

/** Of all topologies in the workspace and in documents that were not saved yet. */
async function topologyNames(): Promise<ReadonlySet<string>> {
    const open = vscode.workspace.textDocuments.filter((document) => document.languageId === languageId);
    const shown = new Set(open.map(({ uri }) => uri.toString()));
    const files = await vscode.workspace.findFiles(filePattern, undefined, mostFilesSearched);
    const read = files.filter((uri) => !shown.has(uri.toString())).map(readIfThere);
    const texts = [...open.map((document) => document.getText()), ...(await Promise.all(read))];
    return new Set(texts.flatMap((text) => topologyIn(text) ?? []));
}

async function readIfThere(uri: vscode.Uri): Promise<string> {
    return read(uri).catch(() => '');
}

async function read(uri: vscode.Uri): Promise<string> {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

async function exists(uri: vscode.Uri): Promise<boolean> {
    return vscode.workspace.fs.stat(uri).then(
        () => true,
        () => false,
    );
}
