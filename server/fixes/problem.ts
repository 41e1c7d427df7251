import type { LangiumDocument } from 'langium';
import { DiagnosticSeverity } from 'vscode-languageserver-types';
import type { Finding, FindingSeverity } from '../findings/finding.js';
import { findingsOf } from '../findings/findings.js';
import type { SuggestionData } from '../language/syntax/did-you-mean.js';
import type { Estate } from '../language/naming/estates.js';
import type { TsbtopoServices } from '../language/services.js';
import type { SourceLocation } from '../topology/topology.js';

/** A diagnostic, whoever found it: the language in a file, or a finding about the estate. */
export interface Problem {
    readonly code: string;
    readonly severity: FindingSeverity;
    readonly message: string;
    readonly at: SourceLocation;
    /** What could stand at its place instead, as it is written. */
    readonly suggestions: readonly string[];
    /** What could be put before its place, or behind it, as it is written. */
    readonly insertions: readonly string[];
    readonly behind: boolean;
    readonly finding?: Finding;
}

/** Everything that is said of one file. */
export function problemsIn(document: LangiumDocument, services: TsbtopoServices): Problem[] {
    const uri = document.uri.toString();
    const topology = services.workspace.Topologies.of(uri);
    const findings = topology ? findingsOf(topology).filter(({ at }) => at.uri === uri) : [];
    return [...ofLanguage(document), ...findings.map(ofFinding)];
}

/** Everything that is said of all files of an estate. */
export function problemsOf({ documents }: Estate, services: TsbtopoServices): Problem[] {
    const [first] = documents;
    const topology = first && services.workspace.Topologies.of(first.uri);
    return [...documents.flatMap(ofLanguage), ...(topology ? findingsOf(topology).map(ofFinding) : [])];
}

const severities: Readonly<Record<DiagnosticSeverity, FindingSeverity>> = {
    [DiagnosticSeverity.Error]: 'error',
    [DiagnosticSeverity.Warning]: 'warning',
    [DiagnosticSeverity.Information]: 'information',
    [DiagnosticSeverity.Hint]: 'hint',
};

function ofLanguage(document: LangiumDocument): Problem[] {
    const uri = document.uri.toString();
    return (document.diagnostics ?? []).map(({ code, severity = DiagnosticSeverity.Error, message, range, data }) => {
        const { suggestions = [], insertions = [], behind = false } = (data ?? {}) as Partial<SuggestionData>;
        const text = typeof message === 'string' ? message : message.value;
        return {
            code: String(code),
            severity: severities[severity],
            message: text,
            at: { uri, range },
            suggestions,
            insertions,
            behind,
        };
    });
}

function ofFinding(finding: Finding): Problem {
    const { code, severity, message, at } = finding;
    return { code, severity, message, at, suggestions: [], insertions: [], behind: false, finding };
}
