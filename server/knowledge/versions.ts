/** Versions of Tetrate Service Bridge of which this tool knows the documentation. */
export const knownVersions: readonly string[] = ['1.6', '1.7', '1.8', '1.9', '1.10', '1.11', '1.12'];

/** Whether a version is that one, or a later one. */
export function isAtLeast(version: string, least: string): boolean {
    const parts = (text: string) => text.split('.').map(Number);
    const [leastMajor = 0, leastMinor = 0] = parts(least);
    const [major = 0, minor = 0] = parts(version);
    return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}
