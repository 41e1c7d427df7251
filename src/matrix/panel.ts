import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
    matrixRequests,
    type MatrixLine,
    type MatrixOutline,
    type MatrixPromise,
    type MatrixPromises,
} from '../../server/protocol/matrix.js';
import type { SourceLocation } from '../../server/topology/topology.js';
import type { SimulationServer } from '../simulation/server.js';
import { goTo } from '../webview/go-to.js';
import { messageFromPage, type FromPage, type ToPage } from './messages.js';
import { matrixIn } from './page.js';

export const viewType = 'tsbtopo.matrix';

/** A matrix of one estate in a tab. It asks the server for what comes into sight, and takes back what has gone out of it. */
export class MatrixPanel {
    private readonly places = new Map<string, SourceLocation>();
    private promises: ReadonlyMap<string, MatrixPromise> = new Map();
    private readonly asking = new Map<FromPage['kind'], vscode.CancellationTokenSource>();

    constructor(
        readonly uri: string,
        readonly panel: vscode.WebviewPanel,
        dist: vscode.Uri,
        private readonly client: BaseLanguageClient,
        private readonly server: SimulationServer,
    ) {
        const { webview } = panel;
        webview.options = { enableScripts: true, localResourceRoots: [dist] };
        webview.html = matrixIn(webview, dist, uri);
        webview.onDidReceiveMessage((value: unknown) => {
            const message = messageFromPage(value);
            if (message) void this.take(message).catch(() => undefined);
        });
        panel.onDidDispose(() => {
            for (const source of this.asking.values()) source.cancel();
        });
    }

    tell(message: ToPage): void {
        void this.panel.webview.postMessage(message);
    }

    private async take(message: FromPage): Promise<void> {
        const { uri } = this;
        switch (message.kind) {
            case 'outline': {
                const outline = await this.ask<MatrixOutline | null>(message.kind, matrixRequests.outline, message);
                if (outline) this.panel.title = vscode.l10n.t('Matrix of {0}', outline.topology);
                return this.tell({ kind: 'outline', round: message.round, outline });
            }
            case 'lines': {
                const lines = await this.ask<MatrixLine[]>(message.kind, matrixRequests.lines, message);
                for (const line of lines) if (line.kind === 'failure') this.places.set(line.name, line.at);
                return this.tell({ kind: 'lines', round: message.round, from: message.from, lines });
            }
            case 'cell': {
                const { kind, element, column } = message;
                const text = await this.ask<string | null>(kind, matrixRequests.cell, { element, column });
                return text === null ? undefined : this.tell({ kind, element, column, text });
            }
            case 'promises': {
                const found = await this.ask<MatrixPromises | null>(message.kind, matrixRequests.promises, {});
                const { summary = '', lines = [], more = 0 } = found ?? {};
                this.promises = new Map(lines.map((line) => [line.id, line]));
                const promises = lines.map(({ at: _, counterexample, ...line }) => ({
                    ...line,
                    canBeSimulated: counterexample !== undefined,
                }));
                return this.tell({ kind: 'promises', summary, promises, more });
            }
            case 'simulatePromise': {
                const counterexample = this.promises.get(message.promise)?.counterexample;
                return counterexample && this.server.run(counterexample);
            }
            case 'goPromise': {
                const promise = this.promises.get(message.promise);
                return promise && goTo(promise.at, this.panel, true);
            }
            case 'simulate':
                return this.server.fail({ uri, element: message.element });
            case 'go': {
                const at = this.places.get(message.element);
                return at && goTo(at, this.panel, true);
            }
        }
    }

    /** What is asked next takes back what was asked before. */
    private async ask<T>(kind: FromPage['kind'], request: string, argument: object): Promise<T> {
        this.asking.get(kind)?.cancel();
        const source = new vscode.CancellationTokenSource();
        this.asking.set(kind, source);
        return this.client.sendRequest<T>(request, { ...argument, uri: this.uri }, source.token);
    }
}
