import { analysisOf } from '../failure/analysis.js';
import { operationsElsewhere, type Change, type OperationMarks } from '../failure/elsewhere.js';
import { heededAt } from '../failure/heeded.js';
import { simulate, type Outcome } from '../failure/outcome.js';
import type { Step } from '../failure/run.js';
import { pointAt, timelineOf } from '../failure/timeline.js';
import { alternativesTo, type OtherValue } from '../knowledge/alternatives.js';
import { allDefaults, type DefaultId } from '../knowledge/defaults.js';
import type { Operation, Severity } from '../knowledge/operations.js';
import { share } from '../topology/neighbourhoods.js';
import { assumedIn, withoutDefault } from '../topology/settings.js';
import type { Topology } from '../topology/topology.js';
import type { ScenarioView } from './scenario.js';

/** A default on which marks of an outcome rest: with another value they would be others. */
export interface Assumption {
    readonly id: DefaultId;
    /** What is assumed, as a clause: "outlier detection is on". */
    readonly assumes: string;
    /** What the file would say instead: "no outlier detection". */
    readonly instead: string;
    /** Clusters and services that leave it unsaid, or the estate. */
    readonly where: readonly string[];
    /** The marks that it turns, those of the operations first. */
    readonly turns: readonly Turn[];
}

/** A mark, and what it would be. */
export interface Turn {
    readonly kind: 'operation' | 'host' | 'service' | 'cluster';
    /** The operation, or a name. */
    readonly what: string;
    /** Of a cluster: the operation that it is about. */
    readonly operation: Operation | null;
    readonly here: Severity;
    readonly otherwise: Severity;
}

/** What is needed of a scenario. */
type Looked = Pick<ScenarioView, 'outcome' | 'timeline' | 'at'>;

/** Where it would be judged again for too many owners, all that leave a default unsaid are named. */
const mostOwners = 8;

/** The variants of larger estates are not kept: each of them is as large as the estate. */
const mostElementsKept = 3_000;

const known = new WeakMap<Outcome, readonly Assumption[]>();

/**
 * The assumptions on which the marks of a scenario rest, found by undoing each default wherever the estate leaves it
 * unsaid, simulating again, and comparing. What has no mark in both estates is not compared.
 */
export function assumptionsOf({ outcome, timeline, at }: Looked): readonly Assumption[] {
    const isAtOnce = timeline.steps.every((step) => step.at === 0 && step.action === 'fail');
    return at === 0 && isAtOnce
        ? assumptionsAtOnce(outcome)
        : remembered(outcome, (topology) => outcomeAt(topology, timeline.steps, at), { isInTime: true });
}

/** The same of failures at the moment at which they begin. */
export function assumptionsAtOnce(outcome: Outcome): readonly Assumption[] {
    const failures = outcome.failures.map(({ name }) => name);
    return remembered(outcome, (topology) => {
        const { graph } = analysisOf(topology, failures);
        return failures.every((name) => graph.nodeOfElement.has(name)) ? simulate(graph, failures) : undefined;
    });
}

function outcomeAt(topology: Topology, steps: readonly Step[], at: number): Outcome | undefined {
    const { graph } = analysisOf(
        topology,
        steps.map(({ element }) => element),
    );
    if (!steps.every(({ element }) => graph.nodeOfElement.has(element))) return undefined;
    return pointAt(timelineOf(graph, steps), at).outcome;
}

type Again = (topology: Topology) => Outcome | undefined;

function remembered(outcome: Outcome, again: Again, { isInTime = false } = {}): readonly Assumption[] {
    const assumptions = known.get(outcome) ?? findAssumptions(outcome, again, isInTime);
    known.set(outcome, assumptions);
    return assumptions;
}

