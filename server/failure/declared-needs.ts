import { clusterKinds } from '../knowledge/components.js';
import type { NodeIndex } from '../engine/index.js';
import { externalName, instancesName, storeOfCopy, type ElementName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import { namesOf, serviceNamed, type DeclaredNeed, type Needed } from '../topology/topology.js';
import { nodesOf } from './shared-fates.js';
import { eitherOf } from './gates.js';
import { addTimer } from './timers.js';
import type { Construction, FlowNodes } from './construction.js';
import { ruleReason } from './construction.js';
import type { FlowId } from '../knowledge/flows.js';
import type { FailureGraph, Scope, Timer } from './graph.js';
import { answeredInPart, holdersOf, nodesRequired, servicesAmong } from './required.js';
import type { Requiring } from './roles.js';
import type { Traffic } from './traffic-graph.js';

const isRequired = ruleReason('R2', 'the file says that it requires it');
const comesFromGit = ruleReason('R2', 'changes are fetched from there');
const toStart = ruleReason('R10', 'the file says that it is required to start anything there');
const noneAnswers = ruleReason('R7', 'nobody else gives what it requires again and again');
const ranOut = ruleReason('R7', 'the file says that it requires it again and again');

type Repeated = Exclude<DeclaredNeed['when'], string>;

/** Of a graph under construction: what the file says of requirements, and how services are reached. */
interface Asking {
    readonly construction: Construction;
    readonly required: Traffic['required'];
}

/**
 * R2, R7 and R10: what the file says of requirements of anything but services at every moment, at each start, and again
 * and again.
 *
 * @param required how services are reached by what requires them
 */
export function addDeclaredNeeds(
    construction: Construction,
    flows: FlowNodes,
    required: Traffic['required'] = () => undefined,
): Timer[] {
    const asking = { construction, required };
    const timers: Timer[] = [];
    for (const need of construction.topology.needs) {
        const [holder, ...inside] = holdersOf(construction, need);
        // what an external service takes along with a place, it takes along with all in it
        const others = need.when === 'start' || servicesAmong(need).length > 0 ? inside.filter(isCluster) : [];
        for (const element of holder ? [holder, ...others] : []) timers.push(...addNeed(asking, flows, need, element));
    }
    for (const each of construction.roles.requiring) connectStandIn(asking, each);
    addGitSources(construction, flows);
    return timers;
}

function isCluster({ kind }: Element): boolean {
    return clusterKinds.has(kind);
}

function addNeed(asking: Asking, flows: FlowNodes, need: DeclaredNeed, element: Element): Timer[] {
    const { construction } = asking;
    const { model, input } = construction;
    const { cluster } = element;
    const nodes = nodesOf(construction, element);
    if (need.when === 'always') {
        const source = model.rules.has('R2') ? oneOf(asking, need, element, { standsShares: false }) : undefined;
        for (const node of nodes) input(node, source, isRequired);
        return [];
    }
    if (need.when === 'start') {
        if (!isCluster(element) || !model.rules.has('R10')) return [];
        const source = oneOf(asking, need, element);
        for (const flow of ['starting-pods', 'pod-admission'] as const) {
            const starting = flows.node(flow, { cluster });
            if (starting !== undefined) input(starting, source, toStart);
        }
        return [];
    }
    const source = model.rules.has('R7') ? oneOf(asking, need, element) : undefined;
    if (source === undefined) return [];
    const scope = { cluster, required: namesOf(need.anyOf), element: element.name };
    return nodes.map((node) => addRenewal(construction, scope, source, node, need.when as Repeated));
}

/** What stands in for something requires it from where it stands, once there are ways. */
function connectStandIn(asking: Asking, { node, of, need }: Requiring): void {
    const isConstant = need.when === 'always';
    asking.construction.input(
        node,
        oneOf(asking, need, of, { standsShares: !isConstant }),
        isConstant ? isRequired : noneAnswers,
    );
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
export function addServiceNeeds(construction: Construction, required: Traffic['required']): Timer[] {
    const { topology, model, elements, elementNode } = construction;
    if (!model.rules.has('R7')) return [];
    return topology.services.flatMap(({ shortName, homes, needs = [] }) =>
        needs.flatMap((need) =>
            homes.flatMap(({ cluster }): Timer[] => {
                const name = instancesName(shortName, cluster);
                const [element, instances] = [elements.byName.get(name), elementNode(name)];
                if (!element || instances === undefined || typeof need.when === 'string') return [];
                const source = oneOf({ construction, required }, need, element);
                if (source === undefined) return [];
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
    when: Repeated,
): Timer {
    const timer = renewal(construction, { scope, source, carriers: [of] }, when);
    construction.input(of, timer.node, ranOut);
    return timer;
}

/** What is got last is worth something for so long; how old it is already, nobody knows. */
export function renewal(
    construction: Construction,
    of: Pick<Timer, 'scope' | 'source' | 'carriers' | 'begins'>,
    { every, ttl }: Repeated,
): Timer {
    const clock = 'last-answer';
    const node = construction.builder.node({ kind: 'clock', clock, scope: of.scope });
    const rise = [Math.max(1, ttl - every), ttl] as const;
    return addTimer(construction, { ...of, clock, node, rise }, ranOut);
}

/**
 * Down once all of them are, for something, from where it stands; undefined where there is none of them even in health.
 *
 * @param standsShares whether it is enough that some of what it asks is answered
 */
function oneOf(
    { construction, required }: Asking,
    need: Pick<DeclaredNeed, 'anyOf'>,
    of: Element,
    { standsShares } = { standsShares: true },
): NodeIndex | undefined {
    const there = nodesRequired(construction, required, need, of.cluster);
    const nodes = there.map((each) => (standsShares ? each.lost : answeredInPart(construction, each, of.cluster)));
    if (nodes.length < 2) return nodes[0];
    const anyOf = namesOf(there.map(({ needed }) => needed));
    return eitherOf(construction, { of, anyOf }, nodes, noneAnswers);
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
        for (const { name } of holdersOf(graph, need)) needs.set(name, [...(needs.get(name) ?? []), need.anyOf]);
    }
    return needs;
}
