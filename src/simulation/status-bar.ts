import * as vscode from 'vscode';
import { iconless } from '../../server/encoding/labels.js';
import { commandLink, text } from '../../server/encoding/markdown.js';
import type { SimulationView } from '../../server/protocol/simulation-state.js';
import { operations, operationTitles, severitySigns, severityWords } from '../../server/knowledge/operations.js';
import type { Analysis } from '../client/analysis.js';
import { commandIds } from './command-ids.js';
import type { RunningSimulations } from './running.js';
import { countOfFailures } from './wording.js';

const linkedCommands = [commandIds.showRunbook, commandIds.keepAsScenario, commandIds.clearSimulation];

/** Shows the scenario in the status bar for as long as one runs: `2 failures: ✖ shop.example.com down · 1 more`. */
export class StatusBar implements vscode.Disposable {
    private readonly item = vscode.window.createStatusBarItem('tsbtopo.simulation', vscode.StatusBarAlignment.Left, 52);
    private readonly disposable: vscode.Disposable;

    constructor(
        private readonly running: RunningSimulations,
        private readonly analysis: Analysis,
    ) {
        this.item.name = vscode.l10n.t('TSB Topology: Simulation');
        this.item.command = commandIds.showSimulation;
        this.disposable = vscode.Disposable.from(
            this.item,
            running.onDidChange(() => this.update()),
            analysis.onDidChangeAge(() => this.update()),
            vscode.window.onDidChangeActiveTextEditor(() => this.update()),
        );
    }

    dispose(): void {
        this.disposable.dispose();
    }

    private update(): void {
        const view = this.running.nearest(vscode.window.activeTextEditor?.document);
        if (!view) return this.item.hide();
        const others = this.running.all.length - 1;
        this.item.text = `${countOfFailures(view)}: ${iconless(view.inBrief)}${others > 0 ? ` (+${others})` : ''}`;
        this.item.color = this.analysis.isOlder ? new vscode.ThemeColor('disabledForeground') : undefined;
        this.item.tooltip = tooltip(view);
        this.item.accessibilityInformation = {
            label: vscode.l10n.t(
                'Simulation of {0}, {1}: {2}. {3}',
                view.topology,
                countOfFailures(view),
                view.failures.join(', '),
                `${view.headline}. ${view.marksInWords}`,
            ),
            role: 'button',
        };
        this.item.show();
    }
}

function tooltip(view: SimulationView): vscode.MarkdownString {
    const rows = operations.map((operation) => {
        const severity = view.operations[operation];
        return `| ${operationTitles[operation]} | ${severitySigns[severity]} ${severityWords[severity]} |`;
    });
    const markdown = new vscode.MarkdownString(
        [
            `**${vscode.l10n.t('{0} simulated in {1}:', countOfFailures(view), text(view.topology))}** ${view.failures.map(text).join(', ')}`,
            `**${text(view.headline)}**`,
            ['| | |', '|---|---|', ...rows].join('\n'),
            [
                commandLink(vscode.l10n.t('Open as runbook'), commandIds.showRunbook),
                commandLink(vscode.l10n.t('Keep as a scenario'), commandIds.keepAsScenario),
                commandLink(vscode.l10n.t('Recover all'), commandIds.clearSimulation),
            ].join(' · '),
        ].join('\n\n'),
    );
    markdown.isTrusted = { enabledCommands: linkedCommands };
    return markdown;
}
