import { DocumentState, interruptAndCheck } from 'langium';
import type { CancellationToken, Connection } from 'vscode-languageserver';
import { plain } from '../encoding/markdown.js';
import { promisedOf } from '../estate/promised.js';
import { judgePromises } from '../estate/promises.js';
import { snapshotsOf, type Snapshot } from '../estate/snapshot.js';
import { recommendationsFor } from '../fixes/recommendations.js';
import { factsOf } from '../impact/facts.js';
import { gravityWords } from '../impact/gravity-words.js';
import { elementLabel } from '../impact/labels.js';
import { operationStories, severityPhrase } from '../impact/operations.js';
import { componentKinds } from '../knowledge/components.js';
import { problemSeverities } from '../knowledge/severities.js';
import type { TsbtopoServices } from '../language/services.js';
import { cellState, cellText, cellWord, rankOf, type Cell } from '../matrix/cell.js';
import { grouped, regionOf } from '../matrix/groups.js';
import { elementsIn, gravestFirst, matrixOf, type Matrix, type Weighed } from '../matrix/matrix.js';
import type { EstateArgument } from '../protocol/arguments.js';
import {
    matrixRequests,
    type MatrixArgument,
    type MatrixCellArgument,
    type MatrixLine,
    type MatrixLinesArgument,
    type MatrixOutline,
    type MatrixPromises,
    type MatrixQuery,
} from '../protocol/matrix.js';
import { reportPage } from '../report/page.js';
import { isListed } from '../impact/ranking.js';
import type { ElementName } from '../topology/element-name.js';
import type { Topology } from '../topology/topology.js';
import { answering } from './answers.js';
import { promisesBeside } from './matrix-promises.js';
import { weighingOf } from './weighing.js';

/** How many rows are judged before a cancellation is looked for. */
const pieceLength = 50;

/** So long failures are weighed before the first of them are shown, and then before it is told how far that is: milliseconds. */
const [firstWeighing, nextWeighing] = [100, 500];

/** So many orders of a matrix are kept: one for each thing that somebody has just tried. */
const mostOrders = 8;

/** So long promises are judged before somebody else has a turn, milliseconds. */
const piece = 10;

/** No page shows more at once. */
const mostLines = 500;

type Line = { readonly title: string; readonly count: number } | Weighed;

/** What is known of the matrix of a topology, as long as somebody holds the topology. */
interface Known {
    readonly matrix: Matrix;
    /** How many were weighed when rows were put in order. */
    weighed: number;
    rows: readonly Weighed[];
    readonly orders: Map<string, readonly Line[]>;
}

/** Answers what the page of a matrix asks. Rows are worked out when they come into sight. */
export class Matrices {
    private readonly known = new WeakMap<Topology, Known>();

    private edits = 0;

    constructor(private readonly services: TsbtopoServices) {
        services.shared.workspace.DocumentBuilder.onUpdate(() => void this.edits++);
    }

    async outline(argument: MatrixArgument, token: CancellationToken): Promise<MatrixOutline | null> {
        const estate = snapshotsOf(this.services).of(argument.uri);
        if (!estate) return null;
        const { matrix } = this.knownOf(estate);
        await this.weigh(estate, argument.query, token);
        const lines = await this.linesOf(estate, argument.query, token);
        const anchorAt = lines.findIndex((line) => 'element' in line && line.element.name === argument.anchor);
        return {
            topology: estate.topology.name,
            columns: matrix.columns.map(({ kind, title }) => ({ kind, title })),
            lines: lines.length,
            failures: lines.filter((line) => 'element' in line).length,
            inAll: elementsIn(estate, { declaredOnly: argument.query.declared }).length,
            toWeigh: weighingOf(estate).left,
            anchorAt: anchorAt < 0 ? null : anchorAt,
        };
    }

    async lines(argument: MatrixLinesArgument, token: CancellationToken): Promise<MatrixLine[]> {
        const estate = snapshotsOf(this.services).of(argument.uri);
        if (!estate) return [];
        const { matrix, weighed } = this.knownOf(estate);
        // an edit has made other rows since somebody asked what there is
        if (weighed === 0) await this.weigh(estate, argument.query, token);
        const lines = await this.linesOf(estate, argument.query, token);
        const from = Math.max(0, argument.from);
        return lines.slice(from, Math.min(argument.to, from + mostLines)).map((line): MatrixLine => {
            if (!('element' in line)) return { kind: 'group', ...line };
            const { element, gravity, headline, cells } = matrix.rowOf(line.element);
            return {
                kind: 'failure',
                name: element.name,
                label: elementLabel(element),
                title: componentKinds[element.kind].title,
                gravity,
                notices: gravityWords[gravity],
                headline,
                at: element.at,
                cells: cells.affected().flatMap(({ column, cell }) => {
                    const state = cellState(cell);
                    return state === undefined ? [] : [{ column, state, word: cellWord(cell) }];
                }),
            };
        });
    }

    /** What a hover says of one cell. */
    cell({ uri, element: name, column }: MatrixCellArgument): string | null {
        const estate = snapshotsOf(this.services).of(uri);
        const element = estate?.elements.byName.get(name as ElementName);
        const outcome = element && estate?.outcomeOf(element.name);
        if (!estate || !element || !outcome) return null;
        const { matrix } = this.knownOf(estate);
        const [about, cell] = [matrix.columns[column], matrix.cellOf(element, column)];
        if (!about || !cell) return null;
        if (about.kind !== 'operation') return `${about.title}: ${cellText(cell)}`;
        const { sentences } = operationStories(factsOf(outcome))[about.name];
        return plain(`${about.title}: ${severityPhrase(about.name, outcome)}. ${sentences.join(' ')}`);
    }

