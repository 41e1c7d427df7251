import { URI } from 'langium';
import { analysisOf } from '../failure/analysis.js';
import type { Blasts } from '../failure/blast-radius.js';
import { simulate, type Outcome } from '../failure/outcome.js';
import type { Routes } from '../failure/routes.js';
import type { Scenario } from '../failure/scenario.js';
import { hasToStart } from '../failure/startup.js';
import type { Finding } from '../findings/finding.js';
import { findingsOf } from '../findings/findings.js';
import type { HostNodes } from '../failure/traffic-graph.js';
import { maintenanceOf, type Maintenance } from '../impact/maintenance.js';
import { scenarioView, type ScenarioLook, type ScenarioView } from '../impact/scenario.js';
import type { Estate } from '../language/naming/estates.js';
import type { TsbtopoServices } from '../language/services.js';
import type { Element } from '../topology/element.js';
import type { ElementName } from '../topology/element-name.js';
import { findElement, type Naming } from '../topology/element-names.js';
import type { Elements } from '../topology/elements.js';
import type { Topology } from '../topology/topology.js';
import { graphFor } from '../promises/judge.js';
import { waysOf, type ChosenScenario } from '../promises/scenarios.js';
import type { Promises } from '../topology/promises.js';
import { promiseStates, unjudgedPromises, type StatedPromise } from './promise-states.js';
import { judgePromises, promisesOf } from './promises.js';
import { applied, areDisjoint, byFile, type Change } from './change.js';
import { fileTextOf } from './file-text.js';
import { gradedProblemsIn, problemsOf, type Problem } from './problem.js';
import { Scratch } from './scratch.js';

/**
 * One estate as it stands now, and all that is asked of it: by the features of the editor, the command line and the fixes.
 * An edit makes another one. What is found out is kept with the topology, so a snapshot costs nothing to take.
 */
export interface Snapshot {
    /** The same from the first file of the estate to its last. */
    readonly key: string;
    /** Of its first file. */
    readonly uri: string;
    readonly topology: Topology;
    /** Everything that can fail. */
    readonly elements: Elements;
    /** The ways of requests in health, each with its conditions. */
    readonly routes: Routes;
    /** The hosts that are served in health. */
    readonly hosts: readonly HostNodes[];
    /** Who would notice the failure of an element: cheaper than a whole outcome. */
    readonly blasts: Blasts;
    /** How large the failure graph is, and how long it took to build it (milliseconds). */
    readonly graph: { readonly nodes: number; readonly milliseconds: number };
    /** What is wrong or risky in it as a whole. */
    findings(this: void): readonly Finding[];
    /** Everything to say of its files, each as grave as it is by itself. */
    problems(this: void): readonly Problem[];
    /** The same, as grave as its project takes it to be. */
    gradedProblems(this: void): readonly Problem[];
    /** The element that a person means. */
    named(this: void, text: string): Naming;
    /** What the failure of one element does at its beginning; undefined for what the estate does not have. */
    outcomeOf(this: void, element: ElementName): Outcome | undefined;
    /**
     * The same of any number of them, none included.
     *
     * @throws RangeError for an element that the estate does not have
     */
    outcomeOfAll(this: void, elements: readonly ElementName[]): Outcome;
    /** What a scenario does, looked at at a time. */
    view(this: void, scenario: Scenario, look?: ScenarioLook): ScenarioView;
    /** What becomes of its promises; all are judged for that. */
    promises(this: void): readonly StatedPromise[];
    /** The same, if that is found within so many milliseconds; else undefined, and whoever asks again goes on. */
    promisesWithin(this: void, milliseconds: number): readonly StatedPromise[] | undefined;
    /** The scenarios that its files declare, each with all ways in which it can go: one, unless it says `any`. */
    scenarios(this: void): readonly DeclaredWays[];
    /** What taking an element down would add. */
    maintenance(this: void, element: Element, running?: Maintenance['running']): Maintenance;
    /** Whether an element, or something that goes with it, has to start after it stopped. */
    hasToStart(this: void, element: Element): boolean;
    /** Whether an element stands by for another one, or that one may take its place again. */
    standsBy(this: void, element: Element): boolean;
    /**
     * What would be if its files were changed so; a file that is not there yet comes into being. Undefined where changes touch
     * each other, or another estate's files.
     *
     * @returns the estates that its files are then: one, unless nobody knows to which of several a file belongs
     */
    with(this: void, changes: readonly Change[]): Promise<readonly Snapshot[] | undefined>;
}

/** A scenario of a file. */
export interface DeclaredWays {
    readonly name: string;
    /** The first few. */
    readonly ways: readonly ChosenScenario[];
}

function scenariosOf(topology: Topology, promises: Promises): DeclaredWays[] {
    const graph = graphFor(topology, promises);
    return promises.scenarios.map((scenario) => {
        const ways = waysOf(graph, scenario);
        const few: ChosenScenario[] = [];
        for (let step = ways.next(); !step.done && few.length < 2; step = ways.next()) few.push(step.value);
        return { name: scenario.name, ways: few };
    });
}

