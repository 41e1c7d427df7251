import type { TsbtopoServices } from '../language/services.js';
import { comparisonOf, type EstateComparison } from './comparison.js';
import { fileTextOf } from './file-text.js';
import type { Scratch } from './scratch.js';
import { snapshotsOf, type Snapshot } from './snapshot.js';

/** The files of another state of a workspace. */
export interface OtherState {
    /** By address: the text; undefined where the file is not there. */
    readonly files: ReadonlyMap<string, string | undefined>;
    /** Whether the files that are not named are there as they are now. */
    readonly keepsOthers: boolean;
}

/**
 * What an estate means for failures, compared with another state of its files: the topology of the same name there, or the
 * only one there is. Undefined where there is none.
 *
 * @param milliseconds for which the promises of each of them are judged
 */
export function comparedWith(
    { files, keepsOthers }: OtherState,
    estate: Snapshot,
    services: TsbtopoServices,
    scratch: Scratch,
    milliseconds: number,
): Promise<EstateComparison | undefined> {
    const texts = new Map<string, string>();
    if (keepsOthers) {
        for (const document of services.workspace.Estates.of(estate.uri)?.documents ?? [])
            texts.set(document.uri.toString(), fileTextOf(document).text);
    }
    for (const [uri, text] of files) {
        if (text === undefined) texts.delete(uri);
        else texts.set(uri, text);
    }
    const { workspaceFolders = [] } = services.shared.workspace.WorkspaceManager;
    return scratch.with(texts, workspaceFolders, (there) => {
        const all = snapshotsOf(there, scratch).all();
        const same = all.find(({ topology }) => topology.name === estate.topology.name);
        const earlier = same ?? (all.length === 1 ? all[0] : undefined);
        return earlier && comparisonOf(earlier, estate, milliseconds);
    });
}
