import { instancesName, storeName } from '../topology/element-name.js';
import type { NodeIndex } from '../engine/index.js';
import type { Clock, ClockId, Range } from '../knowledge/clocks.js';
import type { FlowId } from '../knowledge/flows.js';
import type { Element } from '../topology/element.js';
import { carriesWorkloads } from '../topology/topology.js';
import { componentNode } from './components.js';
import { addDeclaredNeeds, addServiceNeeds } from './declared-needs.js';
import { addTimer } from './timers.js';
import { doingIt } from './flows.js';
import type { ClockNodes, Construction, FlowNodes } from './construction.js';
import { ruleReason } from './construction.js';
import type { Facet, Reason, Scope, Timer } from './graph.js';
import type { AddedTraffic } from './traffic.js';
import type { PathNodes, Traffic } from './traffic-graph.js';

const notRenewed = ruleReason('R7', 'it has not been renewed for as long as it lasts');
const filled = ruleReason('R4', 'what waits fills the buffer');
const forgotten = ruleReason('R7', 'nothing newer has arrived for as long as metrics are kept');
const signedByTheCa = ruleReason('R7', 'certificates that an expired CA has signed are worth nothing');
const nobodyRenews = ruleReason('R7', 'nobody renews it while it is out of reach');
const staysListed = ruleReason('R7', 'what is up stays among the endpoints, although nobody can talk to it');
const needsIstiod = ruleReason('R7', 'istiod signs the certificates of the machines, too');
const throughTheGateway = ruleReason('R7', 'machines reach istiod through their VM gateway');

/** R7: a node for each clock in each of its scopes. */
export function placeClocks({ topology, management, model, builder }: Construction): ClockNodes {
    const nodes = new Map<string, NodeIndex>();
    const place = (clock: ClockId, scope: Scope) =>
        nodes.set(keyOf(clock, scope), builder.node({ kind: 'clock', clock, scope }));
    if (model.rules.has('R7')) {
        for (const { name: cluster, edge } of topology.clusters.filter(carriesWorkloads)) {
            place('leaf-certificate', { cluster });
            if (!management) continue;
            place('agent-token', { cluster });
            place('metrics-retention', { cluster });
            if (edge.certificateAuthority.value === 'central') place('cluster-ca', { cluster });
            if ((edge.metricsBuffer.value ?? 0) > 0) place('metrics-buffer', { cluster });
        }
        if (management) place('tsb-certificates', {});
        if (management?.managementPlane.rootCa.life !== undefined) place('root-certificate', {});
        if (management?.managementPlane.identityProvider) place('user-session', {});
    }
    return { node: (clock, scope) => nodes.get(keyOf(clock, scope)) };
}

/** R7: what each clock is renewed by, and what fails when it has run out. */
export function connectClocks(
    construction: Construction,
    clocks: ClockNodes,
    flows: FlowNodes,
    traffic: AddedTraffic,
): Timer[] {
    const needs = addDeclaredNeeds(construction, flows, traffic.traffic.required);
    if (!construction.model.rules.has('R7')) return needs;
    const timers = connectWorldClocks(construction, clocks, flows);
    loseIdentity(construction, clocks);
    return [...timers, ...needs, ...connectMachineClocks(construction, flows, traffic, timers)];
}

