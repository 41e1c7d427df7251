import * as vscode from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import type { SimulationView } from '../../server/protocol/simulation-state.js';
import type { ScenarioArgument } from '../../server/protocol/simulation.js';
import type { RunningSimulations } from './running.js';
import type { SimulationServer } from './server.js';

/** Keeps a copy of the running scenarios, and gives them to a server that takes the place of one that ended. */
export function keepScenarios(
    client: BaseLanguageClient,
    running: RunningSimulations,
    server: SimulationServer,
): vscode.Disposable {
    let kept: readonly ScenarioArgument[] = [];
    let isGivenBack = true;
    return vscode.Disposable.from(
        running.onDidChange(() => {
            if (isGivenBack && client.state === State.Running) kept = running.all.map(scenarioOf);
        }),
        client.onDidChangeState(({ newState }) => {
            if (newState !== State.Running) isGivenBack = false;
            else if (!isGivenBack) void giveBack();
        }),
    );

    async function giveBack(): Promise<void> {
        await Promise.allSettled(kept.map((scenario) => server.run(scenario)));
        isGivenBack = true;
    }
}

/** What is needed to run again what is shown. */
export function scenarioOf(view: SimulationView): ScenarioArgument {
    const { uri, failures, restarts, time } = view;
    const { at, duration, began } = time;
    const steps = restarts.map(({ element, at }) => ({ element, at }));
    return {
        uri,
        scenario: {
            failures,
            restarts: steps,
            ...(duration !== undefined && { duration }),
            at,
            ...(view.steps && { steps: view.steps }),
            ...(began !== undefined && { began }),
        },
    };
}