    /** What became of the promises beside it. */
    async promises({ uri }: EstateArgument, token: CancellationToken): Promise<MatrixPromises | null> {
        await this.judged(uri, token);
        const snapshot = snapshotsOf(this.services).of(uri);
        return snapshot ? promisesBeside(snapshot) : null;
    }

    /** The whole estate as a page of HTML. */
    async report({ uri }: EstateArgument, token: CancellationToken): Promise<string | null> {
        await this.judged(uri, token);
        const estate = snapshotsOf(this.services).of(uri);
        if (!estate) return null;
        const promised = promisedOf(estate);
        const problems = [...estate.gradedProblems()].sort(
            (a, b) => problemSeverities.indexOf(a.severity) - problemSeverities.indexOf(b.severity),
        );
        return reportPage({
            health: estate.outcomeOfAll([]),
            blasts: estate.blasts,
            view: estate.view,
            problems,
            promised,
            recommendations: await recommendationsFor(problems, estate.elements.size, this.services, token),
            isIncomplete: problems.some(({ severity, finding }) => severity === 'error' && !finding),
        });
    }

    /** Judges the promises of an estate, so that nobody else waits long for a turn. */
    private async judged(uri: string, token: CancellationToken): Promise<void> {
        for (;;) {
            // an edit may have come meanwhile
            const estate = this.services.workspace.Estates.of(uri);
            if (!estate || judgePromises(estate, this.services, piece) !== 'unfinished') return;
            await interruptAndCheck(token);
        }
    }

    private knownOf(estate: Snapshot): Known {
        const { topology } = estate;
        let known = this.known.get(topology);
        if (!known) {
            known = { matrix: matrixOf(estate.outcomeOfAll([])), weighed: 0, rows: [], orders: new Map() };
            this.known.set(topology, known);
        }
        return known;
    }

    private async linesOf(estate: Snapshot, query: MatrixQuery, token: CancellationToken): Promise<readonly Line[]> {
        const { orders } = this.knownOf(estate);
        const key = JSON.stringify([query.group, query.declared, query.filter, query.sort]);
        let lines = orders.get(key);
        if (!lines) {
            lines = await this.ordered(estate, query, token);
            const [oldest] = orders.keys();
            if (orders.size >= mostOrders) orders.delete(oldest!);
            orders.set(key, lines);
        }
        return lines;
    }

    private async ordered(estate: Snapshot, query: MatrixQuery, token: CancellationToken): Promise<Line[]> {
        const { group, declared, filter, sort } = query;
        const { elements } = estate;
        const wanted = filter.trim().toLowerCase();
        const rows = this.knownOf(estate).rows.filter(({ element }) => {
            if (declared && !isListed(element)) return false;
            if (wanted === '') return true;
            const { title } = componentKinds[element.kind];
            const said = [element.name, title, regionOf(element, elements) ?? '', element.cluster ?? ''];
            return said.some((text) => text.toLowerCase().includes(wanted));
        });
        const sorted = await this.sorted(estate, rows, sort, token);
        if (group === undefined) return sorted;
        return grouped(sorted, group, elements).flatMap(({ title, rows }): Line[] => [
            { title, count: rows.length },
            ...rows,
        ]);
    }

    private async sorted(
        estate: Snapshot,
        rows: readonly Weighed[],
        sort: MatrixQuery['sort'],
        token: CancellationToken,
    ): Promise<Weighed[]> {
        if (sort === 'gravity') return [...rows];
        if (sort === 'name') return [...rows].sort((a, b) => names.compare(a.element.name, b.element.name));
        const { matrix } = this.knownOf(estate);
        const column = matrix.columns[sort];
        if (column === undefined) return [...rows];
        const ranks = new Map<Weighed, number>();
        for (const row of rows) {
            if (ranks.size % pieceLength === 0) await interruptAndCheck(token);
            const { element, weight } = row;
            const cell: Cell | undefined =
                column.kind === 'operation'
                    ? { kind: 'operation', mark: weight.operations[column.name] }
                    : matrix.cellOf(element, sort);
            ranks.set(row, cell ? rankOf(cell) : Infinity);
        }
        // those that come to the same stay the gravest first
        return [...rows].sort((a, b) => ranks.get(a)! - ranks.get(b)!);
    }

    /** Weighs some more failures; an edit, which makes other rows, ends that soon. */
    private async weigh(estate: Snapshot, { sort }: MatrixQuery, token: CancellationToken): Promise<void> {
        const known = this.knownOf(estate);
        const weighing = weighingOf(estate);
        const { edits } = this;
        // an order by a column takes longer than weighing, so that it is not done again and again
        const enough = typeof sort === 'number' ? Infinity : weighing.weighed === 0 ? firstWeighing : nextWeighing;
        await weighing.goOn(token, enough, () => this.edits !== edits);
        if (weighing.weighed === known.weighed) return;
        known.weighed = weighing.weighed;
        known.rows = gravestFirst(weighing.known());
        known.orders.clear();
    }
}

/** `east2` stands before `east10`. */
const names = new Intl.Collator('en', { numeric: true });

/** Listens to what the page asks; the answers are about files that were read and checked. */
export function answerMatrices(connection: Connection, services: TsbtopoServices, matrices: Matrices): void {
    const answer = answering(connection, services, DocumentState.Validated);
    answer(matrixRequests.outline, (argument: MatrixArgument, token) => matrices.outline(argument, token));
    answer(matrixRequests.lines, (argument: MatrixLinesArgument, token) => matrices.lines(argument, token));
    answer(matrixRequests.cell, (argument: MatrixCellArgument) => matrices.cell(argument));
    answer(matrixRequests.promises, (argument: EstateArgument, token) => matrices.promises(argument, token));
    answer(matrixRequests.report, (argument: EstateArgument, token) => matrices.report(argument, token));
}
