import type { AstNode, AstNodeDescription } from 'langium';
import type { NodeKindProvider } from 'langium/lsp';
import { CompletionItemKind, SymbolKind } from 'vscode-languageserver-types';
import { table, type Table } from '../../knowledge/table.js';

const symbolKinds: Table<SymbolKind> = table({
    Header: SymbolKind.Package,
    Region: SymbolKind.Namespace,
    Zone: SymbolKind.Constant,
    ManagementCluster: SymbolKind.Class,
    WorkloadCluster: SymbolKind.Class,
    WorkloadDefaults: SymbolKind.Struct,
    ManagementPlane: SymbolKind.Module,
    CentralControlPlane: SymbolKind.Module,
    EdgeControlPlane: SymbolKind.Module,
    DataPlane: SymbolKind.Module,
    Postgres: SymbolKind.Object,
    TelemetryStore: SymbolKind.Object,
    Secret: SymbolKind.Key,
    IdentityProvider: SymbolKind.Object,
    Gateway: SymbolKind.Interface,
    Network: SymbolKind.Array,
    Service: SymbolKind.Function,
    ExternalService: SymbolKind.Event,
    SharedFate: SymbolKind.Constant,
    About: SymbolKind.Object,
    Scenario: SymbolKind.Event,
    Objective: SymbolKind.Boolean,
    Exposure: SymbolKind.String,
    Alias: SymbolKind.String,
});

const completionKinds: Table<CompletionItemKind> = table({
    Region: CompletionItemKind.Folder,
    Zone: CompletionItemKind.Constant,
    ManagementCluster: CompletionItemKind.Class,
    WorkloadCluster: CompletionItemKind.Class,
    Gateway: CompletionItemKind.Interface,
    Service: CompletionItemKind.Function,
    ExternalService: CompletionItemKind.Event,
    SharedFate: CompletionItemKind.Constant,
});

/** The icons of declarations in outlines and completion lists. */
export class TsbtopoNodeKinds implements NodeKindProvider {
    getSymbolKind(node: AstNode | AstNodeDescription): SymbolKind {
        return symbolKinds.get(typeOf(node)) ?? SymbolKind.Field;
    }

    getCompletionItemKind(node: AstNode | AstNodeDescription): CompletionItemKind {
        return completionKinds.get(typeOf(node)) ?? CompletionItemKind.Reference;
    }
}

function typeOf(node: AstNode | AstNodeDescription): string {
    return '$type' in node ? node.$type : node.type;
}
