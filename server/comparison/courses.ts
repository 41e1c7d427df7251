import { createPropagation, propagate, type NodeIndex, type Propagation } from '../engine/index.js';
import { analysisOf } from '../failure/analysis.js';
import type { ClusterNodes, Facet, FailureGraph } from '../failure/graph.js';
import { estateSeverities } from '../failure/outcome.js';
import { times } from '../failure/run.js';
import { failuresFor } from '../failure/timeline.js';
import { touchedFacets } from '../failure/touched.js';
import { gravityOfHost, gravityOfService, trafficOutcome } from '../failure/traffic-outcome.js';
import type { HostNodes } from '../failure/traffic-graph.js';
import { usersOf, type Users } from '../failure/users.js';
import type { FlowId } from '../knowledge/flows.js';
import { operations } from '../knowledge/operations.js';
import { clusterName, type ElementName } from '../topology/element-name.js';
import type { Topology } from '../topology/topology.js';
import type { OwnGraph } from './own-graph.js';
import { compareFares, healthy, keyOf, type Course, type Fare, type Subject, type UserState } from './standing.js';

/** Of whom something is told. */
export type Among = (this: void, subject: Subject) => boolean;

/** Every single failure of an estate, one by one. Each costs no more than what it touches. */
export interface Courses {
    readonly graph: FailureGraph;
    /** Whether the estate has it, in health. */
    has(this: void, subject: string): boolean;
    /** @param own where alone somebody may fare otherwise than in another estate; undefined: everywhere */
    within(this: void, own?: OwnGraph): CoursesWithin;
}

/** The same, in what has to be looked at. */
export interface CoursesWithin {
    /**
     * How everything but operations fares that is not as in health, from the beginning of a failure on; at each time as bad as
     * it can be.
     *
     * @param among nothing is told of other subjects
     */
    courseOf(this: void, element: ElementName, among: Among): Course;
    /** The same of operations, of which a mark tells of all that an estate has. */
    operationsOf(this: void, element: ElementName): Course;
}

/** How users fare is asked of hosts and services themselves. */
const judgedByUsers: ReadonlySet<FlowId> = new Set(['host-reachable', 'call-reachable']);

/** @param asked links that are to be elements, although they may not be listed */
export function coursesIn(topology: Topology, asked: readonly ElementName[] = []): Courses {
    return coursesOf(analysisOf(topology, asked).graph);
}

/** @param graph of the whole estate, or of some of its parts */
export function coursesOf(graph: FailureGraph): Courses {
    let subjects: ReadonlySet<string> | undefined;
    return {
        graph,
        has: (subject) => (subjects ??= subjectsOf(graph)).has(subject),
        within: (own) => coursesWithin(graph, own),
    };
}

function coursesWithin(whole: FailureGraph, own: OwnGraph | undefined): CoursesWithin {
    const graph = own?.graph ?? whole;
    const scratch = scratches();
    const faresIn = faresOf(graph);
    return {
        courseOf: (element, among) =>
            courseIn(graph, element, scratch(graph), (propagation) => faresIn(propagation, among)),
        operationsOf: (element) => (own ? marksWithin(own, element, scratch) : marksOf(graph, element, scratch)),
    };
}

/** Room for the failures of a graph. */
type Scratches = (graph: FailureGraph) => Propagation;

function scratches(): Scratches {
    const known = new WeakMap<FailureGraph, Propagation>();
    return (graph) => {
        let scratch = known.get(graph);
        if (!scratch) known.set(graph, (scratch = createPropagation(graph)));
        return scratch;
    };
}

function marksOf(graph: FailureGraph, element: ElementName, scratch: Scratches): Course {
    return courseIn(graph, element, scratch(graph), (propagation) => marksIn(graph, propagation));
}

