import type { AstNode } from 'langium';
import type { SourcePosition } from '../../topology/topology.js';
import type { Surroundings } from '../fix.js';
import { besideImports } from '../beside.js';
import { fileTextOf } from '../../estate/file-text.js';
import { indentationAt } from '../text.js';
import { nodeAt } from '../write.js';
import { collectedDefaults, inlinedDefaults } from './defaults.js';
import { mergedLines } from './network.js';
import { moveToFile } from './move-to-file.js';
import { namespaceOfService } from './namespace.js';
import type { Refactorer, Refactoring } from './refactoring.js';
import { spelledOut } from './spell-out.js';

const refactorers: readonly Refactorer[] = [
    spelledOut,
    collectedDefaults,
    inlinedDefaults,
    namespaceOfService,
    mergedLines,
];

/**
 * The refactorings at a position. They are read off the syntax tree, and so are quick enough for each cursor movement. None
 * changes a file that import writes anew each time: what it adds is said beside it, and else it is not offered.
 */
export function refactoringsAt(
    around: Surroundings,
    position: SourcePosition,
    isTaken: ((uri: string) => boolean) | undefined,
): Refactoring[] {
    const node = nodeAtCursor(around, position);
    if (!node) return [];
    const found = refactorers.flatMap((refactorer) => [...refactorer(node, around)]);
    const moved = isTaken && moveToFile(node, position, around, isTaken);
    return [...found, moved]
        .filter((each) => each !== undefined)
        .map((each) => besideImports(each, around))
        .filter((each) => each !== undefined);
}

/** What the cursor stands at: the word under it, or before it, or else the first one of the line. */
function nodeAtCursor({ document }: Surroundings, position: SourcePosition): AstNode | undefined {
    const { line, character } = position;
    const before = { line, character: Math.max(0, character - 1) };
    const file = fileTextOf(document);
    const first = indentationAt(file, file.places.offsetAt({ line, character: 0 })).length;
    return nodeAt(document, position) ?? nodeAt(document, before) ?? nodeAt(document, { line, character: first });
}
