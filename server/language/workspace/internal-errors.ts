import { isOperationCancelled } from 'langium';
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver-types';
import { internalErrorMessage } from '../../topology/internal-error.js';

/** A mistake of this tool, met while it worked on a file. */
export interface InternalError {
    /** "reading", "checking", … */
    readonly doing: string;
    /** The file that it was about. */
    readonly uri: string;
    readonly error: unknown;
}

/**
 * The firewall: through it runs everything that works on files. What throws costs one diagnostic and one entry of the
 * log, and whoever called goes on with what they had; only a cancellation passes.
 */
export class InternalErrors {
    /** Those that stand, by file and by what was being done; those of listeners by the listener. */
    private readonly standing = new Map<string, Map<unknown, InternalError>>();
    private readonly listeners: ((met: InternalError) => void)[] = [];

    /**
     * @param doing what is being done, for the message
     * @param uri the file that it is about
     * @param otherwise the result where the action throws
     */
    guard<T>(doing: string, uri: string, action: () => T, otherwise: () => T): T {
        try {
            const result = action();
            this.end(doing, uri);
            return result;
        } catch (error) {
            this.meet({ doing, uri, error });
            return otherwise();
        }
    }

    /** The same for an action that takes time. */
    async guardAsync<T>(doing: string, uri: string, action: () => T | Promise<T>, otherwise: () => T): Promise<T> {
        try {
            const result = await action();
            this.end(doing, uri);
            return result;
        } catch (error) {
            this.meet({ doing, uri, error });
            return otherwise();
        }
    }

    /**
     * The same for one who is told of files.
     *
     * @param uri the first of the files
     */
    async guardListener(listener: object, uri: string, tell: () => void | Promise<void>): Promise<void> {
        try {
            await tell();
            for (const file of this.standing.keys()) this.end(listener, file);
        } catch (error) {
            this.meet({ doing: 'telling the editor', uri, error }, listener);
        }
    }

    /** What to say of a file: one diagnostic, however much goes wrong in it. */
    diagnosticsOf(uri: string): Diagnostic[] {
        const [first] = this.standing.get(uri)?.values() ?? [];
        return first ? [internalErrorDiagnostic(first)] : [];
    }

    /** Tells those who keep a log. @throws the error, if it is how Langium cancels */
    tell(met: InternalError): void {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- this is how Langium cancels
        if (isOperationCancelled(met.error)) throw met.error;
        for (const listener of this.listeners) listener(met);
    }

    /** Calls back for each mistake, when it is met. */
    onError(listener: (met: InternalError) => void): void {
        this.listeners.push(listener);
    }

    /** Nothing of a file is remembered any more. */
    forget(uri: string): void {
        this.standing.delete(uri);
    }

    private meet(met: InternalError, by: unknown = met.doing): void {
        this.tell(met);
        const ofFile = this.standing.get(met.uri) ?? new Map<unknown, InternalError>();
        this.standing.set(met.uri, ofFile.set(by, met));
    }

    private end(by: unknown, uri: string): void {
        const ofFile = this.standing.get(uri);
        ofFile?.delete(by);
        if (ofFile?.size === 0) this.standing.delete(uri);
    }
}

/** For a log: what was being done, on which file, and the stack. */
export function internalErrorReport({ doing, uri, error }: InternalError): string {
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `Internal error while ${doing} ${uri}: ${details}`;
}

/** At the first line of the file, or where it happened. */
export function internalErrorDiagnostic({ doing, error }: Omit<InternalError, 'uri'>, at = firstLine): Diagnostic {
    return {
        severity: DiagnosticSeverity.Error,
        range: at,
        message: internalErrorMessage(doing, error),
        code: 'internal-error',
        source: 'tsbtopo',
    };
}

const firstLine: Diagnostic['range'] = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
