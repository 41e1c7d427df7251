import * as vscode from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import type { EstateArgument } from '../../server/protocol/arguments.js';
import {
    type FileAnnotations,
    simulationChanged,
    type SimulationState,
    type SimulationView,
} from '../../server/protocol/simulation-state.js';

const nothing: SimulationState = { simulations: [] };

/** The running scenarios, as the server last told them. */
export class RunningSimulations implements vscode.Disposable {
    private state = nothing;
    /** By the address of each file that a scenario touches. */
    private files = new Map<string, { view: SimulationView; file: FileAnnotations }>();
    private readonly changed = new vscode.EventEmitter<void>();
    private readonly disposables: vscode.Disposable[];

    /** Fires whenever a scenario, or what it does, has changed. */
    readonly onDidChange = this.changed.event;

    constructor(client: BaseLanguageClient) {
        this.disposables = [
            this.changed,
            client.onNotification(simulationChanged, (state: SimulationState) => this.become(state)),
            // scenarios live in the server, and end with it
            client.onDidChangeState(({ newState }) => {
                if (newState === State.Stopped) this.become(nothing);
            }),
        ];
    }

    /** One for each topology in which something is made to fail. */
    get all(): readonly SimulationView[] {
        return this.state.simulations;
    }

    /** The scenario that touches a document; else the first one. */
    nearest(document: vscode.TextDocument | undefined): SimulationView | undefined {
        return (document && this.files.get(document.uri.toString())?.view) ?? this.all[0];
    }

    /** The scenario of a topology, named by the file by which the server names it. */
    of(uri: string): SimulationView | undefined {
        return this.all.find((view) => view.uri === uri);
    }

    /** The scenario that a command is about: that of its argument, else the one that touches the active editor, else the first. */
    meant(argument?: Partial<EstateArgument>): SimulationView | undefined {
        const named = argument?.uri === undefined ? undefined : this.of(argument.uri);
        return named ?? this.nearest(vscode.window.activeTextEditor?.document);
    }

    /** What is drawn into a document. */
    annotationsIn(document: vscode.TextDocument): FileAnnotations | undefined {
        return this.files.get(document.uri.toString())?.file;
    }

    dispose(): void {
        for (const disposable of this.disposables) disposable.dispose();
    }

    private become(state: SimulationState): void {
        if (state.simulations.length === 0 && this.all.length === 0) return;
        this.state = state;
        this.files = new Map(
            state.simulations.flatMap((view) => view.files.map((file) => [addressOf(file), { view, file }] as const)),
        );
        this.changed.fire();
    }
}

/** As VS Code writes it; the server may encode the colon after the letter of a drive. */
function addressOf({ uri }: FileAnnotations): string {
    return vscode.Uri.parse(uri).toString();
}
