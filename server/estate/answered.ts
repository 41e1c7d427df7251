import { AstUtils, type AstNode, type LangiumDocument } from 'langium';
import * as ast from '../language/generated/ast.js';
import { isGenerated, joinedDeclarations, type Joined } from '../language/lower/joined.js';
import { qualifiedName } from '../language/naming/names.js';
import type { TsbtopoServices } from '../language/services.js';
import { allDeclared, hostsOf } from '../language/syntax/items.js';

/** Whether a question of an imported file is answered by what stands beside it: the file itself is written anew each time. */
export function answersElsewhere(
    document: LangiumDocument,
    { workspace }: TsbtopoServices,
): (asked: string, offset: number) => boolean {
    const estate = isGenerated(document.uri.path) ? workspace.Estates.of(document.uri) : undefined;
    const file = document.parseResult.value;
    if (!estate || !ast.isFile(file)) return () => false;
    return (asked, offset) => {
        const joined = joinedDeclarations(estate);
        const linked = /^(.+) <-> …$/.exec(asked)?.[1];
        if (linked !== undefined) return linksByHand(joined, file).some((name) => name === linked);
        if (asked === 'standby management cluster')
            return allDeclared(joined.files, 'ManagementCluster').some(({ standby }) => standby);
        const block = blockAround(file, offset);
        const node = block && (ast.isService(block) ? block : AstUtils.getContainerOfType(block, ast.isCluster));
        const host = /^gslb(?: ttl \w+)? of "(.+)"$/.exec(asked)?.[1];
        if (host !== undefined && ast.isService(node)) return hasGslb(node, host, joined);
        const abouts = node ? (joined.aboutEach.get(node) ?? []) : [];
        const items = abouts.flatMap((about) => about.items.flatMap(withInner));
        return items.some((item) => answers(item, asked));
    };
}

function hasGslb({ items }: ast.Service, name: string, { aboutEach }: Joined): boolean {
    const exposures = items.filter(ast.isExposure).filter((each) => hostsOf(each).some(({ host }) => host === name));
    const said = exposures.flatMap((each) => [each, ...(aboutEach.get(each) ?? [])]);
    return said.some((each) => each.items.some((item) => ast.isGslb(item)));
}

function linksByHand({ files }: Joined, imported: ast.File): string[] {
    const networks = allDeclared(files, 'Network').filter(({ $container }) => $container !== imported);
    const links = networks.flatMap((network) => network.links);
    return links.flatMap(({ from, to }) => [...from, ...to].map(({ $refText }) => $refText));
}

/** An item, and what stands in its block if it is a plane. */
function withInner(item: AstNode): AstNode[] {
    return ast.isManagementPlane(item) ? item.items : [item];
}

function answers(item: AstNode, asked: string): boolean {
    const callee = /^calls (.+)$/.exec(asked)?.[1];
    if (callee !== undefined) {
        return (ast.isCalls(item) || ast.isRequires(item)) && item.callees.some((each) => isCalled(each, callee));
    }
    const home = /^on (.+)$/.exec(asked)?.[1];
    if (home !== undefined) return ast.isHomes(item) && item.homes.some(({ $cstNode }) => $cstNode?.text === home);
    switch (asked) {
        case 'on':
            return ast.isHomes(item);
        case 'failover east-west':
            return ast.isFailover(item);
        case 'outlier detection':
            return ast.isOutlierDetection(item);
        case 'elasticsearch':
            return ast.isTelemetryStore(item) && item.path !== undefined;
        default:
            return ast.isExposure(item) && asked === `exposed "${item.host}"`;
    }
}

/** However it is written: with its namespace, or without. */
function isCalled({ service, $cstNode }: ast.ServiceReference, name: string): boolean {
    const node = service?.ref;
    return $cstNode?.text === name || (ast.isService(node) && qualifiedName(node) === name.replaceAll('"', ''));
}

/** The innermost node with a block in which a place stands. */
export function blockAround(file: ast.File, offset: number): AstNode | undefined {
    let found: AstNode | undefined;
    const look = (nodes: Iterable<AstNode>) => {
        for (const node of nodes) {
            const text = node.$cstNode;
            if (!text || text.offset > offset || text.end <= offset) continue;
            found = node;
            look(AstUtils.streamContents(node));
        }
    };
    look(file.declarations);
    return found;
}