/** Those of the whole estate, found in as little of it as tells them. */
function marksWithin(own: OwnGraph, element: ElementName, scratch: Scratches): Course {
    const { graph } = own;
    const failed = new Set<NodeIndex>();
    let areDecided = true;
    const course = courseIn(graph, element, scratch(graph), (propagation) => {
        areDecided &&= own.areMarksDecided(propagation.down);
        for (const node of propagation.order) failed.add(node);
        return marksIn(graph, propagation);
    });
    return areDecided ? course : marksWithin(own.withMore(failed), element, scratch);
}

/** How subjects fare with one failure from one time to the next, as somebody tells it. */
function courseIn(
    graph: FailureGraph,
    element: ElementName,
    scratch: Propagation,
    faresIn: (propagation: Propagation) => ReadonlyMap<string, Faring>,
): Course {
    const course = new Map<string, { of: Subject; course: { at: number; fare: Fare }[] }>();
    const add = (at: number, propagation: Propagation) => {
        const now = faresIn(propagation);
        for (const [key, { of, fare }] of now) {
            const known = course.get(key);
            if (!known) course.set(key, { of, course: [...fineAtFirst(at, of), { at, fare }] });
            else if (compareFares(known.course.at(-1)!.fare, fare) !== 0) known.course.push({ at, fare });
        }
        for (const [key, known] of course) {
            const fine = healthy(known.of.kind);
            if (!now.has(key) && compareFares(known.course.at(-1)!.fare, fine) !== 0)
                known.course.push({ at, fare: fine });
        }
    };
    const first = propagate(graph, [graph.nodeOfElement.get(element)!], scratch);
    // nothing else happens later than at the beginning
    if (!first.order.some(isRenewedBy(graph))) add(0, first);
    else
        for (const { at, propagation } of times(graph, failuresFor([element]), 'earliest', scratch))
            add(at, propagation);
    return course;
}

const renewing = new WeakMap<FailureGraph['timers'], ReadonlySet<NodeIndex>>();

/** Whether a clock is renewed by a node. */
function isRenewedBy({ timers }: FailureGraph): (node: NodeIndex) => boolean {
    let sources = renewing.get(timers);
    if (!sources) renewing.set(timers, (sources = new Set(timers.map(({ source }) => source))));
    return (node) => sources.has(node);
}

function fineAtFirst(at: number, { kind }: Subject) {
    return at === 0 ? [] : [{ at: 0, fare: healthy(kind) }];
}

interface Faring {
    readonly of: Subject;
    readonly fare: Fare;
}

/** Everything that is not as in health, of what a failure has touched. */
function faresOf(graph: FailureGraph): (propagation: Propagation, among: Among) => Map<string, Faring> {
    const peopleFor = peopleIn(graph);
    const { clusters, nodeOfElement } = graph;
    const configured = new Map<NodeIndex, ClusterNodes[]>();
    for (const cluster of clusters) {
        for (const node of [cluster.write, cluster.delivery]) {
            if (node === undefined) continue;
            const known = configured.get(node);
            if (known) known.push(cluster);
            else configured.set(node, [cluster]);
        }
    }
    return (propagation, among) => {
        const { order, down } = propagation;
        const fares = new Map<string, Faring>();
        const add = (of: Subject, fare: Fare) => {
            if (compareFares(fare, healthy(fare.kind)) !== 0) fares.set(keyOf(of), { of, fare });
        };
        const people = peopleFor(propagation, among);
        const traffic = trafficOutcome(graph.traffic, (node) => down[node] === 1);
        for (const nodes of people.hosts) {
            const of = subjectOfHost(nodes);
            if (!among(of)) continue;
            const host = traffic.host(nodes);
            const gravity = gravityOfHost(host);
            const is = gravity === 'failover' ? 'failover' : userState(gravity);
            const known = fares.get(keyOf(of))?.fare;
            const fare: Fare = { kind: 'host', is, gap: host.gapSeconds, lostShare: host.lostShare };
            if (!known || compareFares(fare, known) > 0) add(of, fare);
        }
        for (const name of people.services) {
            const of: Subject = { kind: 'service', service: name };
            const service = among(of) ? traffic.serviceFare(name) : undefined;
            if (!service) continue;
            const gravity = gravityOfService(service);
            add(of, { kind: 'service', is: gravity === 'spare' ? 'spare' : userState(gravity) });
        }
        for (const cluster of order.flatMap((node) => configured.get(node) ?? [])) {
            if (down[nodeOfElement.get(clusterName(cluster.name))!]) continue;
            const of: Subject = { kind: 'configuration', cluster: cluster.name };
            if (!among(of)) continue;
            const isFrozen = cluster.write !== undefined && down[cluster.write] === 1;
            add(of, { kind: 'configuration', is: isFrozen ? 'frozen' : 'queued' });
        }
        for (const facet of people.facets) {
            const of = subjectOfFacet(facet);
            if (!isJudged(facet) || !among(of)) continue;
            const is = down[facet.lost]
                ? 'lost'
                : facet.limited !== undefined && down[facet.limited]
                  ? 'limited'
                  : 'whole';
            add(of, { kind: 'facet', is });
        }
        return fares;
    };
}

