import { existsSync } from 'node:fs';
import { comparisonOf, type EstateState } from '../estate/comparison.js';
import { asDiffGithub } from './formats/diff-github.js';
import { asDiffJson } from './formats/diff-json.js';
import { asDiffMarkdown } from './formats/diff-markdown.js';
import { asDiffText } from './formats/diff-text.js';
import type { DiffFormat } from './formats/choices.js';
import type { Compared } from './formats/compared.js';
import { print } from './output.js';
import { readRevision } from './revision.js';
import { UsageError } from './usage-error.js';
import { bothStates, type FilesState } from './states.js';
import { readFiles, type Files } from './workspace.js';

export interface DiffOptions {
    readonly format: DiffFormat;
    readonly topology?: string;
}

/** A comparison as `diff` prints it. */
export const printedDiff = {
    text: asDiffText,
    json: asDiffJson,
    markdown: asDiffMarkdown,
    github: asDiffGithub,
} satisfies Record<DiffFormat, (compared: Compared) => string>;

/**
 * `tsbtopo diff`: what another state of the files means for failures.
 *
 * @param old a path, or a revision of git
 * @param now the same
 * @returns the exit code: 2 if files of either side have errors, 1 if something got worse
 * @throws UsageError where either is none, or has no topology
 */
export async function diff(old: string, now: string, { format, topology }: DiffOptions): Promise<number> {
    const [earlier, later] = [await filesOfSide(old, now), await filesOfSide(now, old)];
    const isChosen = (name: string) => topology === undefined || name === topology;
    const { before, now: after } = await bothStates(earlier, later, (estate) => isChosen(estate.topology.name));
    if (before.estates.length + after.estates.length === 0)
        throw new UsageError(
            topology === undefined
                ? 'There is no topology on either side.'
                : `Neither side has a topology '${topology}'.`,
        );
    const compared = comparedStates(before, after);
    await print(printedDiff[format](compared));
    if (compared.errors.length > 0) return 2;
    return compared.topologies.some(({ comparison }) => comparison.isWorse) ? 1 : 0;
}

/** @param other the other side: where that is a path, a revision without one means the same */
async function filesOfSide(side: string, other: string): Promise<Files> {
    if (existsSync(side)) return readFiles([side]);
    return readRevision(side, existsSync(other) ? other : '.');
}

/** Compares the topologies of the same name; where each side has one other, it has another name now. */
export function comparedStates(before: FilesState, now: FilesState): Compared {
    const pairs: (readonly [EstateState, EstateState])[] = [];
    for (const one of before.estates) {
        const other = now.estates.find((each) => isSame(each, one) && !pairs.some(([, taken]) => taken === each));
        if (other) pairs.push([one, other]);
    }
    const removed = before.estates.filter((each) => !pairs.some(([one]) => one === each));
    const added = now.estates.filter((each) => !pairs.some(([, other]) => other === each));
    if (removed.length === 1 && added.length === 1) pairs.push([removed.pop()!, added.pop()!]);
    return {
        topologies: pairs.map(([one, other]) => ({
            name: other.topology.name,
            comparison: comparisonOf(one, other),
        })),
        added: added.map(({ topology }) => topology.name),
        removed: removed.map(({ topology }) => topology.name),
        errors: [
            ...before.errors.map((error) => ({ ...error, side: 'old' as const })),
            ...now.errors.map((error) => ({ ...error, side: 'new' as const })),
        ],
    };
}

function isSame({ topology: a }: EstateState, { topology: b }: EstateState): boolean {
    return a.name === b.name;
}
