import * as vscode from 'vscode';
import type { Analysis } from '../client/analysis.js';
import { languageId } from '../client/documents.js';
import { Decorations, placed, type PlacedMark } from './decorations.js';
import { lineAfter, linesChangedBy, type Edit, type LineText } from './edits.js';
import { markOf, marksAfter, nowhere, sameMarks, type Mark } from './marks.js';
import type { RunningSimulations } from './running.js';

/** For how long a line stays without its result after it was edited, milliseconds. */
const typingPause = 500;

/** What is known of one open document. */
interface Results {
    /** Moved along with the text of the document since the server told them. */
    marks: readonly Mark[];
    /** Lines that are being edited: their results wait until the typing pauses. */
    edited: ReadonlySet<number>;
    pause?: ReturnType<typeof setTimeout>;
}

/**
 * Draws the running scenarios into the files. Results of the server count only for the very text they were computed from;
 * until it has seen an edit, the last ones move along with their lines, and those of edited lines hide. If that takes a
 * while, they fade.
 */
export class InlineResults implements vscode.Disposable {
    private readonly decorations: Decorations;
    private readonly results = new Map<vscode.TextDocument, Results>();
    /** What each editor shows, as VS Code has moved it since. */
    private readonly drawn = new WeakMap<vscode.TextEditor, readonly PlacedMark[]>();
    private readonly disposables: vscode.Disposable[];

    constructor(
        extensionUri: vscode.Uri,
        private readonly running: RunningSimulations,
        private readonly analysis: Analysis,
    ) {
        this.decorations = new Decorations(extensionUri);
        this.disposables = [
            this.decorations,
            running.onDidChange(() => this.takeAll()),
            analysis.onDidChangeAge(() => this.takeAll()),
            vscode.window.onDidChangeVisibleTextEditors(() => this.takeAll()),
            // with another tab size, and in a narrower editor, texts begin in another column
            vscode.window.onDidChangeTextEditorOptions(({ textEditor }) => this.draw(textEditor.document)),
            vscode.window.tabGroups.onDidChangeTabGroups(() => this.drawAll()),
            vscode.workspace.onDidChangeConfiguration((event) => {
                if (event.affectsConfiguration('tsbtopo.simulation')) this.drawAll();
            }),
            vscode.workspace.onDidChangeTextDocument((event) => this.follow(event)),
            vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
        ];
        this.takeAll();
    }

    dispose(): void {
        for (const document of [...this.results.keys()]) this.forget(document);
        for (const disposable of this.disposables) disposable.dispose();
    }

    private takeAll(): void {
        for (const document of documents()) this.take(document);
        this.drawAll();
    }

    private drawAll(): void {
        for (const document of documents()) this.draw(document);
    }

    /** Takes over what the server told, unless it speaks of another text than the document's. */
    private take(document: vscode.TextDocument): void {
        const told = this.running.annotationsIn(document);
        if (!told) return this.forget(document);
        const isCurrent = told.version === undefined ? !document.isDirty : told.version === document.version;
        if (!isCurrent) return;
        const marks = told.annotations
            .filter(({ range }) => range.start.line < document.lineCount)
            .map((annotation) => markOf(annotation, (line) => document.lineAt(line).text));
        const known = this.results.get(document);
        if (known) known.marks = marks;
        else this.results.set(document, { marks, edited: new Set() });
    }

    private follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
        const results = this.results.get(document);
        if (!results || contentChanges.length === 0) return;
        // between several changes, the text of a line is not known
        const lineText: LineText = (line) => (contentChanges.length === 1 ? document.lineAt(line).text : undefined);
        for (const { range, text } of fromBottom(contentChanges)) {
            const edit: Edit = { start: range.start, end: range.end, text };
            results.marks = marksAfter(results.marks, edit, lineText).filter(({ line }) => line !== nowhere);
            results.edited = editedAfter(results.edited, edit, lineText);
            for (const editor of editorsOf(document)) {
                this.drawn.set(editor, marksAfter(this.drawn.get(editor) ?? [], edit, lineText));
            }
        }
        clearTimeout(results.pause);
        results.pause = setTimeout(() => {
            results.edited = new Set();
            this.draw(document);
        }, typingPause);
        this.draw(document);
    }

    private draw(document: vscode.TextDocument): void {
        const { marks, edited } = this.results.get(document) ?? { marks: [], edited: new Set() };
        const { isOlder: older } = this.analysis;
        const shown = marks.map((mark) => (older ? { ...mark, older } : mark));
        for (const editor of editorsOf(document)) {
            const before = this.drawn.get(editor) ?? [];
            // a line that is being edited keeps its place, so that its neighbours keep theirs
            const visible = placed(shown, editor).filter(({ line }) => !edited.has(line));
            if (sameMarks(visible, before)) continue;
            this.decorations.draw(editor, visible, before);
            this.drawn.set(editor, visible);
        }
    }

    private forget(document: vscode.TextDocument): void {
        clearTimeout(this.results.get(document)?.pause);
        this.results.delete(document);
    }
}

function editedAfter(edited: ReadonlySet<number>, edit: Edit, lineText: LineText): ReadonlySet<number> {
    const moved = [...edited].flatMap((line) => lineAfter(line, edit, lineText) ?? []);
    return new Set([...moved, ...linesChangedBy(edit, lineText)]);
}

function documents(): ReadonlySet<vscode.TextDocument> {
    const shown = vscode.window.visibleTextEditors.map(({ document }) => document);
    return new Set(shown.filter(({ languageId: id }) => id === languageId));
}

function editorsOf(document: vscode.TextDocument): readonly vscode.TextEditor[] {
    return vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
}

/** Each change is written in the lines of the document before all of them: from the bottom up, none moves another. */
function fromBottom(
    changes: readonly vscode.TextDocumentContentChangeEvent[],
): vscode.TextDocumentContentChangeEvent[] {
    return [...changes].sort((a, b) => b.rangeOffset - a.rangeOffset);
}
