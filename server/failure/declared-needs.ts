import { clusterKinds } from '../knowledge/components.js';
import type { NodeIndex } from '../engine/index.js';
import { externalName, instancesName, storeOfCopy, type ElementName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import type { Estate } from '../topology/things.js';
import { namesOf, serviceNamed, type DeclaredNeed, type Needed } from '../topology/topology.js';
import { nodesOf } from './shared-fates.js';
import { eitherOf } from './gates.js';
import { addTimer } from './timers.js';
import type { Construction, FlowNodes } from './construction.js';
import { ruleReason } from './construction.js';
import type { FlowId } from '../knowledge/flows.js';
import type { FailureGraph, Scope, Timer } from './graph.js';

const required = ruleReason('R2', 'the file says that it requires it');
const comesFromGit = ruleReason('R2', 'changes are fetched from there');
const toStart = ruleReason('R10', 'the file says that it is required to start anything there');
const noneAnswers = ruleReason('R7', 'nobody else gives what it requires again and again');
const ranOut = ruleReason('R7', 'the file says that it requires it again and again');

/**
 * R2, R7 and R10: what the file says of requirements of anything but services at every moment, at each start, and again
 * and again.
 */
export function addDeclaredNeeds(construction: Construction, flows: FlowNodes): Timer[] {
    const { topology, model, input } = construction;
    const timers: Timer[] = [];
    for (const need of topology.needs) {
        const element = elementOf(construction, need);
        if (!element) continue;
        const nodes = nodesOf(construction, element);
        const source = oneOf(construction, need, element);
        if (source === undefined) continue;
        if (need.when === 'always') {
            if (model.rules.has('R2')) for (const node of nodes) input(node, source, required);
        } else if (need.when === 'start') {
            const { kind, cluster } = element;
            const isCluster = clusterKinds.has(kind);
            if (!isCluster || !model.rules.has('R10')) continue;
            for (const flow of ['starting-pods', 'pod-admission'] as const) {
                const starting = flows.node(flow, { cluster });
                if (starting !== undefined) input(starting, source, toStart);
            }
        } else if (model.rules.has('R7')) {
            const scope = { cluster: element.cluster, required: namesOf(need.anyOf), element: element.name };
            for (const node of nodes) timers.push(addRenewal(construction, scope, source, node, need.when));
        }
    }
    addGitSources(construction, flows);
    return timers;
}

/** R2: where nothing can be fetched from Git, nothing is pushed. */
function addGitSources({ topology, management, model, elementNode, input }: Construction, flows: FlowNodes): void {
    if (!model.rules.has('R2')) return;
    const push = (flow: FlowId, scope: Scope, from: string | undefined) => {
        const node = flows.node(flow, scope);
        if (node !== undefined && from !== undefined) input(node, elementNode(externalName(from)), comesFromGit);
    };
    for (const { name: cluster, edge } of topology.clusters) {
        for (const flow of ['gitops-sync', 'gitops-async'] as const) push(flow, { cluster }, edge?.gitopsFrom);
    }
    push('management-gitops-channel', {}, management?.managementPlane.gitopsFrom);
}

/** R7: what services require again and again, in each of their homes. */
export function addServiceNeeds(construction: Construction): Timer[] {
    const { topology, model, elementNode } = construction;
    if (!model.rules.has('R7')) return [];
    return topology.services.flatMap(({ shortName, homes, needs = [] }) =>
        needs.flatMap((need) =>
            homes.flatMap(({ cluster }): Timer[] => {
                const instances = elementNode(instancesName(shortName, cluster));
                const source = oneOf(
                    construction,
                    need,
                    construction.elements.byName.get(instancesName(shortName, cluster)),
                );
                if (instances === undefined || source === undefined || typeof need.when === 'string') return [];
                const scope = { cluster, caller: shortName, required: namesOf(need.anyOf) };
                return [addRenewal(construction, scope, source, instances, need.when)];
            }),
        ),
    );
}

function addRenewal(
    construction: Construction,
    scope: Timer['scope'],
    source: NodeIndex,
    of: NodeIndex,
    when: Exclude<DeclaredNeed['when'], string>,
): Timer {
    const timer = renewal(construction, { scope, source, carriers: [of] }, when);
    construction.input(of, timer.node, ranOut);
    return timer;
}

/** What is got last is worth something for so long; how old it is already, nobody knows. */
export function renewal(
    construction: Construction,
    of: Pick<Timer, 'scope' | 'source' | 'carriers' | 'begins'>,
    { every, ttl }: Exclude<DeclaredNeed['when'], string>,
): Timer {
    const clock = 'last-answer';
    const node = construction.builder.node({ kind: 'clock', clock, scope: of.scope });
    const rise = [Math.max(1, ttl - every), ttl] as const;
    return addTimer(construction, { ...of, clock, node, rise }, ranOut);
}

/** Down once all of them are; undefined where none of them exists. */
function oneOf(
    construction: Construction,
    { anyOf }: Pick<DeclaredNeed, 'anyOf'>,
    of: Element | undefined,
): NodeIndex | undefined {
    const nodes = anyOf
        .map(({ name }) => construction.elementNode(externalName(name)))
        .filter((node) => node !== undefined);
    return nodes.length < 2 || !of
        ? nodes[0]
        : eitherOf(construction, { of, anyOf: namesOf(anyOf) }, nodes, noneAnswers);
}

/** What requires something; of a link that is not listed what it would be. */
function elementOf({ elements }: Estate, { of }: DeclaredNeed): Element | undefined {
    return elements.byName.get(of) ?? elements.links.named(of);
}

const startNeeds = new WeakMap<FailureGraph, ReadonlyMap<ElementName, readonly (readonly Needed[])[]>>();

/** What the file says that an element requires to start: of itself, of what contains it, of the service that runs there, and of the store of which it is a copy. */
export function startNeedsOf(
    graph: FailureGraph,
    { name, kind, service }: Element,
    containers: Iterable<Element>,
): readonly (readonly Needed[])[] {
    let known = startNeeds.get(graph);
    if (!known) startNeeds.set(graph, (known = startNeedsIn(graph)));
    const ofService = kind === 'instances' && service !== undefined ? serviceNamed(graph.topology, service)?.needs : [];
    const own = kind === 'store-copy' ? [name, storeOfCopy(name)] : [name];
    return [
        ...[...own, ...[...containers].map((container) => container.name)].flatMap((each) => known.get(each) ?? []),
        ...(ofService ?? []).filter(({ when }) => when === 'start').map(({ anyOf }) => anyOf),
    ];
}

function startNeedsIn(graph: FailureGraph): ReadonlyMap<ElementName, readonly (readonly Needed[])[]> {
    const needs = new Map<ElementName, (readonly Needed[])[]>();
    for (const need of graph.topology.needs.filter(({ when }) => when === 'start')) {
        needs.set(need.of, [...(needs.get(need.of) ?? []), need.anyOf]);
    }
    return needs;
}
