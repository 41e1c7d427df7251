import { visible } from '../encoding/visible.js';

/**
 * Writes on standard output. A reader who has seen enough (`| head`) ends nothing but the writing.
 *
 * @throws Error where the text cannot be written, as on a full disk
 */
export function print(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
        process.stdout.write(text, (error) => {
            if (!error || codeOf(error) === 'EPIPE') resolve();
            else reject(new Error(`the output cannot be written: ${reasonOf(error)}`));
        });
    });
}

/** Writes texts one after the other; after the first that cannot be written no more. @param onError is told of that one */
export function printer(onError: (error: unknown) => void): (text: string) => void {
    let written: Promise<boolean> = Promise.resolve(true);
    const attempt = async (text: string): Promise<boolean> => {
        try {
            await print(text);
            return true;
        } catch (error) {
            onError(error);
            return false;
        }
    };
    return (text) => void (written = written.then((isFine) => isFine && attempt(text)));
}

/** One message on standard error. */
export function complain(message: string): void {
    process.stderr.write(`tsbtopo: ${message.split('\n').map(visible).join('\n')}\n`);
}

/** Errors of the two streams go to whoever writes; without a listener, Node would end with a stack trace. */
export function listenToStreams(): void {
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

/** Why something failed, in the words of the system: "permission denied", without the name of the call. */
export function reasonOf(error: unknown): string {
    if (!(error instanceof Error)) return String(error);
    return codeOf(error) === undefined ? error.message : error.message.replace(/^[A-Z]+: (.*?), .*$/s, '$1');
}

function codeOf(error: Error): string | undefined {
    return (error as NodeJS.ErrnoException).code;
}