function findAssumptions(outcome: Outcome, again: Again, isInTime: boolean): Assumption[] {
    const { topology, elements } = outcome.graph;
    const variantOf = elements.size > mostElementsKept ? newVariant : keptVariant;
    const assumed = defaultsOf(topology);
    return allDefaults.flatMap(({ id }) => {
        const unsaid = assumed.get(id);
        const { assumes, others, onlyInTime = false } = alternativesTo(id);
        if (unsaid === undefined || (onlyInTime && !isInTime)) return [];
        const { owners, ofServices } = unsaid;
        const heeded = heededAt(topology, id, owners);
        if (heeded.length === 0) return [];
        return others.flatMap((other): Assumption[] => {
            const turnsWith = (at: readonly string[]) => {
                const inWorld =
                    isInTime || ofServices ? undefined : operationsElsewhere(outcome, changeTo(id, other, at));
                return turnsBetween(outcome, inWorld ?? again(variantOf(topology, id, other, at)));
            };
            const turns = turnsWith(heeded);
            if (turns.length === 0) return [];
            const isLookedAtEach = owners.length > 1 && owners.length <= mostOwners;
            const where = isLookedAtEach ? heeded.filter((owner) => turnsWith([owner]).length > 0) : owners;
            return [{ id, assumes, instead: other.says, where: where.length > 0 ? where : owners, turns }];
        });
    });
}

/** Another value of a default, at some of those who leave it unsaid, as a change. */
function changeTo(id: DefaultId, other: OtherValue, owners: readonly string[]): Change {
    return {
        name: JSON.stringify([id, other.says, owners]),
        of: (topology) => withoutDefault(topology, id, other.value, new Set(owners)),
    };
}

const defaults = new WeakMap<Topology, ReturnType<typeof assumedIn>>();

function defaultsOf(topology: Topology): ReturnType<typeof assumedIn> {
    const found = defaults.get(topology) ?? assumedIn(topology);
    defaults.set(topology, found);
    return found;
}

const variants = new WeakMap<Topology, Map<string, Topology>>();

type VariantOf = (topology: Topology, id: DefaultId, other: OtherValue, owners: readonly string[]) => Topology;

/** The estate without a default of some; its graph is built anew only where it is another one. */
const newVariant: VariantOf = (topology, id, other, owners) => {
    const variant = changeTo(id, other, owners).of(topology);
    share(variant, topology);
    return variant;
};

/** The same; kept, since each question about an estate undoes the same ones. */
const keptVariant: VariantOf = (topology, id, other, owners) => {
    const made = variants.get(topology) ?? new Map<string, Topology>();
    variants.set(topology, made);
    const { name: key } = changeTo(id, other, owners);
    const variant = made.get(key) ?? newVariant(topology, id, other, owners);
    made.set(key, variant);
    return variant;
};

/** What has marks; what is absent is not compared. */
type Marked = OperationMarks & Partial<Pick<Outcome, 'hosts' | 'services'>>;

/** The marks that are others in another outcome; what only one of both has is not compared. */
function turnsBetween(here: Marked, other: Marked | undefined): Turn[] {
    if (!other) return [];
    const turn = (kind: Turn['kind'], what: string, before: Severity, otherwise?: Severity, operation?: Operation) =>
        otherwise === undefined || otherwise === before
            ? []
            : [{ kind, what, operation: operation ?? null, here: before, otherwise }];
    const hosts = severities(other.hosts, ({ host }) => host);
    const services = severities(other.services, ({ name }) => name);
    const clusters = new Map(other.clusters.map(({ name, operations }) => [name, operations]));
    return [
        ...marksOfOperations(here.operations).flatMap(([operation, severity]) =>
            turn('operation', operation, severity, other.operations[operation]),
        ),
        // whoever asks for all of them lets them be found
        ...(hosts && here.hosts
            ? here.hosts.flatMap(({ host, severity }) => turn('host', host, severity, hosts.get(host)))
            : []),
        ...(services && here.services
            ? here.services.flatMap(({ name, severity }) => turn('service', name, severity, services.get(name)))
            : []),
        ...here.clusters.flatMap(({ name, operations }) =>
            marksOfOperations(operations).flatMap(([operation, severity]) =>
                turn('cluster', name, severity, clusters.get(name)?.[operation], operation),
            ),
        ),
    ];
}

function severities<T extends { readonly severity: Severity }>(
    all: readonly T[] | undefined,
    nameOf: (one: T) => string,
): ReadonlyMap<string, Severity> | undefined {
    return all && new Map(all.map((one) => [nameOf(one), one.severity]));
}

function marksOfOperations<O extends Operation>(marks: Readonly<Partial<Record<O, Severity>>>): [O, Severity][] {
    return Object.entries(marks) as [O, Severity][];
}
