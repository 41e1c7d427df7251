import { type AstNode, type LangiumDocument } from 'langium';
import type { Diagnostic } from 'vscode-languageserver-types';
import type { Drift } from '../drift/drift.js';
import type { Finding } from '../findings/finding.js';
import { findingsInFile, findingsOf } from '../findings/findings.js';
import { problemSeverities, type ProblemSeverity } from '../knowledge/severities.js';
import * as ast from '../language/generated/ast.js';
import type { Estate } from '../language/naming/estates.js';
import { locationOf, nameLocationOf } from '../language/naming/location.js';
import { nodeOfProperty } from '../language/naming/names.js';
import type { TsbtopoServices } from '../language/services.js';
import type { ProblemData, RelatedNode } from '../language/syntax/problem-data.js';
import type { PromiseProblem } from '../promises/problems.js';
import type { Promises } from '../topology/promises.js';
import type { SourceLocation, Topology } from '../topology/topology.js';
import { aboutProblems } from './abouts.js';
import type { EstateProblem } from './estate-problem.js';
import { acceptanceProblems, withAcceptances } from './acceptances.js';
import { fileTextOf } from './file-text.js';
import { asProblem, driftOf, importedStatesOf } from './imported.js';
import { noWorkloadsProblems } from './no-workloads.js';
import { knownPromiseProblems, promisesOf } from './promises.js';
import { answersElsewhere } from './answered.js';
import { questionsIn } from './questions.js';

/** Something to say of a file, whoever found it: the language, a finding about the estate, or a mistake of this tool. */
export interface Problem {
    readonly code: string;
    readonly severity: ProblemSeverity;
    /** Plain text. */
    readonly message: string;
    /** Of a block it is the line that opens it. */
    readonly at: SourceLocation;
    readonly related: readonly { readonly at: SourceLocation; readonly message: string }[];
    /** What could stand at its place instead, as it is written. */
    readonly suggestions: readonly string[];
    /** What could be put before its place, or behind it, as it is written. */
    readonly insertions: readonly string[];
    readonly behind: boolean;
    readonly finding?: Finding;
    /** Of a `drift`: what differs. */
    readonly drift?: Drift;
    /** Somebody takes this risk. */
    readonly accepted?: true;
    /**
     * What it is, however it is worded and wherever its line has moved: its code, the declaration in which it stands, and
     * what is written at its place. Several problems may be alike in that.
     */
    readonly identity: string;
}

/** Everything to say of one file, as grave as it is by itself. Findings change with edits in other files, too. */
export function problemsIn(document: LangiumDocument, services: TsbtopoServices): Problem[] {
    const uri = document.uri.toString();
    const topology = services.workspace.Topologies.of(uri);
    const findings = topology ? findingsInFile(topology, uri) : [];
    const drift = topology ? driftIn(topology, uri, services) : [];
    return [
        ...problemsOfLanguage(document, services),
        ...findings.map((finding) => ofFinding(finding, document)),
        ...ofEstateIn(document, topology, services).map((problem) => ofEstate(problem, document)),
        ...questionsIn(document, answersElsewhere(document, services)).map((question) =>
            withIdentity(document, question),
        ),
        ...drift,
    ];
}

function ofEstateIn(
    document: LangiumDocument,
    topology: Topology | undefined,
    { workspace }: TsbtopoServices,
): EstateProblem[] {
    const uri = document.uri.toString();
    const estate = workspace.Estates.of(uri);
    const all = [...(estate ? aboutProblems(estate) : []), ...(topology ? noWorkloadsProblems(topology) : [])];
    return all.filter(({ at }) => at.uri === uri);
}

/** How a file differs from the estate, where somebody has imported that meanwhile. */
function driftIn(topology: Topology, uri: string, services: TsbtopoServices): Problem[] {
    const key = services.workspace.Estates.of(uri)?.key;
    const imported = key === undefined ? undefined : importedStatesOf(services).of(key);
    if (!imported) return [];
    return driftOf(topology, imported, services)
        .filter(({ at }) => at.uri === uri)
        .map((drift) => asProblem({ ...drift, at: openingOf(drift.at) }));
}

/** The same of all files of an estate. */
export function problemsOf({ documents }: Estate, services: TsbtopoServices): Problem[] {
    return documents.flatMap((document) => problemsIn(document, services));
}

/** What the language found in a file, and what this tool did wrong with it. */
export function problemsOfLanguage(document: LangiumDocument, services: TsbtopoServices): Problem[] {
    const diagnostics = [
        ...(document.diagnostics ?? []),
        ...services.workspace.InternalErrors.diagnosticsOf(document.uri.toString()),
    ];
    return diagnostics.map((diagnostic) => ofDiagnostic(diagnostic, document));
}

/**
 * Everything to say of one file, as grave as its project takes it to be, and as somebody accepts it: with what is known of
 * the promises of its estate. Whoever has to know all of that judges them first.
 */
