import {
    MultiMap,
    type AstNode,
    type AstNodeDescription,
    type LangiumDocument,
    type LocalSymbols,
    type ScopeComputation,
} from 'langium';
import * as ast from '../generated/ast.js';
import { declaredBy, type NameDescription } from './declared.js';

/**
 * Lists what a file declares. Nothing is visible only locally: a topology is one space of names, however many files it
 * has (see {@link EstateNames}).
 */
export class TsbtopoScopeComputation implements ScopeComputation {
    async collectExportedSymbols(document: LangiumDocument): Promise<AstNodeDescription[]> {
        return [...namesIn(document)];
    }

    async collectLocalSymbols(): Promise<LocalSymbols> {
        return new MultiMap<AstNode, AstNodeDescription>();
    }
}

/** The names of a file stand by other descriptions now. */
export function forgetNamesIn(file: ast.File): void {
    known.delete(file);
}

const known = new WeakMap<AstNode, readonly NameDescription[]>();

/** Everything in a file that can be referred to by name, except zones, which are looked up in their region. */
export function namesIn({ parseResult: { value: file } }: LangiumDocument): readonly NameDescription[] {
    if (!ast.isFile(file)) return [];
    const names = known.get(file) ?? file.declarations.flatMap((each) => declaredBy(each).names);
    known.set(file, names);
    return names;
}
