import { snapshotsOf } from '../estate/snapshot.js';
import { URI, type LangiumDocument } from 'langium';
import type { InlayHintProvider } from 'langium/lsp';
import {
    TextEdit,
    type InlayHint,
    type InlayHintLabelPart,
    type InlayHintParams,
    type Range,
} from 'vscode-languageserver';
import { visible } from '../encoding/visible.js';
import { annotationsOf } from '../impact/annotations.js';
import { defaultOf } from '../knowledge/defaults.js';
import type * as ast from '../language/generated/ast.js';
import { isGenerated } from '../language/lower/joined.js';
import type { TsbtopoServices } from '../language/services.js';
import { nameWriter, type NameWriter } from '../language/naming/written-names.js';
import type { Simulation, Simulations } from '../simulation/simulations.js';
import type { SourceLocation } from '../topology/topology.js';
import type { ClientSettings } from './client.js';
import { defaultMarkdown } from '../impact/facts-markdown.js';
import { unsaidIn, type Unsaid } from './unsaid.js';

/**
 * Shows what holds where a file says nothing, as it could have been written; accepting a hint writes it,
 * but not into a file that import writes anew each time. On a line that has
 * a result of the running simulation there are none: both would stand at its end.
 */
export class TsbtopoInlayHints implements InlayHintProvider {
    private readonly write: NameWriter;

    constructor(
        private readonly services: TsbtopoServices,
        private readonly simulations: Simulations,
        private readonly client: ClientSettings,
    ) {
        this.write = nameWriter(services.Grammar);
    }

    getInlayHints(document: LangiumDocument, { range }: InlayHintParams): InlayHint[] {
        const { inlayHints } = this.client.settings;
        const estate = this.services.workspace.Estates.of(document.uri);
        const snapshot = snapshotsOf(this.services).of(document.uri.toString());
        if (inlayHints === 'off' || !estate || !snapshot) return [];
        const { topology, routes } = snapshot;
        const textAt = (place: SourceLocation) => this.textAt(place);
        const around = { names: estate.names, routes, write: this.write, textAt };
        const simulation = this.simulations.simulationOf(estate.key, topology);
        const taken = simulation && linesWithResults(simulation).get(document.uri.toString());
        const file = document.parseResult.value as ast.File;
        return file.declarations
            .filter(({ $cstNode }) => $cstNode && overlap($cstNode.range, range))
            .flatMap((declaration) => unsaidIn(declaration, around))
            .filter(({ decides }) => decides || inlayHints === 'all')
            .sort((a, b) => a.at - b.at)
            .map((unsaid) => hintOf(unsaid, document))
            .filter(({ position }) => !taken?.has(position.line))
            .filter(({ position }) => overlap({ start: position, end: position }, range));
    }

    private textAt({ uri, range }: SourceLocation): string {
        const document = this.services.shared.workspace.LangiumDocuments.getDocument(URI.parse(uri));
        return document?.textDocument.getText(range) ?? '';
    }
}

const known = new WeakMap<Simulation, ReadonlyMap<string, ReadonlySet<number>>>();

/** By file the lines at whose ends the client draws a result. */
function linesWithResults(simulation: Simulation): ReadonlyMap<string, ReadonlySet<number>> {
    const last = known.get(simulation);
    if (last) return last;
    const lines = new Map<string, Set<number>>();
    for (const { at } of annotationsOf(simulation.outcome, simulation.at)) {
        lines.set(at.uri, (lines.get(at.uri) ?? new Set()).add(at.range.start.line));
    }
    known.set(simulation, lines);
    return lines;
}

/** Longer lists are cut; accepting the hint writes them in full. */
const longestLabel = 40;

function hintOf(unsaid: Unsaid, { textDocument, uri }: LangiumDocument): InlayHint {
    const { text, at, said, form } = unsaid;
    const position = textDocument.positionAt(at);
    const value = text.length > longestLabel ? `${text.slice(0, longestLabel)}…` : text;
    const label: InlayHintLabelPart[] = [
        { value: visible(value), ...(said && { location: { uri: said.uri, range: said.range } }) },
    ];
    const edit = isGenerated(uri.path) ? undefined : editOf(unsaid, textDocument.getText());
    return {
        position,
        label,
        tooltip: { kind: 'markdown', value: tooltip(unsaid) },
        ...(form === 'prefix' ? {} : { paddingLeft: true }),
        ...(edit && { textEdits: [TextEdit.insert(textDocument.positionAt(edit.at), edit.text)] }),
    };
}

function tooltip({ why, said }: Unsaid): string {
    if (said) return 'Said once, in `defaults for workload clusters`.';
    if (typeof why === 'string') return why;
    return why.map((id) => defaultMarkdown('Assumed', defaultOf(id))).join('\n\n');
}

/** What accepting the hint writes, and where. */
function editOf({ text, at, form }: Unsaid, file: string): { at: number; text: string } | undefined {
    switch (form) {
        case 'inline':
            return { at, text: ` ${text}` };
        case 'block':
            return { at, text: ` { ${text} }` };
        case 'prefix':
            return { at, text };
        case 'item': {
            const rest = lineFrom(file, at);
            if (/^\s*(\/\/.*)?$/.test(rest)) {
                return { at: at + rest.length, text: `\n${indentationBehind(file, at)}${text}` };
            }
            return { at, text: /^\s*\}/.test(rest) ? ` ${text} ` : ` ${text}` };
        }
        case undefined:
            return undefined;
    }
}

/** The rest of a line. */
function lineFrom(file: string, offset: number): string {
    const rest = /[^\r\n]*/y;
    rest.lastIndex = offset;
    return rest.exec(file)?.[0] ?? '';
}

/** The indentation of the items of a block: that of the next line, or else one step deeper than the line that opens it. */
function indentationBehind(file: string, offset: number): string {
    const indentation = (line: string) => /^[ \t]*/.exec(line)?.[0] ?? '';
    const own = indentation(lineFrom(file, file.lastIndexOf('\n', offset - 1) + 1));
    const next = indentation(lineFrom(file, file.indexOf('\n', offset) + 1));
    return next.length > own.length ? next : own + (own.includes('\t') ? '\t' : '    ');
}

function overlap(a: Range, b: Range): boolean {
    return a.start.line <= b.end.line && b.start.line <= a.end.line;
}
