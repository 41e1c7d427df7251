import type { AstNode } from 'langium';
import * as ast from './generated/ast.js';
import { homeListsOf } from './items.js';
import { clusterOfGateway, defaultNamespace, statedNamespace } from './names.js';

/** What a declaration is, in a few words from its own text: `workload cluster in us-east/a`. */
export function describeDeclaration(node: AstNode): string {
    switch (node.$type) {
        case 'Header':
            return ast.isHeader(node) && node.version ? `topology for TSB ${node.version}` : 'topology';
        case 'Region':
            return 'region';
        case 'Zone':
            return ast.isZone(node) ? `zone of ${node.$container.$container.name}` : 'zone';
        case 'ManagementCluster':
        case 'WorkloadCluster':
            return ast.isCluster(node) ? `${kindOf(node)}${placeOf(node)}` : '';
        case 'Gateway':
            return ast.isGateway(node) ? describeGateway(node) : '';
        case 'Service':
            return ast.isService(node) ? describeService(node) : '';
        case 'ExternalService':
            return ast.isExternalService(node) ? `external service${placeOf(node)}` : '';
        default:
            return '';
    }
}

function kindOf(cluster: ast.Cluster): string {
    return ast.isManagementCluster(cluster) ? 'management cluster' : 'workload cluster';
}

function placeOf({ place }: ast.Cluster | ast.ExternalService): string {
    return place?.region ? ` in ${place.region.$refText}${place.zone ? `/${place.zone.$refText}` : ''}` : '';
}

function describeGateway(gateway: ast.Gateway): string {
    const cluster = clusterOfGateway(gateway)?.name;
    return `${gateway.roles.join(', ')} gateway${cluster ? ` of ${cluster}` : ''}`;
}

function describeService(service: ast.Service): string {
    const homes = homeListsOf(service)
        .flatMap((list) => list.homes)
        .map((home) => home.cluster?.$refText);
    const namespace = statedNamespace(service) ?? defaultNamespace;
    return `service in namespace ${namespace}${homes.length > 0 ? ` on ${homes.join(', ')}` : ''}`;
}
