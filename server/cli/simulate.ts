import { json } from '../encoding/json.js';
import type { Outcome } from '../failure/outcome.js';
import { isMet, startingOf } from '../failure/startup.js';
import { actionAnswers, type ActionAnswer } from '../impact/actions.js';
import { nodePhrase } from '../impact/phrases.js';
import { instancesName } from '../topology/element-name.js';
import { enumerated } from '../words/english.js';
import type { Step } from '../failure/run.js';
import { failing, withSteps, type Scenario } from '../failure/scenario.js';
import type { Snapshot } from '../estate/snapshot.js';
import { visible } from '../encoding/visible.js';
import { waysMermaid } from '../diagram/ways-mermaid.js';
import { reportOf } from '../impact/report.js';
import { runbookOf } from '../impact/runbook.js';
import type { ScenarioView } from '../impact/scenario.js';
import { plain } from '../encoding/markdown.js';
import type { ActionId } from '../knowledge/actions.js';
import type { Element } from '../topology/element.js';
import { elementNamed } from './element-named.js';
import { fileErrorsIn, fileErrorsText, withFileErrors } from './file-errors.js';
import { print } from './output.js';
import type { Change } from './simulate-blocks.js';
import { briefText, type Asked } from './simulate-brief.js';
import { verboseText } from './simulate-verbose.js';
import type { Beginning } from '../knowledge/wall-clock.js';
import { secondsAt, type AtOption } from './at-option.js';
import { UsageError } from './usage-error.js';
import { chooseEstate, readWorkspace } from './workspace.js';

export interface SimulateOptions {
    readonly fail?: readonly string[];
    /** The name of a scenario that a file declares. */
    readonly scenario?: string;
    readonly given?: readonly string[];
    readonly restart?: readonly string[];
    readonly promote?: readonly string[];
    readonly deploy?: readonly string[];
    readonly scale?: readonly string[];
    /** Seconds. */
    readonly for?: number;
    readonly at?: AtOption;
    /** What the clock on the wall showed at the beginning. */
    readonly since?: Beginning;
    readonly format: 'text' | 'json' | 'markdown';
    readonly verbose?: boolean;
    readonly allNext?: boolean;
    readonly topology?: string;
}

/**
 * `tsbtopo simulate`: what these failures do, all at once, and how it goes on from there.
 *
 * @returns the exit code: 0 whatever it finds, 2 if the files have errors
 * @throws UsageError for an element that the topology does not have
 */
export async function simulate(paths: readonly string[], options: SimulateOptions): Promise<number> {
    const { fail = [], given = [], restart = [], promote = [], deploy = [], scale = [] } = options;
    if (fail.length + given.length + restart.length + promote.length === 0 && options.scenario === undefined)
        throw new UsageError(
            'Say what fails (--fail ELEMENT), what is down already (--given ELEMENT), what is restarted (--restart ELEMENT) or promoted (--promote ELEMENT), or which scenario of the files to run (--scenario NAME).',
        );
    if (options.verbose && options.format !== 'text')
        throw new UsageError(`--verbose is for text: --format ${options.format} has it all.`);
    if (options.allNext && options.format !== 'json')
        throw new UsageError(
            '--all-next is for --format json; of text and Markdown it is what hurts more now than it always does.',
        );
    const workspace = await readWorkspace(paths);
    const estate = chooseEstate(workspace, options.topology);
    const errors = fileErrorsIn(workspace, estate);
    const named = (texts: readonly string[]) => [...new Set(texts.map((text) => elementNamed(estate, text)))];
    const ofFile = options.scenario === undefined ? undefined : scenarioNamed(estate, options.scenario);
    const began = options.since ?? ofFile?.began;
    const at = secondsAt(options.at, began);
    const restarts = named(restart).map((element): Step => ({ at, action: 'restart', element }));
    const promotions = named(promote).map((element): Step => ({ at, action: 'promote', element }));
    const more = [...(ofFile?.steps ?? []), ...restarts, ...promotions];
    const happening = withSteps(failing(named(fail), options.for), more);
    const scenario = { ...happening, ...(began !== undefined && { began }) };
    const view = estate.view(scenario, { given: named(given), at });
    const changeOf = (action: ActionId) => (text: string) =>
        changeAnswer(view.outcome, action, estate.elements.byName.get(elementNamed(estate, text))!);
    const changes = [...deploy.map(changeOf('deploy')), ...scale.map(changeOf('scale'))];
    const asked = {
        paths,
        errors,
        allNext: options.allNext ?? false,
        ...(options.topology !== undefined && { topology: options.topology }),
    };
    await print(formats[options.verbose ? 'verbose' : options.format](view, changes, asked));
    return errors.length > 0 ? 2 : 0;
}

