import type { Outcome } from '../failure/outcome.js';
import type { SourceLocation } from '../topology/topology.js';
import { componentKinds } from '../knowledge/components.js';
import { regionOf, type Group } from './groups.js';
import type { Column } from './columns.js';
import { matrixOf, type MatrixRow } from './matrix.js';
import type { Promised } from './promises.js';

/** A matrix on paper: groups of rows, each row found when it is written. */
export interface MatrixTable {
    readonly topology: string;
    readonly columns: readonly Column[];
    /** One without a title where nobody asked for groups. */
    readonly groups: readonly { readonly title?: string; readonly rows: Iterable<TableRow> }[];
    /** How many rows there are, and how many there could be. */
    readonly shown: number;
    readonly inAll: number;
    readonly promised: Promised;
}

/** A row with what else a table tells of it. */
export interface TableRow extends MatrixRow {
    readonly title: string;
    readonly region?: string;
    readonly at: SourceLocation;
    /** Seconds at the earliest; undefined where it gets no worse. */
    readonly worseFrom?: number;
}

/** What a table has of each row beside the cells: where it is worked out, and only while the row is written. */
export type WorseFrom = (row: MatrixRow) => number | undefined;

/** A table of groups of rows that are already in order. */
export function tableOf(
    health: Outcome,
    groups: readonly (Omit<Group, 'title'> & { readonly title?: string })[],
    inAll: number,
    { worseFrom, promised }: { readonly worseFrom: WorseFrom; readonly promised: Promised },
): MatrixTable {
    const { elements, topology } = health.graph;
    const { columns, rowOf } = matrixOf(health);
    return {
        topology: topology.name,
        columns,
        groups: groups.map(({ title, rows }) => ({
            ...(title !== undefined && { title }),
            rows: {
                *[Symbol.iterator]() {
                    for (const { element } of rows) {
                        const row = rowOf(element);
                        const region = regionOf(element, elements);
                        const worse = worseFrom(row);
                        yield {
                            ...row,
                            title: componentKinds[element.kind].title,
                            at: element.at,
                            ...(region !== undefined && { region }),
                            ...(worse !== undefined && { worseFrom: worse }),
                        };
                    }
                },
            },
        })),
        shown: groups.reduce((sum, { rows }) => sum + rows.length, 0),
        inAll,
        promised,
    };
}
