/** How grave a problem is, the gravest first; the words of `tsbtopo.json`, `--fail-on` and JSON. */
export const problemSeverities = ['error', 'warning', 'info', 'hint'] as const;

/** A problem is an error, a warning, an info or a hint. */
export type ProblemSeverity = (typeof problemSeverities)[number];
