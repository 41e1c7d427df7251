import { AstUtils, DefaultAstNodeLocator, type AstNode, type AstNodeDescription } from 'langium';
import * as ast from '../generated/ast.js';
import { clusterOfGateway, nameOfGateway, qualifiedName } from './names.js';

/** A declaration and the names that it declares: the same while edits put other nodes in the place of its own. */
export interface Declared {
    readonly node: ast.Declaration;
    readonly names: readonly NameDescription[];
    /** Those of a region. */
    readonly zones: readonly NameDescription[];
}

/** What has a name, which stays the same while an edit puts another node in the place of the one that has it. */
export interface NameDescription extends AstNodeDescription {
    node: AstNode;
    /** Of a service `namespace/name`, of a gateway `cluster.gateway`: what else it is called. */
    readonly inFull: string | undefined;
    /** The list of this one alone. */
    readonly alone: readonly NameDescription[];
}

const known = new WeakMap<ast.Declaration, Declared>();
const locator = new DefaultAstNodeLocator();

/** The names that a declaration declares. */
export function declaredBy(declaration: ast.Declaration): Declared {
    const last = known.get(declaration);
    if (last) return last;
    const describe = (nodes: readonly Named[]) => nodes.map(([node, name]) => describedName(node, name));
    const declared = {
        node: declaration,
        names: describe(namedIn(declaration)),
        zones: describe(zonesIn(declaration)),
    };
    known.set(declaration, declared);
    return declared;
}

/**
 * Gives the names of a declaration to the one that took its place: the descriptions stay what they are, and with them all
 * that refers to them.
 *
 * @param now declares the same, see `signature.ts`
 */
export function handOver(before: ast.Declaration, now: ast.Declaration): void {
    if (before === now) return;
    const declared = declaredBy(before);
    renew(declared.names, namedIn(now));
    renew(declared.zones, zonesIn(now));
    Object.assign(declared, { node: now });
    known.set(now, declared);
}

/**
 * Finds a node again, or the one that stands in its place after edits elsewhere; as long as its declaration declares the same,
 * and for what has no name as long as nobody edits that.
 */
export function lasting(node: AstNode): () => AstNode | undefined {
    const declaration = declarationOf(node);
    if (!declaration) return () => node;
    const declared = declaredBy(declaration);
    const named = [...declared.names, ...declared.zones].find((each) => each.node === node);
    if (named) return () => named.node;
    const path = locator.getAstNodePath(node).slice(locator.getAstNodePath(declaration).length + 1);
    return () => locator.getAstNode(declared.node, path);
}

/** The declaration in which a node stands, or which it is. */
function declarationOf(node: AstNode): ast.Declaration | undefined {
    let each: AstNode | undefined = node;
    while (each && !ast.isFile(each.$container)) each = each.$container;
    return each as ast.Declaration | undefined;
}

/** What stands before a declaration may come and go: where it stands is looked up when somebody asks. */
function describedName(node: AstNode, name: string): NameDescription {
    const description = {
        node,
        name,
        inFull: fullNameOf(node),
        alone: [] as NameDescription[],
        type: node.$type,
        documentUri: AstUtils.getDocument(node).uri,
        get path() {
            return locator.getAstNodePath(this.node);
        },
    };
    description.alone.push(description);
    return description;
}

function fullNameOf(node: AstNode): string | undefined {
    if (ast.isService(node)) return qualifiedName(node);
    if (!ast.isGateway(node)) return undefined;
    const cluster = clusterOfGateway(node)?.name;
    return cluster ? `${cluster}.${nameOfGateway(node)}` : undefined;
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