/** The clocks of clusters, and of the estate. */
export function connectWorldClocks(construction: Construction, clocks: ClockNodes, flows: FlowNodes): Timer[] {
    const { topology, model, input } = construction;
    const timers: Timer[] = [];
    const carriersOf = carrierFinder(construction);
    const renewedBy = (clock: ClockId, scope: Scope, source: NodeIndex | undefined, life: Range, reason: Reason) => {
        const node = clocks.node(clock, scope);
        if (node === undefined || source === undefined) return;
        const carriers = carriersOf(clock, scope);
        timers.push(addTimer(construction, { clock, scope, source, node, carriers, rise: life }, reason));
    };
    const lifeOf = (clock: ClockId, life?: number): Range => rangeOf(model.clocks[clock], life);
    for (const { name, edge } of topology.clusters.filter(carriesWorkloads)) {
        const scope = { cluster: name };
        const flow = (id: FlowId) => flows.node(id, scope);
        const metrics = flows.limitedNode('application-metrics', scope);
        const leafLife = lifeOf('leaf-certificate', edge.leafCertificateTtl.value);
        renewedBy('agent-token', scope, flow('token-renewal'), lifeOf('agent-token', edge.tokenTtl.value), notRenewed);
        renewedBy('leaf-certificate', scope, flow('certificate-renewal'), leafLife, notRenewed);
        renewedBy('cluster-ca', scope, flow('control-stream'), lifeOf('cluster-ca'), notRenewed);
        renewedBy('metrics-buffer', scope, metrics, lifeOf('metrics-buffer', edge.metricsBuffer.value), filled);
        renewedBy('metrics-retention', scope, flow('application-metrics'), lifeOf('metrics-retention'), forgotten);
        const unbuffered = flow('application-metrics');
        const full = clocks.node('metrics-buffer', scope);
        if (unbuffered !== undefined) input(unbuffered, full, reasonOf('R4', model.clocks['metrics-buffer']));
    }
    for (const { name: cluster } of topology.clusters) {
        const leaf = clocks.node('leaf-certificate', { cluster });
        if (leaf !== undefined) input(leaf, clocks.node('cluster-ca', { cluster }), signedByTheCa);
    }
    const rootLife = construction.management?.managementPlane.rootCa.life ?? 0;
    const stored = construction.elementNode(storeName('root-ca'));
    const root = stored === undefined ? undefined : doingIt(construction, stored);
    // how much of its life is over when it goes out of reach, nobody knows
    renewedBy('root-certificate', {}, root, [1, rootLife], nobodyRenews);
    const ofRoot = clocks.node('root-certificate', {});
    const signed = [
        clocks.node('tsb-certificates', {}),
        ...topology.clusters.flatMap(({ name: cluster }) => [
            clocks.node('leaf-certificate', { cluster }),
            flows.node('control-stream', { cluster }),
        ]),
    ];
    for (const node of signed)
        if (node !== undefined) input(node, ofRoot, reasonOf('R7', model.clocks['root-certificate']));
    renewedBy(
        'tsb-certificates',
        {},
        flows.node('tsb-certificate-renewal', {}),
        lifeOf('tsb-certificates'),
        notRenewed,
    );
    renewedBy('user-session', {}, flows.node('logins', {}), lifeOf('user-session'), notRenewed);
    const door = componentNode(construction, 'front-envoy', undefined);
    if (door !== undefined)
        input(door, clocks.node('tsb-certificates', {}), reasonOf('R7', model.clocks['tsb-certificates']));
    return timers;
}

/**
 * The clocks of virtual machines, and what goes unnoticed when a certificate has run out.
 *
 * @param ofWorld the clocks of the clusters
 */
export function connectMachineClocks(
    construction: Construction,
    flows: FlowNodes,
    { traffic, ways, facets }: AddedTraffic,
    ofWorld: readonly Timer[],
): Timer[] {
    const timers: Timer[] = [];
    addMachineClocks(construction, timers, flows, facets);
    timers.push(...addServiceNeeds(construction, traffic.required));
    loseUnnoticed(construction, traffic, ways, [...ofWorld, ...timers]);
    return timers;
}

/** Without a valid certificate nobody talks to the gateways and instances of a cluster. */
export function loseIdentity({ elements, model, elementNode, input }: Construction, clocks: ClockNodes): void {
    const reason = reasonOf('R7', model.clocks['leaf-certificate']);
    for (const { name, kind, cluster } of elements.listed) {
        if (kind === 'gateway' || kind === 'instances')
            input(elementNode(name)!, clocks.node('leaf-certificate', { cluster }), reason);
    }
}

