import type { Outcome } from '../failure/outcome.js';
import { compareWeights, type Weight } from '../failure/gravity.js';
import { sweepOf } from '../failure/sweep.js';
import { headline } from '../impact/summary.js';
import { isListed } from '../impact/ranking.js';
import { operations } from '../knowledge/operations.js';
import type { Element } from '../topology/element.js';
import type { Elements } from '../topology/elements.js';
import { cellsBeside, hostCell, serviceCell, type Cell, type Cells } from './cell.js';
import { columnsOf, type Column } from './columns.js';

/** The failure of one element, and what it does to each column. */
export interface MatrixRow extends Weight {
    readonly element: Element;
    /** Who notices what, in one line. Plain text. */
    readonly headline: string;
    readonly cells: Cells;
}

/** Every element that can fail, against everything by which a failure is judged. */
export interface Matrix {
    readonly columns: readonly Column[];
    /** Found when it is asked for, at the price of what the failure touches. */
    readonly rowOf: (element: Element) => MatrixRow;
    /** One cell of a row, found sooner than all of them. */
    readonly cellOf: (element: Element, column: number) => Cell | undefined;
}

/** The matrix of an estate. @param health the outcome of no failure */
export function matrixOf(health: Outcome): Matrix {
    const sweep = sweepOf(health.graph);
    const cellsOf = cellsBeside(health);
    const columns = columnsOf(health.graph, health);
    const { hosts } = health.graph.traffic;
    const rowOf = (element: Element): MatrixRow => {
        const fares = sweep.faresOf(element);
        const { gravity, operations, extent } = fares.radius;
        return {
            element,
            ...{ gravity, operations, extent },
            headline: headline(fares.radius),
            cells: cellsOf(fares),
        };
    };
    return {
        columns,
        rowOf,
        cellOf(element, place) {
            const column = columns[place];
            if (column?.kind === 'host') return hostCell(sweep.hostIn(element, hosts[place - operations.length]!));
            if (column?.kind === 'operation') return rowOf(element).cells.at(place);
            const service = column && sweep.serviceIn(element, column.name);
            return service && serviceCell(service);
        },
    };
}

/** An element with what its failure comes to, before anybody looks at its cells. */
export interface Weighed {
    readonly element: Element;
    readonly weight: Weight;
}

/** The elements of which there is a row: all that can fail, or what the Failures view lists without opening anything. */
export function elementsIn({ elements }: { readonly elements: Elements }, { declaredOnly = false } = {}): Element[] {
    return elements.all.filter((element) => !declaredOnly || isListed(element));
}

/** The gravest first; those that come to the same in the order of the files. */
export function gravestFirst(weighed: readonly Weighed[]): Weighed[] {
    return [...weighed].sort((a, b) => compareWeights(a.weight, b.weight));
}
