import * as vscode from 'vscode';
import { linkless } from '../../server/encoding/labels.js';
import { visible } from '../../server/encoding/visible.js';
import type { TopologySummary } from '../../server/protocol/views.js';
import { reportingErrors } from '../client/errors.js';
import type { RunningSimulations } from '../simulation/running.js';
import type { SimulationServer } from '../simulation/server.js';
import type { ViewServer } from '../views/server.js';
import { linkPath, scenarioIn, type LinkedScenario } from './scenario-link.js';

interface Context {
    readonly running: RunningSimulations;
    readonly server: SimulationServer;
    readonly views: ViewServer;
}

/**
 * Opens links of the form `vscode://tsbtopo.tsbtopo/simulate?topology=…&fail=…`. A link can start a simulation of a topology
 * that is in the workspace, and nothing else; what already runs it replaces only if the user says so.
 */
export function openLinks(context: Context): vscode.Disposable {
    return vscode.window.registerUriHandler({ handleUri: reportingErrors((uri: vscode.Uri) => open(uri, context)) });
}

async function open({ path, query }: vscode.Uri, context: Context): Promise<void> {
    const linked = path === linkPath ? scenarioIn(query) : undefined;
    if (!linked) throw new Error(vscode.l10n.t('This link does not lead to a simulation.'));
    const topology = await topologyNamed(linked.topology, context);
    if (topology && (await mayReplace(topology, context))) await run(topology, linked, context);
}

/** The topology of a name; where several workspace folders have one, the one that the user chooses. */
async function topologyNamed(name: string, { views }: Context): Promise<TopologySummary | undefined> {
    const all = await views.topologies({}, new vscode.CancellationTokenSource().token);
    const [only, ...others] = all.filter(({ topology }) => topology === name);
    if (!only) return tellMissing(name);
    if (others.length === 0) return only;
    const choices = [only, ...others].map((topology) => ({
        label: vscode.workspace.asRelativePath(vscode.Uri.parse(topology.uri)),
        topology,
    }));
    const placeHolder = vscode.l10n.t('In which topology {0}?', visible(name));
    return (await vscode.window.showQuickPick(choices, { placeHolder }))?.topology;
}

async function tellMissing(name: string): Promise<undefined> {
    const openFolder = vscode.l10n.t('Open Folder…');
    const answer = await vscode.window.showInformationMessage(
        linkless(
            vscode.l10n.t(
                'The link is about topology {0}, which is not in this workspace. Open the folder with it, and then the link again.',
                visible(name),
            ),
        ),
        openFolder,
    );
    if (answer === openFolder) await vscode.commands.executeCommand('vscode.openFolder');
}

async function mayReplace({ uri, topology }: TopologySummary, { running }: Context): Promise<boolean> {
    if (!running.of(uri)) return true;
    const replace = vscode.l10n.t('Replace');
    const question = vscode.l10n.t('A simulation of {0} is running. Replace it by the one of the link?', topology);
    return (await vscode.window.showWarningMessage(linkless(question), { modal: true }, replace)) === replace;
}

async function run({ uri, topology }: TopologySummary, { scenario }: LinkedScenario, context: Context): Promise<void> {
    await context.server.run({ uri, scenario });
    const failed = context.running.of(uri)?.failed ?? [];
    const at = failed.find((failure) => failure.at)?.at;
    const selection = at && new vscode.Range(at.range.start.line, 0, at.range.start.line, 0);
    await vscode.window.showTextDocument(vscode.Uri.parse(at?.uri ?? uri), { selection });
    const missing = failed.filter((failure) => !failure.at).map(({ name }) => visible(name));
    if (missing.length === 0) return;
    void vscode.window.showWarningMessage(
        linkless(vscode.l10n.t('The link names what {0} does not have: {1}.', topology, missing.join(', '))),
    );
}
