import type { LangiumDocument } from 'langium';
import type * as ast from '../language/generated/ast.js';
import type { TsbtopoServices } from '../language/services.js';
import { nameWriter } from '../language/naming/written-names.js';
import type { Surroundings } from './fix.js';

/** Finds what stands around a file; undefined for one that the workspace does not know (yet). */
export function surroundingsIn(services: TsbtopoServices): (document: LangiumDocument) => Surroundings | undefined {
    const write = nameWriter(services.Grammar);
    return (document) => {
        const estate = services.workspace.Estates.of(document.uri);
        const topology = services.workspace.Topologies.of(document.uri);
        const file = document as LangiumDocument<ast.File>;
        return estate && topology && { document: file, estate, topology, write };
    };
}
