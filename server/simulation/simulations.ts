import type { Outcome } from '../failure/outcome.js';
import type { Step } from '../failure/run.js';
import {
    durationOf,
    failuresOf,
    isStaggered,
    nothingHappens,
    promotionsOf,
    restartsOf,
    runIn,
    withoutSteps,
    withSteps,
    type Scenario,
} from '../failure/scenario.js';
import { failuresFor, pointAt, recoveries, type Timeline } from '../failure/timeline.js';
import type { ElementName } from '../topology/element-name.js';
import type { Topology } from '../topology/topology.js';
import type { Beginning } from '../knowledge/wall-clock.js';

/** The running scenario of one estate. */
export interface Simulation {
    /** In the order in which they were added. */
    readonly failures: readonly ElementName[];
    /** In order of time. */
    readonly restarts: readonly Step[];
    /** In order of time. */
    readonly promotions: readonly Step[];
    /** Seconds after which all is repaired; undefined: nothing is. */
    readonly duration?: number;
    /** What the clock on the wall showed at the beginning, where somebody has said so. */
    readonly began?: Beginning;
    /** The time that is looked at, seconds from the beginning. */
    readonly at: number;
    /** The time that was looked at before, where nothing else of the scenario has changed since. */
    readonly cameFrom?: number;
    /** All that happens, where it does not all begin and end together. */
    readonly steps?: readonly Step[];
    /** Of these failures in the topology as it is now; names that an edit took away do nothing until they are back. */
    readonly timeline: Timeline;
    /** At that time, as bad as it can be by then. */
    readonly outcome: Outcome;
    /** Clusters that have missed something by then, since when (seconds). */
    readonly staleSince: ReadonlyMap<string, number>;
    readonly missing: readonly ElementName[];
}

/** A scenario, and the time at which somebody looks at it. A new object with each change. */
interface Looked {
    readonly scenario: Scenario;
    readonly at: number;
    /** The time from which they came, where nothing else has changed since. */
    readonly cameFrom?: number;
}

