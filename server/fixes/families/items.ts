import { AstUtils, type AstNode } from 'langium';
import * as ast from '../../language/generated/ast.js';
import { clusterOfGateway, nameOfGateway, nodeOfProperty } from '../../language/naming/names.js';
import { gatewayOfTarget } from '../../language/naming/targets.js';
import { managementClusterOf } from '../declare.js';
import type { Change } from '../../estate/change.js';
import type { Fix, Fixer } from '../fix.js';
import { fileOf } from '../../estate/file-text.js';
import { indentationAt, indented, insertion, replacement } from '../text.js';
import { writtenGateway } from '../services.js';
import { fix, mostVariants } from '../words.js';
import {
    appended,
    nodeAt,
    replaced,
    replacedProperty,
    textOf,
    withItem,
    withoutEntry,
    withoutItem,
    withoutListed,
    type Owner,
} from '../write.js';
import { pieceAt } from './suggestions.js';

/** A line in the wrong block. */
export const misplacedItem: Fixer = function* (problem, around) {
    const item = nodeAt(around.document, problem.at.range.start);
    if (item && ast.isAbout(item.$container)) {
        yield fix('Take it out', withoutItem(item));
        return;
    }
    if (ast.isGitOps(item)) {
        yield fix('Say `gitops` without a mode', replaced(item, 'gitops'));
        yield fix('Say `gitops off`', replaced(item, 'gitops off'));
        return;
    }
    if (ast.isExternalAuthorization(item) || ast.isRateLimit(item)) {
        yield fix('Take it out', withoutItem(item));
        return;
    }
    if (!ast.isManagementPlane(item) && !ast.isCentralControlPlane(item)) return;
    const management = managementClusterOf(around);
    const cluster = AstUtils.getContainerOfType(item, ast.isWorkloadCluster);
    if (management) {
        const text = indented(textOf(item), indentationAt(fileOf(item), item.$cstNode!.offset), '', '\n');
        yield fix(`Move it to \`${management.name}\``, withItem(management, text), withoutItem(item));
    } else if (cluster?.name) {
        yield fix(`Make \`${cluster.name}\` the management cluster`, withKind(cluster, 'management'));
    }
    yield fix('Take it out', withoutItem(item));
};

/** Makes a workload cluster of a management cluster, or the other way round. */
export function withKind(cluster: ast.Cluster, kind: 'management' | 'workload'): Change[] {
    const file = fileOf(cluster);
    const start = cluster.$cstNode?.offset;
    const word = ast.isManagementCluster(cluster) ? 'management' : 'workload';
    return start === undefined ? [] : [{ uri: file.uri, start, end: start + word.length, text: kind }];
}

/** Something said twice: one of them goes, or both become one. */
export const repeatedItem: Fixer = function* (problem, around) {
    const item = nodeAt(around.document, problem.at.range.start);
    if (!item?.$container) return;
    if (ast.isLabel(item)) {
        yield fix(`Take \`${textOf(item)}\` out`, withoutEntry(item));
        return;
    }
    yield merged(item);
    yield fix(`Take the second one out`, withoutItem(item));
};

function merged(item: AstNode): Fix | undefined {
    const { items: siblings } = item.$container as Owner;
    const first = siblings?.find((each) => each.$type === item.$type);
    const { items = [] } = item as Partial<Owner>;
    if (!first || first === item || items.length === 0) return undefined;
    return fix(
        'Move what it says to the first one',
        withItem(first as Owner, items.map(textOf).join('\n')),
        withoutItem(item),
    );
}

/** A name that a list has already. */
export const repeatedName: Fixer = function* (problem, around) {
    const { written, offset } = pieceAt(problem, around);
    const node = nodeAt(around.document, problem.at.range.start);
    if (node) yield fix(`Take the second \`${written}\` out`, withoutNamed(node, offset));
};

/** A call or a line of the network that leads back to where it begins. */
export const toItself: Fixer = function* (problem, around) {
    const { written, offset } = pieceAt(problem, around);
    const node = nodeAt(around.document, problem.at.range.start);
    if (node) yield fix(`Take \`${written}\` out`, withoutNamed(node, offset));
};

