import type { AstNode, LangiumDocument } from 'langium';
import type { TypeDefinitionProvider } from 'langium/lsp';
import type { LocationLink, TypeDefinitionParams } from 'vscode-languageserver';
import * as ast from '../language/generated/ast.js';
import { homeListsOf } from '../language/syntax/items.js';
import { locationOf, nameRangeOf } from '../language/naming/location.js';
import { clusterOfGateway } from '../language/naming/names.js';
import { nameAt } from '../language/navigation/occurrences.js';
import type { TsbtopoServices } from '../language/services.js';

/** Leads from a thing to what it stands in: a gateway to its cluster, a service to its homes, a cluster to its place. */
export class TsbtopoTypeDefinition implements TypeDefinitionProvider {
    constructor(private readonly services: TsbtopoServices) {}

    getTypeDefinition(document: LangiumDocument, { position }: TypeDefinitionParams): LocationLink[] {
        const name = nameAt(document, position, this.services);
        if (name?.meaning.kind !== 'declaration') return [];
        return whatHolds(name.meaning.node).map((node) => {
            const { uri, range } = locationOf(node);
            return {
                originSelectionRange: name.text.range,
                targetUri: uri,
                targetRange: range,
                targetSelectionRange: nameRangeOf(node),
            };
        });
    }
}

function whatHolds(node: AstNode): AstNode[] {
    const found: (AstNode | undefined)[] = [];
    if (ast.isGateway(node)) found.push(clusterOfGateway(node));
    if (ast.isZone(node)) found.push(node.$container.$container);
    const places = ast.isCluster(node) ? [node.place] : ast.isExternalService(node) ? node.places : [];
    found.push(...places.map((place) => place?.zone?.ref ?? place?.region?.ref));
    if (ast.isService(node)) {
        found.push(...homeListsOf(node).flatMap(({ homes }) => homes.map(({ cluster }) => cluster?.ref)));
    }
    return found.filter((holder) => holder !== undefined);
}
