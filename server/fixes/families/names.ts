import { AstUtils } from 'langium';
import * as ast from '../../language/generated/ast.js';
import { allItems, firstItem } from '../../language/syntax/items.js';
import { clusterOfGateway, nameOfGateway, qualifiedName } from '../../language/naming/names.js';
import { homeListsOf } from '../../language/syntax/items.js';
import { regionOfZones } from '../../language/naming/scope-provider.js';
import { declared, freeName } from '../declare.js';
import type { Fix, Fixer, Surroundings } from '../fix.js';
import { all, fix, mostVariants } from '../words.js';
import {
    appended,
    nodeAt,
    replaced,
    replacedProperty,
    withItem,
    withListed,
    withoutEntry,
    withoutItem,
} from '../write.js';
import { changed, pieceAt } from './suggestions.js';

/** A name that is not declared: the ones that are close, or a declaration of it. */
export const unknownCluster: Fixer = function* (problem, around) {
    yield* changed(problem, around);
    const name = pieceAt(problem, around).written;
    yield fix(`Declare workload cluster \`${name}\``, declared(around, 'WorkloadCluster', `workload cluster ${name}`));
};

export const unknownRegion: Fixer = function* (problem, around) {
    yield* changed(problem, around);
    const name = pieceAt(problem, around).written;
    yield fix(`Declare region \`${name}\``, declared(around, 'Region', `region ${name}`));
};

export const unknownZone: Fixer = function* (problem, around) {
    yield* changed(problem, around);
    const name = pieceAt(problem, around).written;
    const node = nodeAt(around.document, problem.at.range.start);
    const region = node && regionOfZones(node, around.estate.names);
    if (!region) return;
    const zones = region.items.findLast(ast.isZones);
    yield fix(
        `Add zone \`${name}\` to \`${region.name}\``,
        zones ? withListed(zones, 'zones', name) : withItem(region, `zones ${name}`),
    );
};

export const unknownGateway: Fixer = function* (problem, around) {
    yield* changed(problem, around);
    const name = pieceAt(problem, around).written;
    const reference = nodeAt(around.document, problem.at.range.start);
    if (!ast.isGatewayReference(reference) && !ast.isTarget(reference)) return;
    const before = ast.isTarget(reference) ? reference.destination : reference.cluster;
    const role = ast.isVirtualMachines(reference.$container) ? 'vm' : 'ingress';
    const service = AstUtils.getContainerOfType(reference, ast.isService);
    const clusters = before ? [before.ref].filter(ast.isCluster) : homesOf(service);
    for (const cluster of clusters.slice(0, mostVariants)) {
        const nameless = cluster.items.find((item) => ast.isGateway(item) && !item.name && item.roles.includes(role));
        if (ast.isGateway(nameless)) {
            const [first] = nameless.roles;
            yield fix(
                `Name the ${first} gateway of \`${cluster.name}\` \`${name}\``,
                appended(nameless, ` ${name}`, 'roles', nameless.roles.length - 1),
            );
        }
        yield fix(
            `Declare ${role} gateway \`${name}\` on \`${cluster.name}\``,
            withItem(cluster, `gateway ${role} ${name}`),
        );
    }
};

export const unknownService: Fixer = function* (problem, around) {
    yield* changed(problem, around);
    const { estate, document, write } = around;
    const name = pieceAt(problem, around).written;
    const reference = nodeAt(document, problem.at.range.start);
    if (!ast.isServiceReference(reference)) return;
    if (reference.namespace) {
        const elsewhere = (estate.names.callables.get(reference.service?.$refText) ?? []).map(({ node }) => node);
        for (const service of elsewhere.filter(ast.isService).slice(0, mostVariants)) {
            const [namespace = '', bare = ''] = qualifiedName(service).split('/');
            const full = `${write(namespace, 'NamespaceName')}/${write(bare, 'ServiceName')}`;
            yield fix(`Change \`${reference.$cstNode?.text}\` to \`${full}\``, replaced(reference, full));
        }
    }
    const homes = homesOf(AstUtils.getContainerOfType(reference, ast.isService));
    if (homes.length > 0) {
        const namespace = reference.namespace ? `${write(reference.namespace, 'NamespaceName')}/` : '';
        const on = homes.map((cluster) => write(cluster.name, 'ClusterName')).join(', ');
        yield fix(
            `Declare service \`${namespace}${name}\` on ${all(homes.map((cluster) => cluster.name))}`,
            declared(around, 'Service', `service ${namespace}${name} on ${on}`),
        );
    }
    if (!reference.namespace) {
        yield fix(
            `Declare external service \`${name}\``,
            declared(around, 'ExternalService', `external service ${name}`),
        );
    }
};

