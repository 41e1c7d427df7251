import type { AstNode, LangiumDocument } from 'langium';
import * as ast from '../language/generated/ast.js';
import { joinedDeclarations, sayingsOf } from '../language/lower/joined.js';
import { toPromises } from '../language/lower/to-promises.js';
import { anchorsIn } from '../language/naming/anchors.js';
import { isSettled, type Estate } from '../language/naming/estates.js';
import type { TsbtopoServices } from '../language/services.js';
import { judge, type Verdicts } from '../promises/judge.js';
import { promiseProblems, type PromiseProblem } from '../promises/problems.js';
import { AnchoredPlace } from '../topology/place.js';
import type { Promises } from '../topology/promises.js';
import type { SourceLocation, Topology } from '../topology/topology.js';
import { sameItems } from '../topology/unchanged.js';

/** What became of the promises of an estate. */
export interface Judged {
    readonly promises: Promises;
    readonly verdicts: Verdicts;
    readonly problems: readonly PromiseProblem[];
}

interface Judging {
    readonly topology: Topology;
    readonly promises: Promises;
    /** On which day: what was accepted until the one before is not any more. */
    readonly day: string;
    readonly steps: Generator<void, Verdicts>;
    judged?: Judged;
    /** A mistake of this tool: nothing is known of these promises. */
    hasFailed?: true;
}

interface OfEstate {
    files: readonly AstNode[];
    promises: Promises;
    judging?: Judging;
    /** What was found last, until the next is found. */
    last?: Judged;
}

const known = new WeakMap<object, OfEstate>();

/** Lets an estate have the promises of other files, too, such as the rules of a platform team. */
export function joinRules(estate: Estate, rules: readonly LangiumDocument[]): void {
    const own = ofEstate(estate);
    const more = toPromises(rules.map(({ parseResult }) => parseResult.value).filter(ast.isFile));
    own.promises = {
        scenarios: [...own.promises.scenarios, ...more.scenarios],
        objectives: [...own.promises.objectives, ...more.objectives],
        acceptances: [...own.promises.acceptances, ...more.acceptances],
    };
}

const noPromises: Promises = { scenarios: [], objectives: [], acceptances: [] };

function ofEstate(estate: Estate): OfEstate {
    const files = estate.documents.map(({ parseResult }) => parseResult.value);
    const found = known.get(estate.identity);
    if (found && sameItems(found.files, files)) return found;
    if (!isSettled(estate)) return found ?? { files: [], promises: noPromises };
    const now = { files, promises: toPromises(files, (block) => sayingsOf(block, joinedDeclarations(estate))) };
    const kept = found ? Object.assign(found, now) : now;
    known.set(estate.identity, kept);
    return kept;
}

/** What the files of an estate promise. */
export function promisesOf(estate: Estate): Promises {
    return ofEstate(estate).promises;
}

/** Whether an estate promises anything that has to be judged. */
export function hasPromises(estate: Estate): boolean {
    const { scenarios, objectives } = promisesOf(estate);
    return scenarios.length + objectives.length > 0;
}

/**
 * Judges the promises of an estate as it stands now, or goes on with that.
 *
 * @param milliseconds for which to work now; what is left is done when somebody asks again
 * @returns undefined where nothing is promised, for which no graph is built, or where a mistake of this tool keeps it from being found
 */
export function judgePromises(
    estate: Estate,
    services: TsbtopoServices,
    milliseconds = Infinity,
): Judged | 'unfinished' | undefined {
    if (!hasPromises(estate)) return undefined;
    const own = ofEstate(estate);
    const { uri } = estate.documents[0]!;
    const topology = services.workspace.Topologies.of(uri);
    if (!topology) return undefined;
    const { promises } = own;
    let { judging } = own;
    const { day } = services.workspace.Today;
    if (judging?.topology !== topology || judging.promises !== promises || judging.day !== day) {
        judging = { topology, promises, day, steps: judge(topology, withoutPast(promises, day)) };
        own.judging = judging;
    }
    if (judging.judged) return judging.judged;
    if (judging.hasFailed) return undefined;
    const working = judging;
    const work = () => goOn(working, milliseconds);
    const judged = services.workspace.InternalErrors.guard('judging promises', uri.toString(), work, () => {
        working.hasFailed = true;
        return undefined;
    });
    if (judged && judged !== 'unfinished') own.last = judged;
    return judged;
}

function withoutPast(promises: Promises, day: string): Promises {
    const objectives = promises.objectives.map((objective) => ({
        ...objective,
        accepted: objective.accepted.filter(({ until }) => until === undefined || until >= day),
    }));
    return { ...promises, objectives };
}

function goOn(judging: Judging, milliseconds: number): Judged | 'unfinished' {
    const end = performance.now() + milliseconds;
    do {
        const step = judging.steps.next();
        if (step.done) {
            const verdicts = step.value;
            return (judging.judged = { promises: judging.promises, verdicts, problems: promiseProblems(verdicts) });
        }
    } while (performance.now() < end);
    return 'unfinished';
}

/**
 * What is known now of the promises of an estate: where they are not judged yet, what was found last, where that stands
 * now; nothing of what stood in a declaration that is gone.
 */
export function knownPromiseProblems(estate: Estate, services: TsbtopoServices): readonly PromiseProblem[] {
    const now = judgePromises(estate, services, 0);
    if (now === undefined) return [];
    if (now !== 'unfinished') return now.problems;
    const { last, files } = ofEstate(estate);
    if (!last || last.problems.length === 0) return [];
    const anchors = new Set(files.flatMap((file) => (ast.isFile(file) ? anchorsIn(file) : [])));
    const stands = ({ at }: { readonly at: SourceLocation }) => at instanceof AnchoredPlace && anchors.has(at.anchor);
    return last.problems.filter(stands).map((problem) => ({ ...problem, related: problem.related.filter(stands) }));
}

/** Whether a place begins within another. */
export function isWithin({ uri, range: { start } }: SourceLocation, around: SourceLocation): boolean {
    const { start: first, end: last } = around.range;
    if (uri !== around.uri || start.line < first.line || start.line > last.line) return false;
    if (start.line === first.line && start.character < first.character) return false;
    return start.line !== last.line || start.character <= last.character;
}
