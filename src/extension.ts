import type * as vscode from 'vscode';
import { TransportKind } from 'vscode-languageclient/node';
import { offerCheck } from './check/tasks.js';
import { Analysis } from './client/analysis.js';
import { readFilesFor } from './client/files.js';
import { restartAfterCrash, startServer, TopologyClient, watchServer } from './client/language-server.js';
import { nodeOptions } from './client/node-options.js';
import { clientOptions } from './client/options.js';
import { LanguageStatus } from './client/status.js';
import { Comparison } from './comparison/comparison.js';
import { offerExamples } from './examples/new-from-example.js';
import { offerWalkthrough } from './examples/walkthrough.js';
import { offerReport } from './client/report.js';
import { offerCopies } from './sharing/copy.js';
import { startImport } from './import/start.js';
import { startMatrices } from './matrix/start.js';
import { openLinks } from './sharing/open-link.js';
import { startPictures } from './picture/start.js';
import { startPromises } from './promises/start.js';
import { keepScenarios } from './simulation/keep.js';
import { RunningSimulations } from './simulation/running.js';
import { simulationServer } from './simulation/server.js';
import { startSimulation } from './simulation/start.js';
import { viewServer } from './views/server.js';
import { startViews } from './views/start.js';

let client: TopologyClient | undefined;

/** Starts the language server in a process of its own, and what VS Code alone can show of it. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
    const module = { module: context.asAbsolutePath('dist/server.cjs'), transport: TransportKind.ipc };
    const run = { ...module, options: { execArgv: [...nodeOptions] } };
    const debug = { ...module, options: { execArgv: [...nodeOptions, '--nolazy', '--inspect=6009'] } };
    const options = clientOptions(
        context,
        restartAfterCrash(() => client?.isRunning() === true),
    );
    client = new TopologyClient('tsbtopo', 'TSB Topology', { run, debug }, options);
    const analysis = new Analysis(client);
    const running = new RunningSimulations(client);
    const server = simulationServer(client);
    const views = viewServer(client);
    const pictures = startPictures(client, context, { running, server, analysis, views });
    context.subscriptions.push(
        watchServer(client),
        readFilesFor(client),
        analysis,
        running,
        new LanguageStatus(client, analysis),
        startSimulation(context, { running, server, analysis, views, comparison: new Comparison(client, analysis) }),
        keepScenarios(client, running, server),
        offerReport(client, server, context),
        startViews(client, { running, server, analysis, views }),
        pictures,
        startPromises(client, { analysis, running, server }),
        startMatrices(client, context, { running, server, analysis, views }),
        offerCopies(context.extension.id, running, server),
        openLinks({ running, server, views }),
        startImport(client, context, views),
        offerExamples(context.extensionUri),
        offerWalkthrough(),
        offerCheck(context.extensionUri),
    );
    await startServer(client);
}

export async function deactivate(): Promise<void> {
    await client?.stop();
}
