import { clusterOperations, forEachOperation, type Operation, type Severity } from '../knowledge/operations.js';
import type { World } from '../topology/neighbourhood.js';
import { partsOf } from '../topology/neighbourhoods.js';
import type { Cluster, Topology } from '../topology/topology.js';
import { isUnchanged } from '../topology/unchanged.js';
import { failing, looksTheSame, ofServices } from './failed-world.js';
import type { Verdict } from './graph.js';
import { severityOf, type ClusterOutcome, type Outcome, type State } from './outcome.js';

/** Another estate, as a change of this one. */
export interface Change {
    /** No other change of the same estate has it. */
    readonly name: string;
    /** Makes the other estate out of this one, or its world out of this one's, and leaves services alone. */
    readonly of: (topology: Topology) => Topology;
}

/** How the operations fare: in the estate, and in each cluster. */
export interface OperationMarks {
    readonly operations: Outcome['operations'];
    readonly clusters: readonly Pick<ClusterOutcome, 'name' | 'operations'>[];
}

/**
 * How the operations fare with the same failures in another estate, found in its world alone. Hosts and services fare there
 * as they do here.
 *
 * @returns undefined where services may notice the difference, or time has done something already: then the other estate has
 *     to be looked at as a whole
 */
export function operationsElsewhere(here: Outcome, change: Change): OperationMarks | undefined {
    const { graph, failures, state } = here;
    if (!graph.parts || !isAtOnce(state)) return undefined;
    const { world } = partsOf(graph.topology);
    const other = worldAfter(world, change);
    const before = failing(world, failures);
    const after = other && failing(other, failures);
    if (!before || !after || !looksTheSame(before, after)) return undefined;
    const fare = (operation: Operation, mark: Severity | undefined, verdict: Verdict | undefined) => {
        if (ofServices.has(operation)) return mark;
        return verdict && after.hasInputs(verdict) ? severityOf(verdict, after) : undefined;
    };
    const { verdicts, verdictsIn } = after.graph;
    return {
        operations: forEachOperation(
            (operation) => fare(operation, here.operations[operation], verdicts[operation]) ?? 'unaffected',
        ),
        clusters: here.clusters.map(({ name, operations }) => {
            const ofCluster = verdictsIn(name);
            const marks = clusterOperations.map(
                (operation) => [operation, fare(operation, operations[operation], ofCluster[operation])] as const,
            );
            return { name, operations: Object.fromEntries(marks.filter(([, mark]) => mark !== undefined)) };
        }),
    };
}

/** Time has done nothing yet. */
function isAtOnce(state: State): boolean {
    const { starting, expired, unheard, promoted, reconnecting, divided } = state;
    const lists = [starting, expired, unheard, promoted, reconnecting, divided];
    return lists.every(({ length }) => length === 0) && state.withdrawn.size === 0 && !state.tokensVoid;
}

const changed = new WeakMap<World, Map<string, World | undefined>>();

/** The world after a change; undefined where services may rest on what changes: on all but the settings of planes. */
function worldAfter(world: World, { name, of }: Change): World | undefined {
    const known = changed.get(world) ?? new Map<string, World | undefined>();
    changed.set(world, known);
    if (!known.has(name)) {
        const topology = of(world.topology);
        known.set(name, differsOnlyInPlanes(world.topology, topology) ? { ...world, topology } : undefined);
    }
    return known.get(name);
}

/** What of a cluster only planes read: those who build the graph of services do not, and a test holds it. */
const ofPlanes: ReadonlySet<string> = new Set(['managementPlane', 'central', 'edge']);

function differsOnlyInPlanes(before: Topology, after: Topology): boolean {
    return (
        differsOnlyIn(before, after, new Set(['clusters'])) &&
        before.clusters.length === after.clusters.length &&
        before.clusters.every((cluster, place) => {
            const other = after.clusters[place]!;
            return differsOnlyIn<Cluster>(cluster, other, ofPlanes) && !cluster.edge === !other.edge;
        })
    );
}

/** Whether objects differ in nothing but these properties. */
function differsOnlyIn<T extends object>(one: T, other: T, properties: ReadonlySet<string>): boolean {
    return (Object.keys({ ...one, ...other }) as (keyof T & string)[]).every(
        (key) => properties.has(key) || isUnchanged(one[key], other[key]),
    );
}
