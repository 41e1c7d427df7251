import { Cancellation, URI } from 'langium';
import type { Problem } from '../estate/problem.js';
import type { TsbtopoServices } from '../language/services.js';
import { surroundingsIn } from './surroundings.js';
import { VerifiedFixes } from './verified.js';

/** Trying out takes as long as reading the estate anew: so many problems are tried, the gravest, */
const mostTried = 20;

/** and none in larger estates, of which each trial takes longer than one waits. */
const mostElements = 1_000;

/** A change that was tried out: it mends a problem, and brings no new error. */
export interface TriedOut {
    readonly title: string;
    /** The place of that problem among those that were given. */
    readonly mends: number;
}

/**
 * The best fix of each problem that is no mere question (a hint), as far as one is known and proves itself.
 *
 * @param problems of one estate, the gravest first
 * @param size how many elements the estate has
 */
export async function recommendationsFor(
    problems: readonly Problem[],
    size: number,
    services: TsbtopoServices,
    token: Cancellation.CancellationToken = Cancellation.CancellationToken.None,
): Promise<TriedOut[]> {
    if (size > mostElements) return [];
    const fixes = new VerifiedFixes();
    const around = surroundingsIn(services);
    const { LangiumDocuments } = services.shared.workspace;
    const found: TriedOut[] = [];
    for (const problem of problems.filter(({ severity }) => severity !== 'hint').slice(0, mostTried)) {
        const document = LangiumDocuments.getDocument(URI.parse(problem.at.uri));
        const surroundings = document && around(document);
        const [best] = surroundings ? await fixes.of(problem, surroundings, token) : [];
        if (best) found.push({ title: best.headline, mends: problems.indexOf(problem) });
    }
    return found;
}
