import * as ast from '../../language/generated/ast.js';
import { firstItem } from '../../language/syntax/items.js';
import type { Fixer } from '../fix.js';
import { fix, mostVariants } from '../words.js';
import { edgeControlPlane, nodeOf, replaced, replacedProperty, withNested } from '../write.js';

/** Metrics that end with the management plane. */
export const telemetryThroughFrontEnvoy: Fixer = function* ({ at }, around) {
    const store = nodeOf(around, at, ast.isTelemetryStore);
    const text = store?.$cstNode?.text;
    const path = text && /\bvia\s+front-envoy/.exec(text);
    if (!path || !store?.$cstNode) return;
    const start = store.$cstNode.offset + path.index;
    yield fix('Give metrics a way of their own: `direct`', [
        { uri: at.uri, start, end: start + path[0].length, text: 'direct' },
    ]);
};

/** Tokens that live shorter than usual. */
export const shortTokenTtl: Fixer = function* ({ at }, around) {
    const item = nodeOf(around, at, ast.isTokenTtl);
    if (!item) return;
    for (const ttl of ['24h', '1h']) yield fix(`Say \`token ttl ${ttl}\``, replacedProperty(item, 'ttl', ttl));
};

/** GitOps that waits for the management plane. */
export const gitopsSync: Fixer = function* ({ at }, around) {
    const item = nodeOf(around, at, ast.isGitOps) ?? gitopsOf(nodeOf(around, at, isAbove));
    if (item) yield fix('Say `gitops async`', replaced(item, 'gitops async'));
    const cluster = nodeOf(around, at, ast.isCluster);
    if (!item && cluster) {
        yield fix(
            `Say \`gitops async\` of \`${cluster.name}\``,
            withNested(cluster, [edgeControlPlane], 'gitops async'),
        );
    }
};

/** GitOps of several clusters: one of them keeps it. */
export const gitopsInSeveralClusters: Fixer = function* (_, around) {
    const { estate, topology } = around;
    const defaults = estate.documents.flatMap(({ parseResult }) =>
        parseResult.value.declarations.filter(ast.isWorkloadDefaults).flatMap(gitopsOfDefaults),
    );
    const clusters = topology.clusters.flatMap((data) => {
        const node =
            data.edge && data.edge.gitops.value !== 'off' ? nodeOf(around, data.nameAt, ast.isCluster) : undefined;
        return node ? [{ node, mode: data.edge!.gitops.value, own: gitopsOf(node) }] : [];
    });
    for (const kept of clusters.slice(0, mostVariants)) {
        const others = clusters.filter((each) => each !== kept).flatMap(({ own }) => own ?? []);
        const own =
            kept.own || defaults.length === 0 ? [] : [withNested(kept.node, [edgeControlPlane], `gitops ${kept.mode}`)];
        yield fix(
            `Leave GitOps on in \`${kept.node.name}\` only`,
            ...[...defaults, ...others].map((item) => replaced(item, 'gitops off')),
            ...own,
        );
    }
};

function gitopsOfDefaults({ items }: ast.WorkloadDefaults): ast.GitOps[] {
    return items.flatMap((plane) => (ast.isEdgeControlPlane(plane) ? (firstItem(plane.items, 'GitOps') ?? []) : []));
}

type Above = ast.EdgeControlPlane | ast.Cluster;

function isAbove(node: unknown): node is Above {
    return ast.isEdgeControlPlane(node) || ast.isCluster(node);
}

/** Where it is said in an edge control plane that the finding points to, or whose cluster it points to. */
function gitopsOf(node: Above | undefined): ast.GitOps | undefined {
    const plane = ast.isCluster(node) ? firstItem(node.items, 'EdgeControlPlane') : node;
    return plane && firstItem(plane.items, 'GitOps');
}
