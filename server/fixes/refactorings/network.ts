import { AstUtils } from 'langium';
import * as ast from '../../language/generated/ast.js';
import { nodeOfProperty } from '../../language/naming/names.js';
import { fileOf } from '../../estate/file-text.js';
import { removal, replacement } from '../text.js';
import { withListed } from '../write.js';
import { refactoring, type Refactorer } from './refactoring.js';

/** Two lines of the network that one can say: `a -> b` with `b -> a`, or with `c -> b`, or with `a -> c`. */
export const mergedLines: Refactorer = function* (node) {
    const link = AstUtils.getContainerOfType(node, ast.isLink);
    if (!link || link.direction !== '->') return;
    const [from, to] = [namesIn(link, 'from'), namesIn(link, 'to')];
    for (const other of link.$container.links) {
        if (other === link || other.direction !== '->' || !other.$cstNode) continue;
        const [otherFrom, otherTo] = [namesIn(other, 'from'), namesIn(other, 'to')];
        const changes =
            isSame(from, otherTo) && isSame(to, otherFrom)
                ? arrow(link)
                : isSame(to, otherTo) && isApart(from, otherFrom)
                  ? withListed(link, 'from', otherFrom.join(', '))
                  : isSame(from, otherFrom) && isApart(to, otherTo)
                    ? withListed(link, 'to', otherTo.join(', '))
                    : [];
        if (changes.length === 0) continue;
        const title = `Merge with \`${other.$cstNode.text}\``;
        yield refactoring('refactor.rewrite', title, [...changes, removal(fileOf(link), other.$cstNode)]);
    }
};

function arrow(link: ast.Link) {
    const sign = nodeOfProperty(link, 'direction');
    return sign ? [replacement(fileOf(link), sign, '<->')] : [];
}

function namesIn(link: ast.Link, side: 'from' | 'to'): string[] {
    return link[side].map(({ $refNode, $refText }) => $refNode?.text ?? $refText);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
    return a.length === b.length && a.every((name) => b.includes(name));
}

function isApart(a: readonly string[], b: readonly string[]): boolean {
    return !a.some((name) => b.includes(name));
}
