import type { AstNode } from 'langium';
import type * as ast from '../generated/ast.js';

type Types = ast.TsbtopoAstType;

/** The first item of that type in a block. Compares plain names of types, since this is asked for every service. */
export function firstItem<Type extends keyof Types>(items: readonly AstNode[], type: Type): Types[Type] | undefined;
export function firstItem(items: readonly AstNode[], type: string): AstNode | undefined {
    return items.find((item) => item.$type === type);
}

/** All items of that type in a block. */
export function allItems<Type extends keyof Types>(items: readonly AstNode[], type: Type): Types[Type][];
export function allItems(items: readonly AstNode[], type: string): AstNode[] {
    return items.filter((item) => item.$type === type);
}

/** The lists of clusters on which a service runs: the one after its name, and those in its block. */
export function homeListsOf(service: ast.Service): ast.Homes[] {
    const inside = allItems(service.items, 'Homes');
    return service.on ? [service.on, ...inside] : inside;
}
