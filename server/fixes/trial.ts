import type { Estate } from '../language/naming/estates.js';
import type { TsbtopoServices } from '../language/services.js';
import type { Topology } from '../topology/topology.js';
import { applied, areDisjoint, byFile, type Change } from '../estate/change.js';
import type { Surroundings } from './fix.js';
import { problemsOf, type Problem } from '../estate/problem.js';
import type { Scratch } from '../estate/scratch.js';
import { fileTextOf } from '../estate/file-text.js';

/** What is different after some changes. Places are left out of the comparison, since every line may have moved. */
export interface Difference {
    /** How many problems of each code are gone. */
    readonly gone: ReadonlyMap<string, number>;
    /** Whether a problem occurs less often than before. */
    readonly isGone: (problem: Problem) => boolean;
    /** Problems that were not there before, of codes that occur more often now: words of others may have changed. */
    readonly brings: readonly Problem[];
}

/** Tries changes out on a copy of the estate, and tells what they do. */
export class Trials {
    private readonly said = new WeakMap<Topology, readonly Problem[]>();

    constructor(
        private readonly services: TsbtopoServices,
        private readonly scratch: Scratch,
    ) {}

    /** Undefined where the changes cannot be made, because they overlap. */
    async tryOut(changes: readonly Change[], around: Surroundings): Promise<Difference | undefined> {
        const { topology } = around;
        const estates = this.estatesAround(around);
        const before = this.said.get(topology) ?? estates.flatMap((each) => problemsOf(each, this.services));
        this.said.set(topology, before);
        const files = new Map(
            estates.flatMap(({ documents }) =>
                documents.map((document) => [document.uri.toString(), fileTextOf(document).text]),
            ),
        );
        for (const [uri, ofFile] of byFile(changes)) {
            const text = files.get(uri);
            if (text === undefined || !areDisjoint(ofFile)) return undefined;
            files.set(uri, applied(text, ofFile));
        }
        const { workspaceFolders = [] } = this.services.shared.workspace.WorkspaceManager;
        return difference(before, await this.scratch.problemsWith(files, workspaceFolders));
    }

    /** What decides about an estate: it alone, or all others, too, where nobody knows to which of them a file belongs. */
    private estatesAround({ estate }: Surroundings): readonly Estate[] {
        return estate.undecidedBetween.length > 0 ? this.services.workspace.Estates.all() : [estate];
    }
}

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
