import * as vscode from 'vscode';
import { text } from '../../server/encoding/markdown.js';
import { annotationStates, type AnnotationState } from '../../server/knowledge/states.js';
import { columnsOf, gap, widthOf } from './layout.js';
import { inlineText, sameMarks, type Mark } from './marks.js';
import { stateWord } from './wording.js';

/** Colours are contributed in package.json, with defaults derived from the theme. */
export const stateColors: Readonly<Record<AnnotationState, string>> = {
    failed: 'tsbtopo.simulation.failedForeground',
    gone: 'tsbtopo.simulation.goneForeground',
    total: 'tsbtopo.simulation.totalForeground',
    limited: 'tsbtopo.simulation.limitedForeground',
    failover: 'tsbtopo.simulation.failoverForeground',
    operators: 'tsbtopo.simulation.operatorsForeground',
    spare: 'tsbtopo.simulation.spareForeground',
    held: 'tsbtopo.simulation.heldForeground',
};

/** How many characters of a text have room where another editor stands beside. */
const longestBeside = 40;

/** A mark with its place in one editor. */
export interface PlacedMark extends Mark {
    /** Between the end of the line and the text, in columns. */
    readonly margin: number;
    /** The text, as long as it may be there. */
    readonly shown: string;
}

/** How marks look in an editor: one decoration type a state for the line, and one that strikes names out. */
export class Decorations implements vscode.Disposable {
    private readonly lines: ReadonlyMap<AnnotationState, vscode.TextEditorDecorationType>;
    private readonly struck: ReadonlyMap<AnnotationState, vscode.TextEditorDecorationType>;

    constructor(extensionUri: vscode.Uri) {
        this.lines = new Map(annotationStates.map((state) => [state, lineType(state, extensionUri)]));
        this.struck = new Map((['failed', 'gone'] as const).map((state) => [state, struckType(state)]));
    }

    /** Draws the marks; those of a state that are the same as before are not touched, so that nothing flickers. */
    draw(editor: vscode.TextEditor, marks: readonly PlacedMark[], before: readonly PlacedMark[]): void {
        for (const state of annotationStates) {
            const isOfState = (mark: PlacedMark) => mark.state === state;
            const now = marks.filter(isOfState);
            if (sameMarks(now, before.filter(isOfState))) continue;
            editor.setDecorations(
                this.lines.get(state)!,
                now.map((mark) => lineDecoration(mark, editor)),
            );
            const struck = this.struck.get(state);
            if (struck) editor.setDecorations(struck, now.flatMap(struckRanges));
        }
    }

    dispose(): void {
        for (const type of [...this.lines.values(), ...this.struck.values()]) type.dispose();
    }
}

function lineType(state: AnnotationState, extensionUri: vscode.Uri): vscode.TextEditorDecorationType {
    const icon = (theme: 'dark' | 'light') => ({
        gutterIconPath: vscode.Uri.joinPath(extensionUri, 'media', `${state}-${theme}.svg`),
    });
    return vscode.window.createTextEditorDecorationType({
        // what is typed behind the line is not part of it
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
        after: {
            color: new vscode.ThemeColor(stateColors[state]),
            fontStyle: 'italic',
            // the cause stands out from what it took along
            fontWeight: state === 'failed' ? 'bold' : 'normal',
        },
        overviewRulerColor: new vscode.ThemeColor(stateColors[state]),
        overviewRulerLane: vscode.OverviewRulerLane.Right,
        gutterIconSize: 'contain',
        dark: icon('dark'),
        light: icon('light'),
    });
}

function struckType(state: AnnotationState): vscode.TextEditorDecorationType {
    const color = `var(--vscode-${stateColors[state].replaceAll('.', '-')})`;
    return vscode.window.createTextEditorDecorationType({
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
        textDecoration: `line-through ${color}`,
    });
}

/** Where the texts of marks stand in an editor, and how much of them. */
export function placed(marks: readonly Mark[], { document, options }: vscode.TextEditor): PlacedMark[] {
    const longest = vscode.workspace.getConfiguration('tsbtopo', document).get('simulation.maxLength', 80);
    const widthAt = new Map(marks.map(({ line }) => [line, widthOf(document.lineAt(line).text, tabSize(options))]));
    const lines = [...widthAt].map(([line, width]) => ({ line, width })).sort((a, b) => a.line - b.line);
    // a blank line, or the last brace of a declaration
    const columns = columnsOf(lines, (line) => /^(\s*$|\})/.test(document.lineAt(line).text));
    return marks.map((mark) => {
        const { line } = mark;
        if (!hasRoom()) return { ...mark, margin: gap, shown: inlineText(mark, Math.min(longest, longestBeside)) };
        return { ...mark, margin: columns.get(line)! - widthAt.get(line)!, shown: inlineText(mark, longest) };
    });
}

/** The text is drawn behind the range, so the range ends where the line does. */
function lineDecoration(mark: PlacedMark, editor: vscode.TextEditor): vscode.DecorationOptions {
    const { end } = editor.document.lineAt(mark.line).range;
    return {
        range: new vscode.Range(end.translate(0, end.character > 0 ? -1 : 0), end),
        hoverMessage: new vscode.MarkdownString(`**${stateWord(mark.state)}** — ${text(mark.text)}`),
        renderOptions: {
            after: {
                contentText: mark.shown,
                ...(mark.changed && { fontWeight: 'bold' }),
                // a decoration has no opacity of its own
                ...(mark.older && { textDecoration: 'none; opacity: 0.5' }),
                margin: `0 0 0 ${mark.margin}ch`,
            },
        },
    };
}

/** Side by side with something else, an editor is narrow. */
function hasRoom(): boolean {
    return vscode.window.tabGroups.all.length === 1;
}

function struckRanges({ line, struck }: Mark): vscode.Range[] {
    return struck.map(({ start, end }) => new vscode.Range(line, start, line, end));
}

function tabSize({ tabSize }: vscode.TextEditorOptions): number {
    return typeof tabSize === 'number' ? tabSize : 4;
}