/** Instances whose certificate has run out are up, so that nobody withdraws them. */
function loseUnnoticed(
    { input }: Construction,
    { serving }: Traffic,
    ways: readonly PathNodes[],
    timers: readonly Timer[],
): void {
    const leafOf = new Map<string | undefined, NodeIndex>();
    const ofHomes = new Map<string, NodeIndex[]>();
    for (const { clock, scope, node } of timers) {
        if (clock === 'leaf-certificate') leafOf.set(scope.cluster, node);
        if (clock === 'machine-certificate' || (clock === 'last-answer' && scope.caller !== undefined)) {
            const name = instancesName(scope.caller!, scope.cluster!);
            ofHomes.set(name, [...(ofHomes.get(name) ?? []), node]);
        }
    }
    for (const { service, cluster, certificates } of [...serving.values()].flat()) {
        for (const clock of [leafOf.get(cluster), ...(ofHomes.get(instancesName(service, cluster)) ?? [])])
            if (clock !== undefined) (certificates as NodeIndex[]).push(clock);
    }
    for (const { homes, heedless } of ways.flatMap(({ tiers }) => tiers)) {
        if (!heedless) continue;
        for (const [place, { certificates }] of homes.entries())
            for (const clock of certificates) input(heedless.unnoticed + place, clock, staysListed);
    }
}

/** Machines renew their certificates through their VM gateway. */
function addMachineClocks(
    construction: Construction,
    timers: Timer[],
    flows: FlowNodes,
    trafficFacets: readonly Facet[],
): void {
    const { routes, model, builder, elementNode, input } = construction;
    const lifeIn = (cluster: string) => routes.cluster(cluster)?.edge?.leafCertificateTtl.value;
    for (const { flow, scope, lost } of trafficFacets) {
        const { cluster = '', caller = '' } = scope;
        const instances = elementNode(instancesName(caller, cluster));
        if (flow !== 'machine-configuration' || instances === undefined) continue;
        const source = builder.node({ kind: 'flow', flow: 'machine-certificate-renewal', scope });
        input(source, lost, throughTheGateway);
        input(source, flows.node('certificate-renewal', { cluster }), needsIstiod);
        const node = builder.node({ kind: 'clock', clock: 'machine-certificate', scope });
        const rise = rangeOf(model.clocks['machine-certificate'], lifeIn(cluster));
        const carriers = [instances];
        timers.push(
            addTimer(construction, { clock: 'machine-certificate', scope, source, node, carriers, rise }, notRenewed),
        );
        input(instances, node, reasonOf('R7', model.clocks['machine-certificate']));
    }
}

/** Finds what carries something in a scope: components of its cluster or of the management plane, or the store. */
function carrierFinder(construction: Construction): (clock: ClockId, scope: Scope) => NodeIndex[] {
    const { elements, elementNode, management, model } = construction;
    const store = management?.managementPlane.telemetryStore.kind;
    const proxies = new Map<string | undefined, Element[]>();
    for (const element of elements.listed) {
        if (element.kind !== 'gateway' && element.kind !== 'instances') continue;
        const inCluster = proxies.get(element.cluster);
        if (inCluster) inCluster.push(element);
        else proxies.set(element.cluster, [element]);
    }
    return (clock, { cluster }) =>
        model.clocks[clock].carriedBy.flatMap((carrier) => {
            if (carrier === 'telemetry-store') return (store && componentNode(construction, store, undefined)) ?? [];
            if (carrier !== 'gateway' && carrier !== 'instances')
                return componentNode(construction, carrier, cluster) ?? [];
            const carrying = (proxies.get(cluster) ?? []).filter(({ kind }) => kind === carrier);
            return carrying.map(({ name }) => elementNode(name)!);
        });
}

/** A third of 90 days is 30 days, whatever floating-point arithmetic makes of it. */
const rounding = 1e-6;

/** A life of which a part is over when the outage begins: nobody knows how much. Whole seconds. */
function rangeOf({ life: published, leastLeft }: Clock, life = published ?? 0): Range {
    return [Math.floor(life * leastLeft + rounding), life];
}

const reasons = new WeakMap<Clock, Reason>();

/** One reason a clock, so that the graph stores it once. */
function reasonOf(rule: 'R4' | 'R7', clock: Clock): Reason {
    const { because, source, confidence } = clock;
    const reason = reasons.get(clock) ?? { rule, because, source, confidence };
    reasons.set(clock, reason);
    return reason;
}

function keyOf(clock: ClockId, { cluster }: Scope): string {
    return `${clock}|${cluster ?? ''}`;
}
