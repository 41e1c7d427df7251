import {
    MultiMap,
    type AstNode,
    type AstNodeDescription,
    type AstNodeDescriptionProvider,
    type LangiumCoreServices,
    type LangiumDocument,
    type LocalSymbols,
    type ScopeComputation,
} from 'langium';
import * as ast from '../generated/ast.js';
import { nameOfGateway } from './names.js';

/**
 * Lists what a file declares. Nothing is visible only locally: a topology is one space of names, however many files it
 * has (see {@link EstateNames}).
 */
export class TsbtopoScopeComputation implements ScopeComputation {
    private readonly descriptions: AstNodeDescriptionProvider;
    private readonly known = new WeakMap<AstNode, AstNodeDescription[]>();

    constructor(services: LangiumCoreServices) {
        this.descriptions = services.workspace.AstNodeDescriptionProvider;
    }

    async collectExportedSymbols(document: LangiumDocument): Promise<AstNodeDescription[]> {
        return this.namesIn(document);
    }

    async collectLocalSymbols(): Promise<LocalSymbols> {
        return new MultiMap<AstNode, AstNodeDescription>();
    }

    /** Everything in a file that can be referred to by name, except zones, which are looked up in their region. */
    namesIn(document: LangiumDocument): AstNodeDescription[] {
        const file = document.parseResult.value;
        let names = this.known.get(file);
        if (!names) {
            names = ast.isFile(file) ? this.collect(document, file) : [];
            this.known.set(file, names);
        }
        return names;
    }

    private collect(document: LangiumDocument, file: ast.File): AstNodeDescription[] {
        const names: AstNodeDescription[] = [];
        const add = (node: AstNode, name: string | undefined) => {
            if (name) {
                names.push(this.descriptions.createDescription(node, name, document));
            }
        };
        for (const declaration of file.declarations) {
            if (ast.isCluster(declaration)) {
                add(declaration, declaration.name);
                gatewaysOf(declaration).forEach((gateway) => add(gateway, nameOfGateway(gateway)));
            } else if (ast.isRegion(declaration) || ast.isService(declaration) || ast.isExternalService(declaration)) {
                add(declaration, declaration.name);
            }
        }
        return names;
    }
}

/** Every gateway of a cluster, also those listed in its data plane. */
export function gatewaysOf(cluster: ast.Cluster): ast.Gateway[] {
    return cluster.items.flatMap((item) => (ast.isGateway(item) ? [item] : ast.isDataPlane(item) ? item.items : []));
}