/** The estates of a workspace as they stand now. */
export interface Snapshots {
    /** In the order of their first files. */
    all(this: void): readonly Snapshot[];
    /** That to which a file belongs; undefined for a file that the workspace does not know. */
    of(this: void, uri: string): Snapshot | undefined;
    /** One and all that is judged with it: every estate, where nobody knows to which of them its file belongs. */
    around(this: void, uri: string): readonly Snapshot[];
}

const known = new WeakMap<TsbtopoServices, Snapshots>();

/**
 * The estates of the workspace that some services read.
 *
 * @param scratch where changes are tried out, for whoever shares one; it takes long to make
 */
export function snapshotsOf(services: TsbtopoServices, scratch?: Scratch): Snapshots {
    const snapshots = known.get(services) ?? snapshotsIn(services, scratch ?? new Scratch());
    known.set(services, snapshots);
    return snapshots;
}

function snapshotsIn(services: TsbtopoServices, scratch: Scratch): Snapshots {
    const { Estates } = services.workspace;
    const taken = (estates: readonly Estate[]) =>
        estates.flatMap((estate) => snapshotOf(estate, services, scratch) ?? []);
    return {
        all: () => taken(Estates.all()),
        of: (uri) => taken([Estates.of(uri) ?? []].flat())[0],
        around: (uri) => taken(estatesAround(uri, services)),
    };
}

/** That of a file, or all, where nobody knows to which of them it belongs. */
function estatesAround(uri: string, { workspace: { Estates } }: TsbtopoServices): readonly Estate[] {
    const estate = Estates.of(uri);
    if (!estate) return [];
    return estate.undecidedBetween.length > 0 ? Estates.all() : [estate];
}

/** Undefined while an estate could not be put together once. */
function snapshotOf(estate: Estate, services: TsbtopoServices, scratch: Scratch): Snapshot | undefined {
    const uri = estate.documents[0]!.uri.toString();
    const topology = services.workspace.Topologies.of(uri);
    if (!topology) return undefined;
    let problems: readonly Problem[] | undefined;
    const analysis = () => analysisOf(topology);
    return {
        key: estate.key,
        uri,
        topology,
        get elements() {
            return analysis().graph.elements;
        },
        get routes() {
            return analysis().graph.traffic.routes;
        },
        get hosts() {
            return analysis().graph.traffic.hosts;
        },
        get blasts() {
            return analysis().blasts;
        },
        get graph() {
            const { graph, milliseconds } = analysis();
            return { nodes: graph.nodes.length, milliseconds };
        },
        findings: () => findingsOf(topology),
        problems: () => (problems ??= problemsOf(estate, services)),
        gradedProblems: () => estate.documents.flatMap((document) => gradedProblemsIn(document, services)),
        named: (text) => findElement(analysis().graph.elements, text),
        outcomeOf: (element) => analysisOf(topology, [element]).outcomeOf(element),
        outcomeOfAll: (elements) => simulate(analysisOf(topology, elements).graph, elements),
        view: (scenario, look) => scenarioView(topology, scenario, look),
        promises: () => promisesJudged(estate, services, Infinity)!,
        promisesWithin: (milliseconds) => promisesJudged(estate, services, milliseconds),
        scenarios: () => scenariosOf(topology, promisesOf(estate)),
        maintenance: (element, running) => maintenanceOf(analysisOf(topology, [element.name]).graph, element, running),
        hasToStart: (element) => hasToStart(analysis().graph, element),
        standsBy: ({ name }) =>
            analysis().graph.standIns.some(({ element, original }) => element.name === name || original.name === name),
        with: (changes) => changed(uri, changes, services, scratch),
    };
}

function promisesJudged(
    estate: Estate,
    services: TsbtopoServices,
    milliseconds: number,
): readonly StatedPromise[] | undefined {
    const judged = judgePromises(estate, services, milliseconds);
    if (judged === 'unfinished') return undefined;
    return judged ? promiseStates(judged, services.workspace.Today.day) : unjudgedPromises(promisesOf(estate));
}

async function changed(uri: string, changes: readonly Change[], services: TsbtopoServices, scratch: Scratch) {
    const documents = estatesAround(uri, services).flatMap((estate) => estate.documents);
    const files = new Map(documents.map((document) => [document.uri.toString(), fileTextOf(document).text]));
    for (const [file, ofFile] of byFile(changes)) {
        const isNew = !services.shared.workspace.LangiumDocuments.hasDocument(URI.parse(file));
        const text = files.get(file) ?? (isNew ? '' : undefined);
        if (text === undefined || !areDisjoint(ofFile)) return undefined;
        files.set(file, applied(text, ofFile));
    }
    const { workspaceFolders = [] } = services.shared.workspace.WorkspaceManager;
    return scratch.with(files, workspaceFolders, (services) => snapshotsOf(services, scratch).all().map(lasting));
}

/** With all that is read from its files, which the next trial changes. */
function lasting(snapshot: Snapshot): Snapshot {
    for (const problem of snapshot.problems()) void problem.identity;
    return snapshot;
}
