/** A path, relative or not, as a relative address: whatever else it may hold is no part of one. */
export function pathAddress(path: string): string {
    const steps = path.replaceAll('\\', '/').split('/');
    // half of a character is none, and cannot be encoded
    return steps.map((step) => encodeURIComponent(step.replace(/\p{Cs}/gu, '\ufffd'))).join('/');
}
