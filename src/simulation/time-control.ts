import * as vscode from 'vscode';
import type { SimulationView } from '../../server/protocol/simulation-state.js';
import { commandIds } from './command-ids.js';
import type { RunningSimulations } from './running.js';
import { eventTime, hasNext, hasPrevious, linkedCommands, timeMarkdown } from './time-words.js';

/**
 * Shows in the status bar which time of the scenario is looked at: `4 h 48 min`. It also tells VS Code whether there is an
 * earlier or a later event, so that commands and buttons are enabled only where they lead somewhere.
 */
export class TimeControl implements vscode.Disposable {
    // right behind the scenario, which has priority 52
    private readonly item = vscode.window.createStatusBarItem('tsbtopo.time', vscode.StatusBarAlignment.Left, 51);
    private readonly disposable: vscode.Disposable;

    constructor(private readonly running: RunningSimulations) {
        this.item.name = vscode.l10n.t('TSB Topology: Time of the Simulation');
        this.item.command = commandIds.goToTime;
        this.disposable = vscode.Disposable.from(
            this.item,
            running.onDidChange(() => this.update()),
            vscode.window.onDidChangeActiveTextEditor(() => this.update()),
        );
    }

    dispose(): void {
        this.disposable.dispose();
    }

    private update(): void {
        const view = this.running.nearest(vscode.window.activeTextEditor?.document);
        setContext('tsbtopo.hasNextEvent', view !== undefined && hasNext(view));
        setContext('tsbtopo.hasPreviousEvent', view !== undefined && hasPrevious(view));
        if (!view) return this.item.hide();
        this.item.text = `$(history) ${view.time.label}`;
        this.item.tooltip = tooltip(view);
        this.item.accessibilityInformation = { label: inWords(view), role: 'button' };
        this.item.show();
    }
}

function tooltip(view: SimulationView): vscode.MarkdownString {
    const markdown = new vscode.MarkdownString(timeMarkdown(view));
    markdown.isTrusted = { enabledCommands: linkedCommands };
    return markdown;
}

function inWords({ topology, time }: SimulationView): string {
    const event = time.events[time.current];
    const when = vscode.l10n.t('Simulation of {0}, time: {1}.', topology, time.label);
    return event ? `${when} ${eventTime(event)}: ${event.text}` : when;
}

function setContext(key: string, value: boolean): void {
    void vscode.commands.executeCommand('setContext', key, value);
}
