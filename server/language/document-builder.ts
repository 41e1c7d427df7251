import {
    DefaultDocumentBuilder,
    DocumentState,
    UriUtils,
    type AstNode,
    type AstNodeDescription,
    type BuildOptions,
    type Cancellation,
    type DefaultReference,
    type LangiumDocument,
} from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { Estate } from './estates.js';
import type * as ast from './generated/ast.js';
import type { TsbtopoServices } from './services.js';

/**
 * Decides by names what has to be linked and checked again after an edit. Langium does that for every file that refers
 * to the edited one, and for no other. Here, a name that appears or disappears can change what every file of the same
 * topology says (a bare service name may have become ambiguous, a header have moved a whole file to another topology);
 * and an edit that changes no name changes nothing for the others.
 */
export class TsbtopoDocumentBuilder extends DefaultDocumentBuilder {
    /** What each estate declared when its files were linked last, by the estate's key. */
    private readonly signatures = new Map<string, string>();
    /** The syntax tree to which the references of other files point, by the address of its file. */
    private readonly trees = new Map<string, AstNode>();

    constructor(private readonly shared: LangiumSharedServices) {
        super(shared);
    }

    /** What has to be linked again is known only when the changed files are read, see {@link buildDocuments}. */
    protected override shouldRelink(): boolean {
        return false;
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
        const estates = this.services.workspace.Estates.all();
        const reset = estates.flatMap((estate) => this.followChange(estate));
        const keys = new Set(estates.map((estate) => estate.key));
        [...this.signatures.keys()].filter((key) => !keys.has(key)).forEach((key) => this.signatures.delete(key));
        const more = reset.filter((document) => !documents.includes(document));
        await super.buildDocuments([...documents, ...more], options, cancelToken);
    }

    /** Brings the other files of an estate up to date with those that were read anew; returns what must be linked. */
    private followChange(estate: Estate): LangiumDocument[] {
        const changed = estate.documents.filter(
            (document) => this.trees.get(document.uri.toString()) !== document.parseResult.value,
        );
        changed.forEach((document) => this.trees.set(document.uri.toString(), document.parseResult.value));
        const linked = estate.documents.filter((document) => document.state >= DocumentState.Linked);
        const { signature } = estate;
        if (this.signatures.get(estate.key) === signature) {
            changed.forEach((document) => this.redirectReferences(linked, document));
            return [];
        }
        this.signatures.set(estate.key, signature);
        linked.forEach((document) => this.resetToState(document, DocumentState.ComputedScopes));
        return linked;
    }

    /** Lets references to a file point into its new tree, in which everything has the same name and place as before. */
    private redirectReferences(from: readonly LangiumDocument[], to: LangiumDocument<ast.File>): void {
        const { AstNodeLocator, AstNodeDescriptionProvider } = this.services.workspace;
        const moved = new Map<string, AstNodeDescription | undefined>();
        const inNewTree = ({ path, name }: AstNodeDescription) => {
            if (!moved.has(path)) {
                const node = AstNodeLocator.getAstNode(to.parseResult.value, path);
                moved.set(path, node && AstNodeDescriptionProvider.createDescription(node, name, to));
            }
            return moved.get(path);
        };
        for (const { references } of from) {
            for (const reference of references as DefaultReference[]) {
                const known = reference._nodeDescription;
                if (known && UriUtils.equals(known.documentUri, to.uri)) {
                    reference._nodeDescription = inNewTree(known);
                    reference._ref = reference._nodeDescription?.node;
                }
            }
        }
    }

    private get services(): TsbtopoServices {
        return this.shared.ServiceRegistry.all[0] as TsbtopoServices;
    }
}
