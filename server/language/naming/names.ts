import { defaultValue } from '../../knowledge/defaults.js';
import { AstUtils, GrammarAST, isCompositeCstNode, type AstNode, type CstNode, type NameProvider } from 'langium';
import * as ast from '../generated/ast.js';
import { firstItem } from '../syntax/items.js';

/** Names are what the files say; an unnamed gateway goes by its first role (`west.ingress`). */
export class TsbtopoNameProvider implements NameProvider {
    getName(node: AstNode): string | undefined {
        if (ast.isGateway(node)) {
            return nameOfGateway(node);
        }
        return 'name' in node && typeof node.name === 'string' ? node.name : undefined;
    }

    getNameNode(node: AstNode): CstNode | undefined {
        const nameNode = nodeOfProperty(node, 'name');
        return nameNode ?? (ast.isGateway(node) ? nodeOfProperty(node, 'roles') : undefined);
    }
}

/** The name of a gateway, or else its first role; undefined where both are still missing. */
export function nameOfGateway(gateway: ast.Gateway): string | undefined {
    return gateway.name ?? gateway.roles[0];
}

/** The cluster in which a gateway is declared. */
export function clusterOfGateway(gateway: ast.Gateway): ast.Cluster | undefined {
    return AstUtils.getContainerOfType(gateway, ast.isCluster);
}

/** The namespace of a service, as far as its own declaration says it. */
export function statedNamespace(service: ast.Service): string | undefined {
    return service.namespace ?? firstItem(service.items, 'Namespace')?.name;
}

/** The namespace of a service about whose namespace nothing is said. */
export const defaultNamespace = defaultValue('namespace');

/** `namespace/name`, under which a service is known in its topology. */
export function qualifiedName(service: ast.Service): string {
    return `${statedNamespace(service) ?? defaultNamespace}/${service.name}`;
}

/**
 * The piece of text that a property of a node was read from; of a list the one at `index`.
 *
 * Unlike Langium's own look-up it stops at the first hit: with thousands of names that is most of the time it takes.
 */
export function nodeOfProperty(node: AstNode, property: string, index = 0): CstNode | undefined {
    if (!node.$cstNode || !isCompositeCstNode(node.$cstNode)) {
        return undefined;
    }
    let left = index;
    return findProperty(node.$cstNode.content, property, node, () => left-- === 0);
}

function findProperty(
    content: readonly CstNode[],
    property: string,
    node: AstNode,
    isWanted: () => boolean,
): CstNode | undefined {
    for (const child of content) {
        if (propertyOf(child) === property) {
            if (isWanted()) {
                return child;
            }
        } else if (isCompositeCstNode(child) && child.astNode === node) {
            const found = findProperty(child.content, property, node, isWanted);
            if (found) {
                return found;
            }
        }
    }
    return undefined;
}

const properties = new WeakMap<object, string | null>();

/** The property to which a piece of text was assigned, remembered for each place of the grammar. */
function propertyOf({ grammarSource }: CstNode): string | null {
    if (!grammarSource) {
        return null;
    }
    let property = properties.get(grammarSource);
    if (property === undefined) {
        property = AstUtils.getContainerOfType(grammarSource, GrammarAST.isAssignment)?.feature ?? null;
        properties.set(grammarSource, property);
    }
    return property;
}
