import type { LeftOutReason } from './workspace-files.js';

/** Files that are open although they are no part of the workspace: each of them is an estate of its own. */
export class LeftOut {
    private readonly reasons = new Map<string, LeftOutReason>();

    /** Why a file is left out; undefined for one that is not. */
    reasonFor(uri: string): LeftOutReason | undefined {
        return this.reasons.get(uri);
    }

    /** @returns whether that is new */
    set(uri: string, reason: LeftOutReason | undefined): boolean {
        if (this.reasons.get(uri) === reason) return false;
        if (reason === undefined) this.reasons.delete(uri);
        else this.reasons.set(uri, reason);
        return true;
    }
}