export function gradedProblemsIn(document: LangiumDocument, services: TsbtopoServices): Problem[] {
    const { Estates, ProjectSettings, Topologies, Today } = services.workspace;
    const uri = document.uri.toString();
    const estate = Estates.of(uri);
    const adjusted = (problems: readonly Problem[]) => ProjectSettings.adjusted(document.uri, problems);
    const promises = estate && promisesOf(estate);
    if (!promises || isEmpty(promises)) return adjusted(problemsIn(document, services));
    const promised = knownPromiseProblems(estate, services);
    const topology = Topologies.of(uri);
    const isHere = ({ at }: Pick<Problem, 'at'>) => at.uri === uri;
    const own = [
        ...problemsIn(document, services),
        ...promised.filter(isHere).map((problem) => ofPromise(problem, document)),
    ];
    const acceptable = [...(topology ? findingsOf(topology) : []), ...promised];
    const ofAcceptances = acceptanceProblems(promises, acceptable, Today.day).filter(isHere);
    return [
        ...withAcceptances(adjusted(own), promises, Today.day),
        ...adjusted(
            ofAcceptances.map((problem) => ({
                ...ofPromise({ ...problem, related: [], suggestions: [] }, document),
                ...(problem.code === 'accepted-failure' && { accepted: true as const }),
            })),
        ),
    ];
}

/** What an estate does not keep of the rules of a file that joins it, with the name of its topology before it. */
export function problemsOfRules(rules: LangiumDocument, estate: Estate, services: TsbtopoServices): Problem[] {
    const uri = rules.uri.toString();
    const found = knownPromiseProblems(estate, services).filter(({ at }) => at.uri === uri);
    return found.map((problem) => ofPromise({ ...problem, message: `${estate.name}: ${problem.message}` }, rules));
}

function isEmpty({ scenarios, objectives, acceptances }: Promises): boolean {
    return scenarios.length + objectives.length + acceptances.length === 0;
}

function ofEstate(problem: EstateProblem, document: LangiumDocument): Problem {
    const related = problem.related.map((other) => ({ ...other, at: openingOf(other.at) }));
    return withIdentity(document, { ...problem, at: openingOf(problem.at), related, insertions: [], behind: false });
}

function ofPromise(
    problem: Omit<PromiseProblem, 'code'> & { readonly code: string },
    document: LangiumDocument,
): Problem {
    const { at, related } = problem;
    return withIdentity(document, {
        ...problem,
        at: openingOf(at),
        related: related.map((other) => ({ ...other, at: openingOf(other.at) })),
        insertions: [],
        behind: false,
    });
}

/** What is wrong in the files in which projects say how grave they take rules to be; those that are sound have none. */
export function problemsOfSettings(services: TsbtopoServices): Map<string, Problem[]> {
    return new Map(
        services.workspace.ProjectSettings.files().map(({ uri, mistakes }) => [
            uri,
            mistakes.map(({ code, message, range }) => ({
                ...{ code, message, severity: 'error' as const, at: { uri, range }, related: [] },
                ...{ suggestions: [], insertions: [], behind: false, identity: JSON.stringify([code, message]) },
            })),
        ]),
    );
}

function ofDiagnostic(diagnostic: Diagnostic, document: LangiumDocument): Problem {
    const { code, message, range } = diagnostic;
    const data = (diagnostic.data ?? {}) as Partial<ProblemData>;
    const { suggestions = [], insertions = [], behind = false, related = [] } = data;
    return withIdentity(document, {
        code: String(code),
        severity: problemSeverities[(diagnostic.severity ?? 1) - 1]!,
        message: typeof message === 'string' ? message : message.value,
        at: { uri: document.uri.toString(), range },
        related: related.flatMap((other) => relatedPlace(other) ?? []),
        suggestions,
        insertions,
        behind,
    });
}

/** Where a node stands now; its file may have changed since the diagnostic was made. */
function relatedPlace({ node: find, message }: RelatedNode) {
    const node = find();
    if (!node) return undefined;
    const { uri, range } = nodeOfProperty(node, 'name') ? nameLocationOf(node) : locationOf(node);
    return { at: { uri, range }, message };
}

function ofFinding(finding: Finding, document: LangiumDocument): Problem {
    const { code, severity, message, at, related = [] } = finding;
    return withIdentity(document, {
        code,
        severity,
        message,
        at: openingOf(at),
        related: related.map((other) => ({ ...other, at: openingOf(other.at) })),
        suggestions: [],
        insertions: [],
        behind: false,
        finding,
    });
}

function openingOf({ uri, range: { start, end } }: SourceLocation): SourceLocation {
    return { uri, range: { start, end: end.line === start.line ? end : { line: start.line + 1, character: 0 } } };
}

/** Found out when somebody asks. */
function withIdentity(document: LangiumDocument, problem: Omit<Problem, 'identity'>): Problem {
    const { value: root } = document.parseResult;
    let identity: string | undefined;
    return {
        ...problem,
        get identity() {
            if (identity !== undefined) return identity;
            const { text, places } = fileTextOf(document);
            const { start, end } = problem.at.range;
            const [from, to] = [places.offsetAt(start), places.offsetAt(end)];
            // of more than a line nothing is quoted
            const written = start.line === end.line ? text.slice(from, to) : '';
            return (identity = JSON.stringify([problem.code, declarationAt(root, from), written]));
        },
    };
}

/** The declaration around a place: "Service shop"; what stands outside of all of them is the file's. */
function declarationAt(root: AstNode, offset: number): string {
    const declarations = ast.isFile(root) ? root.declarations : [];
    let [from, to] = [0, declarations.length];
    while (from < to) {
        const middle = (from + to) >> 1;
        if (declarations[middle]!.$cstNode!.end < offset) from = middle + 1;
        else to = middle;
    }
    const around = declarations[from];
    if (!around || around.$cstNode!.offset > offset) return '';
    return 'name' in around && around.name ? `${around.$type} ${around.name}` : around.$type;
}
