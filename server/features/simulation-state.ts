import { blastRadiusOf } from '../failure/blast-radius.js';
import type { Step } from '../failure/run.js';
import { pointAt } from '../failure/timeline.js';
import { annotationsOf, type Annotation } from '../impact/annotations.js';
import { lossesOf } from '../impact/losses.js';
import { glance, hurtInWords, marks, marksInWords, shortGlance } from '../impact/summary.js';
import { timelineEntries } from '../impact/timeline.js';
import { plain } from '../encoding/markdown.js';
import { momentLabel } from '../words/times.js';
import type { Estate } from '../language/naming/estates.js';
import type { TsbtopoServices } from '../language/services.js';
import type {
    LineAnnotation,
    SimulationState,
    SimulationStep,
    SimulationTime,
    SimulationView,
} from '../protocol/simulation-state.js';
import type { SourceLocation } from '../topology/topology.js';
import type { Simulation, Simulations } from '../simulation/simulations.js';

/** All running scenarios as the client shows them, computed from the files as they are now. */
export function simulationState(services: TsbtopoServices, simulations: Simulations): SimulationState {
    const { Estates, InternalErrors } = services.workspace;
    const last = lastViews.get(simulations) ?? new Map<string, SimulationView>();
    const views = Estates.all().flatMap((estate) => {
        const uri = estate.documents[0]!.uri.toString();
        const view = () => viewOf(estate, uri, services, simulations);
        const shown = InternalErrors.guard('simulating', uri, view, () => last.get(estate.key));
        return shown ? [[estate.key, shown] as const] : [];
    });
    lastViews.set(simulations, new Map(views));
    return { simulations: views.map(([, view]) => view) };
}

/** What was shown last, by estate: where simulating fails, it stands. */
const lastViews = new WeakMap<Simulations, ReadonlyMap<string, SimulationView>>();

function viewOf(
    estate: Estate,
    uri: string,
    services: TsbtopoServices,
    simulations: Simulations,
): SimulationView | undefined {
    const versionOf = (uri: string) => services.shared.workspace.TextDocuments.get(uri)?.version;
    const topology = services.workspace.Topologies.of(uri);
    const simulation = topology && simulations.simulationOf(estate.key, topology);
    if (!simulation) return undefined;
    const { outcome, failures } = simulation;
    const files = new Map<string, LineAnnotation[]>();
    const annotations = annotationsOf(outcome, simulation.at);
    const step = stepOf(simulation, annotations);
    for (const annotation of annotations) {
        const { at, state, text, struck } = annotation;
        const inFile = files.get(at.uri) ?? [];
        inFile.push({
            ...{ range: at.range, state, text, struck: struck.map(({ range }) => range) },
            ...(step?.changed.includes(at) && { changed: true }),
        });
        files.set(at.uri, inFile);
    }
    const withLabel = ({ element, at }: Step) => ({ element, at, label: momentLabel(at, simulation.began) });
    return {
        topology: topology.name,
        uri,
        failures,
        ...(simulation.steps && { steps: simulation.steps }),
        restarts: simulation.restarts.map(withLabel),
        promotions: simulation.promotions.map(withLabel),
        failed: failures.map((name) => {
            const element = outcome.graph.elements.byName.get(name);
            return element ? { name, kind: element.kind, at: element.at } : { name };
        }),
        operations: outcome.operations,
        marks: marks(outcome.operations),
        marksInWords: marksInWords(outcome.operations),
        headline: glance(blastRadiusOf(outcome)),
        inBrief: shortGlance(blastRadiusOf(outcome), 1),
        time: { ...timeOf(simulation), ...(step && { step }) },
        losses: lossesOf(outcome),
        files: [...files].map(([file, annotations]) => ({ uri: file, version: versionOf(file), annotations })),
    };
}

function timeOf({ timeline, at, duration, began }: Simulation): SimulationTime {
    const events = timelineEntries(timeline).map((entry) => ({
        at: entry.at,
        label: momentLabel(entry.at, began),
        certain: entry.certain,
        text: plain(entry.sentences.join(' ')),
        hurt: hurtInWords(entry.operations),
    }));
    const current = events.filter((event) => event.at <= at).length - 1;
    return {
        at,
        label: momentLabel(at, began),
        ...(began !== undefined && { began }),
        ...(duration !== undefined && { duration }),
        lasts: duration === undefined ? 'until repaired' : momentLabel(duration),
        events,
        current,
    };
}

/** What the last step in time has changed, if a step was the last thing that happened. */
function stepOf(simulation: Simulation, now: readonly Annotation[]): SimulationStep | undefined {
    const { timeline, at, cameFrom } = simulation;
    if (cameFrom === undefined) return undefined;
    // both told as of now: for how long something has been down is no change
    const before = annotationsOf(pointAt(timeline, cameFrom).outcome, at);
    const says = new Map(before.map((annotation) => [lineOf(annotation), annotation]));
    const left = new Map(says);
    for (const annotation of now) left.delete(lineOf(annotation));
    const changed = now.filter((annotation) => {
        const then = says.get(lineOf(annotation));
        return then?.state !== annotation.state || then.text !== annotation.text;
    });
    return { from: cameFrom, changed: [...changed, ...left.values()].map(({ at }) => at).sort(comparePlaces) };
}

function lineOf({ at }: Annotation): string {
    return `${at.uri}#${at.range.start.line}`;
}

function comparePlaces(a: SourceLocation, b: SourceLocation): number {
    if (a.uri !== b.uri) return a.uri < b.uri ? -1 : 1;
    return a.range.start.line - b.range.start.line;
}
