import * as vscode from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import type { Analysis } from '../client/analysis.js';
import { languageId } from '../client/documents.js';
import { reportingErrors } from '../client/errors.js';
import { commandIds } from '../simulation/command-ids.js';
import type { RunningSimulations } from '../simulation/running.js';
import type { SimulationServer } from '../simulation/server.js';
import { countOfFailures } from '../simulation/wording.js';
import { failureRows } from './failures.js';
import { findingRows } from './findings.js';
import { Rows, type Row } from './rows.js';
import { scenarioRows } from './scenario.js';
import type { ViewServer } from './server.js';
import { viewIds } from './view-ids.js';

/** The list of failures keeps its order while a simulation runs, and says so. */
function speakOfHealth(view: vscode.TreeView<unknown>, { all }: RunningSimulations): void {
    view.message =
        all.length > 0
            ? vscode.l10n.t(
                  'Each by itself, with all else up. What it would add to the simulation stands in the lens above it.',
              )
            : undefined;
}

/** The views of the activity bar: the running scenario, all failures by their gravity, and the findings. */
export function startViews(
    client: BaseLanguageClient,
    context: { running: RunningSimulations; server: SimulationServer; analysis: Analysis; views: ViewServer },
): vscode.Disposable {
    const { running, server, analysis, views: asked } = context;
    const scenario = new Rows(viewIds.scenario, scenarioRows(running));
    const failures = new Rows(viewIds.failures, failureRows(asked, running));
    const findings = new Rows(viewIds.findings, findingRows(asked));
    const register = (id: string, run: (row: Row) => Promise<void>) =>
        vscode.commands.registerCommand(id, reportingErrors(run));
    return vscode.Disposable.from(
        scenario,
        failures,
        findings,
        running.onDidChange(() => {
            scenario.refresh();
            failures.refresh();
            speakOfHealth(failures.view, running);
            const count = running.all.reduce((sum, { failures }) => sum + failures.length, 0);
            scenario.view.badge = { value: count, tooltip: running.all.map(countOfFailures).join(', ') };
        }),
        analysis.onDidAnalyse(({ topologies }) => {
            void vscode.commands.executeCommand('setContext', 'tsbtopo.hasTopology', topologies > 0);
            failures.refreshSoon();
            findings.refreshSoon();
        }),
        // the topology that one looks at comes first
        vscode.window.onDidChangeActiveTextEditor((editor) => {
            if (editor?.document.languageId !== languageId) return;
            failures.refreshSoon();
            findings.refreshSoon();
        }),
        client.onDidChangeState(({ newState }) => {
            if (newState === State.Starting) return;
            if (newState === State.Running) speakOfHealth(failures.view, running);
            else failures.view.message = vscode.l10n.t('The language server does not run.');
            failures.refresh();
            findings.refresh();
        }),
        register(commandIds.simulateRow, async ({ uri, element }) => {
            if (uri !== undefined && element !== undefined) await server.fail({ uri, element });
        }),
        register(commandIds.recoverRow, async ({ uri, element }) => {
            if (uri !== undefined && element !== undefined) await server.recover({ uri, element });
        }),
        register(commandIds.clearRow, async ({ uri }) => {
            if (uri !== undefined) await server.clear({ uri });
        }),
    );
}
