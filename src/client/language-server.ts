import * as vscode from 'vscode';
import { CloseAction, ErrorAction, State, type ErrorHandler } from 'vscode-languageclient';
import { LanguageClient } from 'vscode-languageclient/node';
import { commandIds } from '../simulation/command-ids.js';
import { tellCrash, tryAgain } from './errors.js';

/** A server that ends by itself so often within so many milliseconds is not started again. */
const mostCrashes = 5;
const crashPeriod = 3 * 60_000;

/** So many messages of the log are kept for a report. */
const mostMessages = 100;

/** The client of the language server. What goes wrong while none is running is told by `watchServer`, once. */
export class TopologyClient extends LanguageClient {
    private readonly lastMessages: string[] = [];

    /** The end of the log, for a report. */
    get log(): readonly string[] {
        return this.lastMessages;
    }

    override info(message: string, data?: unknown, showNotification?: boolean): void {
        this.keep(message);
        super.info(message, data, showNotification);
    }

    override warn(message: string, data?: unknown, showNotification?: boolean): void {
        this.keep(message);
        super.warn(message, data, showNotification);
    }

    override error(message: string, data?: unknown, showNotification?: boolean | 'force'): void {
        this.keep(message);
        super.error(message, data, this.state === State.Running ? showNotification : false);
    }

    private keep(message: string): void {
        this.lastMessages.push(message);
        this.lastMessages.splice(0, this.lastMessages.length - mostMessages);
    }

    /** Without effect unless one is running: the base class, which stops what did not start, would throw. */
    override async stop(timeout?: number): Promise<void> {
        if (this.isRunning()) await super.stop(timeout);
    }
}

/** Starts a server that ended by itself again, unless it keeps on doing so or did not even start. */
export function restartAfterCrash(isRunning: () => boolean): ErrorHandler {
    const crashes: number[] = [];
    let isTold = false;
    return {
        // what is written to a server that has just ended fails, too, before its end is known: to give up then would keep it off
        // without a word, as nobody is asked any more whether to start it again
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
            if (!isRunning()) return { action: CloseAction.DoNotRestart, handled: true };
            const now = Date.now();
            crashes.push(now);
            const recent = crashes.filter((crash) => now - crash < crashPeriod);
            if (recent.length < mostCrashes) {
                if (!isTold) void tellCrash();
                isTold = true;
                return {
                    action: CloseAction.Restart,
                    message: vscode.l10n.t('The server has ended, and is started again.'),
                    handled: true,
                };
            }
            crashes.length = 0; // whoever restarts it by hand gives it all its chances again
            void tryAgain(
                vscode.l10n.t('The language server has ended {0} times in a row and stays off.', mostCrashes),
            );
            return { action: CloseAction.DoNotRestart, handled: true };
        },
    };
}

/** Starts the server; if it does not start, the user is told, and can try again. */
export async function startServer(client: LanguageClient): Promise<void> {
    await client.start().catch(() => undefined);
}

/** Tells when the server could not be started, and offers to restart it: a way out should it ever be stuck. */
export function watchServer(client: LanguageClient): vscode.Disposable {
    const register = vscode.commands.registerCommand;
    return vscode.Disposable.from(
        client.onDidChangeState(({ newState }) => {
            if (newState === State.StartFailed)
                void tryAgain(vscode.l10n.t('The language server could not be started.'));
        }),
        register(commandIds.restartServer, async () => {
            await client.stop().catch(() => undefined); // a stuck one is killed
            await startServer(client);
        }),
        register(commandIds.showOutput, () => client.outputChannel.show()),
    );
}
