import { AstUtils, UriUtils, type AstNode, type LeafCstNode } from 'langium';
import { code, text } from '../encoding/markdown.js';
import * as ast from '../language/generated/ast.js';
import { joinedDeclarations, sayingsOf } from '../language/lower/joined.js';
import type { TsbtopoServices } from '../language/services.js';

/** So many lines are shown at most, each so long. */
const [mostLines, longestLine] = [14, 80];

/**
 * All that is said of a thing, each line with its file: where a name of it stands behind `about`, or in the declaration of
 * something that an `about` says more of.
 */
export function saidMarkdown(leaf: LeafCstNode, { workspace }: TsbtopoServices): string | undefined {
    const { uri } = AstUtils.getDocument(leaf.astNode);
    const estate = workspace.Estates.of(uri);
    const joined = estate && joinedDeclarations(estate);
    if (!joined || joined.subjects.size === 0) return undefined;
    const block = blockNamedBy(leaf);
    const sayings = block ? sayingsOf(block, joined) : [];
    if (sayings.length < 2) return undefined;
    const lines = sayings.flatMap((each) => {
        const items = 'items' in each ? (each.items as AstNode[]) : [];
        const file = UriUtils.basename(AstUtils.getDocument(each).uri);
        return items.map((item) => `- ${code(shortened(item))} · ${text(file)}`);
    });
    const more = lines.length - mostLines;
    return [`**Said of it**`, ...lines.slice(0, mostLines), ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
}

/** The block that is about what a name means: the `about` behind which it stands, or what it declares. */
function blockNamedBy({ astNode, offset }: LeafCstNode): AstNode | undefined {
    const about = AstUtils.getContainerOfType(astNode, ast.isAbout);
    if (about)
        return about.things.some(({ $cstNode }) => $cstNode && $cstNode.offset <= offset && offset < $cstNode.end)
            ? about
            : undefined;
    const isDeclared =
        ast.isRegion(astNode) ||
        ast.isCluster(astNode) ||
        ast.isGateway(astNode) ||
        ast.isService(astNode) ||
        ast.isExternalService(astNode);
    return isDeclared ? astNode : undefined;
}

function shortened({ $cstNode }: AstNode): string {
    const line = ($cstNode?.text ?? '').replace(/\s+/g, ' ');
    return line.length > longestLine ? `${line.slice(0, longestLine - 1)}…` : line;
}
