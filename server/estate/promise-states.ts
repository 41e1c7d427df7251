import type { ObjectiveVerdict } from '../promises/objectives.js';
import type { PromiseProblem } from '../promises/problems.js';
import type { ScenarioVerdict } from '../promises/scenarios.js';
import type { DeclaredScenario, Objective, Promises, PromiseState } from '../topology/promises.js';
import type { SourceLocation } from '../topology/topology.js';
import { withAcceptances } from './acceptances.js';
import { isWithin, type Judged } from './promises.js';

/** A scenario or an objective, as one names it. */
export interface NamedPromise {
    /** The same after an edit of other lines; no other promise of the estate has it. */
    readonly id: string;
    readonly kind: 'scenario' | 'objective';
    /** The name of a scenario, the sentence of an objective. */
    readonly label: string;
    /** Where its name stands. */
    readonly at: SourceLocation;
    readonly promise: DeclaredScenario | Objective;
}

/** A promise, and what became of it. */
export interface StatedPromise extends NamedPromise {
    readonly state: PromiseState;
    readonly verdict: ScenarioVerdict | ObjectiveVerdict | { readonly kind: 'mistake' };
    /** Why it is not kept. */
    readonly reasons: readonly Pick<PromiseProblem, 'message' | 'at' | 'difference'>[];
}

/** The promises of an estate by their names: scenarios first, each in the order of the files. */
export function namedPromises({ scenarios, objectives }: Promises): NamedPromise[] {
    const known = new Map<string, number>();
    const named = (kind: NamedPromise['kind'], label: string, promise: DeclaredScenario | Objective): NamedPromise => {
        const name = `${kind} ${label}`;
        const number = (known.get(name) ?? 0) + 1;
        known.set(name, number);
        return { id: number === 1 ? name : `${name} (${number})`, kind, label, at: promise.nameAt, promise };
    };
    return [
        ...scenarios.map((scenario) => named('scenario', scenario.name, scenario)),
        ...objectives.map((objective) => named('objective', objective.written, objective)),
    ];
}

/** What is to be said of promises that a mistake of this tool keeps from being judged: none of them is kept. */
export function unjudgedPromises(promises: Promises): StatedPromise[] {
    const message = 'A mistake of this tool keeps it from being judged; its log tells more.';
    return namedPromises(promises).map((named) => ({
        ...named,
        verdict: { kind: 'mistake' },
        state: 'not-judged',
        reasons: [{ message, at: named.at }],
    }));
}

/** What became of each of them. @param today as `2027-03-31` */
export function promiseStates({ promises, verdicts, problems }: Judged, today: string): StatedPromise[] {
    const graded = withAcceptances(problems, promises, today);
    const judged = [...verdicts.scenarios, ...verdicts.objectives].map(({ verdict }) => verdict);
    return namedPromises(promises).map((named, index): StatedPromise => {
        const verdict = judged[index]!;
        const own = graded.filter(({ at }) => isWithin(at, named.promise.at));
        const because = (message: string) => [...own, { message, at: named.at }];
        if (verdict.kind === 'partial') {
            const reasons = because('It says something that comes in a later version, so it is not judged.');
            return { ...named, verdict, state: 'not-judged', reasons };
        }
        if (verdict.kind === 'judged' && verdict.checks.length === 0) {
            const reasons = because('It expects nothing, so there is nothing to judge.');
            return { ...named, verdict, state: 'idle', reasons };
        }
        return { ...named, verdict, state: stateOf(own), reasons: own };
    });
}

/** The gravest comes first: what is not known is not kept. */
function stateOf(problems: readonly PromiseProblem[]): PromiseState {
    const isBroken = ({ code }: PromiseProblem) => code === 'expectation-failed' || code === 'objective-broken';
    if (problems.some((problem) => isBroken(problem) && problem.severity !== 'hint')) return 'broken';
    const others = problems.filter((problem) => !isBroken(problem) && problem.code !== 'place-assumed');
    if (others.some(({ code }) => code !== 'nothing-to-judge')) return 'not-judged';
    if (problems.some(isBroken)) return 'accepted';
    return others.length > 0 ? 'idle' : 'kept';
}
