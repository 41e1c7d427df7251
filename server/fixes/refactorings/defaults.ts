import { AstUtils } from 'langium';
import * as ast from '../../language/generated/ast.js';
import { allItems, firstItem } from '../../language/syntax/items.js';
import { declared, workloadClustersOf } from '../declare.js';
import type { Change } from '../../estate/change.js';
import type { Surroundings } from '../fix.js';
import { edgeControlPlane, textOf, withNested, withoutItem } from '../write.js';
import { refactoring, type Refactorer } from './refactoring.js';

/**
 * Says a setting once in the defaults that several clusters repeat. It is offered where every workload cluster says
 * something about it, since the others would get the setting, too.
 */
export const collectedDefaults: Refactorer = function* (node, around) {
    const item = AstUtils.getContainerOfType(node, isEdgeItem);
    if (!item || !ast.isWorkloadCluster(item.$container.$container)) return;
    const clusters = workloadClustersOf(around);
    const said = clusters.map((cluster) => {
        const plane = firstItem(cluster.items, 'EdgeControlPlane');
        return plane?.items.find((each) => each.$type === item.$type);
    });
    const text = normalized(item);
    const repeated = said.filter((each) => each !== undefined).filter((each) => normalized(each) === text);
    const block = defaultsIn(around);
    const isSaid = settingsIn(block).some((each) => each.$type === item.$type);
    if (repeated.length < 2 || said.includes(undefined) || isSaid) return;
    yield refactoring('refactor.extract', `Say \`${text}\` once for all workload clusters`, [
        ...withDefault(text, block, around),
        ...repeated.flatMap(withoutSetting),
    ]);
};

function settingsIn(block: ast.WorkloadDefaults | undefined): readonly ast.EdgeItem[] {
    return allItems(block?.items ?? [], 'EdgeControlPlane').flatMap((plane) => plane.items);
}

/** Says in each cluster what the defaults say, and takes these out. */
export const inlinedDefaults: Refactorer = function* (node, around) {
    const block = AstUtils.getContainerOfType(node, ast.isWorkloadDefaults);
    if (!block || block !== defaultsIn(around)) return;
    const settings = settingsIn(block);
    const changes = workloadClustersOf(around).flatMap((cluster) => {
        const plane = firstItem(cluster.items, 'EdgeControlPlane');
        const open = settings.filter(({ $type }) => !plane?.items.some((each) => each.$type === $type));
        return open.length > 0 ? withNested(cluster, [edgeControlPlane], open.map(textOf).join('\n')) : [];
    });
    if (settings.length === 0) return;
    yield refactoring('refactor.inline', 'Say these settings in each workload cluster', [
        ...changes,
        ...withoutItem(block),
    ]);
};

function isEdgeItem(node: unknown): node is ast.EdgeItem & { readonly $container: ast.EdgeControlPlane } {
    return ast.isEdgeItem(node) && ast.isEdgeControlPlane(node.$container);
}

/** The first block; a second one is an error, and says nothing. */
function defaultsIn({ estate }: Surroundings): ast.WorkloadDefaults | undefined {
    const declarations = estate.documents.flatMap(({ parseResult }) => parseResult.value.declarations);
    return declarations.find(ast.isWorkloadDefaults);
}

function withDefault(text: string, block: ast.WorkloadDefaults | undefined, around: Surroundings): Change[] {
    if (block) return withNested(block, [edgeControlPlane], text);
    const declaration = `defaults for workload clusters {\n    edge control plane { ${text} }\n}`;
    return declared(around, 'WorkloadDefaults', declaration);
}

/** A setting goes together with an edge control plane that says nothing else. */
function withoutSetting(item: ast.EdgeItem): Change[] {
    const plane = item.$container;
    return ast.isEdgeControlPlane(plane) && plane.items.length === 1 && !/\/[/*]/.test(textOf(plane))
        ? withoutItem(plane)
        : withoutItem(item);
}

function normalized(item: ast.EdgeItem): string {
    return textOf(item).replace(/\s+/g, ' ');
}
