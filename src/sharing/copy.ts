import * as vscode from 'vscode';
import { linkless } from '../../server/encoding/labels.js';
import type { EstateArgument } from '../../server/protocol/arguments.js';
import type { SimulationView } from '../../server/protocol/simulation-state.js';
import { reportingErrors } from '../client/errors.js';
import { commandIds } from '../simulation/command-ids.js';
import type { RunningSimulations } from '../simulation/running.js';
import type { SimulationServer } from '../simulation/server.js';
import { commandLineOf } from './command-line.js';
import { firstSection } from './first-section.js';
import { linkTo } from './scenario-link.js';

/** How long the status bar says that something was copied, milliseconds. */
const toldFor = 4_000;

/** The commands that copy a running simulation, for somebody else: as a command line, as a link, as Markdown. */
export function offerCopies(
    extensionId: string,
    running: RunningSimulations,
    server: SimulationServer,
): vscode.Disposable {
    const register = (id: string, copy: (view: SimulationView) => Promise<void>) =>
        vscode.commands.registerCommand(
            id,
            reportingErrors(async (argument?: Partial<EstateArgument>) => {
                const view = running.meant(argument);
                if (view) await copy(view);
                else void vscode.window.showInformationMessage(vscode.l10n.t('No failure is simulated.'));
            }),
        );
    return vscode.Disposable.from(
        register(commandIds.copyCommandLine, copyCommandLine),
        register(commandIds.copyLink, (view) => copied(linkTo(view, vscode.env.uriScheme, extensionId))),
        register(commandIds.copyMarkdown, (view) => copyMarkdown(view, server)),
    );
}

async function copyCommandLine(view: SimulationView): Promise<void> {
    const { text, leftOut } = commandLineOf(view);
    await copied(text);
    if (leftOut.length === 0) return;
    void vscode.window.showInformationMessage(
        linkless(
            vscode.l10n.t(
                'On the command line everything restarts or is promoted at the time that is looked at. Left out: {0}.',
                leftOut.join(', '),
            ),
        ),
    );
}

async function copyMarkdown(view: SimulationView, server: SimulationServer): Promise<void> {
    const minute = { label: vscode.l10n.t('The answer in a minute'), of: firstSection };
    const all = { label: vscode.l10n.t('The whole runbook'), of: (runbook: string) => runbook };
    const placeHolder = vscode.l10n.t('How much of it?');
    const choice = await vscode.window.showQuickPick([minute, all], { placeHolder });
    const runbook = choice && (await server.runbook({ uri: view.uri, withChart: true }));
    if (runbook) await copied(choice.of(runbook));
}

async function copied(text: string): Promise<void> {
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('Copied')}`, toldFor);
}
