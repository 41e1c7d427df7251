import { interruptAndCheck, type AstNode, type Cancellation } from 'langium';
import { DefaultFuzzyMatcher, type LangiumSharedServices, type WorkspaceSymbolProvider } from 'langium/lsp';
import type { WorkspaceSymbolParams } from 'vscode-languageserver';
import type { WorkspaceSymbol } from 'vscode-languageserver-types';
import type { Estate } from '../naming/estates.js';
import * as ast from '../generated/ast.js';
import { hostsOf } from '../syntax/items.js';
import { nameLocationOf } from '../naming/location.js';
import { defaultNamespace, nameOfGateway, statedNamespace } from '../naming/names.js';
import { gatewaysOf } from '../naming/declared.js';
import type { TsbtopoServices } from '../services.js';

/** Everything with a name, in all estates of the workspace, with the name of what it belongs to. */
export class TsbtopoWorkspaceSymbols implements WorkspaceSymbolProvider {
    private readonly matcher = new NameMatcher();

    constructor(private readonly shared: LangiumSharedServices) {}

    async getSymbols(
        { query }: WorkspaceSymbolParams,
        cancelToken?: Cancellation.CancellationToken,
    ): Promise<WorkspaceSymbol[]> {
        const { NodeKindProvider } = this.shared.lsp;
        const { workspace } = this.shared.ServiceRegistry.all[0] as TsbtopoServices;
        const symbols: WorkspaceSymbol[] = [];
        for (const estate of workspace.Estates.all()) {
            for (const { node, name, containerName, property } of namedIn(estate)) {
                if (!name || !this.matcher.match(query, name)) continue;
                const location = nameLocationOf(node, property);
                symbols.push({ name, kind: NodeKindProvider.getSymbolKind(node), location, containerName });
            }
            if (cancelToken) await interruptAndCheck(cancelToken);
        }
        return symbols;
    }
}

interface Named {
    readonly node: AstNode;
    readonly name: string | undefined;
    readonly containerName: string;
    /** Which property is the name. */
    readonly property?: string;
}

function namedIn(estate: Estate): Named[] {
    return estate.documents.flatMap(({ parseResult }) =>
        parseResult.value.declarations.flatMap((declaration) => namedInDeclaration(declaration, estate.name)),
    );
}

function namedInDeclaration(node: ast.Declaration, estate: string): Named[] {
    if (ast.isRegion(node)) {
        const zones = node.items.filter(ast.isZones).flatMap((item) => item.zones);
        return [
            { node, name: node.name, containerName: estate },
            ...zones.map((zone) => ({ node: zone, name: zone.name, containerName: node.name })),
        ];
    }
    if (ast.isCluster(node)) {
        const gateways = gatewaysOf(node);
        return [
            { node, name: node.name, containerName: estate },
            ...gateways.map((gateway) => ({ node: gateway, name: nameOfGateway(gateway), containerName: node.name })),
        ];
    }
    if (ast.isService(node) || ast.isExternalService(node)) {
        const hosts = (node.items as readonly AstNode[]).filter(ast.isExposure).flatMap(hostsOf);
        const containerName = ast.isService(node) ? (statedNamespace(node) ?? defaultNamespace) : estate;
        return [
            { node, name: node.name, containerName },
            ...hosts.map((host) => ({ node: host, name: host.host, containerName: node.name, property: 'host' })),
        ];
    }
    return ast.isSharedFate(node) ? [{ node, name: node.name, containerName: estate }] : [];
}

/** Finds `front-us` by `us` too: names here have their words behind dashes, dots and slashes. */
class NameMatcher extends DefaultFuzzyMatcher {
    protected override isWordTransition(previous: number, current: number): boolean {
        return super.isWordTransition(previous, current) || separators.has(String.fromCharCode(previous));
    }
}

const separators: ReadonlySet<string> = new Set('-./ "');
