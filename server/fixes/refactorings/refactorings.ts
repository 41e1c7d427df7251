import type { AstNode } from 'langium';
import type { SourcePosition } from '../../topology/topology.js';
import type { Fix, Surroundings } from '../fix.js';
import { nodeAt } from '../write.js';
import { collectedDefaults, inlinedDefaults } from './defaults.js';
import { mergedLines } from './network.js';
import { moveToFile } from './move-to-file.js';
import { namespaceOfService } from './namespace.js';
import { spelledOut } from './spell-out.js';

/** A change of the files that leaves what they mean as it is. */
export interface Refactoring extends Fix {
    /** Of the Language Server Protocol: `refactor.move`. */
    readonly kind: string;
    readonly newFile?: { readonly uri: string; readonly text: string };
}

/** Proposes what could be done with what stands at the cursor. */
export type Refactorer = (node: AstNode, around: Surroundings) => Iterable<Refactoring | undefined>;

const refactorers: readonly Refactorer[] = [
    spelledOut,
    collectedDefaults,
    inlinedDefaults,
    namespaceOfService,
    mergedLines,
];

/** The refactorings at a position. They are read off the syntax tree, and so are quick enough for each cursor movement. */
export function refactoringsAt(
    around: Surroundings,
    position: SourcePosition,
    isTaken: ((uri: string) => boolean) | undefined,
): Refactoring[] {
    const node = nodeAt(around.document, position);
    if (!node) return [];
    const found = refactorers.flatMap((refactorer) => [...refactorer(node, around)]);
    const moved = isTaken && moveToFile(node, position, around, isTaken);
    return [...found, moved].filter((each) => each !== undefined);
}

/** A refactoring; nothing where there is nothing to change. */
export function refactoring(
    kind: string,
    title: string,
    changes: Fix['changes'],
    newFile?: Refactoring['newFile'],
): Refactoring | undefined {
    return changes.length > 0 ? { kind, title, changes, ...(newFile && { newFile }) } : undefined;
}
