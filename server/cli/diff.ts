import { existsSync } from 'node:fs';
import path from 'node:path';
import { comparisonOf } from '../estate/comparison.js';
import { snapshotsOf, type Snapshot } from '../estate/snapshot.js';
import { asDiffGithub } from './formats/diff-github.js';
import { asDiffJson } from './formats/diff-json.js';
import { asDiffMarkdown } from './formats/diff-markdown.js';
import { asDiffText } from './formats/diff-text.js';
import { fileErrorsIn } from './file-errors.js';
import type { Compared, SideError } from './formats/compared.js';
import { print } from './output.js';
import { readRevision } from './revision.js';
import { UsageError } from './usage-error.js';
import { readWorkspace, type Workspace } from './workspace.js';

export interface DiffOptions {
    readonly format: keyof typeof diffFormats;
    readonly topology?: string;
}

/** A comparison as `diff` prints it. */
export const diffFormats = {
    text: asDiffText,
    json: asDiffJson,
    markdown: asDiffMarkdown,
    github: asDiffGithub,
} satisfies Record<string, (compared: Compared) => string>;

/**
 * `tsbtopo diff`: what another state of the files means for failures.
 *
 * @param old a path, or a revision of git
 * @param now the same
 * @returns the exit code: 2 if files of either side have errors, 1 if something got worse
 * @throws UsageError where either is none, or has no topology
 */
export async function diff(old: string, now: string, { format, topology }: DiffOptions): Promise<number> {
    const [before, after] = [await readSide(old, now), await readSide(now, old)];
    const compared = compare(before, after, topology);
    await print(diffFormats[format](compared));
    if (compared.errors.length > 0) return 2;
    return compared.topologies.some(({ comparison }) => comparison.isWorse) ? 1 : 0;
}

/** @param other the other side: where that is a path, a revision without one means the same */
async function readSide(side: string, other: string): Promise<Workspace> {
    if (existsSync(side)) return readWorkspace([side]);
    return readRevision(side, existsSync(other) ? other : '.');
}

/** Compares the topologies of the same name; where each side has one other, it has another name now. */
function compare(before: Workspace, after: Workspace, name: string | undefined): Compared {
    const chosen = ({ services }: Workspace) =>
        snapshotsOf(services)
            .all()
            .filter(({ topology }) => name === undefined || topology.name === name);
    const [earlier, later] = [chosen(before), chosen(after)];
    if (earlier.length + later.length === 0)
        throw new UsageError(
            name === undefined ? 'There is no topology on either side.' : `Neither side has a topology '${name}'.`,
        );
    const pairs: (readonly [Snapshot, Snapshot])[] = [];
    for (const one of earlier) {
        const other = later.find((each) => isSame(each, one) && !pairs.some(([, taken]) => taken === each));
        if (other) pairs.push([one, other]);
    }
    const removed = earlier.filter((each) => !pairs.some(([one]) => one === each));
    const added = later.filter((each) => !pairs.some(([, other]) => other === each));
    if (removed.length === 1 && added.length === 1) pairs.push([removed.pop()!, added.pop()!]);
    return {
        topologies: pairs.map(([one, other]) => ({
            name: other.topology.name,
            comparison: comparisonOf(one, other),
        })),
        added: added.map(({ topology }) => topology.name),
        removed: removed.map(({ topology }) => topology.name),
        errors: [...errorsOf('old', before, earlier), ...errorsOf('new', after, later)],
    };
}

function isSame({ topology: a }: Snapshot, { topology: b }: Snapshot): boolean {
    return a.name === b.name;
}

/** Each once, although a file that cannot be read may belong to any topology. */
function errorsOf(side: SideError['side'], workspace: Workspace, snapshots: readonly Snapshot[]): SideError[] {
    const all = snapshots.flatMap((snapshot) => fileErrorsIn(workspace, snapshot));
    const unreadable = workspace.unreadable.map(({ file, reason }) => ({
        file: path.relative(process.cwd(), file),
        line: null,
        column: null,
        code: null,
        message: `The file cannot be read: ${reason}.`,
    }));
    const each = new Map([...unreadable, ...all].map((error) => [JSON.stringify(error), error]));
    return [...each.values()].map((error) => ({ ...error, side }));
}
