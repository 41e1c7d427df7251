import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver-types';
import { json } from '../encoding/json.js';
import { visible, visiblePath } from '../encoding/visible.js';
import { diagnosticsOf } from '../features/diagnostics.js';
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

/** By the numbers of the Language Server Protocol; the words that `--fail-on` and `tsbtopo.json` take. */
const severityNames = ['', 'error', 'warning', 'info', 'hint'] as const;
const gravest = { error: 1, warning: 2, info: 3 } as const;
const severityColours = ['', colours.red, colours.yellow, colours.blue, colours.dim] as const;

/** What was checked. */
export interface Read {
    readonly files: number;
    readonly unreadable: number;
    /** Whether any file declares anything. */
    readonly isDeclared: boolean;
}

export interface Found {
    readonly file: string;
    readonly diagnostic: Diagnostic;
}

/**
 * `tsbtopo check`: everything that the editor would say about these files.
 *
 * @returns the exit code: 2 if a file cannot be read, 1 if there is a finding of at least the severity of `failOn`
 */
export async function check(paths: readonly string[], options: CheckOptions): Promise<number> {
    const { documents, services, unreadable } = await readWorkspace(paths);
    const all: [uri: string, diagnostics: readonly Diagnostic[]][] = [
        ...documents.map((document): [string, Diagnostic[]] => [
            document.uri.toString(),
            diagnosticsOf(document, services),
        ]),
        ...services.workspace.ProjectSettings.diagnostics(),
    ];
    const found = all.flatMap(([uri, diagnostics]) => {
        const file = path.relative(process.cwd(), fileURLToPath(uri));
        return diagnostics.map((diagnostic): Found => ({ file, diagnostic }));
    });
    const isDeclared = documents.some(({ parseResult: { value } }) => isFile(value) && value.declarations.length > 0);
    await print(printed(found, { files: documents.length, unreadable: unreadable.length, isDeclared }, options));
    if (unreadable.length > 0) return 2;
    return found.some(({ diagnostic }) => severityOf(diagnostic) <= gravest[options.failOn]) ? 1 : 0;
}

/** What is found, in the order of files and places, as `check` prints it. */
export function printed(found: readonly Found[], read: Read, options: CheckOptions): string {
    const inOrder = [...found].sort((a, b) => compare(a.file, b.file) || comparePlaces(a.diagnostic, b.diagnostic));
    return options.format === 'json' ? asJson(inOrder, read) : asText(inOrder, read, options);
}

function compare<T extends string | number>(a: T, b: T): number {
    return a < b ? -1 : a > b ? 1 : 0;
}

function comparePlaces({ range: { start: a } }: Diagnostic, { range: { start: b } }: Diagnostic): number {
    return compare(a.line, b.line) || compare(a.character, b.character);
}

/** How grave a diagnostic is; 1 is an error. */
export function severityOf({ severity }: Diagnostic): 1 | 2 | 3 | 4 {
    return severity ?? 1;
}

/** What a diagnostic says, as plain text. */
export function messageOf({ message }: Diagnostic): string {
    return typeof message === 'string' ? message : message.value;
}

function asText(found: readonly Found[], read: Read, { hints }: CheckOptions): string {
    const shown = found.filter(({ diagnostic }) => hints || severityOf(diagnostic) < 4);
    const lines = shown.map(({ file, diagnostic }) => {
        const severity = severityOf(diagnostic);
        const { line, character } = diagnostic.range.start;
        const place = colours.bold(`${visiblePath(file)}:${line + 1}:${character + 1}`);
        return `${place} ${severityColours[severity](severityNames[severity])} ${visible(messageOf(diagnostic))} ${colours.dim(`[${diagnostic.code}]`)}`;
    });
    const counts = ([1, 2, 3, 4] as const).flatMap((severity) => {
        const number = found.filter(({ diagnostic }) => severityOf(diagnostic) === severity).length;
        if (number === 0) return [];
        return [severity === 3 ? `${number} info` : count(number, severityNames[severity])];
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
    const diagnostics = found.map(({ file, diagnostic }) => ({
        file,
        line: diagnostic.range.start.line + 1,
        column: diagnostic.range.start.character + 1,
        endLine: diagnostic.range.end.line + 1,
        endColumn: diagnostic.range.end.character + 1,
        severity: severityNames[severityOf(diagnostic)],
        code: diagnostic.code ?? null,
        message: messageOf(diagnostic),
    }));
    return json({ schemaVersion: checkSchemaVersion, files, diagnostics });
}
