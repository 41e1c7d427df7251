import type { AstNode } from 'langium';
import type { Element } from '../topology/element.js';
import type { SourceLocation } from '../topology/topology.js';
import type { Snapshot } from '../estate/snapshot.js';
import * as ast from '../language/generated/ast.js';
import { nameLocationOf } from '../language/naming/location.js';

/** Which element is declared at a place; the bridge between syntax and topology. */
export interface Places {
    /** The element that a declaration declares; undefined for syntax that declares none, or a second one of the same name. */
    declaredBy(node: AstNode): Element | undefined;
    /** The element whose name begins at that place. */
    declaredAt(at: SourceLocation): Element | undefined;
}

/** The places of an estate. */
export function placesOf({ elements: { lists } }: Pick<Snapshot, 'elements'>): Places {
    const declaredAt = (at: SourceLocation) => {
        const key = keyOf(at);
        for (const list of lists) {
            const element = byPlace(list).get(key);
            if (element) return element;
        }
        return undefined;
    };
    return { declaredAt, declaredBy: (node) => declaredAt(nameLocationOf(node)) };
}

const placesInList = new WeakMap<readonly Element[], ReadonlyMap<string, Element>>();

/** The elements of a list by the places of their names, found once. */
function byPlace(list: readonly Element[]): ReadonlyMap<string, Element> {
    let known = placesInList.get(list);
    if (!known) {
        const found = new Map<string, Element>();
        for (const element of list) {
            const key = element.declared && element.kind !== 'instances' ? keyOf(element.at) : undefined;
            if (key !== undefined && !found.has(key)) found.set(key, element);
        }
        placesInList.set(list, (known = found));
    }
    return known;
}

function keyOf({ uri, range: { start } }: SourceLocation): string {
    return `${uri}#${start.line}:${start.character}`;
}

/**
 * What a file declares, clusters and planes before what stands in their blocks. Nothing that can fail stands deeper; to
 * go through the whole tree would take ten times as long.
 */
export function* declarationsIn(file: ast.File): Generator<AstNode> {
    for (const declaration of file.declarations) {
        yield declaration;
        if (!ast.isCluster(declaration)) continue;
        for (const item of declaration.items) {
            yield item;
            if (ast.isManagementPlane(item) || ast.isDataPlane(item)) yield* item.items;
        }
    }
}

const kindsWithElements: ReadonlySet<string> = new Set<keyof ast.TsbtopoAstType>([
    'Region',
    'Zone',
    'ManagementCluster',
    'WorkloadCluster',
    'ManagementPlane',
    'CentralControlPlane',
    'DataPlane',
    'Gateway',
    'Postgres',
    'TelemetryStore',
    'Secret',
    'IdentityProvider',
    'Service',
    'ExternalService',
    'SharedFate',
]);

/** Whether a node declares something that can fail; what `defaults for workload clusters` says is none. */
export function declaresElement(node: AstNode): boolean {
    if (ast.isEdgeControlPlane(node)) return ast.isCluster(node.$container);
    return kindsWithElements.has(node.$type);
}
