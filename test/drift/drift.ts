import { driftLine } from '../../server/drift/drift.js';
import {
    driftOf,
    importedStatesOf,
    readImported,
    type ImportedState,
    type PlacedDrift,
} from '../../server/estate/imported.js';
import { Scratch } from '../../server/estate/scratch.js';
import { importFiles } from '../import/imported.js';
import { estate, type Fixture } from '../fixture.js';

/** Building its parser takes long, and nothing of a trial is left for the next one. */
export const scratch = new Scratch();

export interface Compared {
    readonly fixture: Fixture;
    readonly imported: ImportedState;
    readonly drift: readonly PlacedDrift[];
    readonly lines: readonly string[];
}

/** Compares what YAML says with what files say. */
export async function compared(
    yaml: Readonly<Record<string, string>>,
    files: string | Record<string, string>,
): Promise<Compared> {
    const { text, estate: found } = importFiles(yaml, { name: 'retail' });
    const imported = (await readImported(scratch, text, found.covered))!;
    const fixture = await estate(files);
    const drift = driftOf(fixture.topology, imported, fixture.services);
    importedStatesOf(fixture.services).set(fixture.services.workspace.Estates.all()[0]!.key, imported);
    return { fixture, imported, drift, lines: drift.map(driftLine) };
}
