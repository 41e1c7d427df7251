import * as vscode from 'vscode';
import type { Analysis } from '../client/analysis.js';
import type { Comparison } from '../comparison/comparison.js';
import { startComparison } from '../comparison/start.js';
import type { ViewServer } from '../views/server.js';
import { registerCommands } from './commands.js';
import { InlineResults } from './inline.js';
import { Pages } from './pages.js';
import { registerQuestions } from './questions.js';
import type { RunningSimulations } from './running.js';
import type { SimulationServer } from './server.js';
import { StatusBar } from './status-bar.js';
import { StepChanges } from './step-changes.js';
import { registerTimeCommands } from './time-commands.js';
import { TimeControl } from './time-control.js';

/** Shows the running scenarios, and offers the commands that change them. */
export function startSimulation(
    { extensionUri }: vscode.ExtensionContext,
    parts: {
        running: RunningSimulations;
        server: SimulationServer;
        analysis: Analysis;
        views: ViewServer;
        comparison: Comparison;
    },
): vscode.Disposable {
    const { running, server, analysis, views, comparison } = parts;
    const context = { running, server, pages: new Pages(running, server, comparison) };
    return vscode.Disposable.from(
        context.pages,
        new InlineResults(extensionUri, running, analysis),
        new StatusBar(running, analysis),
        new TimeControl(running),
        new StepChanges(running),
        registerCommands(context),
        registerTimeCommands(context),
        registerQuestions(context),
        startComparison(comparison, context.pages, views),
        // the palette offers what makes sense: package.json asks for these
        running.onDidChange(() => {
            const failures = running.all.map((view) => view.failures.length);
            setContext('tsbtopo.simulating', failures.length > 0);
            // the walkthrough waits for a scenario of several
            setContext(
                'tsbtopo.simulatingSeveral',
                failures.some((count) => count > 1),
            );
        }),
    );
}

function setContext(key: string, value: boolean): void {
    void vscode.commands.executeCommand('setContext', key, value);
}
