import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { EmptyFileSystem, TextDocument, URI } from 'langium';
import { count } from '../words/english.js';
import { createTsbtopoServices } from '../language/create-services.js';
import type { TsbtopoServices } from '../language/services.js';
import { colours } from './colours.js';
import { decoded, filesOf, readText, shownPath } from './files.js';
import { complain, print, reasonOf } from './output.js';
import { replaceFile } from './replace-file.js';
import { UsageError } from './usage-error.js';

export interface FormatOptions {
    readonly check?: boolean;
}

/** How the editor formats unless it is told otherwise. */
const style = { tabSize: 4, insertSpaces: true };

/**
 * `tsbtopo format`: gives files the layout that the editor gives them, in place; `-` stands for standard input, which
 * comes out on standard output.
 *
 * @returns the exit code: 2 if a file cannot be read or has mistakes, else 1 if `check` finds something to format
 * @throws UsageError where a path does not exist or is another kind of file, or nothing is found
 */
export async function format(paths: readonly string[], { check }: FormatOptions): Promise<number> {
    const services = createTsbtopoServices(EmptyFileSystem).tsbtopo;
    if (paths.includes('-')) {
        if (paths.length > 1) throw new UsageError('`-` stands for standard input, and cannot be mixed with files.');
        return formatInput(services, check);
    }
    const files = await filesOf(paths);
    const changed: string[] = [];
    let failed = 0;
    for (const file of files) {
        const shown = shownPath(file);
        try {
            const text = readText(file);
            const formatted = await formattedText(services, text, file);
            if (formatted === text) continue;
            if (!check) replaceFile(file, formatted);
            changed.push(shown);
        } catch (error) {
            failed++;
            report(shown, error);
        }
    }
    const fine = files.length - changed.length - failed;
    const summary = `${count(changed.length, 'file')} ${check ? 'would change' : 'formatted'}, ${fine} fine already`;
    await print([...changed.map((file) => colours.bold(file)), summary, ''].join('\n'));
    return failed > 0 ? 2 : check && changed.length > 0 ? 1 : 0;
}

async function formatInput(services: TsbtopoServices, check: boolean | undefined): Promise<number> {
    try {
        const text = decoded(readFileSync(0));
        const formatted = await formattedText(services, text, 'standard-input.tsbtopo');
        if (!check) await print(formatted);
        return check && formatted !== text ? 1 : 0;
    } catch (error) {
        report('standard input', error);
        return 2;
    }
}

async function formattedText({ shared, lsp }: TsbtopoServices, text: string, file: string): Promise<string> {
    const uri = URI.parse(pathToFileURL(file).toString());
    const document = shared.workspace.LangiumDocumentFactory.fromString(text, uri);
    const { lexerErrors, parserErrors } = document.parseResult;
    const lines = [
        ...lexerErrors.map(({ line = 0 }) => line),
        ...parserErrors.map(({ token }) => token.startLine ?? 0),
    ];
    if (lines.length > 0) {
        // the end of a file has no line
        const first = Math.min(...lines.filter((line) => line > 0));
        const place = first < Infinity ? `in line ${first}` : 'at its end';
        throw new Error(`has a mistake ${place}, and is left as it is`);
    }
    const edits = await lsp.Formatter!.formatDocument(document, {
        textDocument: { uri: uri.toString() },
        options: style,
    });
    return TextDocument.applyEdits(document.textDocument, edits);
}

function report(what: string, error: unknown): void {
    complain(`${what}: ${reasonOf(error)}`);
}
