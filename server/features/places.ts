import type { AstNode } from 'langium';
import type { Element } from '../topology/element.js';
import { AnchoredPlace, type Anchor } from '../topology/place.js';
import type { SourceLocation } from '../topology/topology.js';
import type { Snapshot } from '../estate/snapshot.js';
import * as ast from '../language/generated/ast.js';
import { nameLocationOf } from '../language/naming/location.js';

/** Which element is declared at a place; the bridge between syntax and topology. */
export interface Places {
    /** The element that a declaration declares; undefined for syntax that declares none, or a second one of the same name. */
    declaredBy(node: AstNode): Element | undefined;
    /** The element whose name begins at that place of a declaration. */
    declaredAt(at: SourceLocation): Element | undefined;
}

/** The places of an estate. */
export function placesOf({ elements: { lists } }: Pick<Snapshot, 'elements'>): Places {
    const declaredAt = (at: SourceLocation) => {
        if (!(at instanceof AnchoredPlace)) return undefined;
        for (const list of lists) {
            const element = byPlace(list).get(at.anchor)?.get(at.beginning);
            if (element) return element;
        }
        return undefined;
    };
    return { declaredAt, declaredBy: (node) => declaredAt(nameLocationOf(node)) };
}

type ByPlace = ReadonlyMap<Anchor, ReadonlyMap<string, Element>>;

const placesInList = new WeakMap<readonly Element[], ByPlace>();

/** The elements of a list by their declarations, and in these by the beginnings of their names, found once. */
function byPlace(list: readonly Element[]): ByPlace {
    let known = placesInList.get(list);
    if (!known) placesInList.set(list, (known = placesIn(list)));
    return known;
}

function placesIn(list: readonly Element[]): ByPlace {
    const found = new Map<Anchor, Map<string, Element>>();
    for (const element of list) {
        const { at, declared, kind } = element;
        if (!declared || kind === 'instances' || !(at instanceof AnchoredPlace)) continue;
        const inDeclaration = found.get(at.anchor) ?? new Map<string, Element>();
        if (!inDeclaration.has(at.beginning)) inDeclaration.set(at.beginning, element);
        found.set(at.anchor, inDeclaration);
    }
    return found;
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
