import * as vscode from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import { viewRequests, type TopologySummary } from '../../server/simulation/protocol.js';
import { commandIds } from '../simulation/command-ids.js';
import { viewIds } from '../views/view-ids.js';
import type { Analysis } from './analysis.js';
import { documentSelector, languageId } from './documents.js';

/** Not on each of several quick edits, milliseconds. */
const pause = 300;

/** What VS Code shows behind the language's braces in the status bar: the topology of the file, and the server. */
export class LanguageStatus implements vscode.Disposable {
    private readonly topology = vscode.languages.createLanguageStatusItem('tsbtopo.topology', documentSelector());
    private readonly server = vscode.languages.createLanguageStatusItem('tsbtopo.server', documentSelector());
    private pending: ReturnType<typeof setTimeout> | undefined;
    private readonly disposable: vscode.Disposable;

    constructor(
        private readonly client: BaseLanguageClient,
        private readonly analysis: Analysis,
    ) {
        this.topology.name = 'TSB Topology';
        this.topology.command = { title: 'Failures', command: `${viewIds.failures}.focus` };
        this.server.name = 'TSB Topology: Language Server';
        this.showServer();
        this.showTopology(undefined);
        const soon = () => {
            clearTimeout(this.pending);
            this.pending = setTimeout(() => void this.ask(), pause);
        };
        this.disposable = vscode.Disposable.from(
            this.topology,
            this.server,
            client.onDidChangeState(() => {
                this.showServer();
                soon();
            }),
            analysis.onDidAnalyse(() => {
                this.showServer();
                soon();
            }),
            analysis.onDidChangeAge(() => {
                this.topology.busy = this.server.busy = analysis.isOlder;
            }),
            vscode.window.onDidChangeActiveTextEditor(soon),
        );
    }

    dispose(): void {
        clearTimeout(this.pending);
        this.disposable.dispose();
    }

    private async ask(): Promise<void> {
        const document = vscode.window.activeTextEditor?.document;
        if (document?.languageId !== languageId) return;
        const uri = document.uri.toString();
        const [summary] =
            this.client.state === State.Running
                ? await this.client.sendRequest<TopologySummary[]>(viewRequests.topologies, { uri }).catch(() => [])
                : [];
        if (vscode.window.activeTextEditor?.document === document) this.showTopology(summary);
    }

    private showTopology(summary: TopologySummary | undefined): void {
        const { topology, elements, findings } = summary ?? {};
        this.topology.text = topology ?? 'No topology';
        this.topology.detail = findings && `${counted(elements ?? 0, 'element')} · ${findingsIn(findings)}`;
        this.topology.severity = !findings?.error
            ? vscode.LanguageStatusSeverity.Information
            : vscode.LanguageStatusSeverity.Warning;
    }

    private showServer(): void {
        const { server } = this;
        const restart = { title: 'Restart', command: commandIds.restartServer };
        server.severity = vscode.LanguageStatusSeverity.Information;
        switch (this.client.state) {
            case State.Running: {
                const { latest } = this.analysis;
                server.text = latest
                    ? `Analysed in ${Math.max(1, Math.round(latest.milliseconds))} ms`
                    : 'Reading files…';
                server.command = { title: 'Output', command: commandIds.showOutput };
                return;
            }
            case State.Starting:
                server.text = 'The language server starts…';
                server.command = { title: 'Output', command: commandIds.showOutput };
                return;
            default:
                server.text = 'The language server does not run';
                server.severity = vscode.LanguageStatusSeverity.Error;
                server.command = restart;
        }
    }
}

/** "2 errors, 1 warning"; what is only worth knowing is not counted. */
export function findingsIn({ error, warning }: TopologySummary['findings']): string {
    const counts = [
        ...(error > 0 ? [counted(error, 'error')] : []),
        ...(warning > 0 ? [counted(warning, 'warning')] : []),
    ];
    return counts.join(', ') || 'no errors, no warnings';
}

function counted(number: number, noun: string): string {
    return `${number.toLocaleString()} ${noun}${number === 1 ? '' : 's'}`;
}
