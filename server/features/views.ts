import { DocumentState } from 'langium';
import type { CancellationToken, Connection } from 'vscode-languageserver';
import { snapshotsOf, type Snapshot } from '../estate/snapshot.js';
import { gravities } from '../failure/gravity.js';
import { elementLabel, partLabel } from '../impact/labels.js';
import { rank, type Ranking } from '../impact/ranking.js';
import { headline, marksInWords } from '../impact/summary.js';
import { problemSeverities } from '../knowledge/severities.js';
import { componentKinds } from '../knowledge/components.js';
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
import { answering } from './answers.js';
import { weighingOf } from './weighing.js';

/** What is known of the failures of a topology, as long as somebody holds the topology. */
interface Known {
    ranking?: Ranking;
}

/** Answers what views ask. A client that asks for nothing costs nothing. */
export class Views {
    private readonly known = new WeakMap<Topology, Known>();

    /** @param built is told of each estate whose failure graph has been built */
    constructor(
        private readonly services: TsbtopoServices,
        private readonly hover: Pick<TsbtopoHoverProvider, 'elementMarkdown'>,
        private readonly built: (estate: Snapshot) => void = () => undefined,
    ) {}

    topologies({ uri }: Partial<EstateArgument>): TopologySummary[] {
        const snapshots = snapshotsOf(this.services);
        const estates = uri === undefined ? snapshots.all() : [snapshots.of(uri) ?? []].flat();
        return estates.map((each): TopologySummary => {
            const findings = { error: 0, warning: 0, info: 0, hint: 0 };
            for (const { severity } of this.findingItems(each)) findings[severity]++;
            const { topology, elements } = each;
            this.built(each);
            return { topology: topology.name, uri: each.uri, elements: elements.size, findings };
        });
    }

    async failures({ uri }: EstateArgument, token: CancellationToken): Promise<FailureGroup[]> {
        const estate = snapshotsOf(this.services).of(uri);
        if (!estate) return [];
        const { groups } = await this.rankingOf(estate, token);
        return gravities.flatMap((gravity) => {
            const count = groups.get(gravity)?.length ?? 0;
            return count > 0 ? [{ gravity, count }] : [];
        });
    }

    async elements(argument: WeighedArgument, token: CancellationToken): Promise<WeighedElement[]> {
        const estate = snapshotsOf(this.services).of(argument.uri);
        if (!estate) return [];
        const { elements, blasts } = estate;
        const { groups, parts } = await this.rankingOf(estate, token);
        const whole = 'within' in argument ? elements.byName.get(argument.within as ElementName) : undefined;
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
        const element = snapshotsOf(this.services)
            .of(uri)
            ?.elements.byName.get(name as ElementName);
        return (element && this.hover.elementMarkdown(element, uri)) ?? null;
    }

    findings({ uri }: EstateArgument): FindingItem[] {
        const estate = snapshotsOf(this.services).of(uri);
        if (!estate) return [];
        const rank = ({ severity }: FindingItem) => problemSeverities.indexOf(severity);
        return this.findingItems(estate).sort((a, b) => rank(a) - rank(b) || comparePlaces(a.at, b.at));
    }

    private findingItems({ gradedProblems }: Snapshot): FindingItem[] {
        return gradedProblems().map(({ severity, message, code, at }) => ({ severity, message, code, at }));
    }

    private knownOf(topology: Topology): Known {
        let known = this.known.get(topology);
        if (!known) this.known.set(topology, (known = {}));
        return known;
    }

    private async rankingOf(estate: Snapshot, token: CancellationToken): Promise<Ranking> {
        const known = this.knownOf(estate.topology);
        if (known.ranking) return known.ranking;
        const weighing = weighingOf(estate);
        await weighing.goOn(token);
        const weighed = weighing.known().map(({ element, weight }) => ({ element, ...weight }));
        return (known.ranking = rank(weighed, estate.elements));
    }
}

/** Listens to what views ask; the answers are about files that were read and checked. */
export function answerViews(connection: Connection, services: TsbtopoServices, views: Views): void {
    const answer = answering(connection, services, DocumentState.Validated);
    answer(viewRequests.topologies, (argument: Partial<EstateArgument>) => views.topologies(argument));
    answer(viewRequests.failures, (argument: EstateArgument, token) => views.failures(argument, token));
    answer(viewRequests.elements, (argument: WeighedArgument, token) => views.elements(argument, token));
    answer(viewRequests.explanation, (argument: ElementArgument) => views.explanation(argument));
    answer(viewRequests.findings, (argument: EstateArgument) => views.findings(argument));
}

function comparePlaces(a: SourceLocation, b: SourceLocation): number {
    if (a.uri !== b.uri) return a.uri < b.uri ? -1 : 1;
    return a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character;
}
