import {
    DefaultDocumentBuilder,
    DocumentState,
    OperationCancelled,
    type BuildOptions,
    type Cancellation,
    type DocumentBuildListener,
    type DocumentPhaseListener,
    type DocumentUpdateListener,
    type LangiumDocument,
    type MaybePromise,
    type URI,
} from 'langium';
import type { Disposable } from 'vscode-languageserver';
import type { LangiumSharedServices } from 'langium/lsp';
import { sameItems } from '../../topology/unchanged.js';
import type { Estate } from '../naming/estates.js';
import { concernOf, followEdit, type Concern } from '../naming/follow.js';
import { loseSense } from '../naming/sense.js';
import type { InternalErrors } from './internal-errors.js';
import type * as ast from '../generated/ast.js';
import type { TsbtopoServices } from '../services.js';

/**
 * Decides by names what has to be linked and checked again after an edit. Langium does that for every file that refers
 * to the edited one, and for no other. Here, a name that appears or disappears concerns every declaration of the same topology
 * in which it stands (a bare service name may have become ambiguous), a header moves a whole file to another topology, and
 * an edit that changes no name changes nothing for the others.
 */
export class TsbtopoDocumentBuilder extends DefaultDocumentBuilder {
    /** Which files each estate had when they were linked last, and what may be its name; by the estate's identity. */
    private readonly frames = new WeakMap<object, readonly string[]>();
    /** The syntax tree to which the references of other files point. */
    private readonly trees = new WeakMap<LangiumDocument, ast.File>();
    private readonly waiting = new Set<Waiting>();

    constructor(private readonly shared: LangiumSharedServices) {
        super(shared);
        this.onUpdate((_, deleted) => {
            for (const uri of deleted) this.errors.forget(uri.toString());
        });
    }

    /** A file that is read anew keeps what its references mean, until it is known what the edit changed of the names. */
    override resetToState(document: LangiumDocument, state: DocumentState): void {
        if (state > DocumentState.Parsed) return super.resetToState(document, state);
        this.indexManager.removeContent(document.uri);
        document.localSymbols = undefined;
        super.resetToState(document, DocumentState.Linked);
        if (document.state > state) document.state = state;
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

    /** Whoever tells of a state learns that it is reached, also where nothing had to be built. */
    private async notifyOfNothing(cancelToken: Cancellation.CancellationToken): Promise<void> {
        for (let state = DocumentState.Parsed; state <= DocumentState.Validated; state++) {
            for (const listener of [...this.buildPhaseListeners.get(state)]) await listener([], cancelToken);
        }
    }

    /** Where what has changed cannot be found out, everything is linked again. */
    private followChangeOrAll(estate: Estate): LangiumDocument[] {
        const follow = () => this.followChange(estate);
        return this.errors.guard('comparing', estate.documents[0]!.uri.toString(), follow, () => {
            this.frames.delete(estate.identity);
            return this.relink(estate, () => true);
        });
    }

    /** Brings the files of an estate up to date with those that were read anew; returns what must be linked. */
    private followChange(estate: Estate): LangiumDocument[] {
        const changed = estate.documents.flatMap((document) => {
            const [before, now] = [this.trees.get(document), document.parseResult.value];
            this.trees.set(document, now);
            return before === now ? [] : [{ document, before, now }];
        });
        const first = new Set(changed.flatMap(({ before, document }) => (before ? [] : [document])));
        const frame = [...estate.documents.map(({ uri }) => uri.toString()), '', ...estate.undecidedBetween];
        const last = this.frames.get(estate.identity);
        this.frames.set(estate.identity, frame);
        const isKnown = last && sameItems(last, frame) && first.size === 0;
        if (!isKnown) return this.relink(estate, () => true, first);
        const edited = changed.flatMap(({ before, now }) => followEdit(before!, now));
        return edited.length === 0 ? [] : this.relink(estate, concernOf(edited));
    }

    /**
     * What was found out of declarations that it concerns is forgotten; returns their files, for what is to be linked in them.
     *
     * @param first files that are read for the first time: of these nothing was found out
     */
    private relink(
        { documents, names }: Estate,
        isConcerned: Concern,
        first: ReadonlySet<LangiumDocument> = new Set(),
    ): LangiumDocument[] {
        const { Linker } = this.services.references;
        names.forget();
        return documents.filter((document) => {
            if (first.has(document)) return false;
            const { declarations } = document.parseResult.value;
            const concerned = declarations.filter((each) => isConcerned(each, Linker.referencesIn(each)));
            for (const declaration of concerned) {
                Linker.forget(declaration);
                loseSense(declaration);
            }
            if (concerned.length > 0) loseSense(declarations);
            const isLinked = concerned.length > 0 && document.state >= DocumentState.Linked;
            if (isLinked) this.resetToState(document, DocumentState.ComputedScopes);
            return isLinked;
        });
    }

    /**
     * Langium lets those wait who come while the listeners of a state are told of it, and where every file is further
     * already: until the next edit, however far away. Here they go on as soon as the state is reached.
     */
    protected override async awaitBuilderState(
        state: DocumentState,
        cancelToken: Cancellation.CancellationToken,
    ): Promise<void> {
        if (this.currentState >= state) return;
        throwIfCancelled(cancelToken);
        await new Promise<void>((done) => {
            const end = () => {
                this.waiting.delete(waiting);
                cancelled.dispose();
                done();
            };
            const waiting: Waiting = { state, reached: end };
            const cancelled = cancelToken.onCancellationRequested(end);
            this.waiting.add(waiting);
        });
        throwIfCancelled(cancelToken);
    }

    /** A file on which a step fails costs one diagnostic, and goes on to the next step as it is. */
    protected override async runCancelable(
        documents: LangiumDocument[],
        state: DocumentState,
        cancelToken: Cancellation.CancellationToken,
        step: (document: LangiumDocument) => MaybePromise<unknown>,
    ): Promise<void> {
        await super.runCancelable(documents, state, cancelToken, (document) =>
            this.errors.guardAsync(
                stepNames[state],
                document.uri.toString(),
                () => step(document),
                () => undefined,
            ),
        );
        for (const each of [...this.waiting]) if (each.state <= state) each.reached();
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

function throwIfCancelled({ isCancellationRequested }: Cancellation.CancellationToken): void {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- what Langium asks for by isOperationCancelled
    if (isCancellationRequested) throw OperationCancelled;
}

/** Somebody who waits for all files to reach a state. */
interface Waiting {
    readonly state: DocumentState;
    readonly reached: () => void;
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
