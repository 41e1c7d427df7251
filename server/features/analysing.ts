import { DocumentState } from 'langium';
import type { Connection } from 'vscode-languageserver';
import { snapshotsOf, type Snapshot } from '../estate/snapshot.js';
import type { Finding } from '../findings/finding.js';
import type { TsbtopoServices } from '../language/services.js';
import { analysing, type Analysing } from '../protocol/analysing.js';
import type { Topology } from '../topology/topology.js';

/**
 * Tells the client when reading and checking begins and ends, and logs how long each step took, at the level of debugging.
 * The findings are computed here, so that they have a time of their own; whoever publishes them comes afterwards.
 *
 * @returns what to call when everything of a build has been published
 */
export function followAnalysis(connection: Connection, services: TsbtopoServices): () => void {
    const { DocumentBuilder, TextDocuments } = services.shared.workspace;
    const { InternalErrors } = services.workspace;
    let steps = new Steps();
    let estates: readonly Snapshot[] = [];
    const logged = new WeakSet<Finding>();
    const logFailures = ({ findings }: Snapshot) => {
        for (const finding of findings()) {
            const { error, at } = finding;
            if (error === undefined || logged.has(finding)) continue;
            logged.add(finding);
            InternalErrors.tell({ doing: 'looking for risks', uri: at.uri, error });
        }
    };
    const tell = (state: Analysing) => void connection.sendNotification(analysing, state);

    DocumentBuilder.onUpdate((changed, deleted) => {
        steps = new Steps(changed.length + deleted.length);
        tell({ kind: 'begin' });
    });
    DocumentBuilder.onBuildPhase(DocumentState.Parsed, () => steps.end('read'));
    DocumentBuilder.onBuildPhase(DocumentState.IndexedReferences, () => steps.end('link'));
    DocumentBuilder.onBuildPhase(DocumentState.Validated, () => {
        steps.end('check');
        estates = snapshotsOf(services).all();
        steps.end('topology');
        estates.forEach(logFailures);
        steps.end('findings');
    });
    return () => {
        tell({
            kind: 'end',
            milliseconds: steps.total,
            topologies: estates.length,
            versions: [...TextDocuments.all()].map(({ uri, version }) => ({ uri, version })),
        });
        connection.console.debug(steps.report);
    };
}

/** Logs each failure graph once, with the time that it took; it is built when somebody first asks what a failure does. */
export function graphLog(connection: Connection): (estate: Snapshot) => void {
    const logged = new WeakSet<Topology>();
    return ({ topology, graph }) => {
        if (logged.has(topology)) return;
        logged.add(topology);
        const { milliseconds } = graph;
        const nodes = graph.nodes.toLocaleString('en');
        connection.console.debug(`Failure graph of ${topology.name}: ${nodes} nodes in ${rounded(milliseconds)} ms.`);
    };
}

/** Where the time of one build goes. */
class Steps {
    private readonly start = performance.now();
    private last = this.start;
    private readonly times: string[] = [];

    constructor(private readonly changed = 0) {}

    /** Ends the present step. */
    end(name: string): void {
        const now = performance.now();
        this.times.push(`${name} ${rounded(now - this.last)}`);
        this.last = now;
    }

    get total(): number {
        return this.last - this.start;
    }

    get report(): string {
        const files = this.changed === 1 ? '1 changed file' : `${this.changed} changed files`;
        return `Analysed ${files} in ${rounded(this.total)} ms: ${this.times.join(', ')}.`;
    }
}

/** One digit below ten, none above. */
function rounded(milliseconds: number): string {
    return milliseconds < 10 ? milliseconds.toFixed(1) : String(Math.round(milliseconds));
}
