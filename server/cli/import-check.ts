import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isIgnored } from '../drift/drift.js';
import { visible } from '../encoding/visible.js';
import { driftOf, readImported } from '../estate/imported.js';
import { Scratch } from '../estate/scratch.js';
import type { Imported } from '../import/import.js';
import { shownPlace } from '../import/place.js';
import { fileErrorsIn } from './file-errors.js';
import type { DriftFormat } from './formats/choices.js';
import { printedDrift } from './formats/drift.js';
import { complain, print } from './output.js';
import { UsageError } from './usage-error.js';
import { chooseEstate, readWorkspace } from './workspace.js';

export interface DriftOptions {
    readonly topology?: string | undefined;
    readonly ignore: readonly string[];
    readonly format: DriftFormat;
    /** Of this program. */
    readonly version: string;
}

/**
 * `tsbtopo import --check`: how the estate, as its YAML has it, differs from what files say.
 *
 * @param folder a folder or a file
 * @returns the exit code: 2 if the files have errors, so that nobody knows what they say, 1 if anything differs
 * @throws UsageError where there is no topology, or nothing to compare
 */
export async function checkDrift(imported: Imported, folder: string, options: DriftOptions): Promise<number> {
    const { reading, estate, text } = imported;
    const workspace = await readWorkspace([folder]);
    const snapshot = chooseEstate(workspace, options.topology);
    for (const { at, why } of reading.notUnderstood) complain(`${shownPlace(at)} is not understood: ${why}.`);
    const state = reading.seen.length > 0 ? await readImported(new Scratch(), text, estate.covered) : undefined;
    if (!state) throw new UsageError('The sources say nothing of an estate, so there is nothing to compare.');
    const errors = fileErrorsIn(workspace, snapshot);
    for (const { file, line, column, message } of errors)
        complain(`${visible(file)}${line === null ? '' : `:${line}:${column}`} ${message}`);
    const relative = (uri: string) => path.relative(process.cwd(), fileURLToPath(uri));
    const drift = driftOf(snapshot.topology, state, workspace.services)
        .filter((each) => !isIgnored(each, options.ignore))
        .map((each) => ({ file: relative(each.at.uri), drift: each }));
    await print(
        printedDrift[options.format]({
            topology: snapshot.topology.name,
            drift,
            objects: reading.objects,
            files: snapshot.topology.files.map(relative),
            version: options.version,
        }),
    );
    if (errors.length > 0 || workspace.unreadable.length > 0) return 2;
    return drift.length > 0 ? 1 : 0;
}
