import {
    DefaultDocumentBuilder,
    DocumentState,
    UriUtils,
    type AstNode,
    type AstNodeDescription,
    type BuildOptions,
    type Cancellation,
    type DefaultReference,
    type DocumentBuildListener,
    type DocumentPhaseListener,
    type DocumentUpdateListener,
    type LangiumDocument,
    type MaybePromise,
    type URI,
} from 'langium';
import type { Disposable } from 'vscode-languageserver';
import type { LangiumSharedServices } from 'langium/lsp';
import type { Estate } from '../naming/estates.js';
import type { InternalErrors } from './internal-errors.js';
import type * as ast from '../generated/ast.js';
import type { TsbtopoServices } from '../services.js';

/**
 * Decides by names what has to be linked and checked again after an edit. Langium does that for every file that refers
 * to the edited one, and for no other. Here, a name that appears or disappears can change what every file of the same
 * topology says (a bare service name may have become ambiguous, a header have moved a whole file to another topology);
 * and an edit that changes no name changes nothing for the others.
 */
export class TsbtopoDocumentBuilder extends DefaultDocumentBuilder {
    /** What each estate declared when its files were linked last, by the estate's identity. */
    private readonly signatures = new WeakMap<object, string>();
    /** The syntax tree to which the references of other files point. */
    private readonly trees = new WeakMap<LangiumDocument, AstNode>();

    constructor(private readonly shared: LangiumSharedServices) {
        super(shared);
        this.onUpdate((_, deleted) => {
            for (const uri of deleted) this.errors.forget(uri.toString());
        });
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
        const { Estates } = this.services.workspace;
        const reset = Estates.all().flatMap((estate) => this.followChangeOrAll(estate));
        const more = reset.filter((document) => !documents.includes(document));
        await super.buildDocuments([...documents, ...more], options, cancelToken);
        if (documents.length + more.length === 0) await this.notifyOfNothing(cancelToken);
    }

    /** Whoever waits for a state, or tells of it, learns that it is reached, also where nothing had to be built. */
    private async notifyOfNothing(cancelToken: Cancellation.CancellationToken): Promise<void> {
        for (let state = DocumentState.Parsed; state <= DocumentState.Validated; state++) {
            for (const listener of [...this.buildPhaseListeners.get(state)]) await listener([], cancelToken);
        }
    }

    /** Where what has changed cannot be found out, everything is linked again. */
    private followChangeOrAll(estate: Estate): LangiumDocument[] {
        const follow = () => this.followChange(estate);
        return this.errors.guard('comparing', estate.documents[0]!.uri.toString(), follow, () => {
            this.signatures.delete(estate.identity);
            const linked = estate.documents.filter((document) => document.state >= DocumentState.Linked);
            linked.forEach((document) => this.resetToState(document, DocumentState.ComputedScopes));
            return linked;
        });
    }

    /** Brings the other files of an estate up to date with those that were read anew; returns what must be linked. */
    private followChange(estate: Estate): LangiumDocument[] {
        const changed = estate.documents.filter((document) => this.trees.get(document) !== document.parseResult.value);
        changed.forEach((document) => this.trees.set(document, document.parseResult.value));
        const linked = estate.documents.filter((document) => document.state >= DocumentState.Linked);
        const { identity, signature } = estate;
        if (this.signatures.get(identity) === signature) {
            changed.forEach((document) => this.redirectReferences(linked, document));
            return [];
        }
        this.signatures.set(identity, signature);
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

    /** A file on which a step fails costs one diagnostic, and goes on to the next step as it is. */
    protected override runCancelable(
        documents: LangiumDocument[],
        state: DocumentState,
        cancelToken: Cancellation.CancellationToken,
        step: (document: LangiumDocument) => MaybePromise<unknown>,
    ): Promise<void> {
        return super.runCancelable(documents, state, cancelToken, (document) =>
            this.errors.guardAsync(
                stepNames[state],
                document.uri.toString(),
                () => step(document),
                () => undefined,
            ),
        );
    }

    override onUpdate(listener: DocumentUpdateListener): Disposable {
        return super.onUpdate((changed, deleted) =>
            this.guarded(listener, [...changed, ...deleted], () => listener(changed, deleted)),
        );
    }

    override onBuildPhase(state: DocumentState, listener: DocumentBuildListener): Disposable {
        return super.onBuildPhase(state, (built, token) => {
            const uris = built.map(({ uri }) => uri);
            return this.guarded(listener, uris, () => listener(built, token));
        });
    }

    override onDocumentPhase(state: DocumentState, listener: DocumentPhaseListener): Disposable {
        return super.onDocumentPhase(state, (document, token) =>
            this.guarded(listener, [document.uri], () => listener(document, token)),
        );
    }

    /** A listener that fails keeps neither the build nor the other listeners. */
    private async guarded(listener: object, [uri]: readonly URI[], tell: () => void | Promise<void>): Promise<void> {
        await this.errors.guardListener(listener, uri?.toString() ?? '', tell);
    }

    private get services(): TsbtopoServices {
        return this.shared.ServiceRegistry.all[0] as TsbtopoServices;
    }

    private get errors(): InternalErrors {
        return this.services.workspace.InternalErrors;
    }
}

/** What is being done to a file on its way to a state. */
const stepNames: Readonly<Record<DocumentState, string>> = {
    [DocumentState.Changed]: 'preparing',
    [DocumentState.Parsed]: 'opening',
    [DocumentState.IndexedContent]: 'listing names',
    [DocumentState.ComputedScopes]: 'listing local names',
    [DocumentState.Linked]: 'linking',
    [DocumentState.IndexedReferences]: 'listing references',
    [DocumentState.Validated]: 'checking',
};
