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
        case 'Postgres':
        case 'TelemetryStore':
        case 'IdentityProvider':
        case 'Exposure':
        case 'GitOps':
            return headOf(node);
        case 'Network':
            return ast.isNetwork(node) ? countOfLinks(node) : '';
        default:
            return '';
    }
}

/** What the text says behind the first word or the host, up to the block: `external in us-east`, `via front-us`. */
function headOf(node: AstNode): string {
    const text = node.$cstNode?.text ?? '';
    const head = /^[^{]*/.exec(text)?.[0] ?? '';
    const [, rest = ''] = /^\S+\s+(.*)$/s.exec(ast.isExposure(node) ? head.replace(/^exposed\s+/, '') : head) ?? [];
    return rest.replace(/\s+/g, ' ').trim();
}

function countOfLinks({ links }: ast.Network): string {
    return `${links.length} ${links.length === 1 ? 'line' : 'lines'}`;
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
