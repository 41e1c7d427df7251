import { DocumentState, type LangiumDocument } from 'langium';
import type { Connection, Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { importedStatesOf } from '../estate/imported.js';
import { gradedProblemsIn, problemsOfLanguage, problemsOfSettings, type Problem } from '../estate/problem.js';
import { problemSeverities } from '../knowledge/severities.js';
import { hasPromises, judgePromises } from '../estate/promises.js';
import type { Estate } from '../language/naming/estates.js';
import type { TsbtopoServices } from '../language/services.js';
import type { Client } from './client.js';

/** Everything to say of a file, in the words of the protocol. */
export function diagnosticsOf(document: LangiumDocument, services: TsbtopoServices, docs?: string): Diagnostic[] {
    return gradedProblemsIn(document, services).map((problem) => toDiagnostic(problem, docs));
}

/**
 * Publishes the diagnostics of every file of the workspace after each build, where they have changed.
 *
 * @param soon for so many milliseconds promises are judged before anything is published
 */
export function publishDiagnostics(connection: Connection, services: TsbtopoServices, client: Client, soon = 30): void {
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
    let round = 0;
    /** @param mine of an earlier round nothing is told any more: the build that is under way ends with all that is true then */
    const publishAll = async (mine: number) => {
        await ProjectSettings.load(LangiumDocuments.all.map(({ uri }) => uri));
        if (mine !== round) return;
        // some may have gone meanwhile
        for (const document of LangiumDocuments.all) {
            const uri = document.uri.toString();
            const all = () => diagnosticsOf(document, services, client.docs);
            const diagnostics = InternalErrors.guard('listing diagnostics', uri, all, () =>
                problemsOfLanguage(document, services).map((problem) => toDiagnostic(problem, client.docs)),
            );
            publish(uri, diagnostics);
        }
        const found = problemsOfSettings(services);
        for (const uri of settingsFiles) if (!found.has(uri)) publish(uri, []);
        settingsFiles = new Set(found.keys());
        for (const [uri, problems] of found)
            publish(
                uri,
                problems.map((problem) => toDiagnostic(problem)),
            );
    };
    let settingsFiles: ReadonlySet<string> = new Set();
    DocumentBuilder.onUpdate(() => void round++);
    const publishAndJudge = async () => {
        const mine = ++round;
        const estates = services.workspace.Estates.all().filter(hasPromises);
        // what is soon judged is published once, with everything else
        const isDone = estates.map((estate) => judgePromises(estate, services, soon) !== 'unfinished');
        await publishAll(mine);
        // the rest later, unless an edit comes first; meanwhile what was found last stands where its promise stands
        if (isDone.every(Boolean)) return;
        void judgeRest(estates, services, () => mine === round).then((isCurrent) => {
            if (isCurrent) void publishAll(mine);
        });
    };
    DocumentBuilder.onBuildPhase(DocumentState.Validated, publishAndJudge);
    importedStatesOf(services).onChange(
        () => void DocumentBuilder.waitUntil(DocumentState.Validated).then(publishAndJudge),
    );
    ProjectSettings.onChange(() => void DocumentBuilder.waitUntil(DocumentState.Validated).then(publishAndJudge));
}

/** So many milliseconds promises are judged before somebody else has a turn. */
const piece = 10;

/** @returns whether all promises are judged; not where an edit came first */
async function judgeRest(
    estates: readonly Estate[],
    services: TsbtopoServices,
    isCurrent: () => boolean,
): Promise<boolean> {
    for (const estate of estates) {
        do {
            await new Promise<void>((resolve) => setTimeout(resolve));
            if (!isCurrent()) return false;
        } while (judgePromises(estate, services, piece) === 'unfinished');
    }
    return true;
}

function toDiagnostic({ code, severity, message, at, related }: Problem, docs?: string): Diagnostic {
    return {
        code,
        source: 'tsbtopo',
        severity: (problemSeverities.indexOf(severity) + 1) as DiagnosticSeverity,
        message,
        range: at.range,
        ...(docs !== undefined && { codeDescription: { href: `${docs}/diagnostics.md#${code}` } }),
        ...(related.length > 0 && {
            relatedInformation: related.map((other) => ({ message: other.message, location: other.at })),
        }),
    };
}
