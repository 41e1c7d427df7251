import { AstUtils, URI, UriUtils, type AstNode } from 'langium';
import * as ast from '../../language/generated/ast.js';
import type { SourcePosition } from '../../topology/topology.js';
import { freeName } from '../declare.js';
import type { Surroundings } from '../fix.js';
import { fileOf, type FileText } from '../../estate/file-text.js';
import { beginsLine, lineEnd, lineStart, nextLine, removal } from '../text.js';
import { refactoring } from './refactoring.js';

/**
 * Moves a declaration to a file of its own in the same folder, with the comments that stand right above it. It is offered
 * on the first line of the declaration, where it has a header to belong to.
 */
export function moveToFile(
    node: AstNode,
    { line }: SourcePosition,
    { document, topology, write }: Surroundings,
    isTaken: (uri: string) => boolean,
) {
    const declaration = AstUtils.getContainerOfType(node, isTopLevel);
    const cst = declaration?.$cstNode;
    const others = document.parseResult.value.declarations.filter((each) => each !== declaration);
    if (!cst || ast.isHeader(declaration) || ast.isAcceptance(declaration) || cst.range.start.line !== line)
        return undefined;
    if (!topology.at || others.every(ast.isHeader)) return undefined;
    const file = fileOf(declaration);
    const start = startOfComments(file, cst.offset);
    const isAlone =
        beginsLine(file, cst.offset) && /^[ \t]*(\/\/.*)?$/.test(file.text.slice(cst.end, lineEnd(file, cst.end)));
    const end = isAlone ? lineEnd(file, cst.end) : cst.end;
    const folder = UriUtils.dirname(URI.parse(file.uri));
    const uriOf = (name: string) => UriUtils.joinPath(folder, `${name}.tsbtopo`).toString();
    const name = freeName(fileNameOf(declaration), (each) => isTaken(uriOf(each)));
    const header = `topology ${write(topology.name, 'TopologyName')}`;
    const text = `${header}${file.eol}${file.eol}${file.text.slice(start, end)}${file.eol}`;
    return refactoring(
        'refactor.move',
        `Move it to a file of its own, ${name}.tsbtopo`,
        [removal(file, { offset: start, end })],
        {
            uri: uriOf(name),
            text,
        },
    );
}

function isTopLevel(node: AstNode): node is ast.Declaration {
    return ast.isFile(node.$container);
}

/** Where the comments begin that stand right above an offset, without an empty line in between. */
function startOfComments(file: FileText, offset: number): number {
    if (!beginsLine(file, offset)) return offset;
    let start = lineStart(file, offset);
    while (start > 0) {
        const above = lineStart(file, start - 1);
        if (!/^[ \t]*\/\//.test(file.text.slice(above, nextLine(file, above)))) break;
        start = above;
    }
    return start;
}

function fileNameOf(declaration: AstNode | undefined): string {
    const name =
        declaration && 'name' in declaration && typeof declaration.name === 'string'
            ? declaration.name
            : ast.isNetwork(declaration)
              ? 'network'
              : 'defaults';
    return name.replace(/[^\p{L}\p{N}_.-]+/gu, '-').replace(/^[.-]+|[.-]+$/g, '') || 'topology';
}
