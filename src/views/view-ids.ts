/** The views of the activity bar's container; package.json contributes them. */
export const viewIds = {
    scenario: 'tsbtopo.scenario',
    failures: 'tsbtopo.failures',
    findings: 'tsbtopo.findings',
} as const;
