import type { AstNode } from 'langium';
import * as ast from '../language/generated/ast.js';
import { isGenerated } from '../language/lower/joined.js';
import type { Change } from '../estate/change.js';
import { saidBeside } from './beside.js';
import type { Surroundings } from './fix.js';
import { type FileText, fileTextOf } from '../estate/file-text.js';
import { insertion, lineEnd, nextLine } from './text.js';

/** The order in which a well-kept file declares things. */
const usualOrder: readonly (readonly ast.Declaration['$type'][])[] = [
    ['Header'],
    ['Region'],
    ['ManagementCluster'],
    ['WorkloadDefaults'],
    ['WorkloadCluster'],
    ['Network'],
    ['Service'],
    ['ExternalService'],
];

/**
 * Adds a declaration at the place where a reader would look for it: behind the last one of its kind, in the same file if
 * that has one; else behind what usually comes before it. Nothing is put into a file that import writes anew.
 *
 * @param type the type of its node
 * @param text the declaration; it may have several lines
 */
export function declared(around: Surroundings, type: ast.Declaration['$type'], text: string): Change[] {
    const others = around.estate.documents.filter((other) => other !== around.document);
    const files = [around.document, ...others].filter(({ uri }) => !isGenerated(uri.path));
    if (files.length === 0) return saidBeside(around, undefined, text);
    const rank = usualOrder.findIndex((types) => types.includes(type));
    for (const document of files) {
        const last = document.parseResult.value.declarations.findLast((each) => each.$type === type);
        if (last) return [behind(fileTextOf(document), last, text, isShort(last) && !text.includes('\n'))];
    }
    const [document = around.document] = files;
    const file = fileTextOf(document);
    const { declarations } = document.parseResult.value;
    const earlier = declarations.findLast(({ $type }) => usualOrder.findIndex((types) => types.includes($type)) < rank);
    return [earlier ? behind(file, earlier, text, false) : atBeginning(file, text)];
}

function isShort(node: AstNode): boolean {
    return !node.$cstNode?.text.includes('\n');
}

function behind(file: FileText, node: AstNode, text: string, isClose: boolean): Change {
    const end = lineEnd(file, node.$cstNode?.end ?? 0);
    const gap = isClose ? file.eol : file.eol + file.eol;
    const lines = text.replaceAll('\n', file.eol);
    const isFollowed = file.text.slice(nextLine(file, end)).trimStart() !== '';
    const nextIsBlank = /^\s*\n/.test(file.text.slice(nextLine(file, end)));
    return insertion(file, end, `${gap}${lines}${!isClose && isFollowed && !nextIsBlank ? file.eol : ''}`);
}

function atBeginning(file: FileText, text: string): Change {
    const gap = file.text.trim() === '' ? file.eol : file.eol + file.eol;
    return insertion(file, 0, text.replaceAll('\n', file.eol) + gap);
}

/** The name, or the name with the first number behind it that is free. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
    if (!isTaken(name)) return name;
    let number = 2;
    while (isTaken(`${name}-${number}`)) number++;
    return `${name}-${number}`;
}

/** The declaration of a cluster. */
export function clusterNamed({ estate }: Surroundings, name: string): ast.Cluster | undefined {
    const node = estate.names.clusters.get(name)?.[0]?.node;
    return ast.isCluster(node) ? node : undefined;
}

/** The management cluster, where the estate has one. */
export function managementClusterOf({ estate }: Surroundings): ast.ManagementCluster | undefined {
    return declarationsOf(estate)
        .filter(ast.isManagementCluster)
        .find(({ name, standby }) => Boolean(name) && !standby);
}

/** All workload clusters that have a name, in order. */
export function workloadClustersOf({ estate }: Surroundings): ast.WorkloadCluster[] {
    return declarationsOf(estate)
        .filter(ast.isWorkloadCluster)
        .filter(({ name }) => Boolean(name));
}

function declarationsOf({ documents }: Surroundings['estate']): ast.Declaration[] {
    return documents.flatMap(({ parseResult }) => parseResult.value.declarations);
}
