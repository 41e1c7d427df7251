import * as vscode from 'vscode';
import type { ComparedLine } from '../../server/protocol/comparison.js';
import { text } from '../../server/encoding/markdown.js';
import type { Comparison } from './comparison.js';

/** So much of a text stands behind its line, in characters; the hover has all of it. */
const longest = 80;

/** Draws what got worse, and what better, behind the lines where that is declared which fails. */
export class ComparedLines implements vscode.Disposable {
    private readonly worse = lineType('editorWarning.foreground');
    private readonly better = lineType('testing.iconPassed');
    private readonly disposables: vscode.Disposable[];

    constructor(private readonly comparison: Comparison) {
        const draw = () => this.draw();
        this.disposables = [
            this.worse,
            this.better,
            comparison.onDidChange(draw),
            vscode.window.onDidChangeVisibleTextEditors(draw),
        ];
    }

    dispose(): void {
        for (const disposable of this.disposables) disposable.dispose();
    }

    private draw(): void {
        const changes = this.comparison.current?.answer?.changes ?? [];
        for (const editor of vscode.window.visibleTextEditors) {
            const address = editor.document.uri.toString();
            const here = changes.filter(({ at }) => vscode.Uri.parse(at.uri).toString() === address);
            const byLine = new Map<number, ComparedLine[]>();
            for (const change of here) {
                const { line } = change.at.range.start;
                byLine.set(line, [...(byLine.get(line) ?? []), change]);
            }
            const drawn = [...byLine].flatMap(([line, all]) =>
                line < editor.document.lineCount ? [{ all, option: optionOf(editor.document.lineAt(line), all) }] : [],
            );
            const those = (isWorse: boolean) =>
                drawn.filter(({ all }) => all.some((each) => each.isWorse) === isWorse).map(({ option }) => option);
            editor.setDecorations(this.worse, those(true));
            editor.setDecorations(this.better, those(false));
        }
    }
}

function lineType(color: string): vscode.TextEditorDecorationType {
    return vscode.window.createTextEditorDecorationType({
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
        after: { color: new vscode.ThemeColor(color), fontStyle: 'italic', margin: '0 0 0 2em' },
        overviewRulerColor: new vscode.ThemeColor(color),
        overviewRulerLane: vscode.OverviewRulerLane.Left,
    });
}

/** What got worse comes first; the rest is counted. */
function optionOf({ range: { end } }: vscode.TextLine, all: readonly ComparedLine[]): vscode.DecorationOptions {
    const first = all.find(({ isWorse }) => isWorse) ?? all[0]!;
    const says = first.says.length > longest ? `${first.says.slice(0, longest - 1)}…` : first.says;
    const more = all.length > 1 ? ` ${vscode.l10n.t('and {0} more', all.length - 1)}` : '';
    const list = all.map((each) => `- **${wordOf(each)}** — ${text(each.says)}`).join('\n');
    return {
        range: new vscode.Range(end.translate(0, end.character > 0 ? -1 : 0), end),
        hoverMessage: new vscode.MarkdownString(list),
        renderOptions: { after: { contentText: `${first.isWorse ? '▲' : '▽'} ${wordOf(first)}: ${says}${more}` } },
    };
}

function wordOf({ isWorse }: ComparedLine): string {
    return isWorse ? vscode.l10n.t('worse') : vscode.l10n.t('better');
}
