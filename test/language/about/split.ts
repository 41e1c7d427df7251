import { EmptyFileSystem, type AstNode } from 'langium';
import { createTsbtopoServices } from '../../../server/language/create-services.js';
import * as ast from '../../../server/language/generated/ast.js';
import { nameWriter } from '../../../server/language/naming/written-names.js';
import { nameOfGateway } from '../../../server/language/naming/names.js';

const { parser, Grammar } = createTsbtopoServices(EmptyFileSystem).tsbtopo;
const write = nameWriter(Grammar);
const written = (name: string) => write(name, 'ThingName');

/** A text, and what was taken out of it, each as an `about`. */
export interface Split {
    readonly text: string;
    readonly abouts: readonly string[];
}

/**
 * Moves items out of their blocks into `about`s of the same things, and changes nothing else.
 *
 * @param isMoved decides about each item that could be moved
 */
export function splitIntoAbouts(text: string, isMoved: () => boolean): Split {
    const { value, lexerErrors, parserErrors } = parser.LangiumParser.parse<ast.File>(text);
    if (lexerErrors.length + parserErrors.length > 0) return { text, abouts: [] };
    const moved = value.declarations.flatMap(movableIn).filter(isMoved);
    const taken = moved.filter(({ item }) => !moved.some((other) => other.item !== item && isInside(item, other.item)));
    let left = text;
    for (const { item } of taken.toSorted((a, b) => b.item.$cstNode!.offset - a.item.$cstNode!.offset)) {
        const { offset, end } = item.$cstNode!;
        left = left.slice(0, offset) + left.slice(end);
    }
    return { text: left, abouts: taken.map(({ thing, item }) => `about ${thing} { ${item.$cstNode!.text}\n}`) };
}

interface Movable {
    readonly thing: string;
    readonly item: AstNode;
}

function isInside(node: AstNode, around: AstNode): boolean {
    return node.$cstNode!.offset >= around.$cstNode!.offset && node.$cstNode!.end <= around.$cstNode!.end;
}

function movableIn(declaration: ast.Declaration): Movable[] {
    const all = (thing: string, items: readonly AstNode[]) => items.map((item) => ({ thing, item }));
    switch (declaration.$type) {
        case 'Region':
            return all(
                `region ${written(declaration.name)}`,
                declaration.items.filter((item) => !ast.isZones(item)),
            );
        case 'ExternalService':
            return all(`external service ${written(declaration.name)}`, declaration.items);
        case 'WorkloadCluster':
        case 'ManagementCluster':
            return ofCluster(declaration);
        case 'Service':
            return ofService(declaration);
        default:
            return [];
    }
}

function ofCluster({ name, items }: ast.Cluster): Movable[] {
    const cluster = written(name);
    return items.flatMap((item): Movable[] => {
        const whole = { thing: `cluster ${cluster}`, item };
        const inside = (thing: string, inner: readonly AstNode[]) => inner.map((each) => ({ thing, item: each }));
        if (ast.isGateway(item)) return inside(`gateway ${cluster}.${written(nameOfGateway(item) ?? '')}`, item.items);
        if (ast.isDataPlane(item)) return [];
        if (ast.isEdgeControlPlane(item)) return [whole, ...inside(`${cluster}.edge`, item.items)];
        if (ast.isCentralControlPlane(item)) return [whole, ...inside('central control plane', item.items)];
        if (!ast.isManagementPlane(item)) return [whole];
        const stores = item.items.flatMap((store) => {
            if (ast.isPostgres(store)) return inside('postgres', store.items);
            return ast.isTelemetryStore(store) || ast.isSecret(store) ? inside(store.kind, store.items) : [];
        });
        return [whole, ...inside('management plane', item.items), ...stores];
    });
}

function ofService({ namespace, name, items }: ast.Service): Movable[] {
    // the namespace in a block is a part of the name
    if (items.some(ast.isNamespace)) return [];
    const service = namespace === undefined ? written(name) : `${written(namespace)}/${written(name)}`;
    return items.flatMap((item): Movable[] => {
        const whole = { thing: `service ${service}`, item };
        if (ast.isExposure(item)) {
            const host = /^[a-z][\w-]*(\.[a-z][\w-]*)+$/i.test(item.host) ? item.host : `"${item.host}"`;
            return [whole, ...item.items.map((each) => ({ thing: `host ${host}`, item: each }))];
        }
        const [home] = ast.isHomes(item) && item.homes.length === 1 ? item.homes : [];
        if (!ast.isHomes(item) || !home) return [whole];
        const thing = `${service} on ${written(home.cluster.$refText)}`;
        return [whole, ...item.items.map((each) => ({ thing, item: each }))];
    });
}
