import { annotationsOf } from '../impact/annotations.js';
import { blastRadiusOf } from '../failure/blast-radius.js';
import { lossesOf } from '../impact/losses.js';
import { glance, marks, marksInWords } from '../impact/summary.js';
import { timelineEntries } from '../impact/timeline.js';
import { momentLabel, plain } from '../impact/wording.js';
import type { Estate } from '../language/estates.js';
import type { TsbtopoServices } from '../language/services.js';
import type { LineAnnotation, SimulationState, SimulationTime, SimulationView } from '../simulation/protocol.js';
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
    for (const { at, state, text, struck } of annotationsOf(outcome, simulation.at)) {
        const annotations = files.get(at.uri) ?? [];
        annotations.push({ range: at.range, state, text, struck: struck.map(({ range }) => range) });
        files.set(at.uri, annotations);
    }
    return {
        topology: topology.name,
        uri,
        failures,
        restarts: simulation.restarts.map(({ element, at }) => ({ element, at, label: momentLabel(at) })),
        failed: failures.map((name) => {
            const element = outcome.graph.elements.byName.get(name);
            return element ? { name, kind: element.kind, at: element.at } : { name };
        }),
        operations: outcome.operations,
        marks: marks(outcome.operations),
        marksInWords: marksInWords(outcome.operations),
        headline: glance(blastRadiusOf(outcome)),
        time: timeOf(simulation),
        losses: lossesOf(outcome),
        files: [...files].map(([file, annotations]) => ({ uri: file, version: versionOf(file), annotations })),
    };
}

function timeOf({ timeline, at, duration }: Simulation): SimulationTime {
    const events = timelineEntries(timeline).map((entry) => ({
        at: entry.at,
        label: momentLabel(entry.at),
        certain: entry.certain,
        text: plain(entry.sentences.join(' ')),
        marks: marks(entry.operations),
    }));
    const current = events.filter((event) => event.at <= at).length - 1;
    return {
        at,
        label: momentLabel(at),
        ...(duration !== undefined && { duration }),
        lasts: duration === undefined ? 'until repaired' : momentLabel(duration),
        events,
        current,
    };
}
