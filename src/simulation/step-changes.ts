import * as vscode from 'vscode';
import type { SimulationStep, SimulationView } from '../../server/protocol/simulation-state.js';
import { languageId } from '../client/documents.js';
import { reportingErrors } from '../client/errors.js';
import { commandIds } from './command-ids.js';
import type { RunningSimulations } from './running.js';
import { nextChange, stepMarkdown, stepWords, type InSight } from './step-words.js';

/** For how long a changed line stands out, milliseconds. */
const shownFor = 1_500;

/**
 * After a step in time: says in the status bar what has happened and how many lines have changed, where they are out of
 * sight, too; a click goes to the next one. The lines themselves stand out for a moment.
 */
export class StepChanges implements vscode.Disposable {
    // right behind the time, which has priority 51
    private readonly item = vscode.window.createStatusBarItem('tsbtopo.step', vscode.StatusBarAlignment.Left, 50);
    private readonly highlight = vscode.window.createTextEditorDecorationType({
        isWholeLine: true,
        backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    });
    /** By topology the step that was shown last, so that each is shown once. */
    private shown: ReadonlyMap<string, string> = new Map();
    private fading: ReturnType<typeof setTimeout> | undefined;
    private readonly disposable: vscode.Disposable;

    constructor(private readonly running: RunningSimulations) {
        this.item.name = vscode.l10n.t('TSB Topology: What the Step in Time Changed');
        this.item.command = commandIds.nextChange;
        this.disposable = vscode.Disposable.from(
            this.item,
            this.highlight,
            running.onDidChange(() => {
                this.update();
                this.emphasize();
            }),
            vscode.window.onDidChangeActiveTextEditor(() => this.update()),
            vscode.window.onDidChangeTextEditorVisibleRanges(() => this.update()),
            vscode.commands.registerCommand(
                commandIds.nextChange,
                reportingErrors(() => this.goToNext()),
            ),
        );
    }

    dispose(): void {
        clearTimeout(this.fading);
        this.disposable.dispose();
    }

    private update(): void {
        const view = this.running.meant();
        const step = view && stepIn(view);
        if (!view || !step) return this.item.hide();
        this.item.text = stepWords(view, step, inSight());
        this.item.tooltip = new vscode.MarkdownString(stepMarkdown(view, step));
        this.item.show();
    }

    /** Lines of a step that has not been shown yet. */
    private emphasize(): void {
        const steps = new Map(this.running.all.flatMap((view) => (view.time.step ? [[view.uri, keyOf(view)]] : [])));
        const isNew = ({ uri }: SimulationView) => steps.has(uri) && steps.get(uri) !== this.shown.get(uri);
        const changed = this.running.all.filter(isNew).flatMap((view) => stepIn(view)?.changed ?? []);
        this.shown = steps;
        if (changed.length === 0) return;
        clearTimeout(this.fading);
        for (const editor of vscode.window.visibleTextEditors) {
            const uri = editor.document.uri.toString();
            const here = changed.filter((place) => place.uri === uri);
            editor.setDecorations(
                this.highlight,
                here.map(({ range }) => new vscode.Range(range.start.line, 0, range.start.line, 0)),
            );
        }
        this.fading = setTimeout(() => {
            for (const editor of vscode.window.visibleTextEditors) editor.setDecorations(this.highlight, []);
        }, shownFor);
    }

    private async goToNext(): Promise<void> {
        const view = this.running.meant();
        const step = view && stepIn(view);
        const next = step && nextChange(step, cursor());
        if (!next) {
            void vscode.window.showInformationMessage(
                vscode.l10n.t('No line has changed since the last step in time.'),
            );
            return;
        }
        const { line, character } = next.range.start;
        const selection = new vscode.Range(line, character, line, character);
        await vscode.window.showTextDocument(vscode.Uri.parse(next.uri), { selection });
    }
}

/** With addresses as VS Code writes them; the server may encode the colon after the letter of a drive. */
function stepIn({ time: { step } }: SimulationView): SimulationStep | undefined {
    const addressed = step?.changed.map((place) => ({ ...place, uri: vscode.Uri.parse(place.uri).toString() }));
    return step && { ...step, changed: addressed ?? [] };
}

function keyOf({ time }: SimulationView): string {
    const { from }: SimulationStep = time.step!;
    return `${from} ${time.at}`;
}

/** What the active editor shows, or another one that shows a topology while a page is active. */
function inSight(): InSight | undefined {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    const editor = activeTextEditor ?? visibleTextEditors.find(({ document }) => document.languageId === languageId);
    const [first, last = first] = [editor?.visibleRanges[0], editor?.visibleRanges.at(-1)];
    if (!editor || !first || !last) return undefined;
    return { uri: editor.document.uri.toString(), first: first.start.line, last: last.end.line };
}

function cursor(): { uri: string; line: number } | undefined {
    const editor = vscode.window.activeTextEditor;
    return editor && { uri: editor.document.uri.toString(), line: editor.selection.active.line };
}
