import {
    DefaultDocumentBuilder,
    DocumentState,
    type BuildOptions,
    type Cancellation,
    type LangiumDocument,
} from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type * as ast from './generated/ast.js';
import { nameOfGateway, qualifiedName } from './names.js';
import { gatewaysOf } from './scope-computation.js';
import type { TsbtopoServices } from './services.js';

/**
 * Relinks more than Langium does by itself. There, a file is linked again if it refers to the changed one. Here, a name
 * that appears or disappears can change what every other file of the same topology says: a bare service name may have
 * become ambiguous, a second cluster of the same name be gone, a header have moved a whole file to another topology.
 */
export class TsbtopoDocumentBuilder extends DefaultDocumentBuilder {
    /** What each estate declared when its files were linked last, by the estate's key. */
    private readonly declared = new Map<string, string>();

    constructor(private readonly shared: LangiumSharedServices) {
        super(shared);
    }

    protected override async buildDocuments(
        documents: LangiumDocument[],
        options: BuildOptions,
        cancelToken: Cancellation.CancellationToken,
    ): Promise<void> {
        await this.runCancelable(documents, DocumentState.Parsed, cancelToken, (document) =>
            this.langiumDocumentFactory.update(document, cancelToken),
        );
        await this.runCancelable(documents, DocumentState.IndexedContent, cancelToken, (document) =>
            this.indexManager.updateContent(document, cancelToken),
        );
        const more = this.resetFilesOfChangedEstates(new Set(documents));
        await super.buildDocuments([...documents, ...more], options, cancelToken);
    }

    private resetFilesOfChangedEstates(building: ReadonlySet<LangiumDocument>): LangiumDocument[] {
        const reset: LangiumDocument[] = [];
        const keys = new Set<string>();
        for (const estate of this.services.workspace.Estates.all()) {
            keys.add(estate.key);
            const signature = estate.documents.map(declarationsOf).join('\n');
            if (this.declared.get(estate.key) === signature) {
                continue;
            }
            this.declared.set(estate.key, signature);
            for (const document of estate.documents) {
                if (!building.has(document) && document.state > DocumentState.ComputedScopes) {
                    this.resetToState(document, DocumentState.ComputedScopes);
                    reset.push(document);
                }
            }
        }
        [...this.declared.keys()].filter((key) => !keys.has(key)).forEach((key) => this.declared.delete(key));
        return reset;
    }

    private get services(): TsbtopoServices {
        return this.shared.ServiceRegistry.all[0] as TsbtopoServices;
    }
}

const known = new WeakMap<ast.File, string>();

/** All that other files of the estate can notice of a file, as a text to compare. */
function declarationsOf(document: LangiumDocument<ast.File>): string {
    const file = document.parseResult.value;
    let declarations = known.get(file);
    if (declarations === undefined) {
        const lines = file.declarations.flatMap(visibleOutside);
        declarations = [document.uri.toString(), ...lines].join('\n');
        known.set(file, declarations);
    }
    return declarations;
}

function visibleOutside(declaration: ast.Declaration): string[] {
    switch (declaration.$type) {
        case 'ManagementCluster':
        case 'WorkloadCluster': {
            const gateways = gatewaysOf(declaration).map((gateway) => `${declaration.name}.${nameOfGateway(gateway)}`);
            return [`cluster ${declaration.name}`, ...gateways];
        }
        case 'Service':
            return [`service ${qualifiedName(declaration)}`];
        case 'Header':
            return [`${declaration.name} ${declaration.version}`];
        case 'Region':
        case 'ExternalService':
            return [`${declaration.$type} ${declaration.name}`];
        default:
            return [declaration.$type];
    }
}
