import * as vscode from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import { analysing, type Analysing } from '../../server/protocol/analysing.js';
import { Age, type AgeOfResults } from './age.js';
import { documentSelector } from './documents.js';

export type Analysed = Extract<Analysing, { kind: 'end' }>;

/** Whether what is shown is about the files as they are, and how long the server took to find it out. */
export class Analysis implements vscode.Disposable {
    private readonly age = new Age((age) => this.show(age));
    private older = false;
    private endProgress: (() => void) | undefined;
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
                if (newState === State.Running) return;
                this.last = undefined;
                this.age.forget();
            }),
            vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
                if (contentChanges.length === 0 || client.state !== State.Running) return;
                if (vscode.languages.match(documentSelector(), document) === 0) return;
                this.age.edit(document.uri.toString(), document.version);
            }),
            vscode.workspace.onDidCloseTextDocument(({ uri }) => this.age.close(uri.toString())),
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
        this.age.forget();
        for (const disposable of this.disposables) disposable.dispose();
    }

    private take(state: Analysing): void {
        if (state.kind === 'begin') return this.age.begin();
        this.last = state;
        this.age.end(state.versions.map(({ uri, version }) => [vscode.Uri.parse(uri).toString(), version] as const));
        if (this.age.isUpToDate) this.analysed.fire(state);
    }

    private show(age: AgeOfResults): void {
        this.endProgress?.();
        this.endProgress = undefined;
        if (age === 'long') {
            const options = {
                location: vscode.ProgressLocation.Window,
                title: vscode.l10n.t('TSB Topology: reading files…'),
            };
            void vscode.window.withProgress(options, () => new Promise<void>((end) => (this.endProgress = end)));
        }
        const older = age !== 'new';
        if (older === this.older) return;
        this.older = older;
        this.ageChanged.fire();
    }
}
