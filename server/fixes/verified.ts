import { interruptAndCheck, type Cancellation } from 'langium';
import type { Topology } from '../topology/topology.js';
import { areDisjoint, byFile, type Change } from '../estate/change.js';
import { besideImports } from './beside.js';
import type { Fix, Surroundings } from './fix.js';
import type { Problem } from '../estate/problem.js';
import { remedyFor } from './table.js';
import { tryOut, type Difference } from './trial.js';

/** A fix of which it is known what it does. */
export interface VerifiedFix extends Fix {
    /** The title, with what follows beside mending the problem. */
    readonly headline: string;
    /** The best one, which may be applied without looking at the others. */
    readonly isPreferred: boolean;
}

/** So many problems are mended together at most. */
const mostTogether = 100;

/**
 * Offers fixes that were tried out before: each is applied to a copy of the estate, and stays only if the problem is
 * gone, and no new error has come. Results are kept as long as the topology that they are about.
 */
export class VerifiedFixes {
    private readonly known = new WeakMap<Topology, Map<string, readonly VerifiedFix[]>>();

    /** The fixes of a problem, the best first. */
    async of(problem: Problem, around: Surroundings, token: Cancellation.CancellationToken) {
        const remedy = remedyFor(problem.code);
        if (!remedy) return [];
        const known = this.known.get(around.topology) ?? new Map<string, readonly VerifiedFix[]>();
        this.known.set(around.topology, known);
        const key = JSON.stringify([problem.code, problem.message, problem.at]);
        const found = known.get(key);
        if (found) return found;
        const fixes: VerifiedFix[] = [];
        for (const fix of candidates(problem, around)) {
            await interruptAndCheck(token);
            const effect = await tryOut(fix.changes, around);
            if (!effect || !isMended(problem, effect) || isHarmful(problem, effect)) continue;
            const isPreferred = fixes.length === 0 && !remedy.isChoice && grave(problem, effect).length === 0;
            fixes.push({ ...fix, headline: fix.title + consequences(problem, effect), isPreferred });
        }
        known.set(key, fixes);
        return fixes;
    }

    /** The same fix for all problems of one code in a file; undefined where there is nothing more to mend. */
    async alike(problem: Problem, { title }: Fix, inFile: readonly Problem[], around: Surroundings) {
        const sameCode = inFile.filter(({ code }) => code === problem.code).slice(0, mostTogether);
        const { isSafe } = remedyFor(problem.code) ?? {};
        const fixes = sameCode.flatMap((each) => {
            const offered = candidates(each, around);
            const same = offered.find((candidate) => candidate.title === title);
            return same ?? (isSafe ? offered.slice(0, 1) : []);
        });
        const changes = together(fixes);
        const effect = distinct(fixes).length > 1 ? await tryOut(changes, around) : undefined;
        const gone = effect?.gone.get(problem.code) ?? 0;
        if (!effect || gone < 2 || isHarmful(problem, effect)) return undefined;
        const isOne = fixes.every((each) => each.title === title);
        const all = `all ${gone} in this file`;
        return { title: isOne ? `${title} (${all})` : `Mend ${all}: ${problem.code}`, changes } satisfies Fix;
    }

    /** Whatever of a file can be mended without changing what it means. */
    async safe(inFile: readonly Problem[], around: Surroundings): Promise<Fix | undefined> {
        const problems = inFile.filter(({ code }) => remedyFor(code)?.isSafe).slice(0, mostTogether);
        const fixes = problems.flatMap((each) => candidates(each, around).slice(0, 1));
        const changes = together(fixes);
        const [first] = problems;
        const effect = first && changes.length > 0 ? await tryOut(changes, around) : undefined;
        if (!effect || isHarmful(first!, effect)) return undefined;
        return { title: 'Mend whatever has one remedy only', changes };
    }
}

/** What may mend a problem, none of it in a file that import writes anew, unless it is written anew by that. */
function candidates(problem: Problem, around: Surroundings): Fix[] {
    const proposed = distinct(remedyFor(problem.code)?.fixer(problem, around) ?? []);
    if (problem.code === 'drift') return proposed;
    return distinct(proposed.map((fix) => besideImports(fix, around)));
}

/** Each fix once: two that change the same are one. */
function distinct(fixes: Iterable<Fix | undefined>): Fix[] {
    const known = new Map<string, Fix>();
    for (const fix of fixes) {
        const key = fix && JSON.stringify(fix.changes);
        if (fix && key && !known.has(key)) known.set(key, fix);
    }
    return [...known.values()];
}

/** The changes of several fixes, without those that would touch what another one has changed already. */
function together(fixes: readonly Fix[]): Change[] {
    const taken: Change[] = [];
    for (const { changes } of distinct(fixes)) {
        const all = [...taken, ...changes];
        if ([...byFile(all).values()].every(areDisjoint)) taken.push(...changes);
    }
    return taken;
}

function isMended(problem: Problem, { isGone, gone }: Difference): boolean {
    return isGone(problem) && gone.has(problem.code);
}

/** What is mended is read on for the first time, and what is found then, deeper down, was there before. */
function grave(mended: Problem, { brings }: Difference): readonly Problem[] {
    return brings.filter(
        (found) => (found.severity === 'error' || found.severity === 'warning') && depthOf(found) <= depthOf(mended),
    );
}

/** New errors do harm. */
function isHarmful(mended: Problem, effect: Difference): boolean {
    return grave(mended, effect).some(({ severity }) => severity === 'error');
}

const formal = /^(unknown-word|missing-.*|syntax|too-many-mistakes)$/;

/** How deep one has to read to find a problem: signs, form, names and values, the estate as a whole. */
function depthOf({ code, finding }: Problem): number {
    if (finding) return 3;
    return code === 'unreadable' ? 0 : formal.test(code) ? 1 : 2;
}

/** What a title says about the rest of the effect: " (mends 2 more)", " (brings postgres-unprotected)". */
function consequences(mended: Problem, effect: Difference): string {
    const others = [...effect.gone.values()].reduce((sum, each) => sum + each, -1);
    const brings = [...new Set(grave(mended, effect).map(({ code }) => code))];
    const parts = [
        others > 0 && `mends ${others} more`,
        brings.length > 0 && `brings ${brings[0]}${brings.length > 1 ? ' and others' : ''}`,
    ].filter(Boolean);
    return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}
