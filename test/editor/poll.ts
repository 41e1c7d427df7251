/**
 * Asks again and again until the answer is neither undefined nor false; for everything that VS Code does in its own time.
 *
 * @throws Error when there is no such answer within `seconds`
 */
export async function poll<T>(
    what: string,
    ask: () => T | undefined | false | PromiseLike<T | undefined | false>,
    seconds = 30,
): Promise<T> {
    const end = Date.now() + seconds * 1000;
    for (;;) {
        const answer = await ask();
        if (answer !== undefined && answer !== false) return answer;
        if (Date.now() > end) throw new Error(`${what}: not within ${seconds} seconds`);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}
