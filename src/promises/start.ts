import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
    promiseRequests,
    type JudgedPromise,
    type KeepArgument,
    type PromisingEstate,
} from '../../server/protocol/promises.js';
import type { Analysis } from '../client/analysis.js';
import { reportingErrors } from '../client/errors.js';
import { commandIds } from '../simulation/command-ids.js';
import type { RunningSimulations } from '../simulation/running.js';
import type { SimulationServer } from '../simulation/server.js';
import { keepAsScenario } from './keep.js';
import { PromiseRuns } from './runs.js';
import { PromiseTree } from './tree.js';

/** Shows scenarios and objectives in the Testing view, run by hand or judged anew with each edit; keeps simulations as scenarios. */
export function startPromises(
    client: BaseLanguageClient,
    parts: { readonly analysis: Analysis; readonly running: RunningSimulations; readonly server: SimulationServer },
): vscode.Disposable {
    const { analysis, running, server } = parts;
    const controller = vscode.tests.createTestController('tsbtopo.promises', vscode.l10n.t('TSB Topology: Promises'));
    const tree = new PromiseTree(controller, () => client.sendRequest<PromisingEstate[]>(promiseRequests.list));
    const judge = (uri: string, token: vscode.CancellationToken) =>
        client.sendRequest<JudgedPromise[]>(promiseRequests.judge, { uri }, token);
    const runs = new PromiseRuns(controller, tree, judge);
    const once = async (request: vscode.TestRunRequest, token: vscode.CancellationToken) => {
        await tree.update();
        await runs.run(request, token);
    };
    controller.refreshHandler = () => tree.update();
    const profile = controller.createRunProfile(
        vscode.l10n.t('Judge Promises'),
        vscode.TestRunProfileKind.Run,
        async (request, token) => {
            await once(request, token);
            if (!request.continuous) return;
            const following = analysis.onDidAnalyse(() => void once(request, token).catch(() => undefined));
            token.onCancellationRequested(() => void following.dispose());
        },
        true,
        undefined,
        true,
    );
    return vscode.Disposable.from(
        controller,
        profile,
        // without a server there is nothing to show, and whoever runs a promise is told
        analysis.onDidAnalyse(() => void tree.update().catch(() => undefined)),
        vscode.commands.registerCommand(
            commandIds.simulateCounterexample,
            reportingErrors(async (argument?: { readonly test?: vscode.TestItem }) => {
                const counterexample = argument?.test && runs.counterexampleOf(argument.test);
                if (counterexample) await server.run(counterexample);
            }),
        ),
        vscode.commands.registerCommand(
            commandIds.keepAsScenario,
            reportingErrors((argument?: Partial<KeepArgument>) => keepAsScenario(client, running, argument)),
        ),
    );
}
