import { CstUtils, isLeafCstNode } from 'langium';
import { seenIn } from '../../language/checks/characters.js';
import type { Fixer } from '../fix.js';
import { fileTextOf } from '../../estate/file-text.js';
import { replacement } from '../text.js';
import { fix } from '../words.js';
import { pieceAt } from './suggestions.js';

/** A name or text with characters that cannot be seen: without them, wherever it stands. */
export const unseenCharacter: Fixer = function* (problem, around) {
    const { written } = pieceAt(problem, around);
    const seen = seenIn(written);
    const changes = around.estate.documents.flatMap((document) => {
        const file = fileTextOf(document);
        const root = document.parseResult.value.$cstNode;
        return [...(root ? CstUtils.streamCst(root) : [])]
            .filter((token) => isLeafCstNode(token) && !token.hidden && token.text === written)
            .map((token) => replacement(file, token, seen));
    });
    yield fix(`Write \`${seen}\``, changes);
};