/** Takes the name at an offset out of the list in which it stands: an entry with a node of its own, or a mere name. */
function withoutNamed(node: AstNode, offset: number): Change[] {
    if (ast.isExposure(node) && node.aliases[0]) return withoutFirstHost(node, node.aliases[0]);
    for (const property of ['roles', 'zones', 'from', 'to'] as const) {
        const list: unknown = node[property as keyof AstNode];
        if (!Array.isArray(list) || ast.isZones(node) || ast.isExposure(node)) continue;
        const index = list.findIndex((_, each) => nodeOfProperty(node, property, each)?.offset === offset);
        if (index >= 0) return withoutListed(node, property, index);
    }
    return withoutEntry(node);
}

/** The next name becomes the first. */
function withoutFirstHost(exposure: ast.Exposure, next: ast.Alias): Change[] {
    const name = next.$cstNode?.text;
    return name === undefined ? [] : [...replacedProperty(exposure, 'host', name), ...withoutEntry(next)];
}

/** `internal in us-east`: one of both. */
export const internalWithPlace: Fixer = function* (problem, around) {
    const node = nodeAt(around.document, problem.at.range.start);
    const store =
        node && AstUtils.getContainerOfType(node, (each) => ast.isPostgres(each) || ast.isTelemetryStore(each));
    if (!store?.place?.$cstNode) return;
    yield fix('Say `external`', replacedProperty(store, 'placement', 'external'));
    const file = fileOf(store);
    const placement = nodeOfProperty(store, 'placement');
    if (placement) {
        const change = { uri: file.uri, start: placement.end, end: store.place.$cstNode.end, text: '' };
        yield fix('Take the place out', [change]);
    }
};

/** A gateway that lacks the role in which it is used. */
export const wrongGateway: Fixer = function* (problem, around) {
    const node = nodeAt(around.document, problem.at.range.start);
    const reference = node && AstUtils.getContainerOfType(node, isGatewayNamed);
    const gateway = ast.isTarget(reference) ? gatewayOfTarget(reference) : reference?.gateway?.ref;
    if (!reference || !gateway) return;
    const written = nameOf(reference);
    const roles = rolesWanted(reference);
    const cluster = clusterOfGateway(gateway);
    const others = cluster?.items.flatMap((item) =>
        ast.isDataPlane(item) ? item.items : ast.isGateway(item) ? [item] : [],
    );
    const serving = others?.filter((other) => other.roles.some((role) => roles.includes(role))) ?? [];
    for (const other of serving.slice(0, mostVariants)) {
        const name = writtenGateway(other, around);
        const full = ast.isTarget(reference)
            ? `${around.write(cluster!.name, 'ClusterName')}.${around.write(nameOfGateway(other)!, 'GatewayReferenceName')}`
            : name;
        yield fix(`Change \`${written.text}\` to \`${full}\``, [replacement(fileOf(reference), written, full)]);
    }
    for (const role of roles) {
        yield fix(`Give \`${written.text}\` the role \`${role}\``, withRole(gateway, role));
    }
};

type GatewayNamed = ast.GatewayReference | ast.Target;

function isGatewayNamed(node: unknown): node is GatewayNamed {
    return ast.isGatewayReference(node) || ast.isTarget(node);
}

function rolesWanted(reference: GatewayNamed): readonly ast.GatewayRole[] {
    if (ast.isTarget(reference)) return ['ingress'];
    return ast.isVirtualMachines(reference.$container) ? ['vm'] : ['ingress', 'tier1'];
}

/** The name of a gateway where it is referred to, without the weight behind it. */
function nameOf(reference: GatewayNamed): { readonly offset: number; readonly end: number; readonly text: string } {
    const offset = reference.$cstNode?.offset ?? 0;
    const last = ast.isTarget(reference) && (reference.gateway ?? reference.destination).$refNode;
    const end = (last || reference.$cstNode)?.end ?? offset;
    return { offset, end, text: fileOf(reference).text.slice(offset, end) };
}

/** Gives a gateway one more role; the name of one without a name stays. */
export function withRole(gateway: ast.Gateway, role: ast.GatewayRole): Change[] {
    const first = nodeOfProperty(gateway, 'roles');
    if (!first) return [];
    return gateway.name
        ? [insertion(fileOf(gateway), first.offset, `${role}, `)]
        : appended(gateway, `, ${role}`, 'roles', gateway.roles.length - 1);
}

/** Takes a role from a gateway; the whole gateway if it has no other. */
export function withoutRole(gateway: ast.Gateway, role: ast.GatewayRole): Change[] {
    const index = gateway.roles.indexOf(role);
    if (index < 0) return [];
    return gateway.roles.length > 1 ? withoutListed(gateway, 'roles', index) : withoutItem(gateway);
}
