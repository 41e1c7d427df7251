import type { Command, Position } from 'vscode-languageserver';
import type { StatedPromise } from '../estate/promise-states.js';
import { judgePromises } from '../estate/promises.js';
import type { FailureGraph } from '../failure/graph.js';
import { failing, scenarioOf, type Scenario } from '../failure/scenario.js';
import type { TsbtopoServices } from '../language/services.js';
import { simulationCommands, type ScenarioArgument } from '../protocol/simulation.js';
import { waysOf } from '../promises/scenarios.js';
import type { DeclaredScenario } from '../topology/promises.js';
import type { SourceLocation } from '../topology/topology.js';

/** For so long a lens waits for what is not judged yet, milliseconds. */
const patience = 100;

const nothingToRun: Command = { title: '', command: '' };

/** Runs a scenario into the file, or what breaks an objective. @param place where the name of the promise begins */
export function promiseLens(uri: string, place: Position, services: TsbtopoServices): Command {
    const estate = services.workspace.Estates.of(uri);
    const judged = estate && judgePromises(estate, services, patience);
    if (!judged || judged === 'unfinished') return nothingToRun;
    const { graph, scenarios, objectives } = judged.verdicts;
    const isHere = ({ nameAt }: { readonly nameAt: SourceLocation }) =>
        nameAt.uri === uri && nameAt.range.start.line === place.line;
    const declared = scenarios.find(({ scenario }) => isHere(scenario));
    if (declared) {
        const run = broken(uri, declared.verdict) ?? asDeclared(uri, graph, declared.scenario);
        return run ? command('▷ Simulate', run) : nothingToRun;
    }
    const verdict = objectives.find(({ objective }) => isHere(objective))?.verdict;
    if (verdict?.kind === 'kept') return { title: '✓ as promised', command: '' };
    const run = verdict && broken(uri, verdict);
    return run ? command('▷ Simulate the counterexample', run) : nothingToRun;
}

/** What breaks a promise, looked at when it does; undefined where nothing does. */
export function broken(uri: string, verdict: StatedPromise['verdict']): ScenarioArgument | undefined {
    if (verdict.kind === 'broken') {
        const { failures, at } = verdict.by;
        return runOf(uri, failing(failures.map(({ name }) => name)), at);
    }
    const failed = verdict.kind === 'judged' ? verdict.checks.find((check) => check.failed)?.failed : undefined;
    return (
        failed &&
        runOf(uri, { ...scenarioOf(failed.timeline.steps), ...(failed.began && { began: failed.began }) }, failed.at)
    );
}

function asDeclared(uri: string, graph: FailureGraph, scenario: DeclaredScenario): ScenarioArgument | undefined {
    const [first] = waysOf(graph, scenario);
    return first && runOf(uri, first.scenario, 0);
}

function runOf(uri: string, { steps, began }: Scenario, at: number): ScenarioArgument | undefined {
    const clock = began === undefined ? {} : { began };
    return steps.length === 0 ? undefined : { uri, scenario: { failures: [], restarts: [], at, steps, ...clock } };
}

function command(title: string, run: ScenarioArgument): Command {
    return { title, command: simulationCommands.run, arguments: [run] };
}
