import * as vscode from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import { compareRequest, type ComparisonAnswer, type ComparisonArgument } from '../../server/protocol/comparison.js';
import type { Analysis } from '../client/analysis.js';
import type { OtherState } from './other-state.js';

/** What is compared, and what came of it. */
export interface Compared {
    readonly uri: string;
    readonly state: OtherState;
    /** Null where the topology is not there in the other state. */
    readonly answer: ComparisonAnswer | null;
}

/** The comparison that is shown: one at a time. It follows the files. */
export class Comparison implements vscode.Disposable {
    private shown: Compared | undefined;
    private round = 0;
    private readonly changed = new vscode.EventEmitter<void>();
    private readonly following: vscode.Disposable;

    /** Fires when there is another answer, or none any more. */
    readonly onDidChange = this.changed.event;

    constructor(
        private readonly client: BaseLanguageClient,
        analysis: Analysis,
    ) {
        this.following = analysis.onDidAnalyse(() => void this.follow());
    }

    get current(): Compared | undefined {
        return this.shown;
    }

    /** @throws where the files of the other state cannot be read */
    async begin(uri: string, state: OtherState): Promise<void> {
        await this.compare(uri, state, ++this.round);
    }

    end(): void {
        this.round++;
        this.shown = undefined;
        this.changed.fire();
    }

    dispose(): void {
        this.following.dispose();
        this.changed.dispose();
    }

    private async follow(): Promise<void> {
        if (!this.shown || this.client.state !== State.Running) return;
        const { uri, state } = this.shown;
        // what stood there last stays until the next time
        await this.compare(uri, state, ++this.round).catch(() => undefined);
    }

    private async compare(uri: string, state: OtherState, round: number): Promise<void> {
        const argument: ComparisonArgument = { uri, files: await state.files(), keepsOthers: state.keepsOthers };
        const answer = await this.client.sendRequest<ComparisonAnswer | null>(compareRequest, argument);
        if (round !== this.round) return;
        const isOther = JSON.stringify(answer) !== JSON.stringify(this.shown?.answer) || this.shown?.state !== state;
        this.shown = { uri, state, answer };
        if (isOther) this.changed.fire();
        // promises are judged piece by piece, so that nobody waits for them
        if (answer?.isUnfinished) void this.compare(uri, state, round).catch(() => undefined);
    }
}