/** @throws UsageError where no file declares it, or it is run with each of several choices */
function scenarioNamed(estate: Snapshot, name: string): Scenario {
    const scenarios = estate.scenarios();
    const found = scenarios.find((each) => each.name === name);
    const names = scenarios.map((each) => `"${each.name}"`).join(', ');
    if (!found)
        throw new UsageError(
            `There is no scenario '${visible(name)}' here.${names === '' ? '' : ` There is: ${visible(names)}.`}`,
        );
    const [way, ...more] = found.ways;
    if (!way || more.length > 0)
        throw new UsageError(
            `The scenario '${visible(name)}' says \`any\`, and is run with each choice by tsbtopo check; say one with --fail.`,
        );
    return way.scenario;
}

/** A scenario as `simulate` prints it. */
export const formats: Readonly<
    Record<
        SimulateOptions['format'] | 'verbose',
        (view: ScenarioView, changes: readonly Change[], asked: Asked) => string
    >
> = {
    json: (view, changes, { errors, allNext }) =>
        json({ ...reportOf(view, allNext ? 'all' : 'worse-now'), changes: changes.map(plainChange), errors }),
    markdown: (view, _, { errors }) => withFileErrors(runbookOf(view, waysMermaid(view)), errors),
    text: (view, changes, asked) => fileErrorsText(asked.errors) + briefText(view, changes, asked),
    verbose: (view, changes, { errors }) => fileErrorsText(errors) + verboseText(view, changes),
};

function changeAnswer(outcome: Outcome, action: ActionId, { name, kind, service }: Element): Change {
    if (kind !== 'service' || service === undefined)
        throw new UsageError(`${name} is not a service: only services are deployed and scaled.`);
    const { homes } = outcome.graph.topology.services.find(({ shortName }) => shortName === service)!;
    const answers = actionAnswers(
        outcome,
        homes.map(({ cluster }) => cluster),
    );
    const own = answers.filter((answer) => answer.action === action);
    return { action, service, answers: own.map((answer) => withNeedsOf(outcome, service, answer)) };
}

/** What starts anew may need more than others do, as the file says. */
function withNeedsOf(outcome: Outcome, service: string, answer: ActionAnswer): ActionAnswer {
    const { graph, propagation } = outcome;
    const instances = graph.elements.byName.get(instancesName(service, answer.cluster));
    const needs = (instances && startingOf(graph, instances)?.needs) ?? [];
    const missing = needs.find((need) => !isMet(need, (node) => propagation.down[node] === 1));
    if (answer.verdict === 'no' || !missing) return answer;
    const names = missing.nodes.map((node) => nodePhrase(graph.nodes.at(node)));
    return {
        ...answer,
        verdict: 'no',
        says: [`no pod starts without ${enumerated(names, { last: 'or' })}: ${missing.because}`],
        because: '',
    };
}

function plainChange({ action, service, answers }: Change) {
    return {
        action,
        service,
        homes: answers.map(({ cluster, verdict, says, because }) => ({
            cluster,
            verdict,
            says: says.map(plain),
            because: plain(because),
        })),
    };
}
