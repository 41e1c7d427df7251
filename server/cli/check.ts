import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { json } from '../encoding/json.js';
import { visible, visiblePath } from '../encoding/visible.js';
import { gradedProblemsIn, problemsOfSettings, type Problem } from '../estate/problem.js';
import { problemSeverities, type ProblemSeverity } from '../knowledge/severities.js';
import { count } from '../words/english.js';
import { isFile } from '../language/generated/ast.js';
import { colours } from './colours.js';
import { print } from './output.js';
import { readWorkspace } from './workspace.js';

/** Changes with any change of the shape of `check --format json`; see docs/json.md. */
export const checkSchemaVersion = 2;

export interface CheckOptions {
    readonly format: 'text' | 'json';
    readonly failOn: 'error' | 'warning' | 'info';
    readonly hints?: boolean;
}

const severityColours = { error: colours.red, warning: colours.yellow, info: colours.blue, hint: colours.dim };

/** What was checked. */
export interface Read {
    readonly files: number;
    readonly unreadable: number;
    /** Whether any file declares anything. */
    readonly isDeclared: boolean;
}

export interface Found {
    /** Relative to the current folder. */
    readonly file: string;
    readonly problem: Problem;
}

/**
 * `tsbtopo check`: everything that the editor would say about these files.
 *
 * @returns the exit code: 2 if a file cannot be read, 1 if there is a finding of at least the severity of `failOn`
 */
export async function check(paths: readonly string[], options: CheckOptions): Promise<number> {
    const { documents, services, unreadable } = await readWorkspace(paths);
    const problems = [
        ...documents.flatMap((document) => gradedProblemsIn(document, services)),
        ...[...problemsOfSettings(services).values()].flat(),
    ];
    const found = problems.map((problem): Found => ({
        file: path.relative(process.cwd(), fileURLToPath(problem.at.uri)),
        problem,
    }));
    const isDeclared = documents.some(({ parseResult: { value } }) => isFile(value) && value.declarations.length > 0);
    await print(printed(found, { files: documents.length, unreadable: unreadable.length, isDeclared }, options));
    if (unreadable.length > 0) return 2;
    return found.some(({ problem }) => isAtLeast(problem, options.failOn)) ? 1 : 0;
}

/** What is found, in the order of files and places, as `check` prints it. */
export function printed(found: readonly Found[], read: Read, options: CheckOptions): string {
    const inOrder = [...found].sort((a, b) => compare(a.file, b.file) || comparePlaces(a.problem, b.problem));
    return options.format === 'json' ? asJson(inOrder, read) : asText(inOrder, read, options);
}

function compare<T extends string | number>(a: T, b: T): number {
    return a < b ? -1 : a > b ? 1 : 0;
}

function comparePlaces({ at: a }: Problem, { at: b }: Problem): number {
    const [one, other] = [a.range.start, b.range.start];
    return compare(one.line, other.line) || compare(one.character, other.character);
}

function isAtLeast({ severity }: Problem, limit: ProblemSeverity): boolean {
    return problemSeverities.indexOf(severity) <= problemSeverities.indexOf(limit);
}

function asText(found: readonly Found[], read: Read, { hints }: CheckOptions): string {
    const shown = found.filter(({ problem }) => hints || problem.severity !== 'hint');
    const lines = shown.map(({ file, problem: { code, severity, message, at } }) => {
        const { line, character } = at.range.start;
        const place = colours.bold(`${visiblePath(file)}:${line + 1}:${character + 1}`);
        return `${place} ${severityColours[severity](severity)} ${visible(message)} ${colours.dim(`[${code}]`)}`;
    });
    const counts = problemSeverities.flatMap((severity) => {
        const number = found.filter(({ problem }) => problem.severity === severity).length;
        if (number === 0) return [];
        return [severity === 'info' ? `${number} info` : count(number, severity)];
    });
    const hidden = found.length - shown.length > 0 ? ' (--hints shows the hints)' : '';
    return `${[...lines, `${summaryOf(counts, read)}${hidden}`].join('\n')}\n`;
}

/** "1 error, 2 hints in 3 files"; that there are no findings only of files that were read, and say something. */
function summaryOf(counts: readonly string[], { files, unreadable, isDeclared }: Read): string {
    if (files === 0) return `${count(unreadable, 'file')} cannot be read`;
    const rest = unreadable > 0 ? `; ${count(unreadable, 'file')} cannot be read` : '';
    if (counts.length === 0 && !isDeclared) return `Nothing is declared yet in ${count(files, 'file')}${rest}`;
    return `${counts.join(', ') || 'No findings'} in ${count(files, 'file')}${rest}`;
}

function asJson(found: readonly Found[], { files }: Read): string {
    const diagnostics = found.map(({ file, problem: { code, severity, message, at } }) => ({
        file,
        line: at.range.start.line + 1,
        column: at.range.start.character + 1,
        endLine: at.range.end.line + 1,
        endColumn: at.range.end.character + 1,
        severity,
        code,
        message,
    }));
    return json({ schemaVersion: checkSchemaVersion, files, diagnostics });
}
