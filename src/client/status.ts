import * as vscode from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import { type TopologySummary, viewRequests } from '../../server/protocol/views.js';
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
        this.topology.command = { title: vscode.l10n.t('Failures'), command: `${viewIds.failures}.focus` };
        this.server.name = vscode.l10n.t('TSB Topology: Language Server');
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
        this.topology.text = topology ?? vscode.l10n.t('No topology');
        this.topology.detail = findings && `${countOfElements(elements ?? 0)} · ${findingsIn(findings)}`;
        this.topology.severity = !findings?.error
            ? vscode.LanguageStatusSeverity.Information
            : vscode.LanguageStatusSeverity.Warning;
    }

    private showServer(): void {
        const { server } = this;
        const restart = { title: vscode.l10n.t('Restart'), command: commandIds.restartServer };
        server.severity = vscode.LanguageStatusSeverity.Information;
        switch (this.client.state) {
            case State.Running: {
                const { latest } = this.analysis;
                server.text = latest
                    ? vscode.l10n.t('Analysed in {0} ms', Math.max(1, Math.round(latest.milliseconds)))
                    : vscode.l10n.t('Reading files…');
                server.command = { title: vscode.l10n.t('Output'), command: commandIds.showOutput };
                return;
            }
            case State.Starting:
                server.text = vscode.l10n.t('The language server starts…');
                server.command = { title: vscode.l10n.t('Output'), command: commandIds.showOutput };
                return;
            default:
                server.text = vscode.l10n.t('The language server does not run');
                server.severity = vscode.LanguageStatusSeverity.Error;
                server.command = restart;
        }
    }
}

/** "2 errors, 1 warning"; what is only worth knowing is not counted. */
export function findingsIn({ error, warning }: TopologySummary['findings']): string {
    const errors = error === 1 ? vscode.l10n.t('1 error') : vscode.l10n.t('{0} errors', error.toLocaleString());
    const warnings =
        warning === 1 ? vscode.l10n.t('1 warning') : vscode.l10n.t('{0} warnings', warning.toLocaleString());
    const counts = [...(error > 0 ? [errors] : []), ...(warning > 0 ? [warnings] : [])];
    return counts.join(', ') || vscode.l10n.t('no errors, no warnings');
}

export function countOfElements(count: number): string {
    return count === 1 ? vscode.l10n.t('1 element') : vscode.l10n.t('{0} elements', count.toLocaleString());
}
