/**
 * How Node is started for the server. New objects get 8 MiB at a time in place of as much as they like: of a server that rests
 * it is most of what it holds, and whatever a key makes fits into it.
 */
export const nodeOptions: readonly string[] = ['--max-semi-space-size=8'];
