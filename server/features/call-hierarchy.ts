import { AstUtils, URI, type LangiumDocument } from 'langium';
import type { CallHierarchyProvider } from 'langium/lsp';
import type {
    CallHierarchyIncomingCall,
    CallHierarchyIncomingCallsParams,
    CallHierarchyItem,
    CallHierarchyOutgoingCall,
    CallHierarchyOutgoingCallsParams,
    CallHierarchyPrepareParams,
    Position,
    Range,
} from 'vscode-languageserver';
import { describeDeclaration } from '../language/navigation/descriptions.js';
import * as ast from '../language/generated/ast.js';
import { locationOf, nameRangeOf } from '../language/naming/location.js';
import { nameAt, referencesTo } from '../language/navigation/occurrences.js';
import type { TsbtopoServices } from '../language/services.js';

/** Who calls a service, and whom it calls: behind `calls`, `requires` and `by`, in all files of the estate. */
export class TsbtopoCallHierarchy implements CallHierarchyProvider {
    constructor(private readonly services: TsbtopoServices) {}

    prepareCallHierarchy(document: LangiumDocument, { position }: CallHierarchyPrepareParams): CallHierarchyItem[] {
        const callable = this.callableAt(document, position);
        return callable ? [this.itemOf(callable)] : [];
    }

    incomingCalls({ item }: CallHierarchyIncomingCallsParams): CallHierarchyIncomingCall[] {
        const callee = this.callableOf(item);
        const callers = new Map<ast.Callable, Range[]>();
        for (const { reference, range } of callee ? referencesTo(callee, this.services) : []) {
            const caller = ast.isServiceReference(reference) && AstUtils.getContainerOfType(reference, ast.isService);
            if (caller) addTo(callers, caller, range);
        }
        return [...callers].map(([caller, fromRanges]) => ({ from: this.itemOf(caller), fromRanges }));
    }

    outgoingCalls({ item }: CallHierarchyOutgoingCallsParams): CallHierarchyOutgoingCall[] {
        const caller = this.callableOf(item);
        const callees = new Map<ast.Callable, Range[]>();
        for (const { service } of ast.isService(caller) ? referencesOf(caller) : []) {
            if (service?.ref && service.$refNode) addTo(callees, service.ref, service.$refNode.range);
        }
        return [...callees].map(([callee, fromRanges]) => ({ to: this.itemOf(callee), fromRanges }));
    }

    private callableAt(document: LangiumDocument, position: Position): ast.Callable | undefined {
        const meaning = nameAt(document, position, this.services)?.meaning;
        return meaning?.kind === 'declaration' && ast.isCallable(meaning.node) ? meaning.node : undefined;
    }

    /** The declaration that an item was made of; undefined if it is gone since. */
    private callableOf({ uri, selectionRange }: CallHierarchyItem): ast.Callable | undefined {
        const document = this.services.shared.workspace.LangiumDocuments.getDocument(URI.parse(uri));
        return document && this.callableAt(document, selectionRange.start);
    }

    private itemOf(node: ast.Callable): CallHierarchyItem {
        const { uri, range } = locationOf(node);
        return {
            name: node.name,
            kind: this.services.shared.lsp.NodeKindProvider.getSymbolKind(node),
            detail: describeDeclaration(node),
            uri,
            range,
            selectionRange: nameRangeOf(node),
        };
    }
}

function referencesOf({ items }: ast.Service): ast.ServiceReference[] {
    return items.flatMap((item) => {
        if (ast.isCalls(item) || ast.isRequires(item)) return item.callees;
        return (ast.isExternalAuthorization(item) || ast.isRateLimit(item)) && item.by ? [item.by] : [];
    });
}

function addTo(calls: Map<ast.Callable, Range[]>, callable: ast.Callable, range: Range): void {
    calls.set(callable, [...(calls.get(callable) ?? []), range]);
}
