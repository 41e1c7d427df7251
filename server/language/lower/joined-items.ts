import type { AstNode } from 'langium';
import * as ast from '../generated/ast.js';
import { hostsOf, onceOf } from '../syntax/items.js';

/** What one block says of a thing: its own, or that of an `about`. */
export interface Saying {
    readonly items: readonly AstNode[];
    /** Import writes its file anew each time, so what people say beside it holds. */
    readonly isGenerated: boolean;
}

/** Two places that say different things of which only one can hold. */
export interface Clash {
    /** In the words of the language: `owner`, `label tier`. */
    readonly what: string;
    /** What holds. */
    readonly first: AstNode;
    readonly second: AstNode;
    /** The second is from a generated file, and the first is not. */
    readonly isOverruled: boolean;
}

/**
 * All that is said of one thing, in one list: what people say before what is generated, so that whoever takes the first of
 * its kind takes what holds. Blocks of the same thing become one block; everything else adds up.
 */
export function joinedItems(sayings: readonly Saying[], clash: (clash: Clash) => void): AstNode[] {
    const ordered = [
        ...sayings.filter(({ isGenerated }) => !isGenerated),
        ...sayings.filter((each) => each.isGenerated),
    ];
    const joined: AstNode[] = [];
    const known = new Map<string, { place: number; saying: Saying; node: AstNode }>();
    for (const saying of ordered) {
        for (const item of saying.items) {
            const key = keyOf(item);
            const first = key === undefined ? undefined : known.get(key);
            for (const each of labelsIn(item)) {
                const label = known.get(`label ${each.key}`);
                if (!label) known.set(`label ${each.key}`, { place: -1, saying, node: each });
                else if (label.saying !== saying) clash(clashOf(`label ${each.key}`, label, each, saying));
            }
            if (key === undefined || !first) {
                if (key !== undefined) known.set(key, { place: joined.length, saying, node: item });
                joined.push(item);
            } else if (first.saying === saying) {
                // the block has a message of its own
                joined.push(item);
            } else if (isBlock(item)) {
                const before = joined[first.place] as Block;
                const heads = [headOf(before), headOf(item)];
                if (heads.every(Boolean) && heads[0] !== heads[1]) clash(clashOf(key, first, item, saying));
                joined[first.place] = oneBlock(before, item, [first.saying.isGenerated, saying.isGenerated], clash);
            } else clash(clashOf(key, first, item, saying));
        }
    }
    return joined;
}

function clashOf(what: string, first: { saying: Saying; node: AstNode }, second: AstNode, saying: Saying): Clash {
    return { what, first: first.node, second, isOverruled: saying.isGenerated && !first.saying.isGenerated };
}

/** Of what can hold once: one of the same key. Hosts are exposed once, by their first name. */
function keyOf(item: AstNode): string | undefined {
    return ast.isExposure(item) ? `exposed "${hostsOf(item)[0]?.host}"` : onceOf(item);
}

function labelsIn(item: AstNode): readonly ast.Label[] {
    return ast.isLabels(item) ? item.labels : [];
}

type Block = AstNode & { readonly items: readonly AstNode[] };

const blocks: ReadonlySet<string> = new Set([
    ...['ManagementPlane', 'CentralControlPlane', 'EdgeControlPlane', 'Postgres', 'TelemetryStore', 'Secret'],
]);

function isBlock(item: AstNode): item is Block {
    return blocks.has(item.$type);
}

/** What a block says before its items, as it is written: where a store stands, and how it is reached. */
function headOf(block: AstNode): string {
    if (!ast.isPostgres(block) && !ast.isTelemetryStore(block)) return '';
    const { place, placement } = block;
    const path = ast.isTelemetryStore(block) ? [block.kind, block.path] : [];
    const said = [placement, place?.$cstNode?.text, path[1]].filter((each) => each !== undefined);
    return said.length > 0 ? said.join(' ') : '';
}

/** The one block that two are, at the place of the one that says where it stands, or else of the declaration. */
function oneBlock(first: Block, second: Block, generated: [boolean, boolean], clash: (clash: Clash) => void): Block {
    const both = [first, second];
    const base = both.find(headOf) ?? both.find(isDeclared) ?? first;
    const sayings = both.map(({ items }, index) => ({ items, isGenerated: generated[index]! }));
    return { ...base, items: joinedItems(sayings, clash) };
}

/** Whether a block stands in its declaration, and not in an `about`. */
function isDeclared({ $container }: AstNode): boolean {
    return !ast.isAbout($container) && !ast.isFile($container);
}

/** A node with other items, at the place where it stands. */
export function withItems<T extends AstNode>(node: T, items: readonly AstNode[]): T {
    return { ...node, items };
}
