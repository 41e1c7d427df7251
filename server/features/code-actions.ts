import { Cancellation, URI, type LangiumDocument } from 'langium';
import type { CodeActionProvider } from 'langium/lsp';
import {
    CodeActionKind,
    CodeActionTriggerKind,
    type CodeAction,
    type CodeActionParams,
    type Diagnostic,
    type Range,
    type WorkspaceEdit,
} from 'vscode-languageserver';
import { visible } from '../encoding/visible.js';
import { byFile, type Change } from '../estate/change.js';
import type { Fix, Surroundings } from '../fixes/fix.js';
import { problemsIn, type Problem } from '../estate/problem.js';
import { refactoringsAt } from '../fixes/refactorings/refactorings.js';
import { surroundingsIn } from '../fixes/surroundings.js';
import { fileTextOf } from '../estate/file-text.js';
import { remedyFor } from '../fixes/table.js';
import { VerifiedFixes } from '../fixes/verified.js';
import type { TsbtopoServices } from '../language/services.js';
import type { ClientSettings } from './client.js';
import { keptDrift } from './keep-drift.js';

/** Mends a file as far as that does not change what it means; also for `editor.codeActionsOnSave`. */
const fixAll = `${CodeActionKind.SourceFixAll}.tsbtopo`;

/** The kinds of what the light bulb offers, as the server announces them. */
export const codeActionKinds = [
    CodeActionKind.QuickFix,
    CodeActionKind.RefactorMove,
    CodeActionKind.RefactorRewrite,
    CodeActionKind.RefactorExtract,
    CodeActionKind.RefactorInline,
    fixAll,
];

/** So many problems of a selection get fixes. */
const mostProblems = 10;

/** The light bulb: fixes that were tried out for each problem at the cursor, and refactorings of what stands there. */
export class TsbtopoCodeActionProvider implements CodeActionProvider {
    private readonly fixes = new VerifiedFixes();
    private readonly around: (document: LangiumDocument) => Surroundings | undefined;

    constructor(
        private readonly services: TsbtopoServices,
        private readonly client: ClientSettings,
    ) {
        this.around = surroundingsIn(services);
    }

    async getCodeActions(
        document: LangiumDocument,
        { range, context }: CodeActionParams,
        token = Cancellation.CancellationToken.None,
    ): Promise<CodeAction[]> {
        const around = this.around(document);
        if (!around) return [];
        const { only } = context;
        const actions: CodeAction[] = [];
        const isTaken = this.client.canCreateFiles
            ? (uri: string) => this.services.shared.workspace.LangiumDocuments.hasDocument(URI.parse(uri))
            : undefined;
        if (isWanted(CodeActionKind.QuickFix, only))
            actions.push(...(await this.quickFixes(around, range, context, token)));
        if (isWanted('refactor', only)) {
            for (const { kind, ...refactoring } of refactoringsAt(around, range.start, isTaken)) {
                if (!isWanted(kind, only) || (!this.client.canCreateFiles && this.createsFile(refactoring))) continue;
                actions.push(this.action(refactoring, kind));
            }
        }
        if (only && isWanted(fixAll, only)) {
            const fix = await this.fixes.safe(problemsIn(document, this.services), around);
            if (fix) actions.push(this.action(fix, fixAll));
        }
        return actions;
    }

    private async quickFixes(
        around: Surroundings,
        range: Range,
        context: CodeActionParams['context'],
        token: Cancellation.CancellationToken,
    ): Promise<CodeAction[]> {
        const inFile = problemsIn(around.document, this.services);
        const actions: CodeAction[] = [];
        const here = inFile.filter(({ code, at }) => remedyFor(code) && touches(at.range, range));
        for (const problem of here.slice(0, mostProblems)) {
            const diagnostics = context.diagnostics.filter((each) => isOf(each, problem));
            for (const fix of await this.fixes.of(problem, around, token)) {
                if (!this.client.canCreateFiles && this.createsFile(fix)) continue;
                const action = this.action({ ...fix, title: fix.headline }, CodeActionKind.QuickFix);
                actions.push({ ...action, diagnostics, isPreferred: fix.isPreferred });
                // looked for only when somebody opens the menu, not with each movement of the cursor
                if (context.triggerKind === CodeActionTriggerKind.Automatic) continue;
                const alike = await this.fixes.alike(problem, fix, inFile, around);
                if (alike) actions.push({ ...this.action(alike, CodeActionKind.QuickFix), diagnostics });
            }
            const kept = this.client.canCreateFiles
                ? keptDrift(problem, this.services, this.client.hasCommands)
                : undefined;
            if (kept) actions.push({ ...kept, diagnostics });
        }
        return distinct(actions);
    }

    private action(fix: Fix & { readonly newFile?: { uri: string; text: string } }, kind: string): CodeAction {
        return { title: visible(fix.title), kind, edit: this.editOf(fix) };
    }

    private createsFile({ changes }: Fix): boolean {
        return changes.some(({ uri }) => !this.services.shared.workspace.LangiumDocuments.hasDocument(URI.parse(uri)));
    }

    private editOf({
        title,
        changes,
        newFile,
    }: Fix & { readonly newFile?: { uri: string; text: string } }): WorkspaceEdit {
        const { LangiumDocuments } = this.services.shared.workspace;
        const isKnown = ({ uri }: Change) => LangiumDocuments.hasDocument(URI.parse(uri));
        const created = changes.find((change) => !isKnown(change));
        if (created) return this.editOf({ title, changes: changes.filter(isKnown), newFile: created });
        const edits = [...byFile(changes)].map(([uri, ofFile]) => {
            const { places } = fileTextOf(LangiumDocuments.getDocument(URI.parse(uri))!);
            return {
                uri,
                edits: ofFile.map(({ start, end, text }) => ({
                    range: { start: places.positionAt(start), end: places.positionAt(end) },
                    newText: text,
                })),
            };
        });
        if (!newFile) return { changes: Object.fromEntries(edits.map(({ uri, edits }) => [uri, edits])) };
        const begin = { line: 0, character: 0 };
        return {
            documentChanges: [
                { kind: 'create', uri: newFile.uri, options: { overwrite: false, ignoreIfExists: false } },
                {
                    textDocument: { uri: newFile.uri, version: null },
                    edits: [{ range: { start: begin, end: begin }, newText: newFile.text }],
                },
                ...edits.map(({ uri, edits }) => ({ textDocument: { uri, version: null }, edits })),
            ],
        };
    }
}

/** Whether actions of a kind are asked for: all are, or those of it or of a kind above it. */
function isWanted(kind: string, only: readonly string[] | undefined): boolean {
    return !only || only.some((each) => kind === each || kind.startsWith(`${each}.`) || each.startsWith(`${kind}.`));
}

function touches(a: Range, b: Range): boolean {
    return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
    return a.line < b.line || (a.line === b.line && a.character < b.character);
}

function isOf({ code, range }: Diagnostic, { code: itsCode, at }: Problem): boolean {
    const { start } = at.range;
    return code === itsCode && range.start.line === start.line && range.start.character === start.character;
}

/** One action where several problems have the same remedy. */
function distinct(actions: readonly CodeAction[]): CodeAction[] {
    const known = new Map<string, CodeAction>();
    for (const action of actions) {
        const key = JSON.stringify(action.edit);
        const same = known.get(key);
        known.set(
            key,
            same ? { ...same, diagnostics: [...(same.diagnostics ?? []), ...(action.diagnostics ?? [])] } : action,
        );
    }
    return [...known.values()];
}
