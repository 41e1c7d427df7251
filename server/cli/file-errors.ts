import path from 'node:path';
import { code, text } from '../encoding/markdown.js';
import { count } from '../words/english.js';
import { visible, visiblePath } from '../encoding/visible.js';
import { gradedProblemsIn } from '../estate/problem.js';
import type { Snapshot } from '../estate/snapshot.js';
import type { FindingCode } from '../findings/finding.js';
import type { PromiseCode } from '../promises/problems.js';
import { colours } from './colours.js';
import type { Workspace } from './workspace.js';

/** Why an answer may be incomplete: an error in a file of its estate, or a file that cannot be read. */
export interface FileError {
    /** Relative to the current folder. */
    readonly file: string;
    /** From 1 on, as the column; null where it is the whole file. */
    readonly line: number | null;
    readonly column: number | null;
    /** Of the diagnostic; null where it is the whole file. */
    readonly code: string | null;
    readonly message: string;
}

/** So many of them are listed for people. */
const mostLines = 10;

/**
 * Findings are errors of the estate, and its answers know of them; but these say that something cannot be judged, or is
 * taken for something else.
 */
const findingsThatTakeAway = new Set<FindingCode>([
    'no-management-cluster',
    'several-management-clusters',
    'colliding-name',
    'unknown-thing',
    'internal-error',
]);

/** A broken promise takes nothing away from what is known of failures. */
const brokenPromises: ReadonlySet<string> = new Set<PromiseCode>(['expectation-failed', 'objective-broken']);

/** The errors of a topology, file by file. Those in files of other topologies are none of its own. */
export function fileErrorsIn(workspace: Workspace, { key, topology }: Snapshot): FileError[] {
    const { services, documents, unreadable, placeOf } = workspace;
    const { Estates } = services.workspace;
    const mayBelong = (uri: string) => {
        const estate = Estates.of(uri);
        return estate?.key === key || estate?.undecidedBetween.includes(topology.name);
    };
    const mistakes = documents.flatMap((document): FileError[] => {
        if (!mayBelong(document.uri.toString())) return [];
        return gradedProblemsIn(document, services)
            .filter(({ severity, code }) => severity === 'error' && !brokenPromises.has(code))
            .filter(({ finding }) => !finding || findingsThatTakeAway.has(finding.code))
            .map(({ code, message, at }) => ({
                file: path.relative(process.cwd(), placeOf(document.uri)),
                line: at.range.start.line + 1,
                column: at.range.start.character + 1,
                code,
                message,
            }))
            .sort((a, b) => a.line - b.line || a.column - b.column);
    });
    const files = unreadable.map(({ file, reason }) => ({
        file: path.relative(process.cwd(), file),
        line: null,
        column: null,
        code: null,
        message: `The file cannot be read: ${reason}.`,
    }));
    return [...files, ...mistakes];
}

/** That an answer may be incomplete, and why, for whoever reads a terminal; it stands above the answer. */
export function fileErrorsText(errors: readonly FileError[]): string {
    if (errors.length === 0) return '';
    const lines = errors
        .slice(0, mostLines)
        .map((each) => `   ${colours.bold(visible(placeOf(each)))} ${visible(each.message)}`);
    return `${[colours.red(warning(errors)), ...lines, ...more(errors).map((line) => `   ${line}`)].join('\n')}\n\n`;
}

/** The same below the title of a page of Markdown. */
export function withFileErrors(page: string, errors: readonly FileError[]): string {
    if (errors.length === 0) return page;
    const lines = errors.slice(0, mostLines).map((each) => `> - ${code(placeOf(each))}: ${text(each.message)}`);
    const notice = [`> **${warning(errors)}**`, '>', ...lines, ...more(errors).map((line) => `> - ${line}`)];
    const [title = '', ...rest] = page.split('\n\n');
    return [title, notice.join('\n'), ...rest].join('\n\n');
}

function warning(errors: readonly FileError[]): string {
    return `This may be incomplete: ${count(errors.length, 'error')} in the files.`;
}

function more(errors: readonly FileError[]): string[] {
    return errors.length > mostLines ? [`and ${errors.length - mostLines} more, see tsbtopo check`] : [];
}

function placeOf({ file, line, column }: FileError): string {
    const shown = visiblePath(file);
    return line === null ? shown : `${shown}:${line}:${column}`;
}
