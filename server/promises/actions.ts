import { decidingNode } from '../failure/deciding.js';
import { startingOf } from '../failure/startup.js';
import { instancesName } from '../topology/element-name.js';
import type { FailureGraph } from '../failure/graph.js';
import { actionIds, actionNouns, actions, type ActionId } from '../knowledge/actions.js';
import type { Element } from '../topology/element.js';
import type { ExpectedState, NamedThing, PlannedAction, Subject, Thing } from '../topology/promises.js';
import { similarNames } from '../topology/similar-names.js';
import { carriesWorkloads, serviceNamed } from '../topology/topology.js';
import type { Unknown } from '../topology/things.js';
import { causeOf, judgedBy, type Judged } from './things.js';

/** States that only actions have. */
export const statesOfActions: ReadonlySet<ExpectedState> = new Set(['possible', 'impossible']);

/**
 * Of whom something is expected or promised. The noun of an action means that where nothing else is called so, and
 * wherever a state is asked for that only actions have.
 */
export function meantBy(graph: FailureGraph, subject: Subject, state?: ExpectedState): readonly Judged[] | Unknown {
    const isNamed = subject.kind === 'named';
    if (isNamed && state && statesOfActions.has(state)) {
        const found = actionsNamed(graph, subject);
        if (found) return found;
    }
    const judged = judgedBy(graph, subject);
    return isNamed && 'written' in judged ? (actionsNamed(graph, subject) ?? judged) : judged;
}

/**
 * What people do with clusters, named by its noun: `deployments on east`; without a cluster, in each.
 *
 * @returns undefined for what is no noun of an action; empty where nobody does so here
 */
function actionsNamed(graph: FailureGraph, thing: NamedThing): readonly Judged[] | Unknown | undefined {
    const [noun = '', cluster] = thing.name.split('@');
    const ids = actionIds.filter((id) => actions[id].noun === noun);
    if (ids.length === 0 || thing.of !== '') return undefined;
    const all = graph.topology.clusters.filter(carriesWorkloads).map(({ name }) => name);
    if (cluster !== undefined && !all.includes(cluster)) {
        const suggestions = similarNames(cluster, all).map((name) => `${noun} on ${name}`);
        return { kind: 'unknown', written: thing.written, at: thing.at, ambiguous: false, suggestions };
    }
    const clusters = cluster === undefined ? all : [cluster];
    return ids.flatMap((id) => clusters.flatMap((name) => actionIn(graph, id, name)));
}

/** What a deployment or a change of scale means: that of each thing, in each cluster where it stands. */
export function actionsPlanned(
    graph: FailureGraph,
    action: PlannedAction['action'],
    things: readonly Thing[],
): readonly Judged[] {
    return things.flatMap((thing) => {
        const cause = causeOf(graph, thing);
        const elements = cause.kind === 'elements' ? cause.elements : cause.kind === 'choice' ? cause.of : [];
        return elements.flatMap((element) =>
            startedBy(graph, element).flatMap((started) => actionIn(graph, action, started.cluster!, element, started)),
        );
    });
}

/** What is started anew with something, cluster by cluster. */
function startedBy({ topology, elements }: FailureGraph, element: Element): readonly Element[] {
    const { kind, cluster, service } = element;
    if (kind !== 'service') return cluster === undefined ? [] : [element];
    const homes = serviceNamed(topology, service ?? '')?.homes ?? [];
    return homes.flatMap((home) => elements.byName.get(instancesName(service!, home.cluster)) ?? []);
}

function actionIn(graph: FailureGraph, action: ActionId, cluster: string, of?: Element, started?: Element): Judged[] {
    const there = graph.topology.clusters.find(({ name }) => name === cluster);
    const node = there && decidingNode(graph, there, action);
    if (node === undefined) return [];
    const starting = started && startingOf(graph, started)?.needs;
    return [{ kind: 'action', action, cluster, node, ...(of && { of }), ...(starting && { starting }) }];
}

/** The words for actions, as a sentence lists them. */
export const actionWords = actionNouns.map((noun) => `\`${noun}\``);
