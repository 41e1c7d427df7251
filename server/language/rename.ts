import { CstUtils, type AstNode, type LangiumDocument } from 'langium';
import { DefaultRenameProvider } from 'langium/lsp';
import type { RenameParams } from 'vscode-languageserver';
import { TextEdit, type WorkspaceEdit } from 'vscode-languageserver-types';
import * as ast from './generated/ast.js';
import { locationOf, nameLocationOf } from './location.js';
import { nodeOfProperty } from './names.js';
import type { TsbtopoServices } from './services.js';
import { nameWriter, type NameWriter } from './written-names.js';

/** Renames a declaration everywhere; puts the new name in quotes where needed, and names gateways that have no name. */
export class TsbtopoRename extends DefaultRenameProvider {
    private readonly write: NameWriter;

    constructor(services: TsbtopoServices) {
        super(services);
        this.write = nameWriter(services.Grammar);
    }

    override async rename(document: LangiumDocument, params: RenameParams): Promise<WorkspaceEdit | undefined> {
        const declaration = this.declarationAt(document, params);
        const name = params.newName.trim();
        if (!declaration || name === '') {
            return undefined;
        }
        const newName = this.write(name, ruleOf(declaration));
        const changes: Record<string, TextEdit[]> = {};
        const edit = (uri: string, change: TextEdit) => (changes[uri] ??= []).push(change);

        if (ast.isGateway(declaration) && !declaration.name) {
            const lastRole = nodeOfProperty(declaration, 'roles', declaration.roles.length - 1);
            if (lastRole) {
                edit(locationOf(declaration).uri, TextEdit.insert(lastRole.range.end, ` ${newName}`));
            }
        } else {
            const { uri, range } = nameLocationOf(declaration);
            edit(uri, TextEdit.replace(range, newName));
        }
        for (const { sourceUri, segment } of this.references.findReferences(declaration, {})) {
            edit(sourceUri.toString(), TextEdit.replace(segment.range, newName));
        }
        return { changes };
    }

    private declarationAt(
        { parseResult, textDocument }: LangiumDocument,
        { position }: RenameParams,
    ): AstNode | undefined {
        const root = parseResult.value.$cstNode;
        const offset = textDocument.offsetAt(position);
        const leaf = root && CstUtils.findDeclarationNodeAtOffset(root, offset, this.grammarConfig.nameRegexp);
        return leaf && this.references.findDeclarations(leaf)[0];
    }
}

/** The rule of the grammar by which the name of a declaration is written. */
function ruleOf(declaration: AstNode): string {
    if (ast.isRegion(declaration) || ast.isZone(declaration)) {
        return 'RegionName';
    }
    return ast.isGateway(declaration) ? 'GatewayName' : 'ServiceName';
}
