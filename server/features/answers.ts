import { isOperationCancelled, type DocumentState } from 'langium';
import { LSPErrorCodes, ResponseError, type CancellationToken, type Connection } from 'vscode-languageserver';
import type { TsbtopoServices } from '../language/services.js';

/** Listens to a request of the client. @param of is asked once the files are ready; it may throw, or be cancelled */
export type Answer = <Argument, Result>(
    request: string,
    of: (argument: Argument, token: CancellationToken) => Result | Promise<Result>,
) => void;

/**
 * Answers requests about files: each waits until they are ready, and one that is taken back says so.
 *
 * @param state what has to be done with the files before
 */
export function answering(connection: Connection, { shared }: TsbtopoServices, state: DocumentState): Answer {
    return <Argument, Result>(
        request: string,
        of: (argument: Argument, token: CancellationToken) => Result | Promise<Result>,
    ) => {
        connection.onRequest(request, async (argument: unknown, token: CancellationToken) => {
            try {
                await shared.workspace.DocumentBuilder.waitUntil(state, undefined, token);
                return await of((argument ?? {}) as Argument, token);
            } catch (error) {
                if (isOperationCancelled(error)) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
                throw error;
            }
        });
    };
}
