import * as vscode from 'vscode';
import type { JudgedPromise, PromiseMessage } from '../../server/protocol/promises.js';
import type { ScenarioArgument } from '../../server/protocol/simulation.js';
import { rangeOf, type PromiseTest, type PromiseTree } from './tree.js';

/** A message with that context has a counterexample: package.json asks for it. */
const withCounterexample = 'tsbtopo.counterexample';

/** Whether the promises of a topology, named by one of its files, are kept. */
export type Judge = (uri: string, token: vscode.CancellationToken) => Promise<readonly JudgedPromise[]>;

/** Runs promises as tests, and remembers what breaks them. */
export class PromiseRuns {
    /** By the test. */
    private readonly counterexamples = new Map<string, ScenarioArgument>();
    /** What each continuous run found last: another of the same is no news. */
    private readonly found = new WeakMap<vscode.TestRunRequest, string>();

    constructor(
        private readonly controller: vscode.TestController,
        private readonly tree: PromiseTree,
        private readonly judge: Judge,
    ) {}

    /** What breaks a promise, as it was judged last. */
    counterexampleOf({ id }: vscode.TestItem): ScenarioArgument | undefined {
        return this.counterexamples.get(id);
    }

    /** Judges what is asked for. One that runs continuously tells only what is not as it told before. */
    async run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
        const tests = this.tree.asked(request);
        const run = request.continuous ? undefined : this.controller.createTestRun(request);
        try {
            for (const { item } of tests) run?.started(item);
            const judged = await this.judged(tests, run?.token ?? token);
            if (token.isCancellationRequested) return;
            if (run) this.tell(run, judged);
            else this.tellNews(request, judged);
        } catch (error) {
            if (!run || token.isCancellationRequested || run.token.isCancellationRequested) return;
            const message = new vscode.TestMessage(error instanceof Error ? error.message : String(error));
            for (const { item } of tests) run.errored(item, message);
        } finally {
            run?.end();
        }
    }

    private async judged(
        tests: readonly PromiseTest[],
        token: vscode.CancellationToken,
    ): Promise<(readonly [PromiseTest, JudgedPromise | undefined])[]> {
        const verdicts = new Map<string, JudgedPromise>();
        for (const uri of new Set(tests.map((test) => test.uri))) {
            for (const verdict of await this.judge(uri, token)) verdicts.set(`${uri} ${verdict.id}`, verdict);
        }
        return tests.map((test) => [test, verdicts.get(test.item.id)] as const);
    }

    private tellNews(
        request: vscode.TestRunRequest,
        judged: readonly (readonly [PromiseTest, JudgedPromise | undefined])[],
    ): void {
        const told = JSON.stringify(judged.map(([{ item }, verdict]) => [item.id, verdict]));
        if (this.found.get(request) === told) return;
        this.found.set(request, told);
        // one request has one run: another run of the same has ended already
        const { include, exclude, profile } = request;
        const run = this.controller.createTestRun(new vscode.TestRunRequest(include, exclude, profile, true));
        this.tell(run, judged);
        run.end();
    }

    private tell(run: vscode.TestRun, judged: readonly (readonly [PromiseTest, JudgedPromise | undefined])[]): void {
        for (const [{ item }, verdict] of judged) {
            // it has gone since it was listed
            if (!verdict) {
                run.skipped(item);
                continue;
            }
            if (verdict.counterexample) this.counterexamples.set(item.id, verdict.counterexample);
            else this.counterexamples.delete(item.id);
            const messages = verdict.messages.map((message) => toTestMessage(message, verdict));
            switch (verdict.state) {
                case 'kept':
                    run.passed(item);
                    break;
                case 'broken':
                    run.failed(item, messages);
                    break;
                case 'not-judged':
                    run.errored(item, messages);
                    break;
                case 'accepted':
                case 'idle':
                    run.skipped(item);
                    for (const { text, at } of verdict.messages) {
                        run.appendOutput(
                            `${text}\r\n`,
                            new vscode.Location(vscode.Uri.parse(at.uri), rangeOf(at)),
                            item,
                        );
                    }
            }
        }
    }
}

function toTestMessage({ text, at, difference }: PromiseMessage, { counterexample }: JudgedPromise) {
    const message = difference
        ? vscode.TestMessage.diff(text, difference.expected, difference.found)
        : new vscode.TestMessage(text);
    message.location = new vscode.Location(vscode.Uri.parse(at.uri), rangeOf(at));
    if (counterexample) message.contextValue = withCounterexample;
    return message;
}
