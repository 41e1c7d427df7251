import { DocumentState, type LangiumDocument } from 'langium';
import type { Connection, Diagnostic } from 'vscode-languageserver';
import { DiagnosticSeverity } from 'vscode-languageserver';
import type { Finding, FindingSeverity } from '../findings/finding.js';
import { findingsOf } from '../findings/findings.js';
import type { TsbtopoServices } from '../language/services.js';
import type { Client } from './client.js';

const severities: Readonly<Record<FindingSeverity, DiagnosticSeverity>> = {
    error: DiagnosticSeverity.Error,
    warning: DiagnosticSeverity.Warning,
    information: DiagnosticSeverity.Information,
    hint: DiagnosticSeverity.Hint,
};

/**
 * Everything to say of a file: what the language found in it, and the findings of its estate that stand in it. Other
 * than Langium's own diagnostics, findings change with edits in other files, too. Severities are those of the project.
 */
export function diagnosticsOf(document: LangiumDocument, services: TsbtopoServices, docs?: string): Diagnostic[] {
    const uri = document.uri.toString();
    const topology = services.workspace.Topologies.of(uri);
    const findings = topology ? findingsOf(topology).filter((finding) => finding.at.uri === uri) : [];
    const all = services.workspace.ProjectSettings.adjusted(document.uri, [
        ...languageDiagnosticsOf(document, services),
        ...findings.map(toDiagnostic),
    ]);
    return docs === undefined ? all : all.map((diagnostic) => withDocs(diagnostic, docs));
}

/** What the language found in a file, and what this tool did wrong with it. */
export function languageDiagnosticsOf(document: LangiumDocument, services: TsbtopoServices): Diagnostic[] {
    return [
        ...(document.diagnostics ?? []),
        ...services.workspace.InternalErrors.diagnosticsOf(document.uri.toString()),
    ];
}

/** Publishes the diagnostics of every file of the workspace after each build, where they have changed. */
export function publishDiagnostics(connection: Connection, services: TsbtopoServices, client: Client): void {
    const { DocumentBuilder, LangiumDocuments } = services.shared.workspace;
    const { InternalErrors, ProjectSettings } = services.workspace;
    /** Of each file of which something is said. */
    const published = new Map<string, string>();
    const publish = (uri: string, diagnostics: Diagnostic[]) => {
        const text = diagnostics.length > 0 ? JSON.stringify(diagnostics) : undefined;
        if (published.get(uri) === text) return;
        if (text === undefined) published.delete(uri);
        else published.set(uri, text);
        void connection.sendDiagnostics({ uri, diagnostics });
    };
    DocumentBuilder.onUpdate((_, deleted) => {
        for (const uri of deleted) publish(uri.toString(), []);
    });
    const publishAll = async () => {
        await ProjectSettings.load(LangiumDocuments.all.map(({ uri }) => uri));
        // some may have gone meanwhile
        for (const document of LangiumDocuments.all) {
            const uri = document.uri.toString();
            const all = () => diagnosticsOf(document, services, client.docs);
            const diagnostics = InternalErrors.guard('listing diagnostics', uri, all, () =>
                languageDiagnosticsOf(document, services),
            );
            publish(uri, diagnostics);
        }
        const found = ProjectSettings.diagnostics();
        for (const uri of settingsFiles) if (!found.has(uri)) publish(uri, []);
        settingsFiles = new Set(found.keys());
        for (const [uri, diagnostics] of found) publish(uri, [...diagnostics]);
    };
    let settingsFiles: ReadonlySet<string> = new Set();
    DocumentBuilder.onBuildPhase(DocumentState.Validated, publishAll);
    ProjectSettings.onChange(() => void DocumentBuilder.waitUntil(DocumentState.Validated).then(publishAll));
}

function toDiagnostic({ code, severity, message, at, related }: Finding): Diagnostic {
    return {
        code,
        source: 'tsbtopo',
        severity: severities[severity],
        message,
        range: firstLine(at.range),
        ...(related && {
            relatedInformation: related.map((other) => ({
                message: other.message,
                location: { uri: other.at.uri, range: firstLine(other.at.range) },
            })),
        }),
    };
}

/** A finding about a block is shown at the line that opens it. */
export function firstLine({ start, end }: Finding['at']['range']): Diagnostic['range'] {
    return { start, end: end.line === start.line ? end : { line: start.line + 1, character: 0 } };
}

function withDocs(diagnostic: Diagnostic, docs: string): Diagnostic {
    if (typeof diagnostic.code !== 'string' || diagnostic.codeDescription) return diagnostic;
    return { ...diagnostic, codeDescription: { href: `${docs}/diagnostics.md#${diagnostic.code}` } };
}
