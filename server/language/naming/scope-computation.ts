import {
    AstUtils,
    MultiMap,
    type AstNode,
    type AstNodeDescription,
    type AstNodeLocator,
    type LangiumCoreServices,
    type LangiumDocument,
    type LocalSymbols,
    type ScopeComputation,
    type URI,
} from 'langium';
import * as ast from '../generated/ast.js';
import { nameOfGateway } from './names.js';

/**
 * Lists what a file declares. Nothing is visible only locally: a topology is one space of names, however many files it
 * has (see {@link EstateNames}).
 */
export class TsbtopoScopeComputation implements ScopeComputation {
    private readonly locator: AstNodeLocator;
    private readonly ofFiles = new WeakMap<AstNode, readonly AstNodeDescription[]>();
    private readonly ofDeclarations = new WeakMap<AstNode, Declared>();

    constructor(services: LangiumCoreServices) {
        this.locator = services.workspace.AstNodeLocator;
    }

    async collectExportedSymbols(document: LangiumDocument): Promise<AstNodeDescription[]> {
        return [...this.namesIn(document)];
    }

    async collectLocalSymbols(): Promise<LocalSymbols> {
        return new MultiMap<AstNode, AstNodeDescription>();
    }

    /** Everything in a file that can be referred to by name, except zones, which are looked up in their region. */
    namesIn({ parseResult: { value: file } }: LangiumDocument): readonly AstNodeDescription[] {
        if (!ast.isFile(file)) return [];
        const names = this.ofFiles.get(file) ?? file.declarations.flatMap((each) => this.declaredBy(each).names);
        this.ofFiles.set(file, names);
        return names;
    }

    /** The zones of a region. */
    zonesOf(region: ast.Region): readonly AstNodeDescription[] {
        return this.declaredBy(region).zones;
    }

    /**
     * Gives the names of a file to the nodes that took the place of others: the descriptions stay what they are, and with
     * them all that refers to them.
     *
     * @param before a tree of the file with the same signature
     */
    handOver(before: ast.File, now: ast.File): void {
        for (const [index, declaration] of now.declarations.entries()) {
            const last = before.declarations[index]!;
            if (last === declaration) continue;
            const { names, zones } = this.declaredBy(last);
            renew(names, namedIn(declaration));
            renew(zones, zonesIn(declaration));
            this.ofDeclarations.set(declaration, { names, zones });
        }
        this.ofFiles.delete(now);
    }

    private declaredBy(declaration: ast.Declaration): Declared {
        const known = this.ofDeclarations.get(declaration);
        if (known) return known;
        const describe = (nodes: readonly Named[]) =>
            nodes.map(([node, name]) => describedName(node, name, AstUtils.getDocument(declaration).uri, this.locator));
        const declared = { names: describe(namedIn(declaration)), zones: describe(zonesIn(declaration)) };
        this.ofDeclarations.set(declaration, declared);
        return declared;
    }
}

/** The names that a declaration declares. */
interface Declared {
    readonly names: readonly NameDescription[];
    readonly zones: readonly NameDescription[];
}

/** What has a name, which stays the same while an edit puts another node in the place of the one that has it. */
type NameDescription = AstNodeDescription & { node?: AstNode };

/** What stands before a declaration may come and go: where it stands is looked up when somebody asks. */
function describedName(node: AstNode, name: string, documentUri: URI, locator: AstNodeLocator): NameDescription {
    return {
        node,
        name,
        type: node.$type,
        documentUri,
        get path() {
            return this.node ? locator.getAstNodePath(this.node) : '';
        },
    };
}

function renew(descriptions: readonly NameDescription[], nodes: readonly Named[]): void {
    for (const [index, description] of descriptions.entries()) description.node = nodes[index]![0];
}

type Named = readonly [node: AstNode, name: string];

function namedIn(declaration: ast.Declaration): Named[] {
    if (ast.isCluster(declaration)) {
        const gateways = gatewaysOf(declaration).map((gateway) => [gateway, nameOfGateway(gateway)] as const);
        return withNames([[declaration, declaration.name], ...gateways]);
    }
    const isNamed =
        ast.isRegion(declaration) ||
        ast.isService(declaration) ||
        ast.isExternalService(declaration) ||
        ast.isSharedFate(declaration);
    return isNamed ? withNames([[declaration, declaration.name]]) : [];
}

function zonesIn(declaration: ast.Declaration): Named[] {
    const items = ast.isRegion(declaration) ? declaration.items.filter(ast.isZones) : [];
    return withNames(items.flatMap(({ zones }) => zones).map((zone) => [zone, zone.name]));
}

/** A declaration that is being written may have no name yet. */
function withNames(nodes: readonly (readonly [AstNode, string | undefined])[]): Named[] {
    return nodes.flatMap(([node, name]): Named[] => (name ? [[node, name]] : []));
}

/** Every gateway of a cluster, also those listed in its data plane. */
export function gatewaysOf(cluster: ast.Cluster): ast.Gateway[] {
    return cluster.items.flatMap((item) => (ast.isGateway(item) ? [item] : ast.isDataPlane(item) ? item.items : []));
}
