import {
    DefaultLinker,
    DefaultReferenceDescriptionProvider,
    interruptAndCheck,
    type AstNode,
    type Cancellation,
    type DefaultReference,
    type LangiumDocument,
    type MultiReference,
    type Reference,
    type ReferenceDescription,
    type ReferenceInfo,
} from 'langium';
import * as ast from '../generated/ast.js';
import { forEachNode, forEachReference } from '../syntax/tree.js';

/** So many declarations are linked before somebody else has a turn. */
const pieceLength = 100;

/** Links what is not linked yet: an edit leaves most declarations as they were, with what their references mean. */
export class TsbtopoLinker extends DefaultLinker {
    /** The references in a declaration, once they were linked: only another name lets one of them find something else. */
    private readonly known = new WeakMap<AstNode, Linked>();

    /** A name keeps its description while other nodes take the place of the one that has it, so only that is kept. */
    protected override resolveReference(
        reference: DefaultReference,
        node: AstNode,
        property: string,
    ): AstNode | undefined {
        if (reference._nodeDescription?.node) return reference._nodeDescription.node;
        const found = super.resolveReference(reference, node, property);
        if (reference._nodeDescription) reset(reference);
        return found;
    }

    protected override doLink(info: ReferenceInfo, document: LangiumDocument): void {
        const reference = info.reference as DefaultReference;
        if (reference._nodeDescription) return;
        super.doLink(info, document);
        if (reference._nodeDescription) reset(reference);
    }

    override async link(document: LangiumDocument, cancelToken: Cancellation.CancellationToken): Promise<void> {
        const lost: Reference[] = [];
        for (const [index, declaration] of declarationsOf(document).entries()) {
            if (index % pieceLength === 0) await interruptAndCheck(cancelToken);
            const linked = this.known.get(declaration) ?? this.linked(declaration, document);
            for (const reference of linked.lost) lost.push(reference);
        }
        // Langium wants to tell which names are not found; a large file has tens of thousands of others
        document.references = lost;
    }

    private linked(declaration: AstNode, document: LangiumDocument): Linked {
        const all = allReferencesIn(declaration, (info) => this.doLink(info, document));
        const lost = all.every(isLinked) ? nothingLost : all.filter((reference) => !isLinked(reference));
        const linked = { all, lost };
        this.known.set(declaration, linked);
        return linked;
    }

    /** The references in a file, in reading order, without those that are not linked yet. */
    referencesOf(document: LangiumDocument): Reference[] {
        return declarationsOf(document).flatMap((declaration) => this.referencesIn(declaration) ?? []);
    }

    /** The references in a declaration, in reading order; undefined where they are not linked yet. */
    referencesIn(declaration: AstNode): readonly Reference[] | undefined {
        return this.known.get(declaration)?.all;
    }

    /** What the names in a declaration mean is to be found out anew. */
    forget(declaration: AstNode): void {
        const references = this.known.get(declaration)?.all ?? allReferencesIn(declaration);
        for (const reference of references as readonly DefaultReference[]) {
            Object.assign(reference, { _ref: undefined, _nodeDescription: undefined });
        }
        this.known.delete(declaration);
    }

    /** Which declarations have to be linked anew is told one by one, see {@link forget}. */
    override unlink(document: LangiumDocument): void {
        document.references = [];
    }
}

/** The references in a declaration, in reading order. */
interface Linked {
    readonly all: readonly Reference[];
    /** Those that mean nothing. */
    readonly lost: readonly Reference[];
}

const nothingLost: readonly Reference[] = [];

function declarationsOf({ parseResult }: LangiumDocument): readonly ast.Declaration[] {
    return ast.isFile(parseResult.value) ? parseResult.value.declarations : [];
}

function allReferencesIn(declaration: AstNode, link?: (info: ReferenceInfo) => void): Reference[] {
    const references: Reference[] = [];
    forEachNode(declaration, (node) =>
        forEachReference(node, (info) => {
            link?.(info);
            references.push(info.reference as Reference);
        }),
    );
    return references;
}

/** Whether a reference has found what it means; it has no error then. */
export function isLinked(reference: Reference | MultiReference): boolean {
    return (reference as DefaultReference)._nodeDescription !== undefined;
}

/** Without the node; the property stays, by which Langium knows a reference to one thing. */
function reset(reference: DefaultReference): void {
    Object.assign(reference, { _ref: undefined });
}

/** None are listed: who refers to what is read from the references of the files, which know it already. */
export class TsbtopoReferenceDescriptions extends DefaultReferenceDescriptionProvider {
    override createDescriptions(): Promise<ReferenceDescription[]> {
        return Promise.resolve([]);
    }
}