const nothing: Looked = { scenario: nothingHappens, at: 0 };

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
    run(estate: string, scenario: Scenario, at: number): void {
        this.change(estate, { scenario, at });
    }

    /** Makes an element fail; without effect if it has failed already. */
    fail(estate: string, element: ElementName): void {
        const { scenario } = this.lookedAt(estate);
        if (failuresOf(scenario).includes(element)) return;
        const more = failuresFor([element], durationOf(scenario));
        this.change(estate, { scenario: withSteps(scenario, more) });
    }

    /** Makes an element available again; without effect if it was not made to fail. */
    recover(estate: string, element: ElementName): void {
        const { scenario } = this.lookedAt(estate);
        if (!failuresOf(scenario).includes(element)) return;
        const isOf = ({ element: name, action }: Step) =>
            name === element && action !== 'restart' && action !== 'promote';
        this.change(estate, { scenario: withoutSteps(scenario, isOf) });
    }

    /** Restarts an element at the time that is looked at; without effect where nothing is made to fail. */
    restart(estate: string, element: ElementName): void {
        const { at, scenario } = this.lookedAt(estate);
        if (!this.scenarios.has(estate) || scenario.steps.some(isOne('restart', element, at))) return;
        this.change(estate, { scenario: withSteps(scenario, [{ at, action: 'restart', element }]) });
    }

    /** Promotes an element at the time that is looked at; without effect where nothing is made to fail. */
    promote(estate: string, element: ElementName): void {
        const { at, scenario } = this.lookedAt(estate);
        if (!this.scenarios.has(estate) || scenario.steps.some(isOne('promote', element, at))) return;
        this.change(estate, { scenario: withSteps(scenario, [{ at, action: 'promote', element }]) });
    }

    /** Takes back the promotion of an element at a time; without effect if it is not promoted then. */
    cancelPromotion(estate: string, element: ElementName, at: number): void {
        const { scenario } = this.lookedAt(estate);
        const left = withoutSteps(scenario, isOne('promote', element, at));
        if (left.steps.length < scenario.steps.length) this.change(estate, { scenario: left });
    }

    /** Takes back the restart of an element at a time; without effect if it does not restart then. */
    cancelRestart(estate: string, element: ElementName, at: number): void {
        const { scenario } = this.lookedAt(estate);
        const left = withoutSteps(scenario, isOne('restart', element, at));
        if (left.steps.length < scenario.steps.length) this.change(estate, { scenario: left });
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
        const looked = this.scenarios.get(estate);
        if (looked && looked.at !== at) this.change(estate, { at, cameFrom: looked.at });
    }

    /**
     * Lets the failures last so long, and be repaired then; without effect where nothing is made to fail.
     *
     * @param duration seconds; undefined: they are not repaired
     */
    lastFor(estate: string, duration: number | undefined): void {
        const { scenario } = this.lookedAt(estate);
        if (!this.scenarios.has(estate) || durationOf(scenario) === duration) return;
        const lasting = withoutSteps(scenario, ({ action }) => action === 'recover');
        const repaired = duration === undefined ? [] : recoveries(failuresOf(scenario), duration);
        this.change(estate, { scenario: withSteps(lasting, repaired) });
    }

    /** What the clock on the wall showed at the beginning; undefined: nobody says. Without effect where nothing is made to fail. */
    beganAt(estate: string, began: Beginning | undefined): void {
        const { scenario } = this.lookedAt(estate);
        if (!this.scenarios.has(estate)) return;
        this.change(estate, { scenario: { steps: scenario.steps, ...(began !== undefined && { began }) } });
    }

    failuresOf(estate: string): readonly ElementName[] {
        return failuresOf(this.lookedAt(estate).scenario);
    }

    /** The estates in which something is made to fail. */
    running(): readonly string[] {
        return [...this.scenarios.keys()];
    }

    /** The scenario of an estate as it stands in its present topology; undefined where nothing is made to fail. */
    simulationOf(estate: string, topology: Topology): Simulation | undefined {
        const looked = this.scenarios.get(estate);
        if (!looked) return undefined;
        const ofTopology = this.known.get(topology) ?? new WeakMap<Looked, Simulation>();
        this.known.set(topology, ofTopology);
        const known = ofTopology.get(looked) ?? simulationIn(topology, looked);
        ofTopology.set(looked, known);
        return known;
    }

    /** Calls back after each change of a scenario. */
    onChange(listener: () => void): void {
        this.listeners.push(listener);
    }

    private lookedAt(estate: string): Looked {
        return this.scenarios.get(estate) ?? nothing;
    }

    private change(estate: string, change: Partial<Looked>): void {
        const looked = { ...this.lookedAt(estate), cameFrom: undefined, ...change };
        if (failuresOf(looked.scenario).length > 0) this.scenarios.set(estate, looked);
        else this.scenarios.delete(estate);
        for (const listener of this.listeners) listener();
    }
}

function simulationIn(topology: Topology, { scenario, at, cameFrom }: Looked): Simulation {
    const { timeline, missing } = runIn(topology, scenario);
    const { outcome, staleSince } = pointAt(timeline, at);
    const failures = failuresOf(scenario);
    const duration = durationOf(scenario);
    return {
        ...(isStaggered(scenario) && { steps: scenario.steps }),
        failures,
        restarts: restartsOf(scenario),
        promotions: promotionsOf(scenario),
        ...(duration !== undefined && { duration }),
        ...(scenario.began !== undefined && { began: scenario.began }),
        at,
        ...(cameFrom !== undefined && { cameFrom }),
        timeline,
        outcome,
        staleSince,
        missing: missing.filter((name) => failures.includes(name)),
    };
}

function isOne(action: Step['action'], element: ElementName, at: number): (step: Step) => boolean {
    return (step) => step.action === action && step.element === element && step.at === at;
}
