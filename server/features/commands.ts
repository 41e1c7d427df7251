import { AbstractExecuteCommandHandler, type ExecuteCommandAcceptor } from 'langium/lsp';
import { URI } from 'langium';
import { ResponseError, type Position } from 'vscode-languageserver';
import { code } from '../encoding/markdown.js';
import { snapshotsOf, type Snapshot } from '../estate/snapshot.js';
import { compareWeights, type Extent } from '../failure/gravity.js';
import { failing } from '../failure/scenario.js';
import type { Outcome } from '../failure/outcome.js';
import { failoverMarkdown } from '../impact/failover.js';
import { maintenancePage } from '../impact/maintenance.js';
import { waysMermaid } from '../diagram/ways-mermaid.js';
import { runbookOf } from '../impact/runbook.js';
import { pages } from '../impact/pages.js';
import { additionGlance, additionOf, weightOfAddition } from '../impact/next.js';
import { glance } from '../impact/summary.js';
import { timelineEntries } from '../impact/timeline.js';
import { componentKinds } from '../knowledge/components.js';
import { durationExamples, typedDuration } from '../knowledge/durations.js';
import type { Estate } from '../language/naming/estates.js';
import type { TsbtopoServices } from '../language/services.js';
import { type ElementItem, type ElementList, type Question, simulationCommands } from '../protocol/simulation.js';
import type { SourceLocation } from '../topology/topology.js';
import type { Simulation, Simulations } from '../simulation/simulations.js';
import type { TsbtopoHoverProvider } from './hover.js';
import { beginningOf, scenarioFrom } from './scenario-argument.js';
import { simulationState } from './simulation-state.js';
import { withoutNames } from './without-names.js';
import { secondsAfter } from '../knowledge/wall-clock.js';
import { asElementName, type ElementName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import { type Elements } from '../topology/elements.js';

/** Invalid parameters, as in the Language Server Protocol. */
const invalidParams = -32602;

/** The simulation as commands, for any client that speaks `workspace/executeCommand`; see protocol/simulation.ts. */
export class SimulationCommands extends AbstractExecuteCommandHandler {
    /** @param services the language's, asked for when a command comes: they are made after this handler */
    constructor(
        private readonly services: () => TsbtopoServices,
        private readonly simulations: Simulations,
    ) {
        super();
    }

    override registerCommands(accept: ExecuteCommandAcceptor): void {
        accept(simulationCommands.run, async ([argument]: unknown[]) => {
            // a client gives its scenarios to a server that has just been started, and still reads its files
            await this.services().shared.workspace.WorkspaceLock.read(() => {
                const { scenario, at } = scenarioFrom(valueOf(argument, 'scenario'));
                this.simulations.run(this.estateMeant(argument).key, scenario, at);
            });
        });
        accept(simulationCommands.withoutNames, ([argument]: unknown[]) =>
            withoutNames(this.filesMeant(argument), this.services()),
        );
        accept(simulationCommands.fail, ([argument]: unknown[]) => {
            const { estate, element } = this.elementMeant(argument);
            this.simulations.fail(estate.key, element.name);
        });
        accept(simulationCommands.recover, ([argument]: unknown[]) => {
            const estate = this.estateMeant(argument);
            const name = textOf(argument, 'element');
            const failure = this.simulations.failuresOf(estate.key).find((known) => known === name);
            this.simulations.recover(estate.key, failure ?? this.elementMeant(argument).element.name);
        });
        accept(simulationCommands.restart, ([argument]: unknown[]) => {
            const { estate, element } = this.elementMeant(argument);
            this.simulations.restart(estate.key, element.name);
        });
        accept(simulationCommands.cancelRestart, ([argument]: unknown[]) => {
            const estate = this.estateMeant(argument);
            const at = secondsOf(valueOf(argument, 'at'));
            this.simulations.cancelRestart(estate.key, asElementName(textOf(argument, 'element')), at);
        });
        accept(simulationCommands.promote, ([argument]: unknown[]) => {
            const { estate, element } = this.elementMeant(argument);
            this.simulations.promote(estate.key, element.name);
        });
        accept(simulationCommands.cancelPromotion, ([argument]: unknown[]) => {
            const estate = this.estateMeant(argument);
            const at = secondsOf(valueOf(argument, 'at'));
            this.simulations.cancelPromotion(estate.key, asElementName(textOf(argument, 'element')), at);
        });
        accept(simulationCommands.lookAt, ([argument]: unknown[]) => this.lookAt(argument));
        accept(simulationCommands.beganAt, ([argument]: unknown[]) => {
            const began = valueOf(argument, 'began');
            this.simulations.beganAt(this.estateMeant(argument).key, began === null ? undefined : beginningOf(began));
        });
        accept(simulationCommands.lastFor, ([argument]: unknown[]) => {
            const estate = this.estateMeant(argument);
            const duration = valueOf(argument, 'duration');
            this.simulations.lastFor(estate.key, duration === null ? undefined : secondsOf(duration));
        });
        accept(simulationCommands.page, ([argument]: unknown[]) => this.page(argument));
        accept(simulationCommands.clear, ([argument]: unknown[]) => {
            this.simulations.clear(argument === undefined ? undefined : this.estateMeant(argument).key);
        });
        accept(simulationCommands.elements, ([argument]: unknown[]) => this.elements(argument));
        accept(simulationCommands.state, () => simulationState(this.services(), this.simulations));
        accept(simulationCommands.failover, ([argument]: unknown[]) => {
            const { estate, element } = this.elementMeant(argument);
            return failoverPage(estate, element);
        });
        accept(simulationCommands.maintenance, ([argument]: unknown[]) => {
            const { estate, element } = this.elementMeant(argument);
            return maintenancePage(estate.maintenance(element, this.simulationOf(estate)));
        });
        accept(simulationCommands.elementAt, ([argument]: unknown[]) => this.elementAt(argument));
        accept(simulationCommands.runbook, ([argument]: unknown[]) => {
            const simulation = this.simulationOf(this.estateMeant(argument));
            if (!simulation) return null;
            const withChart = valueOf(argument, 'withChart') === true;
            return runbookOf(simulation, withChart ? waysMermaid(simulation) : undefined);
        });
    }

    private elementAt(argument: unknown): string | null {
        const { lsp, shared } = this.services();
        const document = shared.workspace.LangiumDocuments.getDocument(URI.parse(textOf(argument, 'uri')));
        const { line, character } = (valueOf(argument, 'position') ?? {}) as Partial<Position>;
        if (!document || !Number.isSafeInteger(line) || !Number.isSafeInteger(character)) return null;
        const hovers = lsp.HoverProvider as TsbtopoHoverProvider;
        return hovers.elementAt(document, { line: line!, character: character! })?.name ?? null;
    }

    /** @returns the time in seconds; without a scenario, 0 */
    private lookAt(argument: unknown): number {
        const estate = this.estateMeant(argument);
        const simulation = this.simulationOf(estate);
        if (!simulation) return 0;
        const wanted = valueOf(argument, 'at');
        const times = timelineEntries(simulation.timeline).map(({ at }) => at);
        const at =
            wanted === 'next'
                ? (times.find((time) => time > simulation.at) ?? simulation.at)
                : wanted === 'previous'
                  ? (times.findLast((time) => time < simulation.at) ?? 0)
                  : (clockTimeIn(simulation, wanted) ?? secondsOf(wanted));
        this.simulations.lookAt(estate.key, at);
        return at;
    }

    /** A question about the running scenario, or about the failure of one element. */
    private page(argument: unknown): string {
        const estate = this.estateMeant(argument);
        const asked = valueOf(argument, 'element') === undefined ? [] : [this.elementMeant(argument).element.name];
        const running = asked.length > 0 ? undefined : this.simulationOf(estate);
        const page = textOf(argument, 'page');
        if (!isQuestion(page)) {
            const known = Object.keys(pages).join(', ');
            throw new ResponseError(invalidParams, `"page" has to be one of ${known}.`);
        }
        return pages[page](running ?? estate.view(failing(asked)));
    }

    private elements(argument: unknown): ElementList {
        const estate = this.estateMeant(argument);
        const { topology, elements, blasts } = estate;
        const failures = new Set(this.simulations.failuresOf(estate.key));
        const simulation = this.simulationOf(estate);
        const judged = elements.all.map((element) => {
            if (simulation) return { element, ...glanceNow(simulation.outcome, element.name) };
            const radius = blasts.blastRadiusOf(element.name);
            return { element, headline: glance(radius), weight: radius };
        });
        return {
            topology: topology.name,
            elements: judged
                .sort((a, b) => compareWeights(a.weight, b.weight))
                .map(({ element, headline }): ElementItem => ({
                    name: element.name,
                    kind: componentKinds[element.kind].title,
                    headline,
                    declared: element.declared,
                    failed: failures.has(element.name),
                    standsBy: estate.standsBy(element),
                    starts: estate.hasToStart(element),
                    owners: ownersOf(element, elements),
                })),
        };
    }

    private simulationOf({ key, topology }: Snapshot): Simulation | undefined {
        return this.simulations.simulationOf(key, topology);
    }

    private filesMeant(argument: unknown): Estate['documents'] {
        return this.services().workspace.Estates.of(this.estateMeant(argument).uri)!.documents;
    }

    private estateMeant(argument: unknown): Snapshot {
        const uri = textOf(argument, 'uri');
        const estate = snapshotsOf(this.services()).of(uri);
        if (!estate) throw new ResponseError(invalidParams, `${uri} is not a topology file of this workspace.`);
        return estate;
    }

    private elementMeant(argument: unknown): { readonly estate: Snapshot; readonly element: Element } {
        const estate = this.estateMeant(argument);
        const text = textOf(argument, 'element');
        const naming = estate.named(text);
        if (naming.found) return { estate, element: naming.found };
        const candidates = naming.candidates.map((candidate) => candidate.name).join(', ');
        const hint = candidates && (naming.ambiguous ? ` It could be: ${candidates}.` : ` Did you mean ${candidates}?`);
        const problem = naming.ambiguous ? 'is not one element only' : 'is not an element';
        const { name } = estate.topology;
        throw new ResponseError(invalidParams, `'${text}' ${problem} of topology ${name}.${hint}`);
    }
}

/** What one more failure would do, while others last. What is down already comes last. */
function glanceNow(outcome: Outcome, element: ElementName): { readonly headline: string; readonly weight: Extent } {
    const addition = additionOf(outcome, element);
    if (!addition) return { headline: 'down already', weight: { gravity: 'none', extent: [-1] } };
    return { headline: `now: ${additionGlance(addition)}`, weight: weightOfAddition(addition) };
}

/** "Why would it not fail over?", with a link to the line that decides each condition. */
function failoverPage({ routes }: Snapshot, { service: name }: Element): string {
    const service = name === undefined ? undefined : routes.service(name);
    if (!service) throw new ResponseError(invalidParams, 'Failover is a question about a service.');
    const place = ({ uri, range }: SourceLocation) =>
        `([line ${range.start.line + 1}](${uri}#L${range.start.line + 1}))`;
    const answers = failoverMarkdown(routes, service, place);
    return `# Would ${code(service.shortName)} fail over?\n\n${answers}\n`;
}

/** Everything that contains an element, itself included: in all their lenses it can be chosen as a part. */
function ownersOf(element: Element, elements: Elements): string[] {
    const owners = new Set<string>([element.name]);
    const collect = ({ parents, cluster, ends }: Element) => {
        const containers = [
            ...parents,
            ...(cluster === undefined ? [] : [cluster]),
            ...(ends ? [ends.from, ends.to] : []),
        ];
        for (const container of containers) {
            if (owners.has(container)) continue;
            owners.add(container);
            const found = elements.byName.get(container as Element['name']);
            if (found) collect(found);
        }
    };
    collect(element);
    return [...owners];
}

function isQuestion(page: string): page is Question {
    return Object.hasOwn(pages, page);
}

type Parameter = 'withChart' | 'scenario' | 'began' | 'uri' | 'element' | 'page' | 'at' | 'duration' | 'position';

function valueOf(argument: unknown, property: Parameter): unknown {
    return (argument as Partial<Record<Parameter, unknown>> | undefined)?.[property];
}

function textOf(argument: unknown, property: 'uri' | 'element' | 'page'): string {
    const value = valueOf(argument, property);
    if (typeof value === 'string') return value;
    throw new ResponseError(invalidParams, `The command needs an object with "${property}".`);
}

/** Seconds of a time of the clock, where one is said for the beginning. */
function clockTimeIn({ began }: Simulation, value: unknown): number | undefined {
    return began !== undefined && typeof value === 'string' ? secondsAfter(began, value) : undefined;
}

/** Seconds, or a duration as a person types it. */
function secondsOf(value: unknown): number {
    const seconds = typeof value === 'string' ? typedDuration(value) : value;
    if (typeof seconds === 'number' && Number.isSafeInteger(seconds) && seconds >= 0) return seconds;
    throw new ResponseError(
        invalidParams,
        `${JSON.stringify(value)} is not a time: say seconds, or ${durationExamples}.`,
    );
}
