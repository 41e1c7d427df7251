import type { Change } from '../estate/change.js';
import type { Snapshot } from '../estate/snapshot.js';
import type { Surroundings } from './fix.js';
import type { Problem } from '../estate/problem.js';

/** What is different after some changes. Places are left out of the comparison, since every line may have moved. */
export interface Difference {
    /** How many problems of each code are gone. */
    readonly gone: ReadonlyMap<string, number>;
    /** Whether a problem occurs less often than before. */
    readonly isGone: (problem: Problem) => boolean;
    /** Problems that were not there before, of codes that occur more often now: words of others may have changed. */
    readonly brings: readonly Problem[];
}

/** Tries changes out on a copy of the estate, and tells what they do; undefined where they cannot be made together. */
export async function tryOut(changes: readonly Change[], { snapshot, judged }: Surroundings) {
    const after = await snapshot.with(changes);
    return after && difference(saidOf(judged), saidOf(after));
}

const saidOf = (snapshots: readonly Snapshot[]) => snapshots.flatMap((each) => each.problems());

function difference(before: readonly Problem[], after: readonly Problem[]): Difference {
    const [keysBefore, keysAfter] = [count(before, identityOf), count(after, identityOf)];
    const [codesBefore, codesAfter] = [count(before, codeOf), count(after, codeOf)];
    const gone = [...codesBefore].map(([code, all]) => [code, all - (codesAfter.get(code) ?? 0)] as const);
    const left = new Map(keysBefore);
    const brings = after.filter((problem) => {
        const known = left.get(problem.identity) ?? 0;
        left.set(problem.identity, known - 1);
        return known <= 0 && codesAfter.get(problem.code)! > (codesBefore.get(problem.code) ?? 0);
    });
    return {
        gone: new Map(gone.filter(([, fewer]) => fewer > 0)),
        isGone: (problem) => (keysAfter.get(problem.identity) ?? 0) < (keysBefore.get(problem.identity) ?? 0),
        brings,
    };
}

const identityOf = ({ identity }: Problem) => identity;
const codeOf = ({ code }: Problem) => code;

function count(problems: readonly Problem[], by: (problem: Problem) => string): Map<string, number> {
    const counts = new Map<string, number>();
    for (const problem of problems) counts.set(by(problem), (counts.get(by(problem)) ?? 0) + 1);
    return counts;
}
