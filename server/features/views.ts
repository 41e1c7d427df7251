import { DocumentState, interruptAndCheck, isOperationCancelled } from 'langium';
import { LSPErrorCodes, ResponseError, type CancellationToken, type Connection } from 'vscode-languageserver';
import { analysisOf } from '../failure/analysis.js';
import { gravities } from '../failure/gravity.js';
import { elementLabel, partLabel } from '../impact/labels.js';
import { rank, type RankedElement, type Ranking } from '../impact/ranking.js';
import { headline, marksInWords } from '../impact/summary.js';
import { problemSeverities } from '../knowledge/severities.js';
import { gradedProblemsIn } from '../estate/problem.js';
import { componentKinds } from '../knowledge/components.js';
import type { Estate } from '../language/naming/estates.js';
import type { TsbtopoServices } from '../language/services.js';
import type { ElementArgument, EstateArgument } from '../protocol/arguments.js';
import {
    type FailureGroup,
    type FindingItem,
    type TopologySummary,
    viewRequests,
    type WeighedArgument,
    type WeighedElement,
} from '../protocol/views.js';
import type { SourceLocation, Topology } from '../topology/topology.js';
import type { ElementName } from '../topology/element-name.js';
import type { TsbtopoHoverProvider } from './hover.js';

/** How many elements are weighed before a cancellation is looked for. */
const pieceLength = 200;

/** What is known of the failures of a topology, as long as somebody holds the topology. */
interface Known {
    ranking?: Ranking;
}

/** Answers what views ask. A client that asks for nothing costs nothing. */
export class Views {
    private readonly known = new WeakMap<Topology, Known>();

    /** @param built is told of each topology whose failure graph has been built */
    constructor(
        private readonly services: TsbtopoServices,
        private readonly hover: Pick<TsbtopoHoverProvider, 'elementMarkdown'>,
        private readonly built: (topology: Topology) => void = () => undefined,
    ) {}

    topologies({ uri }: Partial<EstateArgument>): TopologySummary[] {
        const { Estates } = this.services.workspace;
        const estate = uri === undefined ? undefined : Estates.of(uri);
        const estates = uri === undefined ? Estates.all() : estate ? [estate] : [];
        return estates.flatMap((each): TopologySummary[] => {
            const topology = this.topologyOf(each);
            if (!topology) return [];
            const findings = { error: 0, warning: 0, info: 0, hint: 0 };
            for (const { severity } of this.findingItems(each)) findings[severity]++;
            const elements = analysisOf(topology).graph.elements.size;
            this.built(topology);
            return [{ topology: topology.name, uri: addressOf(each), elements, findings }];
        });
    }

    async failures({ uri }: EstateArgument, token: CancellationToken): Promise<FailureGroup[]> {
        const topology = this.services.workspace.Topologies.of(uri);
        if (!topology) return [];
        const { groups } = await this.rankingOf(topology, token);
        return gravities.flatMap((gravity) => {
            const count = groups.get(gravity)?.length ?? 0;
            return count > 0 ? [{ gravity, count }] : [];
        });
    }

    async elements(argument: WeighedArgument, token: CancellationToken): Promise<WeighedElement[]> {
        const topology = this.services.workspace.Topologies.of(argument.uri);
        if (!topology) return [];
        const { graph, blasts } = analysisOf(topology);
        const { groups, parts } = await this.rankingOf(topology, token);
        const whole = 'within' in argument ? graph.elements.byName.get(argument.within as ElementName) : undefined;
        const asked =
            'gravity' in argument ? groups.get(argument.gravity) : whole === undefined ? [] : parts.get(whole.name);
        return (asked ?? []).map(({ element, gravity, operations }) => ({
            name: element.name,
            label: whole ? partLabel(element, whole) : elementLabel(element),
            kind: element.kind,
            title: componentKinds[element.kind].title,
            gravity,
            marksInWords: marksInWords(operations),
            headline: headline(blasts.blastRadiusOf(element.name)),
            at: element.at,
            hasParts: parts.has(element.name),
        }));
    }

    explanation({ uri, element: name }: ElementArgument): string | null {
        const topology = this.services.workspace.Topologies.of(uri);
        const element = topology && analysisOf(topology).graph.elements.byName.get(name as ElementName);
        return (element && this.hover.elementMarkdown(element, uri)) ?? null;
    }

    findings({ uri }: EstateArgument): FindingItem[] {
        const estate = this.services.workspace.Estates.of(uri);
        const topology = estate && this.topologyOf(estate);
        if (!topology) return [];
        const rank = ({ severity }: FindingItem) => problemSeverities.indexOf(severity);
        return this.findingItems(estate).sort((a, b) => rank(a) - rank(b) || comparePlaces(a.at, b.at));
    }

    private findingItems({ documents }: Estate): FindingItem[] {
        return documents.flatMap((document) =>
            gradedProblemsIn(document, this.services).map(({ severity, message, code, at }): FindingItem => ({
                ...{ severity, message, code, at },
            })),
        );
    }

    private topologyOf(estate: Estate): Topology | undefined {
        return this.services.workspace.Topologies.of(addressOf(estate));
    }

    private knownOf(topology: Topology): Known {
        let known = this.known.get(topology);
        if (!known) this.known.set(topology, (known = {}));
        return known;
    }

    private async rankingOf(topology: Topology, token: CancellationToken): Promise<Ranking> {
        const known = this.knownOf(topology);
        if (known.ranking) return known.ranking;
        const { graph, blasts } = analysisOf(topology);
        const weighed: RankedElement[] = [];
        for (const element of graph.elements.all) {
            if (weighed.length % pieceLength === 0) await interruptAndCheck(token);
            weighed.push({ element, ...blasts.weightOf(element.name) });
        }
        return (known.ranking = rank(weighed, graph.elements));
    }
}

/** Listens to what views ask; the answers are about files that were read and checked. */
export function answerViews(connection: Connection, services: TsbtopoServices, views: Views): void {
    const { DocumentBuilder } = services.shared.workspace;
    const answer = <A, R>(request: string, of: (argument: A, token: CancellationToken) => R | Promise<R>) =>
        connection.onRequest(request, async (argument: unknown, token: CancellationToken) => {
            try {
                await DocumentBuilder.waitUntil(DocumentState.Validated, undefined, token);
                return await of((argument ?? {}) as A, token);
            } catch (error) {
                if (isOperationCancelled(error)) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
                throw error;
            }
        });
    answer(viewRequests.topologies, (argument: Partial<EstateArgument>) => views.topologies(argument));
    answer(viewRequests.failures, (argument: EstateArgument, token) => views.failures(argument, token));
    answer(viewRequests.elements, (argument: WeighedArgument, token) => views.elements(argument, token));
    answer(viewRequests.explanation, (argument: ElementArgument) => views.explanation(argument));
    answer(viewRequests.findings, (argument: EstateArgument) => views.findings(argument));
}

function addressOf({ documents }: Estate): string {
    return documents[0]!.uri.toString();
}

function comparePlaces(a: SourceLocation, b: SourceLocation): number {
    if (a.uri !== b.uri) return a.uri < b.uri ? -1 : 1;
    return a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character;
}
