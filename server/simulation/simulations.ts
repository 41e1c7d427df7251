import { analysisOf } from '../failure/analysis.js';
import type { Outcome } from '../failure/outcome.js';
import type { Step } from '../failure/run.js';
import { failuresFor, pointAt, timelineOf, type Timeline } from '../failure/timeline.js';
import type { ElementName } from '../topology/element-name.js';
import type { Topology } from '../topology/topology.js';

/** The running scenario of one estate. */
export interface Simulation {
    /** In the order in which they were added. */
    readonly failures: readonly ElementName[];
    /** In order of time. */
    readonly restarts: readonly Step[];
    /** Seconds after which all is repaired; undefined: nothing is. */
    readonly duration?: number;
    /** The time that is looked at, seconds from the beginning. */
    readonly at: number;
    /** The time that was looked at before, where nothing else of the scenario has changed since. */
    readonly cameFrom?: number;
    /** Of these failures in the topology as it is now; names that an edit took away do nothing until they are back. */
    readonly timeline: Timeline;
    /** At that time, as bad as it can be by then. */
    readonly outcome: Outcome;
    /** Clusters that have missed something by then, since when (seconds). */
    readonly staleSince: ReadonlyMap<string, number>;
    readonly missing: readonly ElementName[];
}

/** A scenario as a value: what it consists of; a new object with each change. */
export interface Scenario {
    readonly failures: readonly ElementName[];
    readonly restarts: readonly Step[];
    readonly duration?: number;
    readonly at: number;
}

/** A scenario, and from which time of it somebody came to the present one. */
type Looked = Scenario & Pick<Simulation, 'cameFrom'>;

const nothing: Scenario = { failures: [], restarts: [], at: 0 };

/**
 * The running scenarios of the workspace, one an estate. They hold names only: each edit makes a new topology, and the
 * outcome is computed from it when somebody asks.
 */
export class Simulations {
    private readonly scenarios = new Map<string, Looked>();
    /** Each for as long as both its topology and its scenario are there. */
    private readonly known = new WeakMap<Topology, WeakMap<Looked, Simulation>>();
    private readonly listeners: (() => void)[] = [];

    /** Runs a scenario in place of the one that runs; one in which nothing fails ends it. */
    run(estate: string, { failures, restarts, duration, at }: Scenario): void {
        const inOrder = [...restarts].sort((a, b) => a.at - b.at);
        this.change(estate, { failures: [...new Set(failures)], restarts: inOrder, duration, at });
    }

    /** Makes an element fail; without effect if it has failed already. */
    fail(estate: string, element: ElementName): void {
        const failures = this.failuresOf(estate);
        if (!failures.includes(element)) this.change(estate, { failures: [...failures, element] });
    }

    /** Makes an element available again; without effect if it was not made to fail. */
    recover(estate: string, element: ElementName): void {
        const failures = this.failuresOf(estate);
        if (failures.includes(element))
            this.change(estate, { failures: failures.filter((failure) => failure !== element) });
    }

    /** Restarts an element at the time that is looked at; without effect where nothing is made to fail. */
    restart(estate: string, element: ElementName): void {
        const { at, restarts } = this.scenarioOf(estate);
        if (!this.scenarios.has(estate) || restarts.some((restart) => isOf(restart, element, at))) return;
        const added = [...restarts, { at, action: 'restart', element } as const];
        this.change(estate, { restarts: added.sort((a, b) => a.at - b.at) });
    }

    /** Takes back the restart of an element at a time; without effect if it does not restart then. */
    cancelRestart(estate: string, element: ElementName, at: number): void {
        const { restarts } = this.scenarioOf(estate);
        const left = restarts.filter((restart) => !isOf(restart, element, at));
        if (left.length < restarts.length) this.change(estate, { restarts: left });
    }

    /** Ends the scenario of an estate, or of all. */
    clear(estate?: string): void {
        for (const key of estate === undefined ? this.running() : [estate]) this.change(key, nothing);
    }

    /**
     * Looks at another time of the scenario; without effect where nothing is made to fail.
     *
     * @param at seconds from its beginning
     */
    lookAt(estate: string, at: number): void {
        const scenario = this.scenarios.get(estate);
        if (scenario && scenario.at !== at) this.change(estate, { at, cameFrom: scenario.at });
    }

    /**
     * Lets the failures last so long, and be repaired then; without effect where nothing is made to fail.
     *
     * @param duration seconds; undefined: they are not repaired
     */
    lastFor(estate: string, duration: number | undefined): void {
        const scenario = this.scenarios.get(estate);
        if (scenario && scenario.duration !== duration) this.change(estate, { duration });
    }

    failuresOf(estate: string): readonly ElementName[] {
        return this.scenarioOf(estate).failures;
    }

    /** The estates in which something is made to fail. */
    running(): readonly string[] {
        return [...this.scenarios.keys()];
    }

    /** The scenario of an estate as it stands in its present topology; undefined where nothing is made to fail. */
    simulationOf(estate: string, topology: Topology): Simulation | undefined {
        const scenario = this.scenarioOf(estate);
        if (scenario.failures.length === 0) return undefined;
        const ofTopology = this.known.get(topology) ?? new WeakMap<Looked, Simulation>();
        const known = ofTopology.get(scenario);
        if (known) return known;
        const named = [...scenario.failures, ...scenario.restarts.map(({ element }) => element)];
        const { graph } = analysisOf(topology, named);
        const present = scenario.failures.filter((failure) => graph.nodeOfElement.has(failure));
        const missing = scenario.failures.filter((failure) => !graph.nodeOfElement.has(failure));
        const restarts = scenario.restarts.filter(({ element }) => graph.nodeOfElement.has(element));
        const timeline = timelineOf(graph, [...failuresFor(present, scenario.duration), ...restarts]);
        const { outcome, staleSince } = pointAt(timeline, scenario.at);
        const simulation = { ...scenario, missing, timeline, outcome, staleSince };
        this.known.set(topology, ofTopology.set(scenario, simulation));
        return simulation;
    }

    /** Calls back after each change of a scenario. */
    onChange(listener: () => void): void {
        this.listeners.push(listener);
    }

    private scenarioOf(estate: string): Looked {
        return this.scenarios.get(estate) ?? nothing;
    }

    private change(estate: string, change: Partial<Looked>): void {
        const scenario = { ...this.scenarioOf(estate), cameFrom: undefined, ...change };
        if (scenario.failures.length > 0) this.scenarios.set(estate, scenario);
        else this.scenarios.delete(estate);
        for (const listener of this.listeners) listener();
    }
}

function isOf(restart: Step, element: ElementName, at: number): boolean {
    return restart.element === element && restart.at === at;
}
