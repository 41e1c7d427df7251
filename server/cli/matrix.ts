import path from 'node:path';
import { URI } from 'langium';
import { promisedOf } from '../estate/promised.js';
import type { Snapshot } from '../estate/snapshot.js';
import { csvOf } from '../matrix/csv.js';
import { type Grouping } from '../matrix/grouping.js';
import { grouped } from '../matrix/groups.js';
import { markdownOf } from '../matrix/markdown.js';
import { elementsIn, gravestFirst } from '../matrix/matrix.js';
import { tableOf, type MatrixTable } from '../matrix/table.js';
import { count } from '../words/english.js';
import { fileErrorsIn, type FileError } from './file-errors.js';
import type { MatrixFormat } from './formats/choices.js';
import { matrixJson } from './matrix-json.js';
import { matrixText } from './matrix-text.js';
import { complain } from './output.js';
import { chooseEstate, readWorkspace } from './workspace.js';
import { writeOutput } from './write-file.js';

export interface MatrixOptions {
    readonly group?: Grouping;
    /** Without components. */
    readonly declared?: boolean;
    /** 0 for all; unless said, {@link mostLines} as text and all in other formats. */
    readonly limit?: number;
    readonly format: MatrixFormat;
    readonly output?: string;
    readonly topology?: string;
}

/** So many rows as text, unless said otherwise. */
const mostLines = 30;

/**
 * `tsbtopo matrix`: what each failure does to operations, hosts and services, as a table.
 *
 * @returns the exit code: 0, or 2 if the files have errors
 * @throws UsageError where the file cannot be written
 */
export async function matrix(paths: readonly string[], options: MatrixOptions): Promise<number> {
    const workspace = await readWorkspace(paths);
    const estate = chooseEstate(workspace, options.topology);
    const errors = fileErrorsIn(workspace, estate);
    await writeOutput(matrixFormat[options.format](matrixTable(estate, options), errors), options.output);
    if (errors.length === 0) return 0;
    complain(`the files have ${count(errors.length, 'error')}: the matrix has what can be read. See tsbtopo check.`);
    return 2;
}

/** The table that somebody asks for. */
export function matrixTable(estate: Snapshot, options: Omit<MatrixOptions, 'output' | 'topology'>): MatrixTable {
    const { group, declared = false, format } = options;
    const limit = options.limit ?? (format === 'text' ? mostLines : 0);
    const { blasts, elements } = estate;
    const health = estate.outcomeOfAll([]);
    const all = elementsIn(health.graph, { declaredOnly: declared });
    const rows = gravestFirst(all.map((element) => ({ element, weight: blasts.weightOf(element.name) })));
    const shown = limit === 0 ? rows : rows.slice(0, limit);
    const groups = group === undefined ? [{ rows: shown }] : grouped(shown, group, elements);
    return tableOf(health, groups, rows.length, {
        worseFrom: ({ element }) => blasts.worseFrom(element.name),
        promised: promisedOf(estate),
    });
}

/** A matrix in each format; what may be very long, in pieces. */
export const matrixFormat: Readonly<
    Record<MatrixOptions['format'], (table: MatrixTable, errors: readonly FileError[]) => string | Iterable<string>>
> = {
    text: (table) => matrixText(table),
    csv: (table) => csvOf(table, fileOf),
    markdown: (table) => markdownOf(table),
    json: (table, errors) => matrixJson(table, fileOf, errors),
};

/** Relative to the current folder, with slashes everywhere. */
function fileOf(uri: string): string {
    return path.relative(process.cwd(), URI.parse(uri).fsPath).replaceAll(path.sep, '/');
}
