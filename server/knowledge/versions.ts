/** Versions of Tetrate Service Bridge of which this tool knows the documentation. */
export const knownVersions: readonly string[] = ['1.6', '1.7', '1.8', '1.9', '1.10', '1.11', '1.12'];
