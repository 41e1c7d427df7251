import type { AstNode } from 'langium';
import type { Fix, Surroundings } from '../fix.js';

/** A change of the files that leaves what they mean as it is. */
export interface Refactoring extends Fix {
    /** Of the Language Server Protocol: `refactor.move`. */
    readonly kind: string;
    readonly newFile?: { readonly uri: string; readonly text: string };
}

/** Proposes what could be done with what stands at the cursor. */
export type Refactorer = (node: AstNode, around: Surroundings) => Iterable<Refactoring | undefined>;

/** A refactoring; nothing where there is nothing to change. */
export function refactoring(
    kind: string,
    title: string,
    changes: Fix['changes'],
    newFile?: Refactoring['newFile'],
): Refactoring | undefined {
    return changes.length > 0 ? { kind, title, changes, ...(newFile && { newFile }) } : undefined;
}
