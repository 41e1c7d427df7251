import * as vscode from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import { analysing, type Analysing } from '../../server/simulation/protocol.js';
import { documentSelector } from './documents.js';

/** From when on results count as older than the text, and from when on one is told why, milliseconds. */
const olderAfter = 100;
const progressAfter = 1_000;

export type Analysed = Extract<Analysing, { kind: 'end' }>;

/** Whether what is shown is about the files as they are, and how long the server took to find it out. */
export class Analysis implements vscode.Disposable {
    /** Of documents with edits that the server has not answered yet: the version that it must have read. */
    private readonly edited = new Map<string, number>();
    private serverIsReading = false;
    private waiting: vscode.Disposable | undefined;
    private older = false;
    private last: Analysed | undefined;
    private readonly ageChanged = new vscode.EventEmitter<void>();
    private readonly analysed = new vscode.EventEmitter<Analysed>();
    private readonly disposables: vscode.Disposable[];

    /** Fires when results become older than the text, and when they are new again. */
    readonly onDidChangeAge = this.ageChanged.event;

    /** Fires when everything that is known of the files is about their present texts. */
    readonly onDidAnalyse = this.analysed.event;

    constructor(client: BaseLanguageClient) {
        this.disposables = [
            this.ageChanged,
            this.analysed,
            client.onNotification(analysing, (state: Analysing) => this.take(state)),
            client.onDidChangeState(({ newState }) => {
                if (newState !== State.Running) this.forget();
            }),
            vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
                if (contentChanges.length === 0 || client.state !== State.Running) return;
                if (vscode.languages.match(documentSelector(), document) === 0) return;
                this.edited.set(document.uri.toString(), document.version);
                this.update();
            }),
            vscode.workspace.onDidCloseTextDocument(({ uri }) => {
                if (this.edited.delete(uri.toString())) this.update();
            }),
        ];
    }

    /** Whether results are so much older than the text that they should be marked. */
    get isOlder(): boolean {
        return this.older;
    }

    /** What the server told last; undefined until it has read the workspace. */
    get latest(): Analysed | undefined {
        return this.last;
    }

    dispose(): void {
        this.forget();
        for (const disposable of this.disposables) disposable.dispose();
    }

    private take(state: Analysing): void {
        this.serverIsReading = state.kind === 'begin';
        if (state.kind === 'end') {
            this.last = state;
            for (const { uri, version } of state.versions) {
                const address = vscode.Uri.parse(uri).toString();
                if ((this.edited.get(address) ?? Infinity) <= version) this.edited.delete(address);
            }
            if (this.edited.size === 0) this.analysed.fire(state);
        }
        this.update();
    }

    private forget(): void {
        this.edited.clear();
        this.serverIsReading = false;
        this.last = undefined;
        this.update();
    }

    private update(): void {
        const isWaiting = this.serverIsReading || this.edited.size > 0;
        if (isWaiting) this.waiting ??= this.wait();
        else {
            this.waiting?.dispose();
            this.waiting = undefined;
        }
    }

    /** Marks results as older after a while, and shows progress after a longer one, until it is disposed. */
    private wait(): vscode.Disposable {
        let done = () => undefined as void;
        const timers = [
            setTimeout(() => this.setOlder(true), olderAfter),
            setTimeout(() => {
                const title = 'TSB Topology: reading files…';
                const location = vscode.ProgressLocation.Window;
                void vscode.window.withProgress({ location, title }, () => new Promise<void>((end) => (done = end)));
            }, progressAfter),
        ];
        return new vscode.Disposable(() => {
            timers.forEach(clearTimeout);
            done();
            this.setOlder(false);
        });
    }

    private setOlder(older: boolean): void {
        if (older === this.older) return;
        this.older = older;
        this.ageChanged.fire();
    }
}