/** The operations that are not as in health. */
function marksIn(graph: FailureGraph, propagation: Propagation): Map<string, Faring> {
    const severity = estateSeverities(graph, propagation);
    return new Map(
        operations.flatMap((operation): [string, Faring][] => {
            const of: Subject = { kind: 'operation', operation };
            const is = severity[operation];
            return is === 'unaffected' ? [] : [[keyOf(of), { of, fare: { kind: 'operation', is } }]];
        }),
    );
}

interface People extends Users {
    readonly facets: readonly Facet[];
}

/** Who may fare otherwise with a failure: whom it touches, or those of whom something is told, if these are fewer. */
function peopleIn(graph: FailureGraph): (propagation: Propagation, among: Among) => People {
    const touchedUsers = usersOf(graph);
    const known = new Map<Among, People>();
    const told = (among: Among): People => ({
        hosts: graph.traffic.hosts.filter((host) => among(subjectOfHost(host))),
        services: [...graph.traffic.serving.keys()].filter((service) => among({ kind: 'service', service })),
        facets: graph.facets.filter((facet) => among(subjectOfFacet(facet))),
    });
    return (propagation, among) => {
        let few = known.get(among);
        if (!few) known.set(among, (few = told(among)));
        if (few.hosts.length + few.services.length + few.facets.length < propagation.order.length) return few;
        return { ...touchedUsers(propagation), facets: touchedFacets(graph, propagation) };
    };
}

function subjectOfHost({ exposure, service }: HostNodes): Extract<Subject, { readonly kind: 'host' }> {
    return { kind: 'host', host: exposure.host, service };
}

function subjectOfFacet({ flow, scope }: Facet): Subject {
    return { kind: 'facet', flow, scope };
}

/** Neither what is told of hosts and services, nor what only adds a sentence. */
function isJudged({ flow, rank, scope }: Facet): boolean {
    return rank !== 'note' && !judgedByUsers.has(flow) && !(flow === 'instances-serve' && scope.service !== undefined);
}

function userState(gravity: string): UserState {
    return gravity === 'down' || gravity === 'degraded' ? gravity : 'served';
}

function subjectsOf(graph: FailureGraph): Set<string> {
    const { hosts, serving } = graph.traffic;
    return new Set([
        ...hosts.map((host) => keyOf(subjectOfHost(host))),
        ...[...serving].filter(([, homes]) => homes.length > 0).map(([service]) => keyOf({ kind: 'service', service })),
        ...operations.map((operation) => keyOf({ kind: 'operation', operation })),
        ...graph.clusters.map(({ name }) => keyOf({ kind: 'configuration', cluster: name })),
        ...graph.facets.filter(isJudged).map((facet) => keyOf(subjectOfFacet(facet))),
    ]);
}
