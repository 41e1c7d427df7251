import { fixedCodes } from '../knowledge/rule-codes.js';
import type { ProblemSeverity } from '../knowledge/severities.js';
import type { Acceptance, AcceptedFailure, Promises } from '../topology/promises.js';
import type { SourceLocation } from '../topology/topology.js';
import { isWithin } from './promises.js';

interface Acceptable {
    readonly code: string;
    readonly severity: ProblemSeverity;
    readonly message: string;
    readonly at: SourceLocation;
}

/** What cannot be read or meant is no risk that somebody could take. */
const unacceptable: ReadonlySet<string> = new Set(fixedCodes);
const alwaysAcceptable: ReadonlySet<string> = new Set([
    'expectation-failed',
    'objective-broken',
    'host-unreachable',
    'target-is-no-home',
]);

/** Whether somebody can accept what a code says. */
export function canBeAccepted(code: string): boolean {
    return alwaysAcceptable.has(code) || !unacceptable.has(code);
}

/** The problems, of which those that somebody accepts are hints, which say why. @param today as `2027-03-31` */
export function withAcceptances<P extends Acceptable>(
    problems: readonly P[],
    { acceptances }: Promises,
    today: string,
): (P & { readonly accepted?: true })[] {
    if (acceptances.length === 0) return [...problems];
    return problems.map((problem) => {
        const acceptance = acceptances.find((each) => accepts(each, problem) && !isPast(each, today));
        if (!acceptance || problem.severity === 'hint') return problem;
        const message = `${problem.message} ${acceptedClause(acceptance)}`;
        return { ...problem, severity: 'hint' as const, message, accepted: true };
    });
}

function accepts({ codes, within }: Acceptance, { code, at }: Pick<Acceptable, 'code' | 'at'>): boolean {
    return codes.includes(code) && canBeAccepted(code) && (!within || within.some((place) => isWithin(at, place)));
}

export function isPast({ until }: Pick<Acceptance, 'until'>, today: string): boolean {
    return until !== undefined && until < today;
}

function acceptedClause({ because, until }: Pick<Acceptance, 'because' | 'until'>): string {
    return `Accepted${until === undefined ? '' : ` until ${until}`}: ${because}`;
}

export type AcceptanceCode = 'acceptance-expired' | 'acceptance-unused' | 'accepted-failure';

/** Something to say of an acceptance itself. */
export interface AcceptanceProblem {
    readonly code: AcceptanceCode;
    readonly severity: ProblemSeverity;
    readonly message: string;
    readonly at: SourceLocation;
}

/**
 * What is to be said of what somebody accepts: that its day is gone, that there is nothing to accept any more, and, of an
 * objective, what is accepted of it.
 *
 * @param problems all that can be accepted in the estate
 */
export function acceptanceProblems(
    { acceptances, objectives }: Promises,
    problems: readonly Pick<Acceptable, 'code' | 'at'>[],
    today: string,
): AcceptanceProblem[] {
    return [
        ...acceptances.flatMap((each): AcceptanceProblem[] => {
            const isUsed = problems.some((problem) => accepts(each, problem));
            if (!isUsed) return [unused(each.at)];
            return isPast(each, today) ? [expired(each)] : [];
        }),
        ...objectives.flatMap(({ accepted }) =>
            accepted.map((each): AcceptanceProblem => (isPast(each, today) ? expired(each) : acceptedFailure(each))),
        ),
    ];
}

function expired({ at, until, because }: Acceptance | AcceptedFailure): AcceptanceProblem {
    const message = `This was accepted until ${until}, and is not any more: ${because}`;
    return { code: 'acceptance-expired', severity: 'warning', message, at };
}

function unused(at: SourceLocation): AcceptanceProblem {
    return { code: 'acceptance-unused', severity: 'hint', message: 'There is nothing to accept any more.', at };
}

function acceptedFailure({ at, because, until }: AcceptedFailure): AcceptanceProblem {
    const message = `This is left out of the objective. ${acceptedClause({ because, ...(until && { until }) })}`;
    return { code: 'accepted-failure', severity: 'hint', message, at };
}