function homesOf(service: ast.Service | undefined): ast.Cluster[] {
    const homes = service ? homeListsOf(service).flatMap((list) => list.homes) : [];
    return homes.flatMap(({ cluster }) => cluster?.ref ?? []);
}

/** A name that is taken: another one for this declaration, or no second declaration. */
export const duplicateDeclaration: Fixer = function* (problem, around) {
    const node = nodeAt(around.document, problem.at.range.start);
    if (!node) return;
    if (ast.isHeader(node)) {
        yield fix('Take this header out', withoutItem(node));
    } else if (ast.isWorkloadDefaults(node)) {
        yield mergedDefaults(node, around);
        yield fix('Take these defaults out', withoutItem(node));
    } else if (ast.isZone(node)) {
        yield fix(`Take the second \`${node.name}\` out`, withoutEntry(node));
    } else if (ast.isGateway(node)) {
        yield renamedGateway(node, around);
        yield fix('Take this gateway out', withoutItem(node));
    } else if (ast.isRegion(node) || ast.isCluster(node) || ast.isService(node) || ast.isExternalService(node)) {
        const { names } = around.estate;
        const tables = ast.isRegion(node)
            ? [names.regions]
            : ast.isCluster(node)
              ? [names.clusters]
              : [names.callables];
        const name = around.write(
            freeName(node.name, (each) => tables.some((table) => table.has(each))),
            ast.isRegion(node) ? 'RegionName' : 'ServiceName',
        );
        yield fix(`Rename this one to \`${name}\``, replacedProperty(node, 'name', name));
        yield fix(`Take this \`${node.name}\` out`, withoutItem(node));
    }
};

function renamedGateway(gateway: ast.Gateway, { estate, write }: Surroundings): Fix | undefined {
    // also free in other clusters, so that the name alone will do
    const isTaken = (name: string) => estate.names.gateways.has(name);
    if (gateway.name) {
        const name = write(freeName(gateway.name, isTaken), 'GatewayName');
        return fix(`Rename this one to \`${name}\``, replacedProperty(gateway, 'name', name));
    }
    const name = freeName(`${clusterOfGateway(gateway)?.name}-${nameOfGateway(gateway)}`, isTaken);
    const written = write(name, 'GatewayName');
    return fix(`Name this one \`${written}\``, appended(gateway, ` ${written}`, 'roles', gateway.roles.length - 1));
}

/** What the second block says goes to the first one. */
function mergedDefaults(block: ast.WorkloadDefaults, { estate }: Surroundings): Fix | undefined {
    const declarations = estate.documents.flatMap(({ parseResult }) => parseResult.value.declarations);
    const first = declarations.find(ast.isWorkloadDefaults);
    const settings = allItems(block.items, 'EdgeControlPlane')
        .flatMap((plane) => plane.items)
        .map((item) => item.$cstNode?.text ?? '');
    const plane = first && firstItem(first.items, 'EdgeControlPlane');
    if (!first || settings.length === 0) return undefined;
    return fix(
        'Move its settings to the first defaults',
        plane ? withItem(plane, settings.join('\n')) : withItem(first, `edge control plane { ${settings.join('  ')} }`),
        withoutItem(block),
    );
}
