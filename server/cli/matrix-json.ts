import { json } from '../encoding/json.js';
import type { Gravity } from '../failure/gravity.js';
import type { Operation, Severity } from '../knowledge/operations.js';
import { cellText, type Cell } from '../matrix/cell.js';
import type { Column } from '../matrix/columns.js';
import type { PromiseLine } from '../matrix/promises.js';
import type { MatrixTable, TableRow } from '../matrix/table.js';
import type { FileError } from './file-errors.js';

/** Changes with any change of the shape of `matrix --format json`; see docs/json.md. */
export const matrixSchemaVersion = 1;

/** A user of the estate to which a failure does something. */
interface UserReport {
    readonly name: string;
    readonly gravity: Gravity;
    readonly text: string;
}

/** One failure. Documented field by field in docs/json.md. */
interface RowReport {
    readonly element: string;
    readonly kind: string;
    readonly group: string | null;
    readonly region: string | null;
    readonly cluster: string | null;
    readonly file: string;
    readonly line: number;
    readonly gravity: Gravity;
    readonly headline: string;
    readonly worseFrom: number | null;
    readonly operations: Readonly<Record<Operation, Severity>>;
    readonly hosts: readonly (UserReport & { readonly service: string })[];
    readonly services: readonly UserReport[];
}

/** A matrix for machines: columns, then rows, each with those of the columns to which something happens. */
export function matrixJson(
    { topology, columns, groups, inAll, promised }: MatrixTable,
    fileOf: (uri: string) => string,
    errors: readonly FileError[],
): string {
    const ofKind = <K extends Column['kind']>(kind: K) =>
        columns.filter((column): column is Extract<Column, { kind: K }> => column.kind === kind);
    return json({
        schemaVersion: matrixSchemaVersion,
        topology,
        hosts: ofKind('host').map(({ name, service }) => ({ name, service })),
        services: ofKind('service').map(({ name }) => name),
        inAll,
        failures: groups.flatMap(({ title, rows }) => [...rows].map((row) => reportOf(row, title, fileOf))),
        promises: promised.lines.map((line) => promiseOf(line, fileOf)),
        acceptedRisks: promised.acceptedRisks,
        errors,
    });
}

function promiseOf({ kind, label, state, at, reasons, counterexample }: PromiseLine, fileOf: (uri: string) => string) {
    return {
        kind,
        name: label,
        state,
        file: fileOf(at.uri),
        line: at.range.start.line + 1,
        reasons,
        counterexample: counterexample ?? null,
    };
}

function reportOf(row: TableRow, group: string | undefined, fileOf: (uri: string) => string): RowReport {
    const { element, region, at, gravity, headline, worseFrom, operations, cells } = row;
    const touched = cells.affected().map(({ cell }) => cell);
    const user = (cell: Exclude<Cell, { kind: 'operation' }>) => ({ gravity: cell.mark, text: cellText(cell) });
    return {
        element: element.name,
        kind: element.kind,
        group: group ?? null,
        region: region ?? null,
        cluster: element.cluster ?? null,
        file: fileOf(at.uri),
        line: at.range.start.line + 1,
        gravity,
        headline,
        worseFrom: worseFrom ?? null,
        operations,
        hosts: touched.flatMap((cell) =>
            cell.kind === 'host' ? [{ name: cell.of.host, service: cell.of.service, ...user(cell) }] : [],
        ),
        services: touched.flatMap((cell) => (cell.kind === 'service' ? [{ name: cell.of.name, ...user(cell) }] : [])),
    };
}
