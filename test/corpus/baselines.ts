import { AstUtils, UriUtils, type AstNode, type LangiumDocument, type Reference, type URI } from 'langium';
import type { Diagnostic, DocumentSymbol, Range } from 'vscode-languageserver-types';
import { SymbolKind } from 'vscode-languageserver-types';
import { analysisOf } from '../../server/failure/analysis.js';
import { diagnosticsOf } from '../../server/features/diagnostics.js';
import { TsbtopoSemanticTokens } from '../../server/features/semantic-tokens.js';
import { blastRadiusOf } from '../../server/failure/blast-radius.js';
import { headline, marks } from '../../server/impact/summary.js';
import { describeDeclaration } from '../../server/language/navigation/descriptions.js';
import type { TsbtopoServices } from '../../server/language/services.js';
import { elementsOf } from '../../server/topology/elements.js';
import type { Topology } from '../../server/topology/topology.js';
import { estate, type Fixture } from '../fixture.js';
import { format } from '../language/formatting/format.js';

/** Something to say about a place in a file. */
interface Remark {
    readonly range: Range;
    readonly text: string;
}

/** What is expected of the files of an estate: texts by file name, each beside the source that it belongs to. */
export async function baselinesOf(sources: Record<string, string>): Promise<Map<string, string>> {
    const fixture = await estate(sources);
    const baselines = new Map<string, string>();
    for (const [file, document] of fixture.documents) {
        const stem = file.replace(/\.tsbtopo$/, '');
        const text = sources[file]!;
        baselines.set(`${stem}.diagnostics.tsbtopo`, annotated(text, diagnosticRemarks(document, fixture.services)));
        baselines.set(`${stem}.formatted.tsbtopo`, await format(text));
        baselines.set(`${stem}.tokens.tsbtopo`, annotated(text, tokenRemarks(document)));
        baselines.set(`${stem}.symbols.tsbtopo`, annotated(text, await symbolRemarks(document, fixture.services)));
    }
    baselines.set('main.failures.txt', failuresIn(fixture));
    return baselines;
}

/** A text with remarks below the lines that they are about, as comments; tildes show where. */
function annotated(text: string, remarks: readonly Remark[]): string {
    const lines = text.split(/\r\n|\r|\n/);
    const byLine = new Map<number, Remark[]>();
    for (const remark of [...remarks].sort((a, b) => a.range.start.character - b.range.start.character)) {
        const { line } = remark.range.start;
        byLine.set(line, [...(byLine.get(line) ?? []), remark]);
    }
    return lines
        .flatMap((line, index) => [line, ...(byLine.get(index) ?? []).map((remark) => comment(remark, line))])
        .join('\n');
}

function comment({ range: { start, end }, text }: Remark, line: string): string {
    const last = end.line > start.line ? line.length : end.character;
    const first = Math.max(start.character, 2);
    return `//${' '.repeat(first - 2)}${'~'.repeat(Math.max(last - first, 1))} ${text.replaceAll('\n', ' ')}`;
}

const severities = ['', 'error', 'warning', 'information', 'hint'];

function diagnosticRemarks(document: LangiumDocument, services: TsbtopoServices): Remark[] {
    return diagnosticsOf(document, services).map(({ range, severity = 1, code, message, relatedInformation = [] }) => {
        const related = relatedInformation.map(
            ({ location, message }) =>
                ` (${fileOf(location.uri)}:${location.range.start.line + 1}: ${textOf(message)})`,
        );
        return { range, text: `${severities[severity]} ${code}: ${textOf(message)}${related.join('')}` };
    });
}

function textOf(message: Diagnostic['message']): string {
    return typeof message === 'string' ? message : message.value;
}

/** The outline, and where each name leads. */
async function symbolRemarks(document: LangiumDocument, services: TsbtopoServices): Promise<Remark[]> {
    const outline =
        (await services.lsp.DocumentSymbolProvider!.getSymbols(document, {
            textDocument: { uri: document.uri.toString() },
        })) ?? [];
    const kinds = new Map(Object.entries(SymbolKind).map(([kind, number]) => [number, kind]));
    const symbols = (some: readonly DocumentSymbol[], path: string): Remark[] =>
        some.flatMap(({ name, kind, detail, selectionRange, children = [] }) => [
            { range: selectionRange, text: `${path}${name}: ${kinds.get(kind)}${detail ? `, ${detail}` : ''}` },
            ...symbols(children, `${path}${name} › `),
        ]);
    const references = services.references.Linker.referencesOf(document).flatMap((reference) =>
        reference.$refNode ? [{ range: reference.$refNode.range, text: `→ ${target(reference, document.uri)}` }] : [],
    );
    return [...symbols(outline, ''), ...references];
}

/** The names that are coloured, and how. */
function tokenRemarks(document: LangiumDocument): Remark[] {
    const { tokenTypes, tokenModifiers } = TsbtopoSemanticTokens.legend;
    const { data } = new TsbtopoSemanticTokens().semanticHighlight(document);
    let line = 0;
    let character = 0;
    return Array.from({ length: data.length / 5 }, (_, index) => {
        const [lines = 0, characters = 0, length = 0, type = 0, flags = 0] = data.slice(5 * index, 5 * index + 5);
        line += lines;
        character = lines > 0 ? characters : character + characters;
        return {
            range: { start: { line, character }, end: { line, character: character + length } },
            text: [tokenTypes[type], ...tokenModifiers.filter((_, bit) => flags & (1 << bit))].join('.'),
        };
    });
}

function target(reference: Pick<Reference, 'error'> & { readonly ref?: AstNode | undefined }, from: URI): string {
    const { ref } = reference;
    if (!ref) return 'nothing';
    const { uri } = AstUtils.getDocument(ref);
    const line = (ref.$cstNode?.range.start.line ?? 0) + 1;
    const place = UriUtils.equals(uri, from) ? `line ${line}` : `${fileOf(uri.toString())}:${line}`;
    return `${place}, ${describeDeclaration(ref)}`;
}

function fileOf(uri: string): string {
    return uri.replace('file:///', '');
}

/** What the failure of each declared element does: its four marks, and what its lens says. */
export function failuresIn({ topologies }: Fixture): string {
    return topologies.map(failuresOf).join('\n');
}

function failuresOf(topology: Topology): string {
    const analysis = analysisOf(topology);
    const elements = elementsOf(topology).all.filter(({ declared }) => declared);
    const width = Math.max(0, ...elements.map(({ name }) => name.length));
    const lines = elements.map(({ name }) => {
        const outcome = analysis.outcomeOf(name);
        return `${name.padEnd(width)}  ${outcome ? `${marks(outcome.operations)}  ${headline(blastRadiusOf(outcome))}` : '–'}`;
    });
    return `${[`topology ${topology.name}`, '', ...lines.map((line) => line.trimEnd())].join('\n')}\n`;
}
