import { analysisOf } from '../failure/analysis.js';
import type { Outcome } from '../failure/outcome.js';
import { simulate } from '../failure/outcome.js';
import type { ElementName } from '../topology/elements.js';
import type { Topology } from '../topology/topology.js';

/** The running scenario of one estate. */
export interface Simulation {
    /** In the order in which they were added. */
    readonly failures: readonly ElementName[];
    /** Of these failures in the topology as it is now; names that an edit took away do nothing until they are back. */
    readonly outcome: Outcome;
    readonly missing: readonly ElementName[];
}

/**
 * The running scenarios of the workspace, one an estate. They hold names only: each edit makes a new topology, and the
 * outcome is computed from it when somebody asks.
 */
export class Simulations {
    private readonly failing = new Map<string, readonly ElementName[]>();
    private readonly outcomes = new Map<string, { topology: Topology; simulation: Simulation }>();
    private readonly listeners: (() => void)[] = [];

    /** Makes an element fail; without effect if it has failed already. */
    fail(estate: string, element: ElementName): void {
        const failures = this.failuresOf(estate);
        if (!failures.includes(element)) this.change(estate, [...failures, element]);
    }

    /** Makes an element available again; without effect if it was not made to fail. */
    recover(estate: string, element: ElementName): void {
        const failures = this.failuresOf(estate);
        if (failures.includes(element))
            this.change(
                estate,
                failures.filter((failure) => failure !== element),
            );
    }

    /** Ends the scenario of an estate, or of all. */
    clear(estate?: string): void {
        for (const key of estate === undefined ? [...this.failing.keys()] : [estate]) this.change(key, []);
    }

    failuresOf(estate: string): readonly ElementName[] {
        return this.failing.get(estate) ?? [];
    }

    /** The estates in which something is made to fail. */
    running(): readonly string[] {
        return [...this.failing.keys()];
    }

    /** The scenario of an estate as it stands in its present topology; undefined where nothing is made to fail. */
    simulationOf(estate: string, topology: Topology): Simulation | undefined {
        const failures = this.failuresOf(estate);
        if (failures.length === 0) return undefined;
        const known = this.outcomes.get(estate);
        if (known?.topology === topology && known.simulation.failures === failures) return known.simulation;
        const { graph } = analysisOf(topology);
        const present = failures.filter((failure) => graph.nodeOfElement.has(failure));
        const missing = failures.filter((failure) => !graph.nodeOfElement.has(failure));
        const simulation = { failures, missing, outcome: simulate(graph, present) };
        this.outcomes.set(estate, { topology, simulation });
        return simulation;
    }

    /** Calls back after each change of a scenario. */
    onChange(listener: () => void): void {
        this.listeners.push(listener);
    }

    private change(estate: string, failures: readonly ElementName[]): void {
        if (failures.length > 0) this.failing.set(estate, failures);
        else this.failing.delete(estate);
        this.outcomes.delete(estate);
        for (const listener of this.listeners) listener();
    }
}
