import type { AstNode, LangiumDocument } from 'langium';
import type { DocumentSymbolProvider, NodeKindProvider } from 'langium/lsp';
import type { DocumentSymbol } from 'vscode-languageserver-types';
import { visible } from '../../encoding/visible.js';
import { table, type Table } from '../../knowledge/table.js';
import { describeDeclaration } from './descriptions.js';
import * as ast from '../generated/ast.js';
import { nameRangeOf } from '../naming/location.js';
import type { TsbtopoNameProvider } from '../naming/names.js';
import type { TsbtopoServices } from '../services.js';
import { allItems } from '../syntax/items.js';

/** The outline of a file: its declarations, and in them planes, stores, gateways and hosts. */
export class TsbtopoOutline implements DocumentSymbolProvider {
    private readonly names: TsbtopoNameProvider;
    private readonly kinds: NodeKindProvider;

    constructor(services: TsbtopoServices) {
        this.names = services.references.NameProvider;
        this.kinds = services.shared.lsp.NodeKindProvider;
    }

    getSymbols(document: LangiumDocument): DocumentSymbol[] {
        const file = document.parseResult.value;
        return ast.isFile(file) ? file.declarations.flatMap((declaration) => this.symbolsOf(declaration)) : [];
    }

    private symbolsOf(node: AstNode): DocumentSymbol[] {
        const text = node.$cstNode;
        if (!text || ast.isAcceptance(node)) {
            return [];
        }
        const children = partsOf(node).flatMap((part) => this.symbolsOf(part));
        const property = ast.isExposure(node) || ast.isAlias(node) ? 'host' : 'name';
        const detail = describeDeclaration(node);
        return [
            {
                name: this.names.getName(node) || labelOf(node),
                ...(detail && { detail }),
                kind: this.kinds.getSymbolKind(node),
                range: text.range,
                selectionRange: nameRangeOf(node, property),
                ...(children.length > 0 && { children }),
            },
        ];
    }
}

/** What the outline shows inside a declaration. */
function partsOf(node: AstNode): readonly AstNode[] {
    if (ast.isRegion(node)) {
        return node.items.filter(ast.isZones).flatMap((item) => item.zones);
    }
    if (ast.isService(node) || ast.isExternalService(node) || ast.isAbout(node)) {
        return allItems(node.items, 'Exposure');
    }
    if (ast.isExposure(node)) {
        return node.aliases;
    }
    const hasParts =
        ast.isCluster(node) || ast.isManagementPlane(node) || ast.isDataPlane(node) || ast.isWorkloadDefaults(node);
    return hasParts
        ? (node.items as readonly AstNode[]).filter((item) => labels.has(item.$type) || ast.isGateway(item))
        : [];
}

const labels: Table<string> = table({
    Header: 'topology',
    Region: 'region',
    Zone: 'zone',
    ManagementCluster: 'management cluster',
    WorkloadCluster: 'workload cluster',
    ManagementPlane: 'management plane',
    CentralControlPlane: 'central control plane',
    EdgeControlPlane: 'edge control plane',
    DataPlane: 'data plane',
    Postgres: 'postgres',
    TelemetryStore: 'telemetry store',
    Secret: 'secret',
    IdentityProvider: 'identity-provider',
    WorkloadDefaults: 'defaults for workload clusters',
    Network: 'network',
    Service: 'service',
    ExternalService: 'external service',
    SharedFate: 'shared fate',
    About: 'about',
    Scenario: 'scenario',
    Objective: 'objective',
    Exposure: 'exposed',
    Alias: 'exposed',
});

/** An objective is known by its sentence. */
function sentenceOf({ $cstNode }: ast.Objective): string {
    const [, sentence = ''] = /^objective\s+((?:"(?:[^"\\]|\\.)*"|[^{"])*)/.exec($cstNode?.text ?? '') ?? [];
    return visible(sentence.replace(/\s+/g, ' ').trim()) || 'objective';
}

/** `about shop/web, shop/cart` */
function thingsOf({ things }: ast.About): string {
    return visible(`about ${things.map(({ $cstNode }) => $cstNode?.text ?? '').join(', ')}`.replace(/\s+/g, ' '));
}

/** How something without a name is shown. */
function labelOf(node: AstNode): string {
    const label = labels.get(node.$type) ?? node.$type;
    if (ast.isObjective(node)) return sentenceOf(node);
    if (ast.isAbout(node)) return thingsOf(node);
    if (ast.isTelemetryStore(node) || ast.isSecret(node)) {
        return node.kind ?? label;
    }
    return (ast.isExposure(node) || ast.isAlias(node)) && node.host ? node.host : label;
}
