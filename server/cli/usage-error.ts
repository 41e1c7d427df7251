/** What was asked for cannot be done as asked: the command ends with exit code 2 and this message. */
export class UsageError extends Error {}
