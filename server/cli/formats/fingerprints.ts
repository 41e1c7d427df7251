import { createHash } from 'node:crypto';
import type { Found } from './found.js';

/**
 * What each problem is recognized by in another run: its identity, and which of several of the same identity in its file
 * it is. It stays when its line moves, when others come and go, and when it is worded otherwise.
 *
 * @returns hexadecimal digits, in the order of the problems
 */
export function fingerprintsOf(found: readonly Found[]): string[] {
    const seen = new Map<string, number>();
    return found.map(({ file, problem: { identity } }) => {
        const key = JSON.stringify([file, identity]);
        const number = (seen.get(key) ?? 0) + 1;
        seen.set(key, number);
        return createHash('sha256')
            .update(JSON.stringify([identity, number]))
            .digest('hex');
    });
}
