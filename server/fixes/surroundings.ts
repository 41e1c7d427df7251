import type { LangiumDocument } from 'langium';
import { importedStatesOf } from '../estate/imported.js';
import { snapshotsOf } from '../estate/snapshot.js';
import type * as ast from '../language/generated/ast.js';
import type { TsbtopoServices } from '../language/services.js';
import { nameWriter } from '../language/naming/written-names.js';
import type { Surroundings } from './fix.js';

/** Finds what stands around a file; undefined for one that the workspace does not know (yet). */
export function surroundingsIn(services: TsbtopoServices): (document: LangiumDocument) => Surroundings | undefined {
    const write = nameWriter(services.Grammar);
    return (document) => {
        const estate = services.workspace.Estates.of(document.uri);
        const snapshots = snapshotsOf(services);
        const uri = document.uri.toString();
        const snapshot = snapshots.of(uri);
        if (!estate || !snapshot) return undefined;
        const file = document as LangiumDocument<ast.File>;
        const { topology } = snapshot;
        const imported = importedStatesOf(services).of(estate.key);
        return { document: file, estate, topology, snapshot, judged: snapshots.around(uri), write, imported };
    };
}
